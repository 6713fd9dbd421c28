"""The native, SARIF and JUnit reports through the parsers of Jenkins' Warnings plugin: each finding arrives once, with its
severity; natively with our identity."""
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree

import sample

HERE = pathlib.Path(__file__).resolve().parent
NATIVE = {"error": "HIGH", "warning": "NORMAL", "info": "LOW"}


def read(classpath, parser, report):
    run = subprocess.run(["java", "-cp", classpath, HERE / "jenkins/Read.java", parser, report], capture_output=True,
                         text=True)
    if run.returncode:
        sys.exit(f"{parser}: reading {report} failed: {run.stderr}")
    return [line.split("\t") for line in run.stdout.splitlines()]


def check_native(name, entries, ours):
    found = {entry[1]: entry for entry in entries}
    for finding in ours["findings"]:
        entry = found.get(finding["fingerprint"])
        if entry is None:
            yield f"{name}: native: a finding of {finding['policy']} is missing"
        elif entry[0] != NATIVE[finding["severity"]] or entry[4] != finding["policy"]:
            yield f"{name}: native: {finding['policy']} of severity {finding['severity']} arrives as {entry}"
    stopped = len(ours["failures"]) + sum(one["fatal"] for file in ours["files"] for one in file["diagnostics"])
    if [entry[0] for entry in entries].count("ERROR") != stopped:
        yield f"{name}: native: not all of {stopped} failures and refusals arrive as ERROR"
    if "<script>" in "".join(entry[6] for entry in entries):
        yield f"{name}: native: a message has markup"


def check_sarif(name, entries, ours):
    """Jenkins counts an error of SARIF as HIGH, and takes its help into the message."""
    wanted = collections.Counter(NATIVE[finding["severity"]] for finding in ours["findings"])
    found = collections.Counter(entry[0] for entry in entries)
    if wanted != found:
        yield f"{name}: sarif: {dict(wanted)} expected, {dict(found)} arrive"


def check_junit(name, entries, report):
    failed = report.read_text().count("<failure") + report.read_text().count("<error")
    if len(entries) != failed:
        yield f"{name}: junit: {failed} cases fail, {len(entries)} arrive"


def main():
    tools = pathlib.Path(sys.argv[2])
    if not shutil.which("java") or not (tools / "classpath").exists():
        sample.skip("Jenkins' parsers are not there; tests/integration/install.sh gets them (needs Java and Maven)")
    classpath = (tools / "classpath").read_text().strip()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for name, reports in sample.cases(sys.argv[1], pathlib.Path(folder)):
            ours = json.loads(reports["json"].read_text())
            native = read(classpath, "native", reports["jenkins"])
            problems += check_native(name, native, ours)
            problems += check_sarif(name, read(classpath, "sarif", reports["sarif"]), ours)
            problems += check_junit(name, read(classpath, "junit", reports["junit"]), reports["junit"])
            print(f"{name}: {len(native)} entries")
    print(*problems, sep="\n")
    sys.exit(bool(problems))


main()
