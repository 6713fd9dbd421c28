"""Whether two answers agree: None, or what differs in a few words."""
import re

import judge_settings
import judge_steps

# What a message of BuildKit is about, as an id of plugin/dockerfile/diagnostic.def. The first that occurs counts.
CLASSES = [
    ("cannot be empty", "empty-file"),
    ("file with no instructions", "no-instruction"),
    ("greater than max", "line-too-long"),
    ("parser directive can be used", "duplicate-directive"),
    ("invalid escape token", "invalid-escape"),
    ("unterminated heredoc", "unterminated-heredoc"),
    ("failed to process", "unterminated-heredoc"),  # the name of one, in the parser
    ("strings only", "array-of-strings"),
    ("must have two arguments", "missing-value"),
    ("can't find = in", "missing-equals"),
    ("unknown instruction", "unknown-instruction"),
    ("unknown flag", "unknown-flag"),
    ("duplicate flag", "duplicate-flag"),
    ("missing a value on flag", "flag-value"),
    ("expecting boolean", "flag-value"),
    ("arguments to be in JSON", "json-required"),
    ("names can not be blank", "blank-name"),
    ("invalid name for build stage", "stage-name"),
    ("cannot accept a heredoc", "heredoc-destination"),
    ("in HEALTHCHECK (try", "healthcheck-type"),
    ("Missing command after", "healthcheck-command"),
    ("isn't allowed", "trigger-not-allowed"),
    ("csv mounts", "mount"),
    ("doesn't support variable expansion", "from-variable"),
    ("can not be an empty string", "blank-volume"),
    ("no build stage in current", "before-first-stage"),
    ("no stages to build", "no-stage"),
    ("csv devices", "flag-value"),
    ("device name already", "flag-value"),
    ("invalid field", "flag-value"),
    ("unexpected key", "flag-value"),
    ("invalid value for required", "flag-value"),
    ("invalid network mode", "flag-value"),
    ("is not valid", "flag-value"),
    ("invalid duration", "flag-value"),
    ("unknown unit", "flag-value"),
    ("missing unit", "flag-value"),
    ("cannot be less than", "flag-value"),
    ("ParseInt", "flag-value"),
    ("cannot be negative", "flag-value"),
    ("requires", "argument-count"),
    ("takes no arguments", "argument-count"),
]

# BuildKit names another line, or none, for these: see "Explained differences" in README.md.
WITHOUT_LINE = {"empty-file", "no-instruction", "no-stage", "before-first-stage", "line-too-long", "duplicate-directive",
                "invalid-escape"}

# What it says of the options of a git source, which it keeps in a map.
GIT_OPTION = re.compile(r'query "|unexpected query "|(invalid .* value|ref conflicts|subdir conflicts): "|branch conflicts with tag')

# What it tells of a trigger before anything is built; it walks a map of the stages.
OF_TRIGGERS = {name for _, name in CLASSES} | {"stage-index"}


def is_explained(error):
    """Whether BuildKit refuses it only where a client asks, which the oracle does not have."""
    return error["id"] == "stage-name" and "cannot name a build context" in error["message"]


def is_nested(refused, error):
    """Whether BuildKit's parser refuses what stands in an ONBUILD of an ONBUILD, which ours refuses unread."""
    return refused["layer"] == "parse" and error["id"] == "trigger-not-allowed" and error["line"] == refused["line"]


def class_of(message):
    return next((name for part, name in CLASSES if part in message), "?")


def judge(theirs, ours):
    for answer, who in ((ours, "ours"), (theirs, "BuildKit")):
        if "crash" in answer or "panic" in answer and who == "ours":
            return f"crash of {who}: {answer}"
    if "panic" in theirs:
        return None
    if "verdicts" in theirs:
        return judge_ignore(theirs, ours)
    if "words" in theirs:
        return judge_word(theirs, ours)
    if "wrong_place" in ours:
        return f"place of {ours['wrong_place']}"
    # What is said of directives behind a refused one means nothing.
    refused = class_of(theirs.get("error", {}).get("message", "")) in ("duplicate-directive", "invalid-escape")
    if theirs["directives"] != ours["directives"] and not refused:
        return f"directives: {theirs['directives']} / {ours['directives']}"
    return judge_refusal(theirs, ours) or judge_message(theirs, ours) or judge_tree(theirs, ours) or judge_graph(theirs, ours)


def judge_ignore(theirs, ours):
    """What ours does not read it says: "?" (README)."""
    for a, b in zip(theirs["verdicts"], ours["verdicts"]):
        if a != b and "?" not in b:
            return f"a path: {theirs['verdicts']} / {ours['verdicts']}"
    wrong = [key for key in ("refused", "patterns") if theirs.get(key) != ours.get(key)]
    return f"{wrong[0]}: {theirs} / {ours}" if wrong else None


def judge_word(theirs, ours):
    if "unknown" in ours:
        return "unknown"
    wrong = [key for key in theirs if theirs[key] != ours[key]]
    return f"word: {wrong[0]} {theirs[wrong[0]]!r} / {ours[wrong[0]]!r}" if wrong else None


def comparable(message, errors):
    """A message without what BuildKit itself says differently from run to run, or ours on purpose: README.md."""
    message = re.sub(r" \(did you mean [^()]*\?\)\n$", "\n", message)
    if "failed to parse stage name" in message and sum(error["id"] == "invalid-reference" for error in errors) > 1:
        return "failed to parse stage name"
    for part in ("circular dependency detected", "invalid pattern ("):
        if part in message:
            return part
    if "in HEALTHCHECK (try" in message:
        return message.encode("latin-1").decode(errors="replace").upper()
    return message


def has_options(instruction):
    """Whether a source of an instruction, or of its trigger, has two options or more."""
    trigger = instruction.get("trigger")
    return any(re.search(r"\?[^#]*&", text) for text in instruction["arguments"]) or bool(trigger and has_options(trigger))


def is_of_one_walk(message, ours):
    """Whether both messages are of one walk of BuildKit through a map: either may come first (README)."""
    theirs, mine = (re.match(r"dockerfile:(\d+): (.*)", text) for text in (message, ours["refusal"]))
    if not theirs or not mine:
        return False
    if GIT_OPTION.match(theirs[2]) and GIT_OPTION.match(mine[2]):
        return theirs[1] == mine[1] and any(has_options(instruction) for instruction in ours["instructions"])
    stages = {instruction["lines"][0] for instruction in ours["instructions"] if instruction["name"].upper() == "FROM"}
    fired = {error["line"] for error in ours["errors"] if error["layer"] == "graph" and error["id"] in OF_TRIGGERS} & stages
    return theirs[1] != mine[1] and {int(theirs[1]), int(mine[1])} <= fired


def is_of_walked_numbers(refused, ours):
    """Whether the refusal is of a stage number in a trigger, past the last stage, where several triggers take files from
    somewhere: outer sources get their numbers as triggers fire, and BuildKit walks a map of the stages (README)."""
    numbers = [error for error in ours["errors"] if error["id"] == "stage-index"]
    line = refused["line"] if refused and "invalid stage index" in refused["message"] else numbers[0]["line"] if numbers else 0
    at_from = any(item["name"].upper() == "FROM" and item["lines"][0] == line for item in ours["instructions"])
    taking = [item for item in ours["instructions"] if "trigger" in item and any("from=" in flag for flag in item["trigger"]["flags"])]
    return at_from and len(taking) > 1


def judge_message(theirs, ours):
    """What `parse --errors-as-buildkit` prints, byte for byte."""
    refused = theirs.get("error")
    if not refused or not ours["errors"] or any(is_nested(refused, error) for error in ours["errors"]):
        return None
    if "invalid name for build stage" in ours["refusal"] and any(is_explained(error) for error in ours["errors"]):
        return None
    place = f"{refused['line']}:" if refused["line"] > 0 else ""
    message = f"dockerfile:{place} {refused['message']}\n"
    same = comparable(message, ours["errors"]) == comparable(ours["refusal"], ours["errors"])
    return None if same or is_of_one_walk(message, ours) else f"message: {message!r} / {ours['refusal']!r}"


def judge_refusal(theirs, ours):
    refused, errors = theirs.get("error"), ours["errors"]
    if not refused and errors and all(error["id"] in ("no-command", "no-text") for error in errors):
        return None if theirs["graph"]["steps"] is None else f"sent: {errors[:1]}"
    if not refused and errors and all(is_explained(error) for error in errors):
        return None
    if bool(refused) != bool(errors):
        if is_of_walked_numbers(refused, ours):
            return None
        return f"verdict: {refused} / {errors[:1]}"
    if not refused:
        return None
    if refused["layer"] == "graph":
        return None if is_of_walked_numbers(refused, ours) else judge_graph_refusal(refused, errors)
    if any(is_nested(refused, error) for error in errors):
        return None
    name = class_of(refused["message"])
    if refused["layer"] == "instructions" and any(error["layer"] == "parse" for error in errors):
        return f"layer: {refused} / {errors[:2]}"
    same = [error for error in errors if error["id"] == name and error["layer"] == refused["layer"]]
    if not same:
        return f"class: {refused} / {errors[:3]}"
    if name in WITHOUT_LINE:
        return None
    if refused["line"] not in [error["line"] for error in same]:
        return f"line: {refused} / {errors[:3]}"
    earlier = [error for error in errors if error["layer"] == refused["layer"] and error["id"] not in WITHOUT_LINE
               and error["line"] < refused["line"]]
    return f"order: {refused} / {earlier[:1]}" if earlier else None


def judge_graph_refusal(refused, errors):
    if any(error["layer"] != "graph" for error in errors):
        return f"layer: {refused} / {errors[:2]}"
    if refused["message"].startswith("circular dependency"):
        same = any(error["id"] == "circular-dependency" for error in errors)
        return None if same else f"class of the graph: {refused} / {errors[:3]}"
    lines = [error["line"] for error in errors if "line" in error]
    if refused["line"] > 0 and lines and refused["line"] not in lines:
        return f"line of the graph: {refused} / {errors[:3]}"
    return None


def judge_tree(theirs, ours):
    """The parser's work is compared whenever BuildKit's parser went to the end."""
    if "instructions" not in theirs:
        return None
    for key in ("escape", "warnings"):
        if theirs[key] != ours[key]:
            return f"{key}: {theirs[key]} / {ours[key]}"
    if len(theirs["instructions"]) != len(ours["instructions"]):
        return f"instructions: {len(theirs['instructions'])} / {len(ours['instructions'])}"
    for a, b in zip(theirs["instructions"], ours["instructions"]):
        if a != b:
            key = next(key for key in (*a, *b) if a.get(key) != b.get(key))
            return f"instruction, {key}: {a.get(key)!r} / {b.get(key)!r}"
    if "stages" in theirs and theirs["stages"] != ours["stages"]:
        return f"stages: {theirs['stages']} / {ours['stages']}"
    return None


def judge_graph(theirs, ours):
    if "graph" not in theirs or ours["errors"]:
        return None
    a, b = theirs["graph"], ours["graph"]
    if theirs["duplicates"] != ours["duplicates"] and "check" not in ours["directives"]:
        return f"stages of one name: {theirs['duplicates']} / {ours['duplicates']}"
    return judge_settings.judge(a, b) or judge_steps.judge(a, b)
