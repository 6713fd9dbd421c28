/* Reading expressions of a policy for what looks wrong: names, tests, comparisons, lengths. */
#include "base/suggest.h"
#include "lua/api.h"
#include "lua/lint_internal.h"

static const sp_lint_type unknown = {.base = SP_LINT_UNKNOWN}, text_type = {.base = SP_LINT_TEXT},
                          other = {.base = SP_LINT_OTHER};

static const char *kind_name(sp_lint_type type)
{
    return type.kind != NULL ? type.kind->name : "text";
}

void sp_lint__test(sp_lint_reader *in, sp_lint_type type, uint32_t offset)
{
    if (type.maybe)
        return;
    if (sp_lint__is(type, &sp_kind_answer))
        sp_lint__say(in, offset, "always-true",
                     "an answer is an object, so it is always true; ask .yes, .no or .unknown");
    else if (sp_lint__is(type, &sp_kind_value))
        sp_lint__say(in, offset, "always-true", "a %s is an object, so it is always true; ask what you want of it",
                     kind_name(type));
    else if (type.base == SP_LINT_LIST)
        sp_lint__say(in, offset, "always-true", "a list is always true; ask #list > 0");
}

static void compare(sp_lint_reader *in, sp_lint_type left, sp_lint_type right, uint32_t offset)
{
    sp_lint_type object = left.base == SP_LINT_OBJECT ? left : right;
    sp_lint_base with = left.base == SP_LINT_OBJECT ? right.base : left.base;
    if (object.base != SP_LINT_OBJECT || (with != SP_LINT_TEXT && with != SP_LINT_OTHER))
        return;
    if (sp_lint__is(object, &sp_kind_answer))
        sp_lint__say(in, offset, "never-equal",
                     "an answer is an object and equals no text or boolean; ask .yes or .no");
    else if (sp_lint__is(object, &sp_kind_value))
        sp_lint__say(in, offset, "never-equal", "a %s is an object and equals no text; ask :is(\"…\") or .value",
                     kind_name(object));
    else
        sp_lint__say(in, offset, "never-equal", "a %s is an object and equals no text", kind_name(object));
}

/* key = NAME "=" | "[" expression "]" "="; false, and nothing read, when an item has none. */
static bool read_key(sp_lint_reader *in, sp_str *name)
{
    const sp_token *token = sp_lint__now(in);
    *name = SP_STR("");
    if (token->kind == SP_TOKEN_NAME && sp_token_is(token + 1, "=")) {
        *name = token->text;
        in->at += 2;
        return true;
    }
    if (!sp_lint__take(in, "["))
        return false;
    sp_lint__expression(in);
    sp_lint__take(in, "]");
    sp_lint__take(in, "=");
    return true;
}

/* What stands behind `check =` in a table is the policy's function, or its name. */
static void read_value(sp_lint_reader *in, sp_str key, sp_lint_type *out)
{
    bool check = in->policy != NULL && sp_str_is(key, "check") && !in->check_found;
    const sp_token *token = sp_lint__now(in);
    if (check && sp_token_is(token, "function")) {
        in->check_found = true;
        in->at++;
        sp_lint__function(in, true, false);
        *out = other;
        return;
    }
    if (check && token->kind == SP_TOKEN_NAME)
        in->check_name = token->text;
    *out = sp_lint__expression(in);
}

static void check_report_key(sp_lint_reader *in, sp_str key, uint32_t offset)
{
    sp_str names[16];
    size_t count = sp_api_names(&sp_api_report, names, 16);
    for (size_t i = 0; i < count; i++)
        if (sp_str_equal(names[i], key))
            return;
    sp_str meant = sp_suggest(key, names, count);
    if (key.size > 0)
        sp_lint__say(in, offset, "no-such-name", "a report has no '%.*s'%s%.*s%s", SP_STR_ARG(key),
                     meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant), meant.size > 0 ? "'?" : "");
}

/* table = "{" { [ key ] expression ( "," | ";" ) } "}"; true when an item before the last may be nil. */
static bool read_table(sp_lint_reader *in, bool report)
{
    bool hole = false, empty = false;
    while (!sp_token_is(sp_lint__now(in), "}") && sp_lint__now(in)->kind != SP_TOKEN_END) {
        uint32_t offset = sp_lint__now(in)->offset;
        sp_str key;
        sp_lint_type item;
        bool keyed = read_key(in, &key);
        if (keyed && report)
            check_report_key(in, key, offset);
        read_value(in, key, &item);
        if (!keyed) {
            hole = hole || empty;
            empty = item.nilable;
        }
        if (!sp_lint__take(in, ","))
            sp_lint__take(in, ";");
    }
    sp_lint__take(in, "}");
    return hole;
}

/* arguments = "(" [ expressions ] ")" | table | STRING; gives the type of the first. */
static sp_lint_type read_arguments(sp_lint_reader *in, bool report)
{
    sp_lint_type first = unknown;
    if (sp_lint__now(in)->kind == SP_TOKEN_STRING) {
        in->at++;
        return text_type;
    }
    if (sp_lint__take(in, "{")) {
        read_table(in, report);
        return first;
    }
    sp_lint__take(in, "(");
    for (bool is_first = true; !sp_lint__take(in, ")"); is_first = false) {
        if (sp_lint__now(in)->kind == SP_TOKEN_END)
            return first;
        bool table = report && is_first && sp_lint__take(in, "{");
        sp_lint_type type = unknown;
        if (table)
            read_table(in, true);
        else
            type = sp_lint__expression(in);
        if (is_first)
            first = type;
        sp_lint__take(in, ",");
    }
    return first;
}

static bool begins_arguments(const sp_token *token)
{
    return token->kind == SP_TOKEN_STRING || sp_token_is(token, "(") || sp_token_is(token, "{");
}

static sp_lint_type find_option(sp_lint_reader *in, sp_str name, uint32_t offset)
{
    sp_str names[128];
    size_t count = 0;
    for (uint32_t i = 0; in->policy != NULL && i < in->policy->options.count; i++) {
        const sp_option *option = &in->policy->options.items[i];
        if (sp_str_equal(option->name, name))
            return sp_lint__option(option);
        if (count < sizeof names / sizeof *names)
            names[count++] = option->name;
    }
    sp_str meant = sp_suggest(name, names, count);
    sp_lint__say(in, offset, "no-such-name", "the policy declares no option '%.*s'%s%.*s%s", SP_STR_ARG(name),
                 meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant), meant.size > 0 ? "'?" : "");
    return unknown;
}

static sp_lint_type read_field(sp_lint_reader *in, sp_lint_type of)
{
    const sp_token *name = sp_lint__now(in);
    sp_lint_type type = unknown;
    sp_str meant = SP_STR("");
    in->at++;
    if (of.base == SP_LINT_OPTIONS)
        return find_option(in, name->text, name->offset);
    const sp_kind *kind = of.base == SP_LINT_OBJECT ? of.kind : NULL;
    if (of.base == SP_LINT_LIST)
        kind = of.kind != NULL && sp_lua__is_list(of.kind) ? of.kind : &sp_kind_list;
    if (kind == NULL || sp_lint__field(kind, name->text, &type, &meant))
        return type;
    sp_lint__say(in, name->offset, "no-such-name", "a %s has no '%.*s'%s%.*s%s", kind->name, SP_STR_ARG(name->text),
                 meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant), meant.size > 0 ? "'?" : "");
    return unknown;
}

static sp_lint_type read_index(sp_lint_reader *in, sp_lint_type of)
{
    const sp_token *key = sp_lint__now(in);
    bool literal = key->kind == SP_TOKEN_STRING && sp_token_is(key + 1, "]");
    sp_lint__expression(in);
    sp_lint__take(in, "]");
    if (of.base == SP_LINT_OPTIONS && literal)
        return find_option(in, key->text, key->offset);
    if (of.base != SP_LINT_LIST)
        return unknown;
    sp_lint_type item = sp_lint__item(of);
    item.maybe = true;
    return item;
}

/* What a call gives. */
static sp_lint_type type_of_call(sp_lint_type called, sp_lint_type first)
{
    if (called.base == SP_LINT_METHOD)
        return sp_lint__type_of(called.result);
    if (called.base != SP_LINT_GLOBAL)
        return unknown;
    if (sp_str_is(called.name, "each") || sp_str_is(called.name, "ipairs")) {
        if (first.base != SP_LINT_LIST)
            return unknown;
        first.base = sp_str_is(called.name, "each") ? SP_LINT_EACH : SP_LINT_IPAIRS;
        return first;
    }
    if (sp_str_is(called.name, "set"))
        return (sp_lint_type){.base = SP_LINT_OBJECT, .kind = &sp_kind_set};
    if (sp_str_is(called.name, "tostring") || sp_str_is(called.name, "type"))
        return text_type;
    return unknown;
}

/* suffix = "." NAME | "[" expression "]" | ":" NAME arguments | arguments; false when there is none. */
static bool read_suffix(sp_lint_reader *in, sp_lint_type *type)
{
    if (sp_lint__take(in, ".")) {
        *type = read_field(in, *type);
    } else if (sp_lint__take(in, "[")) {
        *type = read_index(in, *type);
    } else if (sp_lint__take(in, ":")) {
        sp_lint_type method = read_field(in, *type);
        *type = type_of_call(method, read_arguments(in, false));
    } else if (begins_arguments(sp_lint__now(in))) {
        sp_lint_type called = *type;
        *type = type_of_call(called, read_arguments(in, called.base == SP_LINT_REPORT));
    } else {
        return false;
    }
    return true;
}

static sp_lint_type read_name(sp_lint_reader *in)
{
    const sp_token *token = sp_lint__now(in);
    sp_lint_local *local = sp_lint__local(in, token->text);
    sp_str meant = SP_STR("");
    in->at++;
    if (local != NULL) {
        local->used = true;
        return local->type;
    }
    if (!sp_lint__is_global(token->text, &meant) && !sp_lint__has(&in->assigned, token->text))
        sp_lint__say(in, token->offset, "no-such-name", "there is no global '%.*s'%s%.*s%s", SP_STR_ARG(token->text),
                     meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant), meant.size > 0 ? "'?" : "");
    return (sp_lint_type){.base = SP_LINT_GLOBAL, .name = token->text};
}

/* suffixed = ( NAME | "(" expression ")" ) { suffix } */
sp_lint_type sp_lint__suffixed(sp_lint_reader *in, sp_str *variable)
{
    const sp_token *token = sp_lint__now(in);
    sp_lint_type type = unknown;
    *variable = SP_STR("");
    if (sp_lint__take(in, "(")) {
        type = sp_lint__expression(in);
        sp_lint__take(in, ")");
    } else if (token->kind == SP_TOKEN_NAME) {
        type = read_name(in);
        *variable = token->text;
    } else {
        in->at += token->kind != SP_TOKEN_END;
        return type;
    }
    while (read_suffix(in, &type))
        *variable = SP_STR("");
    return type;
}

static sp_lint_type read_simple(sp_lint_reader *in)
{
    const sp_token *token = sp_lint__now(in);
    sp_str variable;
    if (token->kind == SP_TOKEN_STRING || token->kind == SP_TOKEN_NUMBER) {
        in->at++;
        return token->kind == SP_TOKEN_STRING ? text_type : other;
    }
    if (sp_lint__take(in, "nil"))
        return (sp_lint_type){.base = SP_LINT_NIL, .maybe = true, .nilable = true};
    if (sp_lint__take(in, "true") || sp_lint__take(in, "false"))
        return (sp_lint_type){.base = SP_LINT_OTHER, .maybe = true};
    if (sp_lint__take(in, "..."))
        return unknown;
    if (sp_lint__take(in, "function")) {
        sp_lint__function(in, false, false);
        return other;
    }
    if (sp_lint__take(in, "{"))
        return (sp_lint_type){.base = SP_LINT_UNKNOWN, .maybe = read_table(in, false)};
    return sp_lint__suffixed(in, &variable);
}

/* Powers of binary operators as in Lua's manual, left and right: a higher one binds closer. */
static const struct {
    const char *sign;
    int left, right;
} operators[] = {
    {"or", 1, 1},  {"and", 2, 2}, {"<", 3, 3},   {">", 3, 3},   {"<=", 3, 3},   {">=", 3, 3},  {"~=", 3, 3},
    {"==", 3, 3},  {"|", 4, 4},   {"~", 5, 5},   {"&", 6, 6},   {"<<", 7, 7},   {">>", 7, 7},  {"..", 9, 8},
    {"+", 10, 10}, {"-", 10, 10}, {"*", 11, 11}, {"/", 11, 11}, {"//", 11, 11}, {"%", 11, 11}, {"^", 14, 13},
};

enum { UNARY = 12 };

static sp_lint_type read_binary(sp_lint_reader *in, int limit);

static void check_length(sp_lint_reader *in, sp_lint_type type, const sp_token *measured, bool is_name)
{
    bool constructed = type.base == SP_LINT_UNKNOWN && type.maybe && sp_token_is(measured, "{");
    if (type.base == SP_LINT_MAP)
        sp_lint__say(in, measured->offset, "length-with-holes", "'#' counts a sequence, and this is a map: it gives 0");
    else if (constructed || (is_name && sp_lint__has(&in->holed, measured->text)))
        sp_lint__say(in, measured->offset, "length-with-holes",
                     "'#' of a table in which an item may be nil is any of its borders; count the items, or leave "
                     "nil ones out");
}

static sp_lint_type read_unary(sp_lint_reader *in)
{
    const sp_token *operand = sp_lint__now(in) + 1;
    if (sp_lint__take(in, "not")) {
        sp_lint__test(in, read_binary(in, UNARY), operand->offset);
        return (sp_lint_type){.base = SP_LINT_OTHER, .maybe = true};
    }
    if (sp_lint__take(in, "#")) {
        sp_lint_type type = read_binary(in, UNARY);
        bool is_name = operand->kind == SP_TOKEN_NAME && sp_lint__now(in) == operand + 1;
        check_length(in, type, operand, is_name);
        return other;
    }
    if (sp_lint__take(in, "-") || sp_lint__take(in, "~")) {
        read_binary(in, UNARY);
        return other;
    }
    return read_simple(in);
}

static bool is_same(sp_lint_type a, sp_lint_type b)
{
    return a.base == b.base && a.kind == b.kind;
}

/* `a and b` is a when that is false, `a or b` b. */
static sp_lint_type join(sp_lint_type left, sp_lint_type right, bool both)
{
    bool surely = !left.maybe && left.base != SP_LINT_UNKNOWN && left.base != SP_LINT_GLOBAL;
    if (both) {
        right.maybe = right.maybe || !surely;
        right.nilable = right.nilable || left.nilable;
        return right;
    }
    if (surely)
        return left;
    return is_same(left, right) ? right : unknown;
}

static sp_lint_type combine(sp_lint_reader *in, const char *sign, sp_lint_type left, sp_lint_type right,
                            uint32_t left_offset)
{
    if (strcmp(sign, "and") == 0 || strcmp(sign, "or") == 0) {
        sp_lint__test(in, left, left_offset);
        return join(left, right, sign[0] == 'a');
    }
    bool equality = strcmp(sign, "==") == 0 || strcmp(sign, "~=") == 0;
    if (equality)
        compare(in, left, right, left_offset);
    if (strcmp(sign, "..") == 0)
        return text_type;
    return (sp_lint_type){.base = SP_LINT_OTHER, .maybe = equality || sign[0] == '<' || sign[0] == '>'};
}

/* expression = unary { operator expression }, operators of a higher power than `limit` */
static sp_lint_type read_binary(sp_lint_reader *in, int limit)
{
    uint32_t offset = sp_lint__now(in)->offset;
    sp_lint_type type = unknown;
    if (sp_lint__enter(in))
        type = read_unary(in);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].left <= limit || !sp_lint__take(in, operators[i].sign))
            continue;
        sp_lint_type right = read_binary(in, operators[i].right);
        type = combine(in, operators[i].sign, type, right, offset);
        i = (size_t)-1;
    }
    in->depth--;
    return type;
}

sp_lint_type sp_lint__expression(sp_lint_reader *in)
{
    return read_binary(in, 0);
}
