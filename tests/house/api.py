"""The page of the API and the annotations for editors are what the binding tables say: policies/README.md from its
heading "What a policy sees" on, and policies/api.meta.lua. UPDATE_GOLDEN=1 writes them."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
BINARY = sys.argv[2]
HEADING = "# What a policy sees"


def printed(kind):
    return subprocess.run([BINARY, "api", "--format", kind], capture_output=True, text=True, check=True).stdout


def compare(path, expected):
    if path.read_text() == expected:
        return 0
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(expected)
        return 0
    print(f"{path.relative_to(ROOT)} is not what the binding tables say; UPDATE_GOLDEN=1 writes it")
    return 1


def main():
    page = ROOT / "policies/README.md"
    introduction = page.read_text().split(HEADING)[0]
    return (compare(page, introduction + printed("markdown"))
            | compare(ROOT / "policies/api.meta.lua", printed("luals")))


sys.exit(main())
