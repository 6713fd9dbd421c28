"""Whether the files of the target come about alike: what is built, on what it stands, what it takes and from where.

BuildKit's side is what it would run: each step names the lines of its instructions, which are several where they do the
same, and the places that it takes files from. Ours is the graph: stages, whether they are needed, and edges."""
import collections

HAS_NO_FILES = ("tmpfs", "secret", "ssh")  # mounts that take none, whatever their `from` says


def judge(theirs, ours):
    stages = ours["stages"]
    if theirs["steps"] is None:
        return judge_images(theirs["images"], stages, ours["target"])
    built = {line for step in theirs["steps"] for line in step["lines"]}
    return (judge_images(theirs["images"], stages, ours["target"]) or judge_reached(built, stages, ours["target"])
            or judge_places(theirs["steps"], stages, built))


def edges_of(stage, counts=lambda step: True):
    return [stage["base"]] + [edge for step in stage["steps"] if counts(step) for edge in step["edges"]]


def judge_images(asked, stages, target):
    """What only triggers lead to BuildKit may take files from unasked, unless a stage is built FROM it."""
    surely = {stages[index]["base"].get("image") for index in range(len(stages)) if stages[index]["needed"]}
    for index in reached(stages, target, lambda step: not step["trigger"], ()):
        surely |= {edge.get("image") for edge in edges_of(stages[index], lambda step: not step["trigger"])}
    named = {edge.get("image") for stage in stages if stage["needed"] for edge in edges_of(stage)}
    return None if surely - {None} <= set(asked) <= named else f"images: {asked} / {sorted(named - {None})}"


def judge_reached(built, stages, target):
    """What is not needed leaves no step; what the target takes files from leaves all of its steps."""
    for stage in stages:
        lines = steps_of(stage, built)
        if not stage["needed"] and built & {step["line"] for step in stage["steps"]}:
            return f"reached: the stage of line {stage['line']} is built / not needed"
    for index in reached(stages, target):
        missing = [step["line"] for step in steps_of(stages[index], None) if step["line"] not in built]
        if not stages[index]["needed"] or missing:
            return f"reached: line {missing} is not built / needed"
    return None


def reached(stages, target, counts=lambda step: True, without=HAS_NO_FILES):
    """The stages that lead to the target, by the steps that count and by mounts but those `without`."""
    seen, waiting = set(), [target]
    while waiting:
        index = waiting.pop()
        if index not in seen:
            seen.add(index)
            waiting += [edge["from"] for edge in edges_of(stages[index], counts)
                        if edge["from"] is not None and edge.get("mount") not in without]
    return seen


def steps_of(stage, built):
    """WORKDIR makes no step where the folder is the root."""
    return [step for step in stage["steps"] if step["kind"] != "WORKDIR" or built and step["line"] in built]


def judge_places(steps, stages, built):
    theirs, bases = collections.defaultdict(set), collections.defaultdict(set)
    for step in steps:
        for line in step["lines"]:
            theirs[line].update(place for place in step["from"] if place != "scratch")
            bases[line].add(step["base"])
    for index, stage in enumerate(stages):
        wrong = stage["needed"] and judge_stage(index, stages, built, theirs, bases)
        if wrong:
            return wrong
    return None


def judge_stage(index, stages, built, theirs, bases):
    stage = stages[index]
    below = [end_of(stage["base"], stages, built)]
    ours = collections.defaultdict(list)
    for step in steps_of(stage, built):
        line = step["line"]
        is_open = step["kind"] == "WORKDIR" and step["trigger"]  # its line, that of FROM, does not tell if it made a step
        if line in built and not is_open and not any(agree(base, place) for base in bases[line] for place in below):
            return f"base of line {line}: {sorted(bases[line])} / {below}"
        for edge in step["edges"]:
            if edge.get("mount") not in HAS_NO_FILES:  # a trigger may take files from the stage it runs in
                ours[line] += own_end(below, theirs[line]) if edge["from"] == index else [end_of(edge, stages, built)]
        below = [*below, f"line {line}"] if is_open else [f"line {line}"]
    for line, places in ours.items():
        places = [place for place in places if place not in ("scratch", "inline")]
        extra = [place for place in theirs[line] if not any(agree(place, ours_) for ours_ in places)]
        absent = [place for place in places if not any(agree(theirs_, place) for theirs_ in theirs[line])]
        if line in built and (extra or absent):
            return f"places of line {line}: {sorted(theirs[line])} / {places}"
    return None


def own_end(below, theirs):
    return [place for place in below if any(agree(other, place) for other in theirs)] or below


def end_of(edge, stages, built):
    """What an edge takes: an origin, or the line of the last step of a stage."""
    while edge["from"] is not None:
        stage = stages[edge["from"]]
        steps = steps_of(stage, built)
        if steps:
            return f"line {steps[-1]['line']}"
        edge = stage["base"]
    return f"image {edge['image']}" if "image" in edge else edge["origin"]


def agree(theirs, ours):
    if theirs.startswith("lines ") and ours.startswith("line "):
        return ours[5:] in theirs[6:].split(",")
    return theirs == ours
