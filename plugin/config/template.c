/* Variables in a text: read as compose-go v2.16.2 reads them, with its corners. */
#include "config/template.h"

#include "base/ascii.h"
#include "base/limits.h"

/* One text under way. */
typedef struct filling {
    sp_template *filler;
    sp_str text;
    size_t at;
    size_t line_end, last_brace; /* of the line that `at` is in: its end, and its last '}' (SIZE_MAX for none) */
    SP_LIST(sp_str) parts;
    size_t size; /* of the parts */
    unsigned depth;
} filling;

/* ${name operator rest}; rest is "" without one. */
typedef struct braced {
    sp_str name;
    char operator; /* '-' '+' '?', or 0 */
    bool or_empty; /* ":-" and the like: an empty value is as none */
    sp_str rest;
} braced;

static bool fill(sp_template *filler, sp_str text, unsigned depth, sp_str *out);

static bool refuse(sp_template *filler, sp_str problem)
{
    filler->problem = problem;
    return false;
}

static size_t name_length(sp_str text)
{
    size_t length = 0;
    while (length < text.size && (text.text[length] == '_' || sp_ascii_is_letter(text.text[length]) ||
                                  (length > 0 && sp_ascii_is_digit(text.text[length]))))
        length++;
    return length;
}

static void add(filling *under_way, sp_str part)
{
    if (part.size > 0)
        *sp_list_add(under_way->filler->arena, &under_way->parts) = part;
    under_way->size += part.size;
}

/* The value of a variable; blank, and remembered, when nobody gave it. */
static sp_str value_of(sp_template *filler, sp_str name)
{
    sp_str value = SP_STR("");
    if (!filler->lookup(filler->payload, name, &value))
        *sp_list_add(filler->arena, &filler->unset) = name;
    return value;
}

/* A brace closes on its line. Remembering the last one of the line keeps many variables on one line cheap. */
static size_t last_brace_of_line(filling *under_way)
{
    if (under_way->at < under_way->line_end)
        return under_way->last_brace;
    sp_str rest = sp_str_skip(under_way->text, under_way->at);
    under_way->line_end = under_way->at + sp_str_find(rest, '\n') + 1;
    under_way->last_brace = SIZE_MAX;
    for (size_t i = under_way->line_end - 1; i-- > under_way->at;) {
        if (under_way->text.text[i] != '}')
            continue;
        under_way->last_brace = i;
        break;
    }
    return under_way->last_brace;
}

/* The brace that closes the first one of `text`; its end when none does. The byte after an opening one never counts. */
static size_t closing_brace(sp_str text)
{
    size_t open = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] == '}' && --open == 0)
            return i;
        if (text.text[i] == '{') {
            open++;
            i++;
        }
    }
    return text.size - 1;
}

/* braced = "${" name [ [ ":" ] ( "-" | "+" | "?" ) text ] "}"; `at` is at its dollar, and behind it afterwards */
static bool read_braced(filling *under_way, braced *out)
{
    sp_str text = sp_str_skip(under_way->text, under_way->at);
    size_t last = last_brace_of_line(under_way);
    sp_str within = sp_str_head(text, last == SIZE_MAX || last < under_way->at ? 0 : last + 1 - under_way->at);
    *out = (braced){.rest = SP_STR("")};
    out->name = sp_str_head(sp_str_skip(text, 2), name_length(sp_str_skip(text, 2)));
    size_t end = 2 + out->name.size;
    if (out->name.size == 0 || end >= within.size)
        return false;
    if (within.text[end] == '}') {
        under_way->at += end + 1;
        return true;
    }
    out->or_empty = within.text[end] == ':';
    end += out->or_empty;
    out->operator= within.text[end];
    if (end + 1 >= within.size || (out->operator!= '-' && out->operator!= '+' && out->operator!= '?'))
        return false;
    size_t closing = closing_brace(within);
    out->rest = sp_str_between(within.text + end + 1, within.text + closing);
    under_way->at += closing + 1;
    return true;
}

static bool fail_required(filling *under_way, const braced *variable)
{
    sp_template *filler = under_way->filler;
    sp_str reason = SP_STR("");
    if (!fill(filler, variable->rest, under_way->depth + 1, &reason))
        return false;
    reason = sp_str_brief(reason, 200);
    return refuse(filler,
                  sp_arena_print(filler->arena, "the variable '%.*s' is required and not set%s%.*s; give it a value",
                                 SP_STR_ARG(sp_str_brief(variable->name, 100)), reason.size > 0 ? ": " : "",
                                 SP_STR_ARG(reason)));
}

/* What stands for ${name operator rest}. */
static bool add_braced(filling *under_way, const braced *variable)
{
    sp_template *filler = under_way->filler;
    if (variable->operator== 0) {
        add(under_way, value_of(filler, variable->name));
        return true;
    }
    sp_str value = SP_STR("");
    bool has = filler->lookup(filler->payload, variable->name, &value);
    bool counts = has && !(variable->or_empty && value.size == 0);
    if (variable->operator== '?' && !counts)
        return fail_required(under_way, variable);
    if (variable->operator!= '?' && counts ==(variable->operator== '+') &&
        !fill(filler, variable->rest, under_way->depth + 1, &value))
        return false;
    add(under_way, value);
    return true;
}

/* variable = "$$" | "$" name | braced; any other dollar stands for itself */
static bool add_variable(filling *under_way)
{
    sp_template *filler = under_way->filler;
    sp_str text = sp_str_skip(under_way->text, under_way->at + 1);
    braced variable;
    if (sp_str_starts(text, SP_STR("{"))) {
        if (!read_braced(under_way, &variable))
            return refuse(filler,
                          SP_STR("a '${' here is not ${NAME}, or not closed on its line; a dollar that is meant "
                                 "as such is written $$"));
        return add_braced(under_way, &variable);
    }
    size_t length = name_length(text);
    add(under_way, length > 0 ? value_of(filler, sp_str_head(text, length)) : SP_STR("$"));
    under_way->at += 1 + (length > 0 ? length : sp_str_starts(text, SP_STR("$")));
    return true;
}

static bool fail_size(sp_template *filler)
{
    return refuse(filler,
                  sp_arena_print(filler->arena, "with its variables filled in, this file is larger than %u bytes",
                                 SP_LIMIT_FILLED_BYTES));
}

/* text = { byte | variable } */
static bool fill(sp_template *filler, sp_str text, unsigned depth, sp_str *out)
{
    filling under_way = {.filler = filler, .text = text, .depth = depth};
    *out = text;
    if (sp_str_find(text, '$') == text.size)
        return true;
    if (depth > SP_LIMIT_EXPANSION_DEPTH)
        return refuse(filler, SP_STR("variables nest too deeply in each other's defaults"));
    while (under_way.at < text.size) {
        sp_str rest = sp_str_skip(text, under_way.at);
        size_t dollar = sp_str_find(rest, '$');
        add(&under_way, sp_str_head(rest, dollar));
        under_way.at += dollar;
        if (under_way.at < text.size && !add_variable(&under_way))
            return false;
        if (under_way.size > filler->left)
            return fail_size(filler);
    }
    filler->left -= under_way.size;
    *out = sp_arena_join(filler->arena, under_way.parts.items, under_way.parts.count);
    return true;
}

bool sp_template_fill(sp_template *filler, sp_str text, sp_str *out)
{
    return fill(filler, text, 0, out);
}
