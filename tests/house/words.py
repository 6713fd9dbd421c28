"""No file is called by a word that says nothing here, and no work is left behind in the code."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
WORDS = {"rule", "issue", "violation", "node", "util", "utils", "helper", "helpers", "manager", "data", "info", "misc",
         "common"}
FOLDERS = ("plugin", "include", "policies", "tests", "examples")
LEFT_BEHIND = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
SOURCES = {".c", ".h", ".def", ".lua", ".py", ".sh"}


def check(path):
    name = path.relative_to(ROOT)
    words = set(re.split(r"[._-]", path.name.lower()))
    if path.suffix in {".c", ".h", ".def"} and words & WORDS:
        yield f"{name}: '{(words & WORDS).pop()}' says nothing about a file"
    if path.suffix not in SOURCES:
        return
    for number, line in enumerate(path.read_text(errors="replace").split("\n"), 1):
        if LEFT_BEHIND.search(line):
            yield f"{name}:{number}: work left behind: {line.strip()}"


def main():
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    problems = [problem for path in files for problem in check(path)]
    print("\n".join(problems) or f"{len(files)} files looked at")
    return bool(problems)


sys.exit(main())
