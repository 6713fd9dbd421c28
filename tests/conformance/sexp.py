"""`parse --format sexp` prints what BuildKit's parser prints, for every file whose dump a list of vectors holds.

    sexp.py BINARY VECTORS     skipped (77) where the vectors are missing"""
import difflib
import json
import pathlib
import subprocess
import sys

SKIPPED = 77


def dump(binary, text):
    """(exit code, standard output) of reading a text from standard input."""
    done = subprocess.run([binary, "parse", "--format", "sexp", "-"], input=text.encode(), capture_output=True)
    return done.returncode, done.stdout.decode("utf-8", "backslashreplace")


def problem(binary, vector):
    """Why a vector fails, or an empty text. Where BuildKit's parser refuses, we must; where it takes a file, later
    layers may still refuse it, so the dump alone counts."""
    code, got = dump(binary, vector["dockerfile"])
    if code not in (0, 3):
        return f"exit code {code}"
    if vector["expect"].get("error"):
        return "" if code == 3 else "it is not refused"
    wanted = vector["expect"]["sexp"]
    return "".join(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True), "BuildKit", "ours"))


def main():
    binary, path = sys.argv[1], pathlib.Path(sys.argv[2])
    if not path.exists():
        print(f"skipped: {path} is not there")
        return SKIPPED
    vectors = [json.loads(line) for line in path.read_text().splitlines()]
    files = [vector for vector in vectors if vector["kind"] == "file"]
    failed = {vector["id"]: why for vector in files if (why := problem(binary, vector))}
    for name, why in failed.items():
        print(f"{name}: {why}")
    print(f"{len(files) - len(failed)} of {len(files)} files")
    return bool(failed) or not files


sys.exit(main())
