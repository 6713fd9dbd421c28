"""The example in README.md is true: its command is run, and its output compared byte for byte.

Between `<!-- example:begin -->` and `<!-- example:end -->` stands a fenced block: "$ " and a command, then the output.
UPDATE_GOLDEN=1 writes the real output there."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
BINARY = pathlib.Path(sys.argv[2])
BLOCK = re.compile(r"(<!-- example:begin -->\n+```\w*\n\$ ([^\n]*)\n)(.*?)(```\n+<!-- example:end -->)", re.S)


def run(command):
    """The output of a command in the project's folder, standard output before standard error."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(BINARY.resolve(), pathlib.Path(folder) / "stagepolicy")
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "NO_COLOR": "1", "LC_ALL": "C"}
        done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def main():
    page = (ROOT / "README.md").read_text()
    blocks = list(BLOCK.finditer(page))
    if not blocks:
        print("README.md has no example between its markers")
        return 1
    failed = 0
    for block in blocks:
        output = run(block.group(2))
        if output == block.group(3):
            continue
        if os.environ.get("UPDATE_GOLDEN"):
            page = page.replace(block.group(0), block.group(1) + output + block.group(4))
            (ROOT / "README.md").write_text(page)
            continue
        print(f"README.md does not show what '{block.group(2)}' prints. Shown:\n{block.group(3)}\nPrinted:\n{output}")
        failed = 1
    return failed


sys.exit(main())
