"""`check` reads every Dockerfile of the lists of vectors: no crash, JSON that is JSON, and exit code 3 only where
BuildKit refuses, and wherever its parser does.

    check.py BINARY DUMP FOLDER     skipped (77) where the vectors are missing

Whether BuildKit refuses is what the program made from dump.c says, which compare.py compares with BuildKit itself: a build
of which everything is known. `check` judges an open world, so what hangs on the graph may be no refusal to it."""
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree

import dialog

TOGETHER = 50  # files a run


def texts(folder):
    """{id: text} of every case that is a whole Dockerfile."""
    cases = {}
    for path in sorted(folder.glob("*.jsonl")):
        for case in map(json.loads, filter(None, path.read_text().split("\n"))):
            if isinstance(case.get("dockerfile"), str):
                cases[case["id"]] = case["dockerfile"].encode("utf-8", "surrogateescape")
    return cases


def check(binary, folder, names):
    return subprocess.run([binary, "check", "--format", "json", *names], cwd=folder, capture_output=True,
                          timeout=120)


def problem(done, layers):
    """What is wrong with a run over files of which BuildKit refuses one, in these layers, or none; or an empty text."""
    if done.returncode not in (0, 1, 3):
        return f"exit code {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}"
    if done.returncode == 3 and not layers:
        return "is refused, and not by BuildKit"
    if done.returncode != 3 and layers - {"graph"}:
        return "is not refused"
    try:
        json.loads(done.stdout.decode())
    except ValueError as wrong:
        return f"no JSON: {wrong}"
    return ""


def main():
    binary, dump, folder = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], pathlib.Path(sys.argv[3])
    if not folder.is_dir():
        dialog.skip("the vectors do not lie beside the project")
    cases = texts(folder)
    answers = dialog.ask(dump, [dialog.dockerfile(text) for text in cases.values()])
    refused = dict(zip(cases, ({error["layer"] for error in answer["errors"]} for answer in answers)))
    with tempfile.TemporaryDirectory() as place, concurrent.futures.ThreadPoolExecutor(2) as pool:
        files = {name: f"Dockerfile.{number}" for number, name in enumerate(cases)}
        for name, text in cases.items():
            (pathlib.Path(place) / files[name]).write_bytes(text)

        def judge(names):
            """[(first name, what is wrong)], of as few files as it takes."""
            wrong = problem(check(binary, place, [files[name] for name in names]), refused[names[0]])
            if wrong and len(names) > 1:
                return [found for name in names for found in judge([name])] or [(names[0], wrong)]
            return [(names[0], wrong)] if wrong else []

        accepted = [name for name in cases if not refused[name]]
        groups = [accepted[at:at + TOGETHER] for at in range(0, len(accepted), TOGETHER)]
        groups += [[name] for name in cases if refused[name]]
        failed = [found for list_ in pool.map(judge, groups) for found in list_]
    for name, wrong in failed:
        print(f"{name}: {wrong}")
    print(f"{len(cases)} Dockerfiles, {len(cases) - len(accepted)} that BuildKit refuses; {len(failed)} failures")
    return bool(failed) or not cases


if __name__ == "__main__":
    sys.exit(main())
