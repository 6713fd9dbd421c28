"""Compares what BuildKit and stagepolicy make of Dockerfiles and of words. Every difference is printed; exit code 1."""
import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing is left in the tree

import dialog
import generate
import generate_ignore
from judge import judge

ROOT = dialog.HERE.parents[1]
SHARED = ROOT.parent / "shared"
OTHER_FILES = (".dockerignore", ".yml", ".yaml", ".hcl", ".json")
KINDS = ["words", "ignores", "Dockerfiles", "graphs"]  # of what is generated, the fastest first
BATCH = 1000


class Comparison:
    def __init__(self, programs, show, save):
        self.programs, self.show, self.save = programs, show, save
        self.different = self.worded = 0

    def run(self, title, requests, names=None):
        """Compares, prints differences, and returns how many BuildKit accepts."""
        accepted = 0
        for index, (request, theirs, ours) in enumerate(dialog.ask_both(*self.programs, requests)):
            accepted += theirs.get("error") is None and theirs.get("value", "") is not None
            difference = judge(theirs, ours)
            if difference is not None:
                self.different += 1
                self.worded += difference.startswith("message: ")
                self.tell(names[index] if names else title, request, difference)
        return accepted

    def tell(self, name, request, difference):
        if self.different <= self.show:
            print(f"{name}: {difference[:600]}\n    {json.dumps(request)[:1500]}", flush=True)
        if self.save:
            with open(self.save, "a") as file:
                file.write(json.dumps({"difference": difference[:2000], **request}) + "\n")


def corpus(archive):
    """(names, requests) of the real Dockerfiles."""
    if not archive.exists() or not shutil.which("zstd"):
        print(f"left out: the corpus ({'no zstd' if archive.exists() else 'it does not lie beside the project'})")
        return [], []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tar", "--zstd", "-xf", archive, "-C", folder], check=True)
        files = sorted(path for path in pathlib.Path(folder).rglob("*")
                       if path.is_file() and not path.name.lower().endswith(OTHER_FILES))
        return [str(path.relative_to(folder)) for path in files], [dialog.dockerfile(path.read_bytes()) for path in files]


def vectors(folder):
    """(names, requests) of every case of the vectors that is a whole Dockerfile, whatever it was made for."""
    names, requests = [], []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text().split("\n"):
            case = json.loads(line) if line else {}
            if isinstance(case.get("dockerfile"), str):
                names.append(case["id"])
                text = case["dockerfile"].encode("utf-8", "surrogateescape")
                arguments = case.get("build_args")
                requests.append(dialog.dockerfile(text, case.get("target") or "",
                                                  arguments if isinstance(arguments, dict) else {}))
    return names, requests


def run_generated(comparison, options):
    generator = generate.Generator(options.seed)
    makers = {
        "words": lambda: dialog.word(*generator.word()),
        "ignores": lambda: dialog.ignore(*generate_ignore.Ignores(generator.random, generator.hits).file()),
        "Dockerfiles": lambda: dialog.dockerfile(*generator.dockerfile()),
        "graphs": lambda: dialog.dockerfile(*generator.graph()),
    }
    if options.only in KINDS:
        makers = {options.only: makers[options.only]}
    end = time.monotonic() + options.seconds if options.seconds else None
    counts = collections.Counter()
    while (end is None or time.monotonic() < end) and (not options.count or counts[next(iter(makers))] < options.count):
        for kind, make in makers.items():
            requests = [make() for _ in range(BATCH)]
            counts[kind + " accepted"] += comparison.run("generated", requests)
            counts[kind] += len(requests)
            if options.first and comparison.different:
                return
    print(f"generated from seed {options.seed}:", "; ".join(f"{counts[kind]} {kind}, {counts[kind + ' accepted']} accepted"
                                                             for kind in makers))
    print_hits(generator.hits)
    never = [name for table in (generate.HEADS, generate.BAD_HEADS, generate.BASES, generate.BAD_BASES, generate.GOOD, generate.BAD)
             for name in table if not generator.hits[name]]
    if never and "Dockerfiles" in makers:
        print("never used:", ", ".join(never))


def print_hits(hits):
    for name, count in sorted(hits.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {count:9}  {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ours", help="the program that dump.c makes")
    parser.add_argument("--oracle", help="oracle/, built; without it, it is built into a temporary folder")
    parser.add_argument("--fetch", action="store_true", help="get the Go modules if they are not here")
    parser.add_argument("--only", choices=["corpus", "vectors", "generated", *KINDS],
                        help="one of these; the last four are the kinds of what is generated")
    parser.add_argument("--seconds", type=float, help="generate for this long")
    parser.add_argument("--count", type=int, help="generate this many of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", action="store_true", help=f"end with the first {BATCH} that have a difference")
    parser.add_argument("--show", type=int, default=20, help="print at most this many differences")
    parser.add_argument("--save", help="append every difference to this file")
    options = parser.parse_args()
    if not options.seconds and not options.count:
        options.count = 5 * BATCH
    with tempfile.TemporaryDirectory() as folder:
        oracle = options.oracle or dialog.build_oracle(folder, options.fetch)
        comparison = Comparison((oracle, options.ours), options.show, options.save)
        for title, cases in (("corpus", lambda: corpus(SHARED / "corpus" / "dev-licensed.tar.zst")),
                             ("vectors", lambda: vectors(SHARED / "vectors"))):
            if options.only in (None, title):
                names, requests = cases()
                accepted = comparison.run(title, requests, names)
                print(f"{title}: {len(requests)} Dockerfiles, {accepted} accepted", flush=True)
        if options.only in (None, "generated", *KINDS):
            run_generated(comparison, options)
    print(f"differences: {comparison.different} (of them {comparison.worded} only in the wording of a refusal)")
    return bool(comparison.different)


if __name__ == "__main__":
    sys.exit(main())
