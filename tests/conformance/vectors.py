"""Runs the cases of BuildKit's own tests that lie beside the project, without BuildKit: a table of what passes, fails, and
does not apply, with the reason for the last."""
import argparse
import collections
import json
import re
import sys

sys.dont_write_bytecode = True  # nothing is left in the tree

import dialog
import graph_cases

SHARED = dialog.HERE.parents[2] / "shared" / "vectors"
# What does not apply: kind of a case → why.
NOT_OURS = {
    "heredoc_chomp": "the file that COPY makes of a heredoc, which we do not make",
    "internal-pattern": "an inner function of BuildKit: we match patterns without regular expressions",
    "internal-reverseString": "an inner function of BuildKit that we have no need of",
    "internal-reversePattern": "an inner function of BuildKit that we have no need of",
    "node-error": "a syntax tree made by hand that no text gives",
    "json-args": "an inner function of BuildKit on arguments without text",
    "flags": "an inner function of BuildKit on flags that no instruction has",
    "outline": "a subrequest of the frontend: we have no outline",
}
# The file itself is right: id of a case → what fails.
NOT_IN_THE_FILE = {
    "buildkit-integration/client/3": "a file that the context does not have",
    "buildkit-integration/history/1": "a file that the context does not have",
    "buildkit-integration/cmd/5": "a command that fails when it runs",
    "buildkit-integration/mount/17": "a command that fails when it runs",
}


def whole(text):
    """A first instruction as a file."""
    return text if re.match(r"(?i)\s*(#|FROM|ARG)", text) else "FROM scratch\n" + text


KEYWORDS = """ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME
    WORKDIR""".split()


class Runner:
    """One request a case, then one verdict: None passes, text says what is wrong."""

    def __init__(self, ours):
        self.ours = ours

    def parse(self, text, case=None):
        arguments = (case or {}).get("build_args")
        request = dialog.dockerfile(text.encode("utf-8", "surrogateescape"), (case or {}).get("target") or "",
                                    arguments if isinstance(arguments, dict) else {})
        return dialog.ask(self.ours, [request])[0]

    def judge(self, case):
        kind = case.get("kind") or ("pattern" if "patterns" in case else "integration")
        if kind in NOT_OURS:
            return Inapplicable(NOT_OURS[kind])
        if kind.startswith("node-"):
            return Inapplicable(NOT_OURS["node-error"])
        if kind.startswith("internal-"):
            return Inapplicable("an inner function of BuildKit")
        runner = getattr(self, kind.replace("-", "_"), None)
        return runner(case) if runner else Inapplicable(f"a kind of case that has no runner yet: {kind}")

    # ---- buildkit-parse ----

    def file(self, case):
        answer = self.parse(case["dockerfile"])
        refused = [error for error in answer["errors"] if error["layer"] == "parse"]
        if "error" in case["expect"]:
            return None if refused else "is not refused"
        if refused:
            return f"is refused: {refused[0]['message']}"
        return differs(case["expect"]["sexp"].rstrip("\n"), "\n".join(expression(item) for item in answer["instructions"]))

    def heredocs(self, case):
        items = self.parse(case["dockerfile"])["instructions"]
        for child in case["expect"]["children"]:
            wanted = [[heredoc[key] for key in ("name", "content", "expand", "chomp")] for heredoc in child["heredocs"]]
            found = [[decoded(heredoc[key]) if key in ("name", "content") else heredoc[key]
                      for key in ("name", "content", "expands", "strips")] for heredoc in items[child["child"]]["heredocs"]]
            if wanted != found:
                return differs(wanted, found)
        return None

    def lines(self, case):
        """First and last line of each instruction; of those that are listed, where not all are."""
        found = [item["lines"] for item in self.parse(case["dockerfile"])["instructions"]]
        wanted = [ends(child, at) for at, child in enumerate(listed(case["expect"], "children", "lines"))]
        absent = [pair for at, pair in wanted if at >= len(found) or found[at] != pair]
        return differs(absent, [found]) if absent or not wanted else None

    def warnings(self, case):
        """How many empty lines are told, and where it is said, at which line."""
        found = self.parse(case["dockerfile"])["warnings"]
        wanted = case["expect"].get("count", case["expect"].get("warnings"))
        if isinstance(wanted, int):
            return differs(wanted, len(found))
        lines = [warning.get("line") for warning in wanted if isinstance(warning, dict)]
        return differs(len(wanted), len(found)) or (differs(lines, found) if lines and None not in lines else None)

    def directives(self, case):
        """Of those that are no escape: the dump has the frontend's reading of "syntax" and "check"."""
        answer, expect = self.parse(case["input"]), case["expect"]
        if expect.get("error"):
            return None if answer["errors"] else "is not refused"
        items = listed(expect, "directives")
        wanted = {item["name"]: item["value"] for item in items if item["name"] in ("syntax", "check")}
        return differs(wanted, {name: decoded(text) for name, text in answer["directives"].items() if name in wanted})

    def words(self, case):
        if "env" in case:
            return self.word(case)
        if not case["input"].strip():
            return None
        item = self.parse("FROM a\nARG " + case["input"])["instructions"][1]
        return differs(case["expect"]["words"], [decoded(text) for text in item["arguments"]])

    def json_array(self, case):
        answer = self.parse("FROM a\nCMD " + case["input"])
        item = answer["instructions"][1]
        if case["expect"].get("error"):
            wrong = any(error["id"] == "array-of-strings" for error in answer["errors"])
            return None if wrong or not item["exec"] else "is an array of strings"
        return differs(case["expect"]["values"], [decoded(text) for text in item["arguments"]])

    def name_val(self, case):
        item = self.parse(f"FROM a\n{case['instruction']} {case['input']}")["instructions"][1]
        return differs(case["expect"]["nodes"], [decoded(text) for text in item["arguments"]])

    def heredoc_word(self, case):
        if " " in case["input"]:
            return Inapplicable("a word with a blank in it, which no text gives")
        items = self.parse(f"FROM a\nRUN {case['input']}\nEOF\n")["instructions"]
        wanted = case["expect"].get("heredoc")
        found = [decoded(heredoc["name"]) for heredoc in items[1]["heredocs"]]
        return differs([wanted["name"]] if wanted else [], found)

    def heredoc_line(self, case):
        bodies = "".join(f"\n{name}" for name in case["expect"]["names"])
        item = self.parse(f"FROM a\n{case['input']}{bodies}\n")["instructions"][1]
        return differs(case["expect"]["names"], [decoded(heredoc["name"]) for heredoc in item["heredocs"]])

    def directive_lookup(self, case):
        text, expect = case["input"], case["expect"]
        found = self.parse(text)["directives"].get(case["directive"])
        return differs(expect.get("cmdline", expect.get("ref")) if expect["found"] else None,
                       decoded(found) if found is not None else None)

    # ---- buildkit-shell ----

    def word(self, case):
        if case.get("platform") == "windows":
            return Inapplicable("the frontend on Windows")
        variables = {name.encode().decode("latin-1"): value.encode().decode("latin-1") for name, value in case["env"].items()}
        answer = dialog.ask(self.ours, [dialog.word(case["input"].encode(), "\\", variables)])[0]
        split = "expect_words" in case or case["kind"] == "words"
        found = answer["words"] if split else answer["value"]
        if case.get("expect_error"):
            return None if found is None else f"is not refused: {found!r}"
        if found is None:
            return "is refused"
        wanted = case["expect_words"] if split else case["expect"]
        found = [decoded(text) for text in found] if split else decoded(found)
        if wanted != found:
            return differs(wanted, found)
        for key, ours in (("expect_matched", "matched"), ("expect_unmatched", "unmatched")):
            if case.get(key) is not None and sorted(case[key]) != sorted(map(decoded, answer[ours])):
                return f"{ours}: {answer[ours]}, expected {case[key]}"
        return None

    # ---- buildkit-instructions ----

    def error(self, case):
        errors = self.parse(whole(case["dockerfile"]))["errors"]
        return None if errors else "is not refused"

    def no_crash(self, case):
        answer = self.parse(case["dockerfile"])
        return "crashes" if "crash" in answer else None

    def copy(self, case):
        item = self.parse(whole(case["dockerfile"]))["instructions"][-1]
        words = [decoded(text) for text in item["arguments"]]
        names = {heredoc["name"]: heredoc for heredoc in item["heredocs"]}
        paths = [text for text in words[:-1] if not (text.startswith("<<") and text.strip("<-'\"") in names)]
        wanted = case["expect"]
        contents = [{"path": heredoc["name"], "data": chomped(heredoc), "expand": heredoc["expands"]} for heredoc in item["heredocs"]]
        return differs([wanted["dest"], wanted["source_paths"], wanted["source_contents"]], [words[-1], paths, contents])

    def run(self, case):
        item = self.parse(whole(case["dockerfile"]))["instructions"][-1]
        wanted = case["expect"]
        files = [{"name": heredoc["name"], "data": heredoc["content"], "chomp": heredoc["strips"]} for heredoc in item["heredocs"]]
        return differs([wanted["shell_form"], wanted["cmd_line"], wanted["files"]],
                       [not item["exec"], [decoded(text) for text in item["arguments"]], files])

    def flags_used(self, case):
        item = self.parse(whole(case["dockerfile"]))["instructions"][-1]
        return differs(sorted(case["expect"]["flags_used"]),
                       sorted({flag[2:].split("=")[0] for flag in item["flags"]}))

    def doc_comments(self, case):
        return Inapplicable("comments that describe, for an outline, which we do not have")

    def device(self, case):
        refused = bool(self.parse(f"FROM a\nRUN --device={case['input']} x")["errors"])
        return differs(bool(case["expect"].get("error")), refused)

    def opt_interval(self, case):
        refused = bool(self.parse(f"FROM a\nHEALTHCHECK --interval={case['input']} CMD x")["errors"])
        return differs(bool(case["expect"].get("error")), refused)

    def expose_ports(self, case):
        refused = bool(self.parse("FROM a\nEXPOSE " + " ".join(case["specs"]))["errors"])
        return differs(bool(case["expect"].get("error")), refused)

    # ---- buildkit-graph, buildkit-integration ----

    def graph(self, case):
        answer = self.parse(case["dockerfile"], case)
        if "stages" in case["expect"]:
            drawn = graph_cases.layers(case, answer)
            return Inapplicable("a Dockerfile that BuildKit refuses") if isinstance(drawn, str) else differs(*drawn)
        wrong = differs(bool(case["expect"].get("error")), bool(answer["errors"]))
        if wrong or "labels" not in case["expect"]:
            return wrong
        return differs(case["expect"]["labels"], dict(reversed(answer["graph"]["labels"])))

    def build(self, case):
        refused = bool(self.parse(case["dockerfile"], case)["errors"])
        if case["expect"].get("error") and not refused:
            return Inapplicable(NOT_IN_THE_FILE[case["id"]]) if case["id"] in NOT_IN_THE_FILE else "is not refused"
        return differs(bool(case["expect"].get("error")), refused)

    def integration(self, case):
        file = case.get("dockerignore")
        if file is not None and dialog.ask(self.ours, [dialog.ignore(file.encode(), [])])[0]["refused"]:
            return differs(bool(case["expect"].get("error")), True)
        return self.build(case)

    def targets(self, case):
        stages = self.parse(case["dockerfile"])["stages"]
        wanted = [[target.get("Name", ""), target.get("Base", "")] for target in case["expect"]["Targets"]]
        return differs(wanted, [[stage["name"], stage["base"]] for stage in stages])

    def error_lines(self, case):
        answer = self.parse(case["dockerfile"])
        if case.get("static") is False:
            return differs([], answer["errors"])
        lines = [error["line"] for error in answer["errors"]]
        return None if case["expect"]["error_lines"][0] in lines else f"lines {lines}, expected {case['expect']['error_lines']}"


    # ---- dockerfilegraph ----

    def target_filter(self, case):
        if any(target != target.strip() and target.strip() for target in case["targets"]):
            return Inapplicable("that tool trims its option, docker build does not")
        text = graph_cases.dockerfile_of(case["graph"])
        answers = [self.parse(text, {"target": target}) for target in case["targets"]]
        refused = any(answer["errors"] for answer in answers)
        if case["expect"].get("error") or refused:
            return differs(bool(case["expect"].get("error")), refused)
        names = [stage["name"] for stage in case["graph"]["stages"]]
        needed = {at for answer in answers for at, stage in enumerate(answer["graph"]["stages"]) if stage["needed"]}
        return differs([stage["name"] for stage in case["expect"]["stages"]], [names[at] for at in sorted(needed)])

    def stage_index(self, case):
        answer = self.parse(graph_cases.dockerfile_of_index(case["stages"], case["input"]))
        edge = {"from": None} if answer["errors"] else answer["graph"]["stages"][-1]["steps"][0]["edges"][0]
        return differs(case["expect"]["index"] if case["expect"]["found"] else None, edge["from"])

    # ---- patternmatcher ----

    def pattern(self, case):
        request = dialog.ignore("\n".join(case["patterns"]).encode(), [case["path"].encode()])
        answer = dialog.ask(self.ours, [request])[0]
        refused = answer["refused"] or "e" in answer["verdicts"][0]
        if case["expect"].get("error") or refused:
            return differs(bool(case["expect"].get("error")), refused)
        return differs(case["expect"]["match"], answer["verdicts"][0][0] == "y")


def listed(expect, *keys):
    """The list in what is expected, whichever of these keys it has, if any."""
    return expect if isinstance(expect, list) else next(expect[key] for key in keys if key in expect)


def ends(child, at):
    """(index, [first line, last line]) of an instruction."""
    if isinstance(child, list):
        return at, child
    pair = child.get("lines") or [child.get("start_line", child.get("start")), child.get("end_line", child.get("end"))]
    return child.get("child", at), pair


class Inapplicable(str):
    """A reason, not a failure."""


def differs(wanted, found):
    return None if wanted == found else f"{found!r}, expected {wanted!r}"


def decoded(text):
    return text.encode("latin-1").decode("utf-8", "surrogateescape")


def quoted(text):
    """As Go writes a string, as far as the cases need."""
    names = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", '"': '\\"', "\\": "\\\\"}
    return '"' + "".join(names.get(character, character) for character in decoded(text)) + '"'


def chomped(heredoc):
    """The file that COPY makes of a heredoc: <<- takes the tabs away when the file is made, the tree keeps them."""
    return re.sub(r"(?m)^\t+", "", heredoc["content"]) if heredoc["strips"] else heredoc["content"]


def expression(item):
    """An instruction in the dump format of BuildKit's parser."""
    parts = [item["name"].lower()]
    if item["flags"]:
        parts.append("[" + " ".join(map(quoted, item["flags"])) + "]")
    if "trigger" in item:
        parts.append(expression(item["trigger"]))
    parts += ['""'] if parts[0].upper() not in KEYWORDS else map(quoted, item["arguments"])
    return "(" + " ".join(parts) + ")"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ours", help="the program that dump.c makes")
    options = parser.parse_args()
    if not SHARED.is_dir():
        dialog.skip("the vectors do not lie beside the project")
    runner, failed = Runner(options.ours), 0
    for name in [f"buildkit-{part}" for part in ("parse", "shell", "instructions", "graph", "integration")] + ["dockerfilegraph", "patternmatcher"]:
        counts, reasons = collections.Counter(), collections.Counter()
        for line in (SHARED / f"{name}.jsonl").read_text().split("\n"):
            if not line:
                continue
            case = json.loads(line)
            verdict = runner.judge(case)
            if isinstance(verdict, Inapplicable):
                counts["not applicable"] += 1
                reasons[verdict] += 1
            else:
                counts["fail" if verdict else "pass"] += 1
                if verdict:
                    print(f"FAIL {case['id']}: {verdict[:600]}")
        failed += counts["fail"]
        print(f"{name:22} {counts['pass']:4} pass {counts['fail']:4} fail {counts['not applicable']:4} not applicable")
        for reason, count in reasons.most_common():
            print(f"    {count:4}  {reason}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
