"""Whether the settings of the target agree: None, or what differs."""
import posixpath
import re

IMAGE_FOLDER = "/image"  # what every image of the oracle's registry has as its folder
NANOSECONDS = {"ns": 1, "us": 1000, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
PLAIN = ("labels", "environment", "user", "entrypoint", "cmd", "shell")


def judge(theirs, ours):
    for key in ("labels", "environment"):  # newest first
        ours[key] = dict(reversed(ours[key]))
    for image in (theirs, ours):  # PATH has a default of the builder's
        image["environment"].pop("PATH", None)
    pairs = [(key, theirs[key], ours[key]) for key in PLAIN]
    pairs.append(("workdir", cleaned(theirs["workdir"]), cleaned(folder(ours["workdir"], theirs["workdir"]))))
    pairs.append(("ports", set(theirs["ports"]), {port for text in ours["ports"] for port in ports(text)}))
    pairs.append(("volumes", set(theirs["volumes"]), set(ours["volumes"])))
    pairs.append(("stopsignal", theirs["stopsignal"], ours["stopsignal"]))
    pairs.append(("healthcheck", theirs["healthcheck"], healthcheck(ours["healthcheck"])))
    return next((f"{name}: {a} / {b}" for name, a, b in pairs if a != b), None)


def cleaned(path):
    """BuildKit keeps an absolute WORKDIR as it is written; ours is cleaned."""
    return re.sub("^/+", "/", posixpath.normpath(path)) if path else "/"


def folder(path, theirs):
    """Ours begins with a NUL where the image would know: then it is the registry's, or that of an empty image."""
    if not path.startswith("\0"):
        return path
    return (IMAGE_FOLDER if theirs.startswith(IMAGE_FOLDER) else "/") + path[1:]


def ports(text):
    """[address ":"] [published ":"] port ["-" last] ["/" protocol], as the image keeps it: one entry a port."""
    numbers, _, protocol = text.partition("/")
    first, _, last = numbers.rpartition(":")[2].partition("-")
    return [f"{port}/{protocol.lower() or 'tcp'}" for port in range(int(first), int(last or first) + 1)]


def healthcheck(ours):
    if ours is None:
        return None
    numbers = {"interval": 0, "timeout": 0, "start-period": 0, "start-interval": 0, "retries": 0}
    for name, value in ours["numbers"].items():
        numbers[name] = int(value) if name == "retries" else duration(value)
    return {"test": ours["test"], "numbers": numbers}


def duration(text):
    """Nanoseconds of a duration as Go writes it."""
    return round(sum(float(number) * NANOSECONDS[unit] for number, unit in re.findall(r"([\d.]+)([a-z]+)", text)))
