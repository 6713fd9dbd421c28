/* The operators of ${name…}: what each makes of the variable and of the word behind it. */
#include "dockerfile/operator.h"

#include "base/limits.h"
#include "dockerfile/parser.h"
#include "dockerfile/pattern.h"
#include "source/utf8.h"

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

bool sp_lexer__append_value(sp_lexer *lexer, const sp_variable *variable)
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

static bool replace_by_unknown(sp_lexer *lexer, const sp_substitution *at)
{
    sp_lexer__cut(lexer, at->mark);
    return sp_lexer__append_unknown(lexer);
}

static bool replace_by_value(sp_lexer *lexer, const sp_substitution *at)
{
    sp_lexer__cut(lexer, at->mark);
    return sp_lexer__append_value(lexer, &at->variable);
}

static bool finish_minus(sp_lexer *lexer, const sp_substitution *at)
{
    presence there = presence_of(&at->variable, at->colon);
    if (there == MAYBE)
        return replace_by_unknown(lexer, at);
    if (there == YES)
        return replace_by_value(lexer, at);
    lexer->defaults += is_open(&at->variable);
    return true;
}

static bool finish_plus(sp_lexer *lexer, const sp_substitution *at)
{
    presence there = presence_of(&at->variable, at->colon);
    if (there == MAYBE)
        return replace_by_unknown(lexer, at);
    if (there == NO)
        sp_lexer__cut(lexer, at->mark);
    lexer->defaults += is_open(&at->variable);
    return true;
}

static bool refuse_absent(sp_lexer *lexer, const sp_substitution *at)
{
    sp_str message = {lexer->out + at->mark.size, lexer->size - at->mark.size};
    const sp_str said[] = {at->name, SP_STR(": "),
                           message.size > 0   ? message
                           : at->variable.set ? SP_STR("is not allowed to be empty")
                                              : SP_STR("is not allowed to be unset")};
    lexer->refusal = sp_arena_join(lexer->arena, said, 3);
    if (message.size > 0 && lexer->unknown_parts == at->mark.unknown_parts)
        return sp_lexer__fail(lexer, "%.*s: %.*s", SP_STR_ARG(sp_parser__brief(at->name)),
                              SP_STR_ARG(sp_parser__brief(message)));
    return sp_lexer__fail(lexer, "%.*s must be %s", SP_STR_ARG(sp_parser__brief(at->name)),
                          at->variable.set ? "set to something that is not empty" : "set");
}

static bool finish_question(sp_lexer *lexer, const sp_substitution *at)
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
static bool refuse_pattern(sp_lexer *lexer, const sp_substitution *at, sp_str pattern)
{
    if (lexer->unknown_parts > at->mark.unknown_parts) {
        lexer->fails_unknown = true;
        return replace_by_unknown(lexer, at);
    }
    lexer->refusal = sp_arena_print(lexer->arena, "invalid pattern (%.*s) in substitution: invalid escape '\\%.*s'",
                                    SP_STR_ARG(pattern), SP_STR_ARG(wrong_escape(pattern)));
    return sp_lexer__fail(lexer, "the pattern '%.*s' has a backslash before a character that needs none",
                          SP_STR_ARG(sp_parser__brief(pattern)));
}

/* Whether the result hangs on something unknown: then only the pattern's own errors can be told. */
static bool is_undecided(const sp_lexer *lexer, const sp_substitution *at)
{
    return at->variable.certainty == SP_CERTAIN_UNKNOWN || lexer->unknown_parts > at->mark.unknown_parts;
}

/* Whether a pattern is cheap enough to follow. */
static bool is_affordable(const sp_lexer *lexer, sp_str pattern)
{
    return pattern.size <= SP_LIMIT_PATTERN_STEPS && sp_lexer__may_take(lexer, pattern.size * sizeof(uint32_t));
}

static bool finish_trim(sp_lexer *lexer, const sp_substitution *at, char modifier)
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

bool sp_operator__finish_replace(sp_lexer *lexer, const sp_substitution *at, size_t middle, bool all)
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

bool sp_operator__refuse(sp_lexer *lexer, sp_str modifier)
{
    bool valid = sp_utf8_is_valid(modifier); /* only its last byte can be wrong */
    sp_str parts[] = {SP_STR("unsupported modifier ("), sp_str_head(modifier, modifier.size - !valid),
                      valid ? SP_STR("") : SP_STR("\xEF\xBF\xBD"), SP_STR(") in substitution")};
    lexer->refusal = sp_arena_join(lexer->arena, parts, 4); /* it may hold a NUL */
    return sp_lexer__fail(lexer, "'%.*s' is not an operator of '${…}'", SP_STR_ARG(modifier));
}

bool sp_operator__finish(sp_lexer *lexer, const sp_substitution *at, sp_str modifier)
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
        return sp_operator__refuse(lexer, modifier);
    }
}
