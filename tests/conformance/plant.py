"""Plants small bugs in a copy of the tree, one at a time, and compares: each must be found. Prints what found it."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the tree

import dialog

ROOT = dialog.HERE.parents[1]
# file of plugin/, what stands there once, what stands there instead
BUGS = [
    ("dockerfile/line.c", "last - start >= 2 && last[-2] == escape", "last - start >= 3 && last[-2] == escape"),
    ("dockerfile/line.c", "last[-1] == ' ' || last[-1] == '\\t'", "last[-1] == ' '"),
    ("dockerfile/line.c", "comment.text = sp_strip_spaces(sp_str_between(line_start + 1, end));", ";"),
    ("dockerfile/heredoc.c", "next += out->strip_tabs;", ";"),
    ("dockerfile/heredoc.c", "*line.start == '\\t'", "*line.start == ' '"),
    ("dockerfile/heredoc.c", "count_quotes(out->name) == count_quotes(lexed_text(&raw, 0))", "true"),
    ("dockerfile/flag.c", "last += sp_utf8_encode((unsigned char)*next, last);", "*last++ = *next;"),
    ("dockerfile/flag.c", "sp_str_equal_nocase(value, SP_STR(\"true\"))", "sp_str_equal(value, SP_STR(\"true\"))"),
    ("dockerfile/flag.c", "rows[row].type != STRINGS", "rows[row].type == BOOL"),
    ("dockerfile/flag.def", "SP_FLAG(COPY,        \"parents\",        BOOL,    0)\n", ""),
    ("dockerfile/shape.c", "if (json == SP_JSON_OTHER)", "if (json == SP_JSON_NONE)"),
    ("dockerfile/shape.c", "while (size < text.size && sp_is_separator(text.text[size]))\n        size++;\n    pair.value",
     "size++;\n    pair.value"),
    ("dockerfile/directive.c", "if (sp_str_starts(sp_str_between(next, end), SP_STR(\"#!\"))) {", "if (false) {"),
    ("dockerfile/operator.c", "variable->set && !(empty_counts_as_unset && variable->value.size == 0)", "variable->set"),
    ("dockerfile/operator.c", "if (there == NO)\n        sp_lexer__cut(lexer, at->mark);", "if (there == YES)\n        sp_lexer__cut(lexer, at->mark);"),
    ("dockerfile/operator.c", "text.size > 0 && text.text[0] == modifier", "false"),
    ("dockerfile/substitute.c", "lexer->next += all;\n", "lexer->next += all;\n    all = true;\n"),
    ("graph/scope.c", "binding->env = old->is_env ? old : old->env;", "binding->env = NULL;"),
    ("graph/scope.c", "sp_scope line = sp_scope__stage(builder->whole, executed->stage, environment);\n    bool fatal = builder->stages[executed->stage].needed;\n"
     "    for (uint32_t i = 0; i < pairs->count; i++) {\n",
     "bool fatal = builder->stages[executed->stage].needed;\n    for (uint32_t i = 0; i < pairs->count; i++) {\n"
     "        sp_scope line = sp_scope__stage(builder->whole, executed->stage, environment);\n"),
    ("graph/base.c", "sp_str_equal(plan->reference.value, SP_STR(\"scratch\"))", "sp_str_equal_nocase(plan->reference.value, SP_STR(\"scratch\"))"),
    ("graph/link.c", "link->stage = (uint32_t)number;", "link->stage = 0;"),
    ("graph/mount.c", "run->next_link += linked;", ";"),
    ("graph/reach.c", "need_links(list, plan->first_trigger_link, builder->links.count);", ";"),
    ("graph/setting.c", "if (run->has_cmd)\n        return;", ";"),
    ("report/buildkit.c", "return own - 1;", "return own;"),
    ("facts/setting.c", "path = sp_path_join(facts->arena, path, pending.items[i - 1].shape);", "path = pending.items[i - 1].shape;"),
]


def build(folder):
    run = subprocess.run(["cmake", "--build", folder, "--parallel", "2", "--target", "conformance-dump"], capture_output=True, text=True)
    return None if run.returncode == 0 else run.stdout[-1500:]


def compare(oracle, folder, options):
    """What compare.py says first, and its exit code."""
    run = subprocess.run([sys.executable, dialog.HERE / "compare.py", folder / "tests" / "conformance-dump", "--oracle", oracle,
                          "--only", "generated", "--first", "--count", str(options.count), "--seed", str(options.seed), "--show", "1"],
                         capture_output=True, text=True)
    count = re.search(r"^differences: (\d+) ", run.stdout, re.M)
    if not count:
        sys.exit(f"compare.py came to no end:\n{run.stderr[-1500:]}")
    return int(count[1]), run.stdout.split("\n")[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fetch", action="store_true", help="get the Go modules if they are not here")
    parser.add_argument("--count", type=int, default=6000, help="Dockerfiles to compare for each bug")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tree, folder = pathlib.Path(place) / "tree", pathlib.Path(place) / "build"
        shutil.copytree(ROOT, tree, symlinks=True, ignore=shutil.ignore_patterns(".git", "build", "build-*"))
        oracle = dialog.build_oracle(place, options.fetch)
        subprocess.run(["cmake", "-S", tree, "-B", folder, "-DCMAKE_BUILD_TYPE=Debug"], check=True, capture_output=True)
        problem = build(folder)
        if problem:
            sys.exit(f"the tree does not build as it is:\n{problem}")
        differences, first = compare(oracle, folder, options)
        if differences:
            sys.exit(f"there are differences before any bug is planted: {first}")
        found = sum(plant(tree / "plugin", bug, number, oracle, folder, options) for number, bug in enumerate(BUGS, 1))
    print(f"{found} of {len(BUGS)} planted bugs found")
    return found != len(BUGS)


def plant(plugin, bug, number, oracle, folder, options):
    name, right, wrong = bug
    path = plugin / name
    text = path.read_text()
    title = f"{number:2} {name}: {' '.join(wrong.split())[:60] or 'left out: ' + right.strip()[:50]}"
    if text.count(right) != 1:
        print(f"{title}\n   cannot be planted: what it replaces stands there {text.count(right)} times", flush=True)
        return False
    path.write_text(text.replace(right, wrong))
    problem = build(folder)
    differences, first = (0, "does not build: " + problem) if problem else compare(oracle, folder, options)
    path.write_text(text)
    print(f"{title}\n   {differences} differences; {first[:150]}" if differences else f"{title}\n   NOT FOUND {first}", flush=True)
    return differences > 0


if __name__ == "__main__":
    sys.exit(main())
