"""Prints the shape of the code beside that of code it learns from. Nothing fails by it: ctest -V -R house/shape."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
PEERS = (
    "beside us                 files: median  p90   max | functions: median  p90  p99",
    "  Lua 5.4.8 (core)                  549 1874  1966 |                10   26   61",
    "  libgit2 src/cli                   168    -     - |                 -    -    -",
    "  libgit2 src                       432 1504  4163 |                16   54  132",
)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def functions(lines):
    """(length, deepest nesting, name) of each function: from its signature to the brace in column 1."""
    start = None
    for index, line in enumerate(lines):
        if line == "{":
            start = index
            while start > 0 and lines[start - 1] and not lines[start - 1].startswith(("}", "/", " *", "#", ";")):
                start -= 1
        elif line.startswith("}") and start is not None:
            body = lines[start:index + 1]
            indents = [(len(text) - len(text.lstrip())) // 4 for text in body if text.rstrip().endswith("{")]
            depth = max(indents, default=0)
            name = re.search(r"(\w+)\(", " ".join(body[:2]))
            yield index - start + 1, depth + 1, name.group(1) if name else "?"
            start = None


def figures(paths):
    texts = {path: path.read_text().split("\n") for path in paths}
    files = [len(lines) for lines in texts.values()]
    found = [(length, depth, name, path) for path, lines in texts.items() for length, depth, name in functions(lines)]
    return texts, files, found


def show(name, files, found):
    lengths = [length for length, *_ in found]
    print(f"  {name:<32}{percentile(files, .5):>5} {percentile(files, .9):>4} {max(files):>5} | "
          f"{percentile(lengths, .5):>17} {percentile(lengths, .9):>4} {percentile(lengths, .99):>4}")


def main():
    paths = sorted((ROOT / "plugin").glob("*/*.c"))
    texts, files, found = figures(paths)
    print("\n".join(PEERS))
    print("ours")
    show(f"plugin ({len(files)} files)", files, found)
    for layer in sorted({path.parent for path in paths}):
        inside = [path for path in paths if path.parent == layer]
        show(f"plugin/{layer.name}", [len(texts[path]) for path in inside], [row for row in found if row[3] in inside])
    print("longest functions")
    for length, _, name, path in sorted(found, key=lambda row: -row[0])[:10]:
        print(f"  {length:>4} lines  {path.relative_to(ROOT)}: {name}")
    print("deepest nesting")
    for _, depth, name, path in sorted(found, key=lambda row: -row[1])[:5]:
        print(f"  {depth:>4} levels {path.relative_to(ROOT)}: {name}")
    wide = [f"{path.relative_to(ROOT)}:{number}" for path, lines in texts.items()
            for number, line in enumerate(lines, 1) if len(line) > 120]
    print(f"lines over 120 columns: {len(wide)} {' '.join(wide[:5])}")
    longest = max((len(path.read_text().split(chr(10))), path) for path in (ROOT / "policies").rglob("*.lua"))
    print(f"longest policy: {longest[0]} lines, {longest[1].relative_to(ROOT)}")
    return 0


sys.exit(main())
