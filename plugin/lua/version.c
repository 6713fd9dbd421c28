/* Whether a version satisfies a range. */
#include "lua/version.h"

#include "base/ascii.h"

#define PARTS_MOST 8

typedef struct version {
    uint64_t parts[PARTS_MOST];
    uint32_t count;
} version;

typedef enum operator{ AT_LEAST, ABOVE, AT_MOST, BELOW, EQUAL, UNEQUAL } operator;

/* version = [ "v" ] number { "." number } ; gives the rest of the text, or NULL when there is none */
static const char *read_version(const char *at, const char *end, version *out)
{
    out->count = 0;
    if (at < end && (*at == 'v' || *at == 'V'))
        at++;
    if (at == end || !sp_ascii_is_digit(*at))
        return NULL;
    while (out->count < PARTS_MOST) {
        uint64_t part = 0;
        for (; at < end && sp_ascii_is_digit(*at); at++)
            part = part < UINT64_MAX / 16 ? part * 10 + (uint64_t)(*at - '0') : part;
        out->parts[out->count++] = part;
        if (end - at < 2 || at[0] != '.' || !sp_ascii_is_digit(at[1]))
            break;
        at++;
    }
    return at;
}

/* operator = [ ">=" | ">" | "<=" | "<" | "==" | "=" | "!=" ] */
static const char *read_operator(const char *at, const char *end, operator* out)
{
    char first = at < end ? at[0] : '\0';
    bool equal = end - at > 1 && at[1] == '=';
    *out = EQUAL;
    if (first == '>')
        *out = equal ? AT_LEAST : ABOVE;
    else if (first == '<')
        *out = equal ? AT_MOST : BELOW;
    else if (first == '!' && equal)
        *out = UNEQUAL;
    else if (first != '=')
        return at;
    return at + 1 + equal;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == ','))
        at++;
    return at;
}

/* comparator = operator blanks version [ ".x" | ".*" ] ; NULL when it is none */
static const char *read_comparator(const char *at, const char *end, operator* how, version *bound)
{
    at = skip_blanks(read_operator(at, end, how), end);
    at = read_version(at, end, bound);
    if (at == NULL)
        return NULL;
    if (end - at >= 2 && at[0] == '.' && (at[1] == 'x' || at[1] == '*'))
        at += 2;
    return at == end || *at == ' ' || *at == '\t' || *at == ',' || *at == '|' ? at : NULL;
}

/* How a version stands to a bound, over the parts the bound writes. */
typedef enum order { LESS, EQUAL_TO, MORE, EQUAL_OR_MORE, ANY } order;

static order compare(const version *is, const version *bound, bool floating)
{
    for (uint32_t i = 0; i < bound->count; i++) {
        if (i >= is->count && floating) {
            while (i < bound->count && bound->parts[i] == 0)
                i++;
            return i == bound->count ? EQUAL_OR_MORE : ANY;
        }
        uint64_t part = i < is->count ? is->parts[i] : 0;
        if (part != bound->parts[i])
            return part < bound->parts[i] ? LESS : MORE;
    }
    return EQUAL_TO;
}

static sp_truth holds(operator how, order is)
{
    static const sp_truth table[][5] = {
        /*            LESS    EQUAL_TO MORE    EQUAL_OR_MORE ANY */
        [AT_LEAST] = {SP_NO, SP_YES, SP_YES, SP_YES, SP_MAYBE},
        [ABOVE] = {SP_NO, SP_NO, SP_YES, SP_MAYBE, SP_MAYBE},
        [AT_MOST] = {SP_YES, SP_YES, SP_NO, SP_MAYBE, SP_MAYBE},
        [BELOW] = {SP_YES, SP_NO, SP_NO, SP_NO, SP_MAYBE},
        [EQUAL] = {SP_NO, SP_YES, SP_NO, SP_MAYBE, SP_MAYBE},
        [UNEQUAL] = {SP_YES, SP_NO, SP_YES, SP_MAYBE, SP_MAYBE},
    };
    return table[how][is];
}

/* alternative = comparator { blanks comparator } ; false where it is none, else its truth in *out */
static const char *read_alternative(const char *at, const char *end, const version *is, bool floating, sp_truth *out)
{
    *out = SP_YES;
    at = skip_blanks(at, end);
    do {
        operator how;
        version bound;
        at = read_comparator(at, end, &how, &bound);
        if (at == NULL)
            return NULL;
        sp_truth truth = is != NULL ? holds(how, compare(is, &bound, floating)) : SP_MAYBE;
        if (*out == SP_YES || truth == SP_NO)
            *out = truth;
        at = skip_blanks(at, end);
    } while (at < end && *at != '|');
    return at;
}

/* range = alternative { "||" alternative } */
static bool read_range(sp_str range, const version *is, bool floating, sp_truth *out)
{
    const char *at = range.text, *end = range.text + range.size;
    *out = SP_NO;
    for (;;) {
        sp_truth truth;
        at = read_alternative(at, end, is, floating, &truth);
        if (at == NULL)
            return false;
        if (truth == SP_YES || *out == SP_NO)
            *out = truth;
        if (at == end)
            return true;
        if (end - at < 2 || at[1] != '|')
            return false;
        at += 2;
    }
}

bool sp_version_range_is_valid(sp_str range)
{
    sp_truth unused;
    return read_range(range, NULL, false, &unused);
}

sp_truth sp_version_satisfies(sp_str text, sp_str range, bool floating)
{
    version is;
    if (read_version(text.text, text.text + text.size, &is) == NULL)
        return SP_MAYBE;
    sp_truth truth;
    return read_range(range, &is, floating, &truth) ? truth : SP_MAYBE;
}
