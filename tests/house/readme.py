"""What README.md shows is true, and what the pages of the examples show.

Between `<!-- example:begin -->` and `<!-- example:end -->` stands a fenced block: "$ " and a command, then its output,
which is compared byte for byte; UPDATE_GOLDEN=1 writes the real output there. Commands run where the page lies. So does
the block after `<!-- picture: COMMAND -->`, which has nothing but the output. A block whose fence names a file ("```lua
acme/x.lua") is that file: the pack passes its own case, and the configuration is accepted."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
BINARY = pathlib.Path(sys.argv[2])
BLOCK = re.compile(r"(<!-- example:begin -->\n+```\w*\n\$ ([^\n]*)\n)(.*?)(```\n+<!-- example:end -->)", re.S)


PICTURE = re.compile(r"(<!-- picture: ([^\n]*) -->\n```\w*\n)(.*?)(```$)", re.S | re.M)
PAGES = ("README.md", "examples/microservices/README.md")
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.S | re.M)
PACK = "name: acme\nversion: 1.0.0\n"  # as the text has it
COMMANDS = ("stagepolicy test acme", "stagepolicy policies --config .stagepolicy.yaml --pack acme")


def run(command, where):
    """The exit code and the output of a command, standard output before standard error."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(BINARY.resolve(), pathlib.Path(folder) / "stagepolicy")
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "NO_COLOR": "1", "LC_ALL": "C"}
        done = subprocess.run(["sh", "-c", command], cwd=where, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def try_files(page):
    """Writes the files that the page shows, and runs the commands that must accept them."""
    files = {"acme/pack.yaml": PACK, **dict(FILE.findall(page))}
    if len(files) != 4:
        print(f"README.md does not show a configuration, a policy and a case: {sorted(files)}")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for command in COMMANDS:
            code, output = run(command, folder)
            if code != 0:
                print(f"with the files that README.md shows, '{command}' fails:\n{output}")
                failed = 1
    return failed


def try_examples(path):
    """Compares what a page shows with what its commands print."""
    page, failed = path.read_text(), 0
    blocks = list(BLOCK.finditer(page))
    if not blocks:
        print(f"{path.relative_to(ROOT)} has no example between its markers")
        return 1
    for block in blocks + list(PICTURE.finditer(page)):
        _, output = run(block.group(2), path.parent)
        if output == block.group(3):
            continue
        if os.environ.get("UPDATE_GOLDEN"):
            page = page.replace(block.group(0), block.group(1) + output + block.group(4))
            path.write_text(page)
            continue
        print(f"{path.relative_to(ROOT)} does not show what '{block.group(2)}' prints. Shown:\n{block.group(3)}\n"
              f"Printed:\n{output}")
        failed = 1
    return failed


def main():
    failed = try_files((ROOT / "README.md").read_text())
    for name in PAGES:
        failed = try_examples(ROOT / name) or failed
    return failed


sys.exit(main())
