"""Runs one command case: run.py BINARY CASE_FOLDER.

A case is a folder: `command` (a shell script in which `stagepolicy` is the binary), `files/` (copied to an empty
folder, where the command runs), and what must come out byte for byte: `stdout`, `stderr` (both empty when missing) and
`exit` (0 when missing). Beside that folder are the packs of ./packs: `../own`, so that no case changes when a built-in
policy's words do, and `../acme` for what tests packs.
`needs` names programs without which the case is skipped. UPDATE_GOLDEN=1 writes what came out."""
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
PACKS = pathlib.Path(__file__).parent / "packs"


def missing_program(case):
    needs = case / "needs"
    names = needs.read_text().split() if needs.exists() else []
    return next((name for name in names if shutil.which(name) is None), None)


def run(binary, case, folder):
    work, programs = folder / "work", folder / "bin"
    files = case / "files"
    shutil.copytree(files, work, symlinks=True) if files.exists() else work.mkdir()
    programs.mkdir()
    shutil.copytree(PACKS, folder, dirs_exist_ok=True)
    (programs / "stagepolicy").symlink_to(binary.resolve())
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}
    environment.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
    done = subprocess.run(["sh", str(case / "command")], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True)
    return {"stdout": done.stdout, "stderr": done.stderr, "exit": b"%d\n" % done.returncode}


def expected(case, name):
    path = case / name
    return path.read_bytes() if path.exists() else b"0\n" if name == "exit" else b""


def update(case, got):
    for name, value in got.items():
        path = case / name
        if value == (b"0\n" if name == "exit" else b""):
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(value)


def show_difference(name, wanted, got):
    lines = [text.decode("utf-8", "backslashreplace").splitlines(keepends=True) for text in (wanted, got)]
    sys.stdout.writelines(difflib.unified_diff(*lines, f"{name}, expected", f"{name}, found"))


def main():
    binary, case = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    missing = missing_program(case)
    if missing is not None:
        print(f"skipped: {missing} is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="case") as folder:
        got = run(binary, case, pathlib.Path(folder))
    if os.environ.get("UPDATE_GOLDEN"):
        update(case, got)
        return 0
    wrong = [name for name, value in got.items() if value != expected(case, name)]
    for name in wrong:
        show_difference(name, expected(case, name), got[name])
    return bool(wrong)


sys.exit(main())
