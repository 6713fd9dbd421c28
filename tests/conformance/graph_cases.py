"""Cases of dockerfilegraph, a tool that draws stages: what each stage stands on and takes, in that tool's own view."""
import re


def canonical(reference):
    """An image as our dump names it."""
    name, digest = (reference.split("@", 1) + [""])[:2]
    first, _, rest = name.partition("/")
    if not rest:
        name = "docker.io/library/" + name
    elif not re.search(r"[.:]|^localhost$", first):
        name = "docker.io/" + name
    if not digest and ":" not in name.rsplit("/", 1)[1]:
        name += ":latest"
    return name + ("@" + digest if digest else "")


def wanted_source(case, identity):
    """Where something comes from, of what the tool says that a layer waits for."""
    graph = case["expect"]
    names = [stage["name"] for stage in graph["stages"]]
    images = {image["id"]: image["name"] for image in graph["external_images"]}
    if identity in names:
        return names.index(identity)
    if identity.isdigit() and identity not in images:
        return int(identity)
    name = images.get(identity, identity)
    return "scratch" if name == "scratch" else canonical(name)


def wanted_stage(case, stage):
    waits = [(wait["type"], wanted_source(case, wait["id"])) for layer in stage["layers"] for wait in layer["waits_for"]]
    return [source for kind, source in waits if kind == "from"], [source for kind, source in waits if kind != "from"]


def found_source(edge):
    if edge["origin"] == "scratch":
        return "scratch"
    return edge["from"] if edge["from"] is not None else edge.get("image")


def found_stage(stage, hides_scratch):
    base = found_source(stage["base"])
    edges = [edge for step in stage["steps"] for edge in step["edges"] if edge["origin"] in ("stage", "image", "scratch")]
    return [] if hides_scratch and base == "scratch" else [base], [found_source(edge) for edge in edges]


def layers(case, answer):
    """Pairs of what is wanted and found, a stage each; or the text that says why there are none."""
    if answer["errors"]:
        return answer["errors"][0]["message"]
    hides_scratch = case["options"].get("scratch_mode") == "hidden"
    wanted = [wanted_stage(case, stage) for stage in case["expect"]["stages"]]
    return wanted, [found_stage(stage, hides_scratch) for stage in answer["graph"]["stages"]]


def dockerfile_of(graph):
    """A Dockerfile of the labels in a graph that has no text."""
    lines = []
    for stage in graph["stages"]:
        first, *rest = [layer["label"] for layer in stage["layers"]]
        lines.append(f"{first} AS {stage['name']}")
        lines += [label + (" /a /b" if label.startswith("COPY") else ",target=/m true") for label in rest]
    return "\n".join(lines) + "\n"


def dockerfile_of_index(stages, index):
    """A Dockerfile in which another stage copies from an index; from the last where the index is just past it."""
    lines = [f"FROM scratch AS {name}" if name else "FROM scratch" for name in stages]
    if index != str(len(stages)):
        lines.append("FROM scratch")
    return "\n".join(lines + [f"COPY --from={index} /a /b"]) + "\n"
