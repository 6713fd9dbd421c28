"""SARIF through Microsoft's validator, with the requirements of GitHub: no error; and its line hashes are ours."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree

import sample

TOOL = "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
KEY = "primaryLocationLineHash"


def run_tool(tool, *arguments):
    """Its exit code says nothing."""
    environment = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    run = subprocess.run([tool, *arguments, "--log", "ForceOverwrite"], env=environment, capture_output=True, text=True)
    return run.stdout + run.stderr


def validate(tool, report):
    output = report.with_name("validated.sarif")
    said = run_tool(tool, "validate", report, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", output)
    if not output.exists():
        sys.exit(f"the validator wrote nothing: {said}")
    run = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0]
    invocations = run.get("invocations", [{}])
    if not invocations[0].get("executionSuccessful", False):
        yield f"the validator failed: {said}"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"].get("rules", [])}
    for result in run.get("results", []):
        level = result.get("level") or rules.get(result["ruleId"], {}).get("defaultConfiguration", {}).get("level")
        if level == "error":
            yield f"{report}: {result['ruleId']}: {result['message']}"


def hashes(log):
    return [result["partialFingerprints"].pop(KEY, None) for result in log["runs"][0]["results"]]


def compare_hashes(tool, report):
    """The same log without our hashes, to which the tool adds its own from the files."""
    log = json.loads(report.read_text())
    ours = hashes(log)
    log["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"] = report.parent.as_uri() + "/"
    bare, filled = report.with_name("bare.sarif"), report.with_name("filled.sarif")
    bare.write_text(json.dumps(log))
    said = run_tool(tool, "rewrite", bare, "--insert", "RollingHashPartialFingerprints", "--output", filled)
    if not filled.exists():
        sys.exit(f"the tool wrote nothing: {said}")
    theirs = hashes(json.loads(filled.read_text(encoding="utf-8-sig")))
    for mine, other, result in zip(ours, theirs, log["runs"][0]["results"], strict=True):
        if mine != other:
            yield f"{result['locations'][0]['physicalLocation']}: our line hash is {mine}, theirs {other}"
    print(f"{len(ours)} line hashes compared")


def main():
    cli, tools = sys.argv[1], pathlib.Path(sys.argv[2])
    if not (tools / TOOL).exists():
        sample.skip("sarif-multitool is not there; tests/integration/install.sh gets it")
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for name, reports in sample.cases(cli, pathlib.Path(folder)):
            problems += validate(tools / TOOL, reports["sarif"])
        files = dict(sample.generate(50))
        reports = sample.check(cli, pathlib.Path(folder) / "hashes", files, "--policy", "own/every")
        problems += compare_hashes(tools / TOOL, reports["sarif"])
    print(*problems, sep="\n")
    sys.exit(bool(problems))


main()
