#!/usr/bin/env python3
"""Asks every Dockerfile of a corpus whether what it ships contains a native compiler, and says how often that is known.

    native_compiler.py BINARY FOLDER [--list ANSWER] [--sample COUNT SEED]

Prints the answers, and the share of unknown ones among the files whose final base the catalogue has; fails above a
quarter. --list prints the files of one answer with the reasons, --sample a random choice of "yes" and of "no" ones.
"""
import collections
import json
import os
import random
import subprocess
import sys

SURVEY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "survey")
MOST_UNKNOWN = 0.25


def ask(binary, folder):
    """One (path, answer, whether the base is catalogued, reasons) a target."""
    command = [binary, "check", "--pack", SURVEY, "--policy", "survey/native-compiler", "--format", "json",
               "--no-context", "--fail-on", "never", "--path-base", folder, folder]
    report = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    for finding in report["findings"]:
        answer, base, reasons = finding["message"].split("; ", 2)
        yield finding["path"], answer, not base.endswith(" not known"), reasons


def sample(rows, count, seed):
    choice = random.Random(seed)
    for answer in ("yes", "no"):
        of_answer = sorted(row for row in rows if row[1] == answer)
        for path, _, _, reasons in choice.sample(of_answer, min(count, len(of_answer))):
            print(f"{answer}\t{path}\t{reasons}")


def main():
    binary, folder, options = sys.argv[1], sys.argv[2], sys.argv[3:]
    rows = sorted(set(ask(binary, folder)))
    if options[:1] == ["--list"]:
        for path, answer, known, reasons in rows:
            if answer == options[1]:
                print(f"{path}\t{'known base' if known else 'unknown base'}\t{reasons}")
        return 0
    if options[:1] == ["--sample"]:
        sample(rows, int(options[1]), int(options[2]))
        return 0
    counts = collections.Counter((answer, known) for _, answer, known, _ in rows)
    for known in (True, False):
        total = sum(counts[answer, known] for answer in ("yes", "no", "unknown"))
        told = ", ".join(f"{counts[answer, known]} {answer}" for answer in ("yes", "no", "unknown"))
        print(f"base {'catalogued' if known else 'not known'}: {total} targets, {told}")
        if known:
            share = counts["unknown", True] / max(total, 1)
            print(f"unknown: {share:.1%} of those (at most {MOST_UNKNOWN:.0%})")
    return 0 if share <= MOST_UNKNOWN and rows else 1


if __name__ == "__main__":
    sys.exit(main())
