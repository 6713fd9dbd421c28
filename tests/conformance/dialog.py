"""Talks to the two programs: requests in, answers out, one JSON line each; texts are bytes as characters."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def build_oracle(folder, fetch=False):
    """Builds oracle/ into `folder`; skips without Go, and without the modules unless they may be fetched."""
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=readonly -buildvcs=false")
    if not fetch:
        environment["GOPROXY"] = "off"
    program = pathlib.Path(folder) / "oracle"
    try:
        run = subprocess.run(["go", "build", "-o", program, "."], cwd=HERE / "oracle", env=environment,
                             capture_output=True, text=True)
    except FileNotFoundError:
        skip("Go is not installed")
    if run.returncode:
        print(run.stderr[-2000:], file=sys.stderr)
        absent = "module lookup disabled" in run.stderr or "dial tcp" in run.stderr or "requires go >=" in run.stderr
        if absent:
            skip("the Go modules of oracle/go.mod are not here" + ("" if fetch else "; --fetch gets them"))
        sys.exit("oracle/ does not build")
    return program


def dockerfile(text, target="", arguments=None):
    return {"kind": "dockerfile", "text": text.decode("latin-1"), "target": target, "arguments": arguments or {}}


def word(text, escape="\\", variables=None):
    return {"kind": "word", "text": text.decode("latin-1"), "escape": escape, "arguments": variables or {}}


def ignore(text, paths):
    return {"kind": "ignore", "text": text.decode("latin-1"), "paths": [path.decode("latin-1") for path in paths]}


def ask(program, requests):
    """The answers of a program, in order; an answer that never came is a crash."""
    with tempfile.TemporaryFile() as lines:
        lines.write("".join(json.dumps(request) + "\n" for request in requests).encode())
        lines.seek(0)
        run = subprocess.run([program], stdin=lines, capture_output=True)
    answers = [json.loads(line) for line in run.stdout.decode().split("\n")[:-1]]  # the last is not whole
    if run.returncode or len(answers) != len(requests):
        print(run.stderr.decode(errors="replace")[-3000:], file=sys.stderr)
        crashed = {"crash": f"exit code {run.returncode}"}
        answers += [crashed] * (len(requests) - len(answers))
    return answers


def ask_both(oracle, ours, requests):
    """[(request, BuildKit's answer, our answer)], both programs at work at the same time."""
    import concurrent.futures
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        theirs, mine = pool.map(lambda program: ask(program, requests), (oracle, ours))
    return list(zip(requests, theirs, mine))
