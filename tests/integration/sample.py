"""A repository that consumers of reports are to read about: what is found in it, refused, hostile, or fails."""
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77

FILES = {
    "api/Dockerfile": b"FROM golang:1.22 AS build\nRUN go build -o /app\n\nFROM build\nCMD [\"/app\"]\n",
    "web & <co>/100%#1?/Dockerfile": b"FROM alpine:3.20\r\nRUN echo '<script>' && \\\r\n    echo ']]>' \xc3\xa4 \xf0\x9f\x90\xb3\r\n",
    "::error::x/Dockerfile": b"FROM alpine:3.20\nLABEL a=\"::error::##[error]##vso[task.x]\x1b[2J |`@all\"\nUSER 1\n",
}
REFUSED = {"broken/Dockerfile": b"FROM alpine:3.20\nCOPY --form=x /a /b\n"}
PIECES = ["RUN  echo \t a", "RUN echo \u00e4\u20ac", "RUN echo \U0001f433\U0001f433", "LABEL a=b", "ENV A=" + "x" * 150,
          "RUN echo a \\\n  b", "WORKDIR /" + "y" * 60, "\tUSER 1"]


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def check(cli, folder, files, *options):
    """Judges the files, as a repository in `folder`; {format: report file}."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    (folder / ".git").mkdir(exist_ok=True)
    reports = {"sarif": "report.sarif", "gitlab": "gitlab.json", "junit": "junit.xml", "jenkins": "jenkins.json",
               "json": "report.json"}
    command = [cli, "check", "--pack", HERE / "pack", *options]
    for form, name in reports.items():
        command += ["--report", f"{form}={name}"]
    run = subprocess.run([*command, *files], cwd=folder, capture_output=True)
    if run.returncode not in (0, 1, 3, 4):
        sys.exit(f"check ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    return {form: folder / name for form, name in reports.items()}


def cases(cli, folder):
    """(name, reports) of a run that finds something, one that cannot judge all, and one that finds nothing."""
    yield "found", check(cli, folder / "found", FILES)
    yield "failed", check(cli, folder / "failed", {**FILES, **REFUSED}, "--policy", "own/*")
    yield "clean", check(cli, folder / "clean", {"Dockerfile": b"FROM scratch\nUSER 1\n"}, "--policy", "shipped/*")


def generate(count):
    """Dockerfiles whose line ends, blanks and characters are what line hashes could stumble over. None has a byte order
    mark: Microsoft's tool leaves it out, while GitHub's own action, which we follow, counts it."""
    chance = random.Random(9)
    for number in range(count):
        end = chance.choice(["\n", "\n", "\r\n"])
        lines = ["FROM alpine:3.20"] + chance.choices(PIECES, k=chance.randrange(1, 40))
        text = end.join("\n".join(lines).split("\n")) + chance.choice(["", end, end + end])
        yield f"{number}/Dockerfile", text.encode()
