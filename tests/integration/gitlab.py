"""Code quality and JUnit reports through the libraries that GitLab reads them with: every entry and case arrives, and
what arrives is what the json report has."""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree

import sample

HERE = pathlib.Path(__file__).resolve().parent
NEEDED = 'require "json_schemer"; require "active_support/all"'


def has_readers():
    try:
        return subprocess.run(["ruby", "-rset", "-e", NEEDED], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def read(reports):
    run = subprocess.run(["ruby", "-rset", HERE / "gitlab/read.rb", HERE / "gitlab/code_quality.json",
                          reports["gitlab"], reports["junit"]], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"reading failed: {run.stderr}")
    return json.loads(run.stdout)


def identities(findings):
    return sorted(finding["fingerprint"] for finding in findings)


def check_quality(name, quality, ours):
    kept = quality["kept"]
    if len(kept) != quality["count"]:
        yield f"{name}: code quality: entry {len(kept)} is wrong, and all after it are lost"
    missing = set(identities(ours["findings"])) - set(identities(kept))
    if missing:
        yield f"{name}: code quality: {len(missing)} findings are missing"
    if len(set(identities(kept))) != len(kept):
        yield f"{name}: code quality: two entries have the same fingerprint"


def check_junit(name, cases, ours):
    keys = [(case["suite"], case["class"], case["name"]) for case in cases]
    if len(set(keys)) != len(keys):
        yield f"{name}: junit: two cases have the same name"
    for case in cases:
        if case["kind"] != "success" and not (isinstance(case["text"], str) and case["text"].strip()):
            yield f"{name}: junit: {case['name']} of {case['class']} shows {case['text']!r}"
    told = {(case["class"], case["name"]) for case in cases if case["kind"] in ("failure", "skipped")}
    for finding in ours["findings"]:
        key = (finding["path"], finding["policy"])
        if finding["policy"] != "own/project" and key not in told:
            yield f"{name}: junit: no case tells of {key}"
    refused = [case for case in cases if case["kind"] == "error" and case["name"] == "dockerfile"]
    if len(refused) != sum(any(one["fatal"] for one in file["diagnostics"]) for file in ours["files"]):
        yield f"{name}: junit: {len(refused)} files are told as refused"


def main():
    if not has_readers():
        sample.skip("Ruby's json_schemer and activesupport are not there: apt install ruby ruby-activesupport "
                    "ruby-json-schemer")
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for name, reports in sample.cases(sys.argv[1], pathlib.Path(folder)):
            read_back, ours = read(reports), json.loads(reports["json"].read_text())
            problems += check_quality(name, read_back["quality"], ours)
            problems += check_junit(name, read_back["junit"], ours)
            print(f"{name}: {len(read_back['quality']['kept'])} entries, {len(read_back['junit'])} cases")
    print(*problems, sep="\n")
    sys.exit(bool(problems))


main()
