"""Compares what compose-go and stagepolicy make of compose files, of texts with variables and of .env files. Every
difference is printed; exit code 1."""
import argparse
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree

import generate

HERE = pathlib.Path(__file__).resolve().parent
ARCHIVE = HERE.parents[2].parent / "shared" / "corpus" / "dev-licensed.tar.zst"
SKIPPED = 77
BATCH = 2000


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def build_oracle(folder, fetch):
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=readonly -buildvcs=false")
    if not fetch:
        environment["GOPROXY"] = "off"
    program = pathlib.Path(folder) / "oracle"
    if not shutil.which("go"):
        skip("Go is not installed")
    run = subprocess.run(["go", "build", "-o", program, "."], cwd=HERE / "oracle", env=environment,
                         capture_output=True, text=True)
    if run.returncode:
        print(run.stderr[-2000:], file=sys.stderr)
        if "module lookup disabled" in run.stderr or "dial tcp" in run.stderr or "requires go >=" in run.stderr:
            skip("the Go modules of oracle/go.mod are not here" + ("" if fetch else "; --fetch gets them"))
        sys.exit("oracle/ does not build")
    return program


def ask(program, requests):
    """The answers of a program, in order; an answer that never came is a crash."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    run = subprocess.run([program], input=lines.encode(), capture_output=True)
    answers = [json.loads(line) for line in run.stdout.decode(errors="replace").split("\n") if line]
    if run.returncode or len(answers) != len(requests):
        print(run.stderr.decode(errors="replace")[-3000:], file=sys.stderr)
        answers += [{"crash": f"exit code {run.returncode}"}] * (len(requests) - len(answers))
    return answers


def place(folder, path):
    """A folder as compose-go writes it: absolute and short."""
    is_elsewhere = "://" in path or path.startswith(("service:", "github.com/", "git@"))
    return path if is_elsewhere or not path else os.path.normpath(os.path.join(folder, path))


def judge_build(folder, theirs, ours):
    """What differs between two builds, or None."""
    for key in ("inline", "target"):
        if theirs[key] != ours[key]:
            return f"{key}: {theirs[key]!r}, ours {ours[key]!r}"
    if (theirs["dockerfile"] or "Dockerfile") != ours["dockerfile"]:
        return f"dockerfile: {theirs['dockerfile']!r}, ours {ours['dockerfile']!r}"
    if theirs["context"] != place(folder, ours["context"]):
        return f"context: {theirs['context']!r}, ours {ours['context']!r}"
    if (theirs["platforms"] or []) != ours["platforms"]:
        return f"platforms: {theirs['platforms']}, ours {ours['platforms']}"
    for name in sorted(set(theirs["arguments"]) | set(ours["arguments"])):
        value, known = ours["arguments"].get(name, (None, True))
        if theirs["arguments"].get(name) != value and (known or value != ""):
            return f"argument {name}: {theirs['arguments'].get(name)!r}, ours {value!r}"
    expected = theirs["contexts"] or {}
    got = {name: place(folder, value) for name, (value, _) in ours["contexts"].items()}
    return None if expected == got else f"contexts: {expected}, ours {got}"


def judge(request, theirs, ours):
    """What differs, or None. What compose-go refuses, ours reads or refuses with a message: the most of it does not
    matter for a build."""
    if "crash" in ours:
        return f"ours crashed: {ours['crash']}"
    if "error" in theirs:
        return None if ours.get("error", "x") and (request["kind"] == "compose" or "error" in ours) else \
            f"refused ({theirs['error'][:200]}), ours {ours}"
    if "error" in ours:
        return f"accepted, ours: line {ours['line']}: {ours['error']}"
    if request["kind"] != "compose":
        theirs["value"].pop("", None) if request["kind"] == "dotenv" else None
        return None if theirs["value"] == ours["value"] else f"{theirs['value']!r}, ours {ours['value']!r}"
    if set(theirs["value"]) != set(ours["value"]):
        return f"services with a build: {sorted(theirs['value'])}, ours {sorted(ours['value'])}"
    folder = os.path.dirname(request["files"][0])
    for name, build in theirs["value"].items():
        difference = judge_build(folder, build, ours["value"][name])
        if difference is not None:
            return f"{name}: {difference}"
    return None


class Comparison:
    def __init__(self, oracle, ours, show):
        self.oracle, self.ours, self.show, self.different = oracle, ours, show, 0

    def run(self, requests, names=None, quote=False):
        """Compares, prints differences, and counts what was asked, accepted, and how many builds there were."""
        counts = collections.Counter()
        answers = zip(requests, ask(self.oracle, requests), ask(self.ours, requests))
        for index, (request, theirs, ours) in enumerate(answers):
            counts["asked"] += 1
            counts["accepted"] += "value" in theirs
            counts["ours refuses too"] += "error" in theirs and "error" in ours
            if request["kind"] == "compose":
                counts["builds"] += len(theirs.get("value", ()))
            difference = judge(request, theirs, ours)
            if difference is None:
                continue
            self.different += 1
            if self.different <= self.show:
                print(f"{names[index] if names else json.dumps(request)}: {difference[:600]}", flush=True)
                for path in request.get("files", ()) if quote else ():
                    print("    " + pathlib.Path(path).read_text().replace("\n", "\n    "))
        return counts


def tell(title, counts):
    print(f"{title}: " + ", ".join(f"{number} {what}" for what, number in counts.items()), flush=True)


def compare_corpus(comparison, folder):
    paths = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file()
                   and "compose" in path.name.lower() and path.suffix in (".yml", ".yaml"))
    names = [str(path.relative_to(folder)) for path in paths]
    for environment in ({}, {"TAG": "1", "REGISTRY": "r", "http_proxy": "p"}):
        requests = [{"kind": "compose", "files": [str(path)], "environment": environment} for path in paths]
        tell("corpus", comparison.run(requests, names))
    folders = collections.defaultdict(list)
    for path in paths:
        folders[path.parent].append(str(path))
    pairs = [group[:2] for group in folders.values() if len(group) > 1]
    tell("pairs of the corpus", comparison.run([{"kind": "compose", "files": pair, "environment": {}} for pair in pairs],
                                               [" ".join(pair) for pair in pairs]))


def compare_generated(comparison, seed, count):
    generator = generate.Generator(seed)
    texts = [{"kind": "text", "text": generator.text(), "environment": generate.VARIABLES} for _ in range(count * 5)]
    tell("texts", comparison.run(texts))
    files = [{"kind": "dotenv", "text": generator.dotenv(), "environment": generate.VARIABLES} for _ in range(count * 5)]
    tell(".env files", comparison.run(files))
    with tempfile.TemporaryDirectory() as folder:
        requests = []
        for index in range(count):
            project = pathlib.Path(folder) / str(index)
            names = generator.project(project)
            requests.append({"kind": "compose", "files": [str(project / name) for name in names],
                             "environment": generate.VARIABLES})
        tell("projects", comparison.run(requests, quote=True))
    for name, hits in sorted(generator.hits.items()):
        print(f"  {hits:9}  {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ours", help="the program that dump.c makes")
    parser.add_argument("--oracle", help="oracle/, built; without it, it is built into a temporary folder")
    parser.add_argument("--fetch", action="store_true", help="get the Go modules if they are not here")
    parser.add_argument("--corpus", help="the corpus, unpacked; without it, the archive beside the project")
    parser.add_argument("--count", type=int, default=BATCH, help="generate this many projects")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="print at most this many differences")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options.oracle or build_oracle(folder, options.fetch), options.ours, options.show)
        if options.corpus:
            compare_corpus(comparison, options.corpus)
        elif not ARCHIVE.exists() or not shutil.which("zstd"):
            print("left out: the corpus (" + ("no zstd)" if ARCHIVE.exists() else "it does not lie beside the project)"))
        else:
            subprocess.run(["tar", "--zstd", "-xf", ARCHIVE, "-C", folder], check=True)
            compare_corpus(comparison, folder)
        compare_generated(comparison, options.seed, options.count)
    print(f"{comparison.different} differences")
    return bool(comparison.different)


if __name__ == "__main__":
    sys.exit(main())
