"""Predict, then really build, then look: our answers about the Dockerfiles in cases/ against the images that BuildKit
makes of them. `truth.py STAGEPOLICY FOLDER [CASE…]`, where FOLDER is what install.sh filled; see README.md."""
import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request

sys.dont_write_bytecode = True
import judge  # noqa: E402
import looks  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
SHORT = ["apt-purge-later", "copy-usr-local-go", "make-install", "microservice", "microservice-fixed",
         "settings-inherited"]

Row = collections.namedtuple("Row", "case stage kind question ours truth")


class Case:
    """A folder of cases/. The first comments of its Dockerfile say what it is about and what is asked beyond what is
    asked of all: `# packages: apt:gcc`, `# paths: /app`; how it is built: `# targets: a b`, `# args: A=1`; that the
    image is started: `# starts`, or `# serves: PORT/PATH TEXT`; whose name an image goes by: `# mirror: PREFIX NAME`."""

    def __init__(self, folder):
        self.name = folder.name
        self.context = folder
        self.dockerfile = folder / "Dockerfile"
        self.says = {}
        place = folder / "from"
        if place.exists():  # a Dockerfile of the examples, which must not carry our comments
            lines = place.read_text().splitlines()
            self.dockerfile = (HERE.parents[2] / lines[0]).resolve()
            self.context = self.dockerfile.parent
        else:
            lines = self.dockerfile.read_text().splitlines()
        for line in lines:
            said = re.match(r"# (packages|paths|targets|args|starts|serves|mirror):? ?(.*)", line)
            if said:
                self.says[said.group(1)] = said.group(2)
        self.catalogue = folder / "images.yaml"

    def list_of(self, key):
        return self.says.get(key, "").split()

    def instructions(self):
        return "\n".join(line for line in self.dockerfile.read_text().splitlines() if not line.startswith("#"))

    def args(self):
        return self.list_of("args") + [f"DOWNLOADS=http://127.0.0.1:{judge.DOWNLOADS}"]


# ---- our answers ----

def configuration(case, cases):
    names = sorted({package.split(":", 1)[1] for package in case.list_of("packages")})
    options = {"capabilities": looks.CAPABILITIES, "packages": names, "paths": case.list_of("paths")}
    text = {"policies": {"truth/answers": {"options": options}}}
    images = {}
    if case.catalogue.exists():
        images["catalogues"] = [str(case.catalogue)]
    if "mirror" in case.says:
        prefix, name = case.list_of("mirror")
        images["mirrors"] = {prefix: name}
    if images:
        text["images"] = images
    return json.dumps(text)


def ask(cli, case, work):
    """{stage: [words of one answer]}, as the policy of pack/ says them."""
    work.mkdir(parents=True, exist_ok=True)
    config = work / f"{case.name}.yaml"
    config.write_text(configuration(case, work))  # JSON is YAML
    command = [cli, "check", "--format", "json", "--pack", HERE / "pack", "--policy", "truth/answers", "--config", config,
               "--context", case.context, "--build-args-complete", "--platform", "linux/amd64"]
    for arg in case.args():
        command += ["--build-arg", arg]
    for target in case.list_of("targets"):
        command += ["--target", target]
    run = subprocess.run([*command, case.dockerfile], capture_output=True, text=True)
    try:
        report = json.loads(run.stdout)
    except json.JSONDecodeError:
        sys.exit(f"{case.name}: stagepolicy ended with {run.returncode}: {run.stderr}{run.stdout}")
    answers = collections.defaultdict(list)
    for finding in report["findings"]:
        if finding["policy"] == "truth/answers":
            stage, *words = finding["message"].split(" ")
            answers[int(stage)].append(words)
    if not answers:
        sys.exit(f"{case.name}: no answers ({run.returncode}): {run.stdout[-2000:]}{run.stderr}")
    return dict(answers)


def plain(text):
    return urllib.parse.unquote(text)


# ---- the truth, and both side by side ----

def word(truth):
    return "yes" if truth else "no"


def compare_contains(case, stage, words, image, rows):
    truth, names = words[1], words[2].split(",") if len(words) > 2 and words[2] else []
    there = looks.capabilities(image)
    for name in names:
        rows.append(Row(case.name, stage, "contains", name, truth, word(name in there)))


def has_package(image, manager, name):
    """Go names a package by its address; its program has the last part."""
    return (name.rsplit("/", 1)[-1] if manager == "go" else name) in image.packages(manager)


def without_copied(rows):
    """What another stage installs and this one copies, this one does not install, though its image has it."""
    installed = {row.question for row in rows if row.kind == "installs" and row.ours == "yes"}
    return [row for row in rows if not (row.kind == "installs" and row.ours == "no" and row.truth == "yes"
                                        and row.question in installed)]


def compare_packages(case, stage, answers, image, base, rows):
    managers = {}
    for package in case.list_of("packages"):
        manager, name = package.split(":", 1)
        managers[name] = manager
    for words in answers:
        if words[0] == "installs":
            name = plain(words[1])
            manager = managers[name]
            if name not in base.packages(manager):
                named = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", case.instructions())
                truth = word(named and has_package(image, manager, name))
                rows.append(Row(case.name, stage, "installs", f"{manager} {name}", words[2], truth))
        elif words[0] == "package" and words[2] != "?":
            manager, name = words[1], plain(words[2])
            ours = "unknown" if words[3] == "perhaps" else word(words[3] == "there")
            rows.append(Row(case.name, stage, "package", f"{manager} {name}", ours, word(has_package(image, manager, name))))


def in_config(config, key):
    return config.get(key) or None


def ours_of(words):
    """(state, value) of a told setting; None for the value of one that is not set."""
    return words[0], (plain(words[1][1:]) if words[1].startswith("=") else None)


def compare_setting(case, stage, words, image, rows):
    name = words[1]
    state, value = ours_of(words[2:])
    truth = image.config.get({"user": "User", "workdir": "WorkingDir", "stopsignal": "StopSignal"}[name]) or \
        {"user": "root", "workdir": "/", "stopsignal": ""}[name]
    ours = "unknown" if state == "unknown" or (value is None and state != "default") else value or ""
    rows.append(Row(case.name, stage, "setting", name, ours, truth))


def compare_words(case, stage, words, image, rows):
    """SHELL, ENTRYPOINT, CMD, HEALTHCHECK: lists of words."""
    name = words[1]
    state, value = ours_of(words[2:])
    form, parts, present = words[4], words[5], words[6]
    config = image.config.get({"shell": "Shell", "entrypoint": "Entrypoint", "cmd": "Cmd"}.get(name, "Healthcheck"))
    if name == "healthcheck":
        config = (config or {}).get("Test")
        config = None if config == ["NONE"] else [part for part in config or [] if part not in ("CMD", "CMD-SHELL")] or None
    if config is not None and form == "shell" and name != "shell":
        config = config[-1:]
    truth = "unset" if not config else " ".join(config)
    if present == "unknown" or (present == "yes" and value is None and "?" in parts):
        ours = "unknown"
    elif present == "no" or state == "default":
        ours = "unset"
    elif form == "shell":
        ours = value if value is not None else "unknown"
    else:
        ours = " ".join(plain(part) for part in parts.split(","))
    rows.append(Row(case.name, stage, "setting", name, ours, truth))


def each_port(told):
    """"80-82/tcp" is three ports in an image's configuration."""
    first, last, protocol = re.fullmatch(r"(\d+)(?:-(\d+))?/(\w+)", told).groups()
    return [f"{number}/{protocol}" for number in range(int(first), int(last or first) + 1)]


def compare_named(case, stage, answers, image, base, rows):
    """ENV and LABEL by name, EXPOSE and VOLUME: what we tell is there, and what is there was told."""
    env = dict(setting.split("=", 1) for setting in image.config.get("Env") or [])
    inherited = dict(setting.split("=", 1) for setting in base.config.get("Env") or [])
    inherited.setdefault("PATH", "")
    truths = {"env": (env, inherited), "label": (image.config.get("Labels") or {}, base.config.get("Labels") or {}),
              "port": (image.config.get("ExposedPorts") or {}, base.config.get("ExposedPorts") or {}),
              "volume": (image.config.get("Volumes") or {}, base.config.get("Volumes") or {})}
    told = {kind: set() for kind in truths}
    for words in answers:
        kind = words[0]
        if kind in ("env", "label"):
            name, (state, value) = plain(words[1]), ours_of(words[2:])
            told[kind].add(name)
            truth = truths[kind][0].get(name, "unset")
            ours = "unknown" if value is None else value
            rows.append(Row(case.name, stage, kind, name, ours, truth))
        elif kind in ("port", "volume"):
            value = ours_of(words[1:])[1]
            value = f"{value}/tcp" if kind == "port" and value and "/" not in value else value
            for one in each_port(value) if kind == "port" and value else [value]:
                told[kind].add(one)
                rows.append(Row(case.name, stage, kind, str(one), "yes" if one else "unknown",
                                word(one in truths[kind][0]) if one else "-"))
    for kind, (there, below) in truths.items():
        for name in sorted(set(there) - set(below) - told[kind]):
            rows.append(Row(case.name, stage, kind, name, "unset", str(there[name])))


def compare_stage(case, stage, answers, image, base, rows):
    for words in answers:
        if words[0] == "contains":
            compare_contains(case, stage, words, image, rows)
        elif words[0] == "path":
            path = plain(words[1])
            rows.append(Row(case.name, stage, "path", path, words[2], word(image.has(path))))
        elif words[0] == "setting":
            compare_setting(case, stage, words, image, rows)
        elif words[0] == "words":
            compare_words(case, stage, words, image, rows)
        elif words[0] == "root":
            user = (image.config.get("User") or "root").split(":")[0]
            rows.append(Row(case.name, stage, "setting", "user is root", words[1], word(user in ("root", "0"))))
    compare_packages(case, stage, answers, image, base, rows)
    compare_named(case, stage, answers, image, base, rows)


# ---- starting an image ----

def user_of(config, root):
    """Number of the user and of its group that a configuration names."""
    name, _, group = (config.get("User") or "0").partition(":")
    if name.isdigit():
        return int(name), int(group) if group.isdigit() else 0
    for line in (root / "etc/passwd").read_text().splitlines():
        fields = line.split(":")
        if fields[0] == name:
            return int(fields[2]), int(fields[3])
    return 0, 0


def bundle_of(config, root):
    """What runc is to start."""
    user, group = user_of(config, root)
    env = config.get("Env") or []
    if not any(setting.startswith("PATH=") for setting in env):
        env = [*env, "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
    mounts = [{"destination": "/proc", "type": "proc", "source": "proc"},
              {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]}]
    return {"ociVersion": "1.0.2", "root": {"path": str(root)}, "mounts": mounts,
            "process": {"args": (config.get("Entrypoint") or []) + (config.get("Cmd") or []), "env": env,
                        "cwd": config.get("WorkingDir") or "/", "user": {"uid": user, "gid": group}},
            "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}]}}


def serves(wish, process):
    """Whether the process answers at `PORT/PATH` with the text, before it ends."""
    address, text = wish.split(" ", 1)
    for _ in range(100):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{address}", timeout=5) as answer:
                return text in answer.read().decode(errors="replace")
        except OSError:
            time.sleep(0.2)
    return False


def start(root, config, case):
    """Whether the image works (its process ends with 0, or serves what it should), and the last of what it said."""
    bundle = root.parent
    (bundle / "config.json").write_text(json.dumps(bundle_of(config, root)))
    name = f"truth-{case.name}-{os.getpid()}"
    process = subprocess.Popen(["runc", "--root", bundle / "runc", "run", "--bundle", bundle, name],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    works = serves(case.says["serves"], process) if "serves" in case.says else None
    if works is None:
        try:
            works = process.wait(60) == 0
        except subprocess.TimeoutExpired:
            works = False
    if process.poll() is None:
        subprocess.run(["runc", "--root", bundle / "runc", "kill", name, "KILL"])
    output, _ = process.communicate()
    return works, output.decode(errors="replace").strip()[-200:]


def try_image(judge_, case, work):
    bundle = work / "bundle"
    shutil.rmtree(bundle, ignore_errors=True)
    root = bundle / "root"
    root.mkdir(parents=True)
    refusal = judge_.export(case.dockerfile, case.context, bundle / "root.tar", args=case.args())
    if refusal:
        sys.exit(f"{case.name}: {refusal}")
    subprocess.run(["tar", "-C", root, "--numeric-owner", "-xf", bundle / "root.tar"], check=True)
    config = looks.Image(f"truth/{case.name}:final", work / "layers").config
    try:
        return start(root, config, case)
    finally:
        shutil.rmtree(bundle, ignore_errors=True)


def compare_left(case, answers, works, said, rows):
    """Something is left behind, and the image does not start; nothing is, and it does."""
    items = [words for stage in answers.values() for words in stage if words[0] == "left"]
    ours = "yes" if any(words[3] == "yes" for words in items) else "unknown" if items else "no"
    what = ", ".join(plain(words[4]) for words in items if len(words) > 4)
    rows.append(Row(case.name, "-", "left behind", what or "anything", ours, word(not works)))
    if not works:
        print(f"  {case.name} does not start: {said}")


def compare_places(case, answers, images, rows):
    """What is left behind is in its stage, where we say, and nowhere below that folder in what ships."""
    for stage, told in answers.items():
        for words in told:
            if words[0] == "left" and words[2] != "-" and words[3] == "yes":
                path = plain(words[2])
                rows.append(Row(case.name, stage, "left place", path, "yes",
                                word(stage in images and images[stage].has(path))))


# ---- one case, all cases ----

def judge_case(judge_, case, answers, work, rows):
    images = {}
    for stage in sorted(answers):
        label = identity(answers[stage])[1]
        if label == "-" and stage < max(answers):
            continue  # BuildKit builds a stage by its name, or the last
        name = f"truth/{case.name}:{stage}"
        refusal = judge_.build(case.dockerfile, case.context, name, "" if label == "-" else plain(label), case.args())
        if refusal is not None:
            print(f"{case.name}, stage {stage}: BuildKit refuses it:\n{refusal}")
            rows.append(Row(case.name, stage, "build", "it is built", "yes", "no"))
            return
        images[stage] = looks.Image(name, work / "layers")
    for stage, image in images.items():
        compare_stage(case, stage, answers[stage], image, root_image(answers[stage], work), rows)
    compare_places(case, answers, images, rows)
    if "starts" in case.says or "serves" in case.says:
        refusal = judge_.build(case.dockerfile, case.context, f"truth/{case.name}:final", args=case.args())
        works, said = try_image(judge_, case, work)
        compare_left(case, answers, works, said, rows)


def identity(told):
    """["stage", its name, what its chain begins with]"""
    return next(words for words in told if words[0] == "stage")


def root_image(told, work):
    """The image that the chain of a stage begins with; an empty one for scratch."""
    root = plain(identity(told)[2])
    if root == "scratch":
        return looks.Empty()
    place = root.split("/", 1)[1]
    return looks.Image(place if ":" in place.rsplit("/", 1)[-1] else f"{place}:latest", work / "layers")


def verdict(row):
    return "unknown" if row.ours == "unknown" else "right" if row.ours == row.truth else "WRONG"


def summary(rows, out):
    """The table: every answer that is not right, then the shares by kind and by case."""
    table = ["| case | stage | question | ours | truth | |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        if row.kind == "contains" and row.ours == row.truth == "no":
            continue
        cells = [row.case, str(row.stage), f"{row.kind} {row.question}", row.ours, row.truth, verdict(row)]
        table.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    for title, key in (("kind", lambda row: row.kind), ("case", lambda row: row.case)):
        counts = collections.Counter((key(row), verdict(row)) for row in rows)
        table += ["", f"| {title} | answers | right | unknown | wrong |", "| --- | --- | --- | --- | --- |"]
        for name in sorted({key(row) for row in rows}):
            right, unknown, wrong = (counts[name, kind] for kind in ("right", "unknown", "WRONG"))
            table.append(f"| {name} | {right + unknown + wrong} | {right} | {unknown} | {wrong} |")
    out.write_text("\n".join(table) + "\n")
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="the few cases that CI runs")
    parser.add_argument("cli", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("cases", nargs="*")
    chosen = parser.parse_args()
    reason = judge.missing(chosen.folder)
    if reason:
        print(f"skipped: {reason}; tests/integration/truth/install.sh gets what is needed")
        return SKIPPED
    names = chosen.cases or (SHORT if chosen.short else sorted(path.name for path in (HERE / "cases").iterdir()))
    cases = [Case(HERE / "cases" / name) for name in names]
    work = chosen.folder.resolve() / "work"
    answers = {case.name: ask(chosen.cli.resolve(), case, work) for case in cases}  # all predictions come first
    (work / "predicted.json").write_text(json.dumps(answers, indent=1))
    rows = []
    with judge.Judge(chosen.folder) as judge_:
        for case in cases:
            before = len(rows)
            judge_case(judge_, case, answers[case.name], work, rows)
            rows[before:] = without_copied(rows[before:])
            counts = collections.Counter(verdict(row) for row in rows[before:])
            print(f"{case.name}: {counts['right']} right, {counts['unknown']} unknown, {counts['WRONG']} wrong", flush=True)
            for row in rows[before:]:
                if verdict(row) == "WRONG":
                    print(f"  WRONG stage {row.stage}: {row.kind} {row.question}: ours {row.ours}, truth {row.truth}")
    summary(rows, work / "table.md")
    counts = collections.Counter(verdict(row) for row in rows)
    share = 100 * counts["unknown"] / max(1, len(rows))
    print(f"{len(cases)} cases, {len(rows)} answers: {counts['right']} right, {counts['unknown']} unknown ({share:.1f} %), "
          f"{counts['WRONG']} wrong; all in {work / 'table.md'}")
    return 1 if counts["WRONG"] or share > 10 else 0


if __name__ == "__main__":
    sys.exit(main())
