"""Compares what bake (buildx) and stagepolicy make of bake files: nothing that `docker buildx bake --print` writes is
lost, and bake files in JSON mean what bake says. Every difference is printed; exit code 1.

    compare.py DUMP FOLDER [--fetch] [--count N] [--seed N]     buildx is built into FOLDER, once
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ARCHIVE = HERE.parents[2].parent / "shared" / "corpus" / "dev-licensed.tar.zst"
SKIPPED = 77
PACKAGE = "github.com/docker/buildx/cmd/buildx"

# Keys of a printed target that say nothing of what is built from which stage, each with its reason.
IGNORED = {
    "description": "for people",
    "annotations": "written beside the image",
    "attest": "written beside the image",
    "labels": "added to the image after its stages",
    "tags": "names of the result",
    "cache-from": "only how fast it is built",
    "cache-to": "only how fast it is built",
    "no-cache": "only how fast it is built",
    "no-cache-filter": "only how fast it is built",
    "secret": "mounted by RUN, which says so itself",
    "ssh": "mounted by RUN, which says so itself",
    "output": "where the result goes",
    "pull": "when bases are fetched",
    "call": "what is done beside building",
    "network": "of the builder",
    "shm-size": "of the builder",
    "ulimits": "of the builder",
    "resources": "of the builder",
    "entitlements": "of the builder",
    "extra-hosts": "of the builder",
    "policy": "of the builder",
}
KEPT = {"context", "dockerfile", "dockerfile-inline", "target", "args", "contexts", "platforms"}


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def build_oracle(folder, fetch):
    """buildx, built where it is not there yet."""
    program = pathlib.Path(folder).resolve() / "buildx"
    if program.exists():
        return program
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=readonly -buildvcs=false")
    if not fetch:
        environment["GOPROXY"] = "off"
    if not shutil.which("go"):
        skip("Go is not installed")
    run = subprocess.run(["go", "build", "-o", program, PACKAGE], cwd=HERE, env=environment, capture_output=True,
                         text=True)
    if run.returncode:
        print(run.stderr[-2000:], file=sys.stderr)
        if "module lookup disabled" in run.stderr or "dial tcp" in run.stderr or "requires go >=" in run.stderr:
            skip("the Go modules of go.mod are not here" + ("" if fetch else "; --fetch gets them"))
        sys.exit("buildx does not build")
    return program


def bake(program, path, selected, variables):
    """What bake prints of a selection, or None where it refuses."""
    environment = {"HOME": str(path.parent), "PATH": os.environ["PATH"], **variables}
    run = subprocess.run([program, "bake", "--print", "--progress", "quiet", "-f", path, *selected], env=environment,
                         cwd=path.parent, capture_output=True, text=True)
    return json.loads(run.stdout) if run.returncode == 0 else None


def ask(dump, text, selected="", variables=None):
    request = {"text": text, "selected": selected, "environment": variables or {}}
    run = subprocess.run([dump], input=json.dumps(request).encode() + b"\n", capture_output=True, check=True)
    return json.loads(run.stdout)


def plain(text):
    """A text of a printed target without the escapes that bake writes for its own reading."""
    return text.replace("$${", "${").replace("%%{", "%{")


def expected(name, target):
    unmarked = {key: target.get(key, "").removeprefix("cwd://") for key in ("context", "dockerfile")}
    return {"name": name, "context": unmarked["context"] or ".", "dockerfile": unmarked["dockerfile"],
            "target": target.get("target", ""), "platforms": target.get("platforms", []),
            "args": {key: plain(value) for key, value in target.get("args", {}).items()},
            "contexts": dict(target.get("contexts", {})),
            "dockerfile-inline": plain(target["dockerfile-inline"]) if "dockerfile-inline" in target else None}


def chosen(printed, name="default", seen=()):
    """The targets that a printed group comes to."""
    group = printed.get("group", {}).get(name)
    if group is None or name in seen:
        return [name]
    return [target for item in group["targets"] for target in chosen(printed, item, (*seen, name))]


def normal(context):
    """Bake shortens what is no URL; for those who read it, it is the same."""
    return context if context.startswith(("http", "git")) or not context else os.path.normpath(context)


def differences(printed, answer, must_be_known):
    """How our answer differs from what bake printed."""
    if "error" in answer:
        return [f"refused: {answer['error']}"]
    found, selected = [], set(chosen(printed))
    ours = {build["name"]: build for build in answer["builds"] + answer["linked"]}
    if {build["name"] for build in answer["builds"]} != selected:
        found.append(f"selected {sorted(selected)}, ours {[build['name'] for build in answer['builds']]}")
    if set(ours) != set(printed["target"]):
        found.append(f"targets {sorted(printed['target'])}, ours {sorted(ours)}")
    for name, target in printed["target"].items():
        found += [f"{name}: nobody knows what {key} is" for key in target if key not in KEPT | set(IGNORED)]
        build, wanted = dict(ours.get(name, {})), expected(name, target)
        if must_be_known and not all(known for _, _, known in build.get("args", []) + build.get("contexts", [])):
            found.append(f"{name}: not known")
        for key in ("args", "contexts"):
            build[key] = {pair: value for pair, value, _ in build.get(key, [])}
        for side in (build, wanted):
            side["context"] = normal(side.get("context", ""))
            side["dockerfile"] = os.path.normpath(side.get("dockerfile", ""))
            side["contexts"] = {key: value.removeprefix("cwd://") for key, value in side["contexts"].items()}
        found += [f"{name}.{key}: {wanted[key]!r}, ours {build.get(key)!r}"
                  for key in wanted if wanted[key] != build.get(key)]
    return found


def check_printed(oracle, dump, path):
    """(whether bake takes the file, differences) of the default selection and of everything there is."""
    found, taken = [], False
    for selected in ([], ["*"]):
        printed = bake(oracle, path, selected, {})
        if printed is None:
            continue
        taken = taken or not selected
        answer = ask(dump, json.dumps(printed))
        found += [f"{path}: {line}" for line in differences(printed, answer, must_be_known=True)]
    return taken, found


TEXTS = ["", ".", "a/b", "./x", "$${V}", "a $ b", "%%{x", "${A}", "x${B}-${A}", "${ NUMBER }", "${FLAG}", "${UNSET}",
         "${CHAIN}", "é ✓", "${GLOBAL}/x", "cwd://here", "docker-image://alpine", "https://example.com/x.git", "../up"]
VARIABLES = {"A": {"default": "a"}, "B": {"default": "b${A}"}, "NUMBER": {"default": 7}, "FLAG": {"default": False},
             "UNSET": {}, "CHAIN": {"default": "${B}${GLOBAL}"}, "TYPED": {"type": "string", "default": "t"}}
GIVEN = {"A": ["", "given", "${no}"], "NUMBER": ["8", "-3"], "FLAG": ["1", "true", "F"], "UNSET": ["set"],
         "GLOBAL": ["ignored"]}


def generate(chance):
    """A bake file in JSON as somebody could write it, and the environment."""
    names = ["default", "app", "lib", "base", "t4", "t5"][:chance.randint(1, 6)]
    text = lambda: chance.choice(TEXTS)
    targets = {}
    for index, name in enumerate(names):
        target, others = {}, names[index + 1:] if chance.random() < 0.95 else names
        if others and chance.random() < 0.5:
            target["inherits"] = chance.sample(others, chance.randint(1, min(2, len(others))))
        for key in ("context", "dockerfile", "target", "dockerfile-inline"):
            if chance.random() < 0.4:
                target[key] = chance.choice([text(), text(), None])
        if chance.random() < 0.7:
            target["args"] = {chance.choice("UVWXYZ"): chance.choice([text(), text(), text(), None, 3, True, "null"])
                              for _ in range(chance.randint(0, 4))}
        if chance.random() < 0.4:
            target["contexts"] = {chance.choice("pqr"): chance.choice(
                [text(), "target:" + chance.choice(others or ["gone"])]) for _ in range(chance.randint(0, 2))}
        if chance.random() < 0.4:
            target["platforms"] = chance.choice([[], ["linux/amd64"], ["linux/arm64", "", "linux/arm64"], None])
        if chance.random() < 0.3:
            target["tags"] = ["a:${A}"]
        targets[name] = target
    file = {"target": targets, "variable": VARIABLES, "GLOBAL": "g${A}", "//": "a comment"}
    if chance.random() < 0.6:
        groups = {"default": {"targets": chance.sample(names, chance.randint(1, len(names)))}}
        if chance.random() < 0.5:
            groups["more"] = {"targets": chance.sample(names, 1)}
            groups["default"]["targets"].insert(0, "more")
        file["group"] = groups
    given = {name: chance.choice(values) for name, values in GIVEN.items() if chance.random() < 0.4}
    return json.dumps(file, ensure_ascii=False), given


def check_generated(oracle, dump, folder, seed):
    chance = random.Random(seed)
    text, given = generate(chance)
    path = folder / f"{seed}.json"
    path.write_text(text)
    printed, answer = bake(oracle, path, [], given), ask(dump, text, "", given)
    if "inherits from this one" in answer.get("error", ""):
        return False, []  # on purpose: bake leaves out what a circle of `inherits` would say, and tells nobody
    if printed is None:
        return False, [] if "error" in answer else [f"seed {seed}: bake refuses\n{text}\n{given}"]
    return True, [f"seed {seed}: {line}\n{text}\n{given}" for line in differences(printed, answer, False)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dump", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--fetch", action="store_true")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    oracle, dump = build_oracle(options.folder, options.fetch), options.dump.resolve()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = pathlib.Path(folder)
        if ARCHIVE.exists():
            subprocess.run(["tar", "--zstd", "-xf", ARCHIVE, "-C", folder, "--wildcards", "*docker-bake.*"], check=True)
        else:
            print(f"left out: the corpus, {ARCHIVE.name} is not beside the project")
        files = sorted(folder.rglob("docker-bake.*"))
        corpus = list(pool.map(lambda path: check_printed(oracle, dump, path), files))
        seeds = range(options.seed, options.seed + options.count)
        generated = list(pool.map(lambda seed: check_generated(oracle, dump, folder, seed), seeds))
    found = [line for _, lines in corpus + generated for line in lines]
    print("\n".join(found[:20]))
    print(f"corpus: bake takes {sum(taken for taken, _ in corpus)} of {len(corpus)} files; generated: it takes "
          f"{sum(taken for taken, _ in generated)} of {len(generated)}; {len(found)} differences")
    return bool(found)


sys.exit(main())
