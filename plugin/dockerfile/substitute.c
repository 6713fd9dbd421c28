/* $name and ${name…}: what is read, and which operator it has. */
#include "dockerfile/operator.h"

#include "base/ascii.h"
#include "dockerfile/letter.h"

static bool is_special_parameter(uint32_t point)
{
    return point < 0x80 && point != '\0' && strchr("@*#?-$!", (int)point) != NULL;
}

static bool is_ascii_name(char byte)
{
    return byte == '_' || sp_ascii_is_letter_or_digit(byte);
}

/* name = digits | one of "@*#?-$!" | { letter | digit | "_" } */
static sp_str read_name(sp_lexer *lexer)
{
    const char *start = lexer->next;
    uint32_t size;
    uint32_t point = sp_lexer__peek(lexer, &size);
    bool only_digits = sp_is_digit(point);
    if (!only_digits) {
        while (lexer->next < lexer->end && is_ascii_name(*lexer->next))
            lexer->next++;
        point = sp_lexer__peek(lexer, &size);
    }
    if (lexer->next == start && is_special_parameter(point)) {
        lexer->next += size;
        return sp_str_between(start, lexer->next);
    }
    while (sp_is_digit(point) || (!only_digits && (point == '_' || sp_is_letter(point)))) {
        lexer->next += size;
        point = sp_lexer__peek(lexer, &size);
    }
    return sp_str_between(start, lexer->next);
}

/* Asks for a variable and notes its use; returns the index of the use in *use. */
static sp_variable look_up(sp_lexer *lexer, sp_str name, const char *dollar, uint32_t *use)
{
    sp_variable variable = lexer->lookup(name, lexer->payload);
    if (variable.value.text == NULL)
        variable.value = SP_STR("");
    *use = lexer->uses.count;
    *sp_list_add(lexer->arena, &lexer->uses) =
        (sp_variable_use){.name = name, .certainty = variable.certainty, .definition = variable.definition};
    lexer->uses.items[*use].at = (sp_span){(uint32_t)(dollar - lexer->begin), (uint32_t)(lexer->next - lexer->begin)};
    return variable;
}

static bool fail_unclosed(sp_lexer *lexer)
{
    lexer->refusal = SP_STR("syntax error: missing '}'");
    return sp_lexer__fail(lexer, "'${' is not closed; add '}'");
}

/* What a failed inner word means outside: BuildKit blames the missing end when nothing is left. */
static bool fail_inside(sp_lexer *lexer, char stop)
{
    if (lexer->next < lexer->end)
        return false;
    if (stop == '}')
        return fail_unclosed(lexer);
    lexer->refusal = SP_STR("syntax error: missing '/' in ${}");
    return sp_lexer__fail(lexer, "the second '/' of '${name/pattern/replacement}' is missing");
}

static bool keeps_unset(const sp_lexer *lexer)
{
    return (lexer->flags & SP_LEX_KEEP_UNSET) != 0;
}

/* What stands before the word of an operator: looks the variable up or, where nothing is, writes it back as read. */
static bool begin_word(sp_lexer *lexer, sp_substitution *at, sp_str modifier)
{
    bool done = true;
    if (keeps_unset(lexer))
        done = sp_lexer__append(lexer, SP_STR("${")) && sp_lexer__append(lexer, at->name) &&
               sp_lexer__append(lexer, modifier);
    else
        at->variable = look_up(lexer, at->name, at->dollar, &at->use);
    at->mark = sp_lexer__mark(lexer);
    return done;
}

/* The use of the variable ends here, after '}'. */
static void end_use(sp_lexer *lexer, const sp_substitution *at)
{
    lexer->uses.items[at->use].at.end = (uint32_t)(lexer->next - lexer->begin);
}

/* replacement = "/" [ "/" ] pattern "/" text "}" */
static bool read_replacement(sp_lexer *lexer, sp_substitution *at)
{
    bool all = lexer->next < lexer->end && *lexer->next == '/';
    lexer->next += all;
    if (!begin_word(lexer, at, SP_STR("/")))
        return false;
    if (!sp_lexer__run_until(lexer, '/', true, true))
        return fail_inside(lexer, '/');
    size_t middle = lexer->size;
    if (keeps_unset(lexer) && !sp_lexer__append(lexer, SP_STR("/")))
        return false;
    if (!sp_lexer__run_until(lexer, '}', true, false))
        return fail_inside(lexer, '}');
    if (keeps_unset(lexer))
        return sp_lexer__append(lexer, SP_STR("}"));
    end_use(lexer, at);
    return sp_operator__finish_replace(lexer, at, middle, all);
}

/* operation = [ ":" ] modifier word "}" */
static bool read_operation(sp_lexer *lexer, sp_substitution *at, sp_str modifier)
{
    char last = modifier.size > 0 ? modifier.text[modifier.size - 1] : '\0';
    bool trims = last == '#' || last == '%';
    if (at->colon && trims)
        return sp_operator__refuse(lexer, modifier);
    if (!begin_word(lexer, at, modifier))
        return false;
    if (!sp_lexer__run_until(lexer, '}', trims, trims))
        return fail_inside(lexer, '}');
    if (keeps_unset(lexer))
        return sp_lexer__append(lexer, SP_STR("}"));
    end_use(lexer, at);
    return sp_operator__finish(lexer, at, modifier);
}

/* plain = "$" name | "${" name "}", read already: appends the value */
static bool read_plain(sp_lexer *lexer, sp_str name, const char *dollar)
{
    uint32_t use;
    if (keeps_unset(lexer))
        return sp_lexer__append(lexer, sp_str_between(dollar, lexer->next));
    sp_variable variable = look_up(lexer, name, dollar, &use);
    return sp_lexer__append_value(lexer, &variable);
}

/* braced = "${" name ( "}" | operation | replacement ) */
static bool read_braced(sp_lexer *lexer, const char *dollar)
{
    sp_substitution at = {.dollar = dollar};
    uint32_t size;
    lexer->next++;
    if (lexer->next == lexer->end)
        return fail_unclosed(lexer);
    if (strchr("{}:", *lexer->next) != NULL && *lexer->next != '\0') {
        lexer->refusal = SP_STR("syntax error: bad substitution");
        return sp_lexer__fail(lexer, "'${%c' names no variable", *lexer->next);
    }
    at.name = read_name(lexer);
    const char *modifier = lexer->next;
    uint32_t point = sp_lexer__peek(lexer, &size);
    lexer->next += size;
    if (point == '}')
        return read_plain(lexer, at.name, dollar);
    if (point == '/')
        return read_replacement(lexer, &at);
    at.colon = point == ':';
    if (at.colon) {
        sp_lexer__peek(lexer, &size);
        lexer->next += size;
    } else if (point == UINT32_MAX) {
        fail_unclosed(lexer);
        lexer->refusal = SP_STR("unsupported modifier (\xEF\xBF\xBD) in substitution");
        return false;
    } else if (point >= 0x80 || point == '\0' || strchr("+-?#%", (int)point) == NULL) {
        return sp_operator__refuse(lexer, sp_str_between(modifier, lexer->next));
    }
    return read_operation(lexer, &at, sp_str_between(modifier, lexer->next));
}

/* substitution = "$" name | braced | "$" */
bool sp_lexer__substitute(sp_lexer *lexer)
{
    const char *dollar = lexer->next++;
    if (lexer->next < lexer->end && *lexer->next == '{')
        return read_braced(lexer, dollar);
    sp_str name = read_name(lexer);
    return name.size == 0 ? sp_lexer__append(lexer, SP_STR("$")) : read_plain(lexer, name, dollar);
}
