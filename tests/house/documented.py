"""Every public declaration has a comment: functions, types, macros, enumerators."""
import pathlib
import re
import sys

FOLDER = pathlib.Path(sys.argv[1]) / "include" / "stagepolicy"
DECLARATION = re.compile(r"(SP_API\b|typedef\b|struct\s+\w+\s*\{|enum\b|#\s*define\s+\w)")
ENUMERATOR = re.compile(r"SP_[A-Z_]+\s*(=[^,]*)?,?\s*(/\*\*<.*)?$")


def has_comment_above(lines, index):
    """Whether a comment ends on the line above, preprocessor conditions in between aside."""
    while index > 0 and re.match(r"\s*#\s*(if|ifdef|ifndef|else|elif)\b", lines[index - 1]):
        index -= 1
    return index > 0 and lines[index - 1].rstrip().endswith("*/")


def is_guard(lines, index):
    return re.fullmatch(r"#define STAGEPOLICY_\w+_H", lines[index].strip()) is not None


def check(path):
    lines = path.read_text().split("\n")
    if not lines[0].startswith("/*"):
        yield f"{path.name}:1: the header does not say what it is"
    inside_enum = False
    alternative = False  # the #else branch of a documented macro
    for index, line in enumerate(lines):
        alternative = line.startswith("#else") or (alternative and not line.startswith("#endif"))
        enumerator = inside_enum and ENUMERATOR.match(line.strip())
        if enumerator and "/**<" not in line and not has_comment_above(lines, index):
            yield f"{path.name}:{index + 1}: undocumented: {line.strip()}"
        if re.match(r"(typedef )?enum\b", line):
            inside_enum = True
        if line.startswith("}"):
            inside_enum = False
        if DECLARATION.match(line) and not is_guard(lines, index) and not alternative:
            if not has_comment_above(lines, index):
                yield f"{path.name}:{index + 1}: undocumented: {line.strip()}"


def main():
    problems = [problem for path in sorted(FOLDER.glob("*.h")) for problem in check(path)]
    print("\n".join(problems) or "every public declaration is documented")
    return bool(problems)


sys.exit(main())
