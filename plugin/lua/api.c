/* What policies can use beside the objects: the globals that are ours, and what holds everywhere. */
#include "lua/api.h"

const char *const sp_api_rules[] = {
    "A noun is a field, a question with an argument is a method: `stage.name`, `stage:contains(\"shell\")`. What asks "
    "about the build gives an answer, what looks something up gives the thing or nil, what selects gives a list",
    "Lists are in source order; an empty one is `{}`, never nil. A single thing that is not there is nil",
    "Every object but a list has `at`, its place. Where a place is asked for, an object serves; where a `text` is "
    "asked "
    "for, a string, a value, or a list of them (any one) serves. A text that is matched is a glob: `*` any run, `/` "
    "included, `?` one, `[a-z]` a class, `\\` escapes; a value that is given is taken literally",
    "`%s` of an object is what a message calls it: of a value its text, of a stage its name or `stage 2`, of an answer "
    "what it found, of a list its items",
    "Nothing is guessed: a text that may hold variables is a value, a fact is an answer, and `report { when = answer "
    "}` "
    "keeps what is unknown from getting lost",
    "A name that is not on this page raises, with the one that may be meant. A field of another kind of instruction is "
    "nil: `run.sources`",
    "The index of a stage counts from 0, as `COPY --from=0` does; sequences of Lua count from 1",
    "Answers and values are objects: `if answer then` is always true and `value == \"root\"` never. Ask `answer.yes`, "
    "`value:is(\"root\")`",
    NULL,
};

const char sp_api_lua[] = "assert error ipairs isempty math pairs pcall rawequal rawlen select string table tonumber "
                          "tostring type utf8 xpcall";

static const sp_api_row globals[] = {
    {"each", "(list: T[]): fun(): T", "an iterator that gives the items only: for stage in each(build.shipped) do"},
    {"group", "(list: any[], by: string|function): list[]",
     "the items in lists that have key, by a field or function, in order of first sight; items without it are left "
     "out"},
    {"set", "(list: text[]): set", "a set of texts, for :has"},
    {"isempty", "(list: table): boolean", "whether a table has nothing in it"},
    {"log", "(...: any)", "a note for the author: stagepolicy test shows it with --verbose"},
    {"require", "(name: string): any", "lib/NAME.lua of the same pack, which is run once a judgement"},
    {NULL, NULL, NULL},
};

const sp_api_table sp_api_globals = {
    "The environment", "These globals, and what is safe of Lua 5.4; nothing leads to the machine that judges", globals};

static const sp_api_row strings[] = {
    {"is", "(...: text): boolean", "whether it matches one of these globs"},
    {"satisfies", "(range: string): boolean", "whether the version it begins with is in a range: \">=3.9 <4\""},
    {"split", "(separator: string): string[]", "the parts between separators"},
    {"trim", "(): string", "without blanks at both ends"},
    {NULL, NULL, NULL},
};

const sp_api_table sp_api_strings = {"Strings", "What strings have beside what Lua gives them", strings};

size_t sp_api_names(const sp_api_table *table, sp_str *out, size_t most)
{
    size_t count = 0;
    for (const sp_api_row *row = table->rows; row->name != NULL && count < most; row++)
        out[count++] = sp_str_from(row->name);
    return count;
}
