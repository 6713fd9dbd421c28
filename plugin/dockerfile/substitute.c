/* $name, ${name} and the twelve operators of ${name…}. */
#include "dockerfile/lexer.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "dockerfile/letter.h"
#include "dockerfile/parser.h"
#include "dockerfile/pattern.h"
#include "source/utf8.h"

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

static bool append_shape(sp_lexer *lexer, sp_str shape)
{
    while (shape.size > 0) {
        size_t run = sp_str_find(shape, '\0');
        if (!sp_lexer__append(lexer, sp_str_head(shape, run)))
            return false;
        if (run < shape.size && !sp_lexer__append_unknown(lexer))
            return false;
        shape = sp_str_skip(shape, run + 1);
    }
    return true;
}

static bool append_value(sp_lexer *lexer, const sp_variable *variable)
{
    if (variable->certainty == SP_CERTAIN_UNKNOWN)
        return variable->shape.size > 0 ? append_shape(lexer, variable->shape) : sp_lexer__append_unknown(lexer);
    lexer->defaults += variable->certainty == SP_CERTAIN_DEFAULT;
    return sp_lexer__append(lexer, variable->value);
}

/* Whether an operator sees the variable as there: NO and YES are sure, MAYBE hangs on the build. */
typedef enum presence { NO, YES, MAYBE } presence;

static presence presence_of(const sp_variable *variable, bool empty_counts_as_unset)
{
    if (variable->certainty != SP_CERTAIN_UNKNOWN)
        return variable->set && !(empty_counts_as_unset && variable->value.size == 0) ? YES : NO;
    if (!variable->set)
        return NO;
    if (!empty_counts_as_unset)
        return YES;
    for (size_t i = 0; i < variable->shape.size; i++) {
        if (variable->shape.text[i] != '\0')
            return YES;
    }
    return MAYBE;
}

/* Whether a build argument may yet decide otherwise. */
static bool is_open(const sp_variable *variable)
{
    return variable->certainty == SP_CERTAIN_DEFAULT || (variable->certainty == SP_CERTAIN_UNKNOWN && !variable->set);
}

/* One ${name…} that is being read. */
typedef struct substitution {
    const char *dollar;
    sp_str name;
    sp_variable variable;
    uint32_t use;       /* of the variable, in lexer->uses */
    sp_lexer_mark mark; /* where its word starts in the result */
    bool colon;
} substitution;

static bool replace_by_unknown(sp_lexer *lexer, const substitution *at)
{
    sp_lexer__cut(lexer, at->mark);
    return sp_lexer__append_unknown(lexer);
}

static bool replace_by_value(sp_lexer *lexer, const substitution *at)
{
    sp_lexer__cut(lexer, at->mark);
    return append_value(lexer, &at->variable);
}

static bool finish_minus(sp_lexer *lexer, const substitution *at)
{
    presence there = presence_of(&at->variable, at->colon);
    if (there == MAYBE)
        return replace_by_unknown(lexer, at);
    if (there == YES)
        return replace_by_value(lexer, at);
    lexer->defaults += is_open(&at->variable);
    return true;
}

static bool finish_plus(sp_lexer *lexer, const substitution *at)
{
    presence there = presence_of(&at->variable, at->colon);
    if (there == MAYBE)
        return replace_by_unknown(lexer, at);
    if (there == NO)
        sp_lexer__cut(lexer, at->mark);
    lexer->defaults += is_open(&at->variable);
    return true;
}

static bool refuse_absent(sp_lexer *lexer, const substitution *at)
{
    sp_str message = {lexer->out + at->mark.size, lexer->size - at->mark.size};
    const sp_str said[] = {at->name, SP_STR(": "),
                           message.size > 0   ? message
                           : at->variable.set ? SP_STR("is not allowed to be empty")
                                              : SP_STR("is not allowed to be unset")};
    lexer->refusal = sp_arena_join(lexer->arena, said, 3);
    if (message.size > 0 && lexer->unknowns.count == at->mark.unknowns)
        return sp_lexer__fail(lexer, "%.*s: %.*s", SP_STR_ARG(sp_parser__brief(at->name)),
                              SP_STR_ARG(sp_parser__brief(message)));
    return sp_lexer__fail(lexer, "%.*s must be %s", SP_STR_ARG(sp_parser__brief(at->name)),
                          at->variable.set ? "set to something that is not empty" : "set");
}

static bool finish_question(sp_lexer *lexer, const substitution *at)
{
    presence there = presence_of(&at->variable, at->colon);
    if (there == NO && !is_open(&at->variable))
        return refuse_absent(lexer, at);
    if (there == YES)
        return replace_by_value(lexer, at);
    lexer->fails_unknown = true;
    return there == NO ? replace_by_unknown(lexer, at) : replace_by_value(lexer, at);
}

/* The character after the first backslash that may not stand before it. */
static sp_str wrong_escape(sp_str pattern)
{
    for (size_t i = 0; i + 1 < pattern.size; i++) {
        if (pattern.text[i] != '\\')
            continue;
        uint32_t size;
        const char *next = pattern.text + i + 1;
        if (strchr("*?\\}/", *next) == NULL || *next == '\0') {
            sp_utf8_decode(next, pattern.text + pattern.size, &size);
            return (sp_str){next, size};
        }
        i += *next != '}' && *next != '/';
    }
    return SP_STR("\xEF\xBF\xBD");
}

/* A pattern that is wrong as far as it is known. */
static bool refuse_pattern(sp_lexer *lexer, const substitution *at, sp_str pattern)
{
    if (lexer->unknowns.count > at->mark.unknowns) {
        lexer->fails_unknown = true;
        return replace_by_unknown(lexer, at);
    }
    lexer->refusal = sp_arena_print(lexer->arena, "invalid pattern (%.*s) in substitution: invalid escape '\\%.*s'",
                                    SP_STR_ARG(pattern), SP_STR_ARG(wrong_escape(pattern)));
    return sp_lexer__fail(lexer, "the pattern '%.*s' has a backslash before a character that needs none",
                          SP_STR_ARG(sp_parser__brief(pattern)));
}

/* Whether the result hangs on something unknown: then only the pattern's own errors can be told. */
static bool is_undecided(const sp_lexer *lexer, const substitution *at)
{
    return at->variable.certainty == SP_CERTAIN_UNKNOWN || lexer->unknowns.count > at->mark.unknowns;
}

/* Whether a pattern is cheap enough to follow. */
static bool is_affordable(const sp_lexer *lexer, sp_str pattern)
{
    return pattern.size <= SP_LIMIT_PATTERN_STEPS && sp_lexer__may_take(lexer, pattern.size * sizeof(uint32_t));
}

static bool finish_trim(sp_lexer *lexer, const substitution *at, char modifier)
{
    sp_str text = {lexer->out + at->mark.size, lexer->size - at->mark.size};
    bool undecided = is_undecided(lexer, at);
    bool longest = text.size > 0 && text.text[0] == modifier;
    if (longest)
        text = sp_str_skip(text, 1);
    sp_pattern pattern;
    if (!is_affordable(lexer, text))
        return replace_by_unknown(lexer, at);
    if (!sp_pattern__compile(lexer->arena, text, modifier == '%', &pattern))
        return refuse_pattern(lexer, at, text);
    if (undecided)
        return replace_by_unknown(lexer, at);
    uint32_t defaults = lexer->defaults;
    sp_str rest = at->variable.value;
    if (!sp_pattern__trim(lexer, &pattern, modifier == '%', longest, &rest))
        return replace_by_unknown(lexer, at);
    sp_lexer__cut(lexer, at->mark);
    lexer->defaults = defaults + (at->variable.certainty == SP_CERTAIN_DEFAULT);
    return sp_lexer__append(lexer, rest);
}

static bool finish_replace(sp_lexer *lexer, const substitution *at, size_t middle, bool all)
{
    sp_str text = {lexer->out + at->mark.size, middle - at->mark.size};
    sp_str by = {lexer->out + middle, lexer->size - middle};
    bool undecided = is_undecided(lexer, at);
    sp_pattern pattern;
    if (!is_affordable(lexer, text) || !sp_lexer__may_take(lexer, by.size))
        return replace_by_unknown(lexer, at);
    by = sp_arena_copy(lexer->arena, by);
    if (!sp_pattern__compile(lexer->arena, text, false, &pattern))
        return refuse_pattern(lexer, at, text);
    if (undecided)
        return replace_by_unknown(lexer, at);
    uint32_t defaults = lexer->defaults;
    sp_lexer__cut(lexer, at->mark);
    lexer->defaults = defaults + (at->variable.certainty == SP_CERTAIN_DEFAULT);
    switch (sp_pattern__replace(lexer, &pattern, at->variable.value, by, all)) {
    case SP_REPLACE_DONE:
        return true;
    case SP_REPLACE_REFUSED:
        return false;
    default:
        return replace_by_unknown(lexer, at);
    }
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

static bool fail_modifier(sp_lexer *lexer, sp_str modifier)
{
    lexer->refusal = sp_arena_print(lexer->arena, "unsupported modifier (%.*s) in substitution", SP_STR_ARG(modifier));
    return sp_lexer__fail(lexer, "'%.*s' is not an operator of '${…}'", SP_STR_ARG(modifier));
}

static bool keeps_unset(const sp_lexer *lexer)
{
    return (lexer->flags & SP_LEX_KEEP_UNSET) != 0;
}

/* What stands before the word of an operator: looks the variable up or, where nothing is, writes it back as read. */
static bool begin_word(sp_lexer *lexer, substitution *at, sp_str modifier)
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
static void end_use(sp_lexer *lexer, const substitution *at)
{
    lexer->uses.items[at->use].at.end = (uint32_t)(lexer->next - lexer->begin);
}

/* replacement = "/" [ "/" ] pattern "/" text "}" */
static bool read_replacement(sp_lexer *lexer, substitution *at)
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
    return finish_replace(lexer, at, middle, all);
}

static bool finish_operator(sp_lexer *lexer, const substitution *at, sp_str modifier)
{
    char last = modifier.text[modifier.size - 1];
    switch (last) {
    case '-':
        return finish_minus(lexer, at);
    case '+':
        return finish_plus(lexer, at);
    case '?':
        return finish_question(lexer, at);
    case '#':
    case '%':
        return finish_trim(lexer, at, last);
    default:
        return fail_modifier(lexer, modifier);
    }
}

/* operation = [ ":" ] modifier word "}" */
static bool read_operation(sp_lexer *lexer, substitution *at, sp_str modifier)
{
    char last = modifier.size > 0 ? modifier.text[modifier.size - 1] : '\0';
    bool trims = last == '#' || last == '%';
    if (at->colon && trims)
        return fail_modifier(lexer, modifier);
    if (!begin_word(lexer, at, modifier))
        return false;
    if (!sp_lexer__run_until(lexer, '}', trims, trims))
        return fail_inside(lexer, '}');
    if (keeps_unset(lexer))
        return sp_lexer__append(lexer, SP_STR("}"));
    end_use(lexer, at);
    return finish_operator(lexer, at, modifier);
}

/* plain = "$" name | "${" name "}", read already: appends the value */
static bool read_plain(sp_lexer *lexer, sp_str name, const char *dollar)
{
    uint32_t use;
    if (keeps_unset(lexer))
        return sp_lexer__append(lexer, sp_str_between(dollar, lexer->next));
    sp_variable variable = look_up(lexer, name, dollar, &use);
    return append_value(lexer, &variable);
}

/* braced = "${" name ( "}" | operation | replacement ) */
static bool read_braced(sp_lexer *lexer, const char *dollar)
{
    substitution at = {.dollar = dollar};
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
        return fail_modifier(lexer, sp_str_between(modifier, lexer->next));
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
