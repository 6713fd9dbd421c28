"""Includes go the way the table in plugin/README.md says; headers have no cycles; third-party headers stay at home."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
PLUGIN = ROOT / "plugin"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def read_table(page):
    """{layer: set of layers or headers it may include}, from the rows `| `layer/` | what | may include |`."""
    table, above = {}, set()
    for layer, allowed in re.findall(r"^\| `(\w+)/` \|.*\| ([^|]*) \|$", page, re.M):
        words = set(allowed.replace("–", "").split())
        table[layer] = set(above) if words == {"all", "above"} else words
        above.add(layer)
    return table


def read_homes(page):
    """{third-party header: its layers}, from "`lua.h` only in `lua/`" and "`x.h` only in `a/` and `b/`"."""
    found = re.findall(r"`(\w+\.h)` only in\s+`(\w+)/`(?:\s+and\s+`(\w+)/`)?", page)
    homes = {header: [layer for layer in layers if layer] for header, *layers in found}
    if "lua.h" in homes:
        homes.update({"lauxlib.h": homes["lua.h"], "lualib.h": homes["lua.h"]})
    return homes


def check_file(path, table, homes):
    layer = path.relative_to(PLUGIN).parts[0]
    for bracket, name in INCLUDE.findall(path.read_text()):
        place = f"{path.relative_to(ROOT)}: includes {name}"
        if bracket == "<":
            if layer not in homes.get(name, [layer]):
                yield f"{place}, which only {'/ and '.join(homes[name])}/ may"
            continue
        target = name.split("/")[0]
        if "/" not in name or target not in table:
            yield f"{place}, which is not rooted at plugin/"
        elif target != layer and target not in table[layer] and name not in table[layer]:
            yield f"{place}, but {layer}/ may include {', '.join(sorted(table[layer])) or 'nothing'}"


def find_cycles(edges):
    done, cycles = set(), []

    def visit(header, trail):
        if header in trail:
            cycles.append(" → ".join(trail[trail.index(header):] + [header]))
        elif header not in done:
            for target in edges.get(header, ()):
                visit(target, trail + [header])
            done.add(header)

    for header in sorted(edges):
        visit(header, [])
    return cycles


def header_edges():
    edges = {}
    for top in (PLUGIN, ROOT / "include"):
        for path in top.rglob("*.h"):
            names = [name for _, name in INCLUDE.findall(path.read_text())]
            edges[str(path.relative_to(top))] = [name for name in names if name.endswith((".h", ".def"))]
    return edges


def main():
    page = (PLUGIN / "README.md").read_text()
    table, homes = read_table(page), read_homes(page)
    folders = {path.name for path in PLUGIN.iterdir() if path.is_dir()}
    problems = [f"plugin/{name} is not in the table" for name in sorted(folders - set(table))]
    problems += [f"{name}/ is in the table, not in plugin/" for name in sorted(set(table) - folders)]
    if not homes:
        problems.append("plugin/README.md does not say where lua.h, yaml.h and jansson.h belong")
    files = [path for kind in ("*.c", "*.h", "*.def") for path in PLUGIN.glob(f"*/{kind}")]
    for path in sorted(files):
        if path.relative_to(PLUGIN).parts[0] in table:
            problems += check_file(path, table, homes)
    problems += [f"header cycle: {cycle}" for cycle in find_cycles(header_edges())]
    print("\n".join(problems) or f"{len(files)} files follow the table of {len(table)} layers")
    return bool(problems)


sys.exit(main())
