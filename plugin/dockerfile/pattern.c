/* Patterns: '*' and '?', which match no line feed, and literals. BuildKit turns them into regular expressions; here all
   positions of the pattern are followed at once, so there is no backtracking. */
#include "dockerfile/pattern.h"

#include "base/limits.h"
#include "dockerfile/letter.h"
#include "source/utf8.h"

/* Tokens above the last code point. */
enum { STAR = 0x110000, ANY };

static uint32_t decode_all(sp_str text, uint32_t *out)
{
    uint32_t count = 0;
    for (const char *next = text.text, *end = next + text.size; next < end;) {
        uint32_t size;
        out[count++] = sp_utf8_decode(next, end, &size);
        next += size;
    }
    return count;
}

/* Reverses in place; an escape and what it escapes keep their order. */
static void reverse(uint32_t *points, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        uint32_t point = points[i];
        points[i] = points[count - 1 - i];
        points[count - 1 - i] = point;
    }
}

static void keep_escapes_in_front(uint32_t *points, uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (points[i] != '\\')
            continue;
        points[i] = points[i + 1];
        points[++i] = '\\';
    }
}

/* pattern = { "*" | "?" | "\" one of "*?\}/" | character } */
bool sp_pattern__compile(sp_arena *arena, sp_str text, bool backwards, sp_pattern *out)
{
    uint32_t *points = sp_arena_alloc(arena, (text.size + 1) * sizeof *points);
    uint32_t count = decode_all(text, points), tokens = 0, next = 0;
    if (backwards) {
        keep_escapes_in_front(points, count);
        reverse(points, count);
    }
    next += count > 0 && points[0] == 0xFEFF;
    while (next < count) {
        uint32_t point = points[next++];
        if (point == '*') {
            point = STAR;
        } else if (point == '?') {
            point = ANY;
        } else if (point == '\\') {
            if (next < count && (points[next] == '}' || points[next] == '/'))
                continue;
            if (next == count || (points[next] != '*' && points[next] != '?' && points[next] != '\\'))
                return false;
            point = points[next++];
        }
        points[tokens++] = point;
    }
    *out = (sp_pattern){points, tokens};
    return true;
}

/* A match in progress: which positions of the pattern are reached. */
typedef struct pattern_state {
    const sp_pattern *pattern;
    bool *reached; /* count + 1 */
    bool backwards;
    sp_lexer *lexer; /* its word pays for the steps */
} pattern_state;

static pattern_state new_state(sp_lexer *lexer, const sp_pattern *pattern, bool backwards)
{
    bool *reached = sp_arena_alloc(lexer->arena, pattern->count + 1u);
    return (pattern_state){pattern, reached, backwards, lexer};
}

static bool is_spent(const sp_lexer *lexer)
{
    bool late = lexer->arena->steps > SP_LIMIT_PATTERN_STEPS_TOTAL;
    return lexer->pattern_steps > (late ? SP_LIMIT_PATTERN_STEPS_THEN : SP_LIMIT_PATTERN_STEPS);
}

/* Reaches a position and, as a star may match nothing, those after stars. Those after a reached one are reached. */
static void reach(pattern_state *state, uint32_t position)
{
    const uint32_t *tokens = state->pattern->tokens;
    state->reached[position] = true;
    while (position < state->pattern->count && tokens[position] == STAR && !state->reached[position + 1])
        state->reached[++position] = true;
}

/* Follows one character; false when no position is left. Positions are advanced from the last to the first. */
static bool advance(pattern_state *state, uint32_t point)
{
    bool any = false;
    uint32_t count = state->pattern->count;
    state->lexer->pattern_steps += count + 1u;
    state->lexer->arena->steps += count + 1u;
    state->reached[count] = false;
    for (uint32_t i = count; i-- > 0;) {
        if (!state->reached[i])
            continue;
        uint32_t token = state->pattern->tokens[i];
        bool wild = token == STAR || token == ANY;
        bool matches = wild ? point != '\n' : token == point;
        state->reached[i] = token == STAR && matches;
        if (!matches)
            continue;
        any = true;
        if (token == STAR)
            reach(state, i);
        else
            reach(state, i + 1);
    }
    return any;
}

/* The character before `end`. */
static uint32_t decode_last(const char *start, const char *end, uint32_t *size)
{
    for (uint32_t wanted = 4; wanted > 1; wanted--) {
        if ((size_t)(end - start) < wanted)
            continue;
        uint32_t point = sp_utf8_decode(end - wanted, end, size);
        if (*size == wanted)
            return point;
    }
    return sp_utf8_decode(end - 1, end, size);
}

static uint32_t character(const pattern_state *state, const char *start, const char *end, uint32_t *size)
{
    return state->backwards ? decode_last(start, end, size) : sp_utf8_decode(start, end, size);
}

/* Bytes of the match at the value's start (or end), SIZE_MAX when there is none. */
static size_t match(pattern_state *state, sp_str value, bool longest)
{
    const char *start = value.text, *end = value.text + value.size;
    uint32_t count = state->pattern->count;
    size_t found = SIZE_MAX, passed = 0;
    memset(state->reached, 0, count + 1u);
    reach(state, 0);
    for (bool alive = true; alive && (longest || found == SIZE_MAX);) {
        if (state->reached[count])
            found = passed;
        if (start == end || is_spent(state->lexer))
            break;
        uint32_t size;
        alive = advance(state, character(state, start, end, &size));
        passed += size;
        if (state->backwards)
            end -= size;
        else
            start += size;
    }
    return found;
}

bool sp_pattern__trim(sp_lexer *lexer, const sp_pattern *pattern, bool from_end, bool longest, sp_str *value)
{
    pattern_state state = new_state(lexer, pattern, from_end);
    size_t found = match(&state, *value, longest);
    if (is_spent(lexer))
        return false;
    if (found == SIZE_MAX)
        return true;
    *value = from_end ? sp_str_head(*value, value->size - found) : sp_str_skip(*value, found);
    return true;
}

/* The name after '$' in a template: in braces, or the longest run of letters, digits and '_'; empty when malformed, and
   then `end` is left alone, else it is where the template goes on. */
static sp_str template_name(sp_str template, const char **end)
{
    const char *next = template.text, *stop = template.text + template.size;
    bool braces = next < stop && *next == '{';
    const char *name = next += braces;
    for (uint32_t size; next < stop; next += size) {
        uint32_t point = sp_utf8_decode(next, stop, &size);
        if (point != '_' && !sp_is_letter(point) && !sp_is_digit(point))
            break;
    }
    sp_str found = sp_str_between(name, next);
    if (found.size == 0 || (braces && (next == stop || *next != '}')))
        return SP_STR("");
    *end = next + braces;
    return found;
}

/* template = { character | "$$" | "$" name }: $0 is the match, other groups do not exist and are empty. */
static bool append_template(sp_lexer *lexer, sp_str template, sp_str matched)
{
    while (template.size > 0) {
        size_t dollar = sp_str_find(template, '$');
        if (!sp_lexer__append(lexer, sp_str_head(template, dollar)))
            return false;
        if (dollar == template.size)
            return true;
        template = sp_str_skip(template, dollar + 1);
        const char *rest = template.text;
        sp_str name = template_name(template, &rest), text = SP_STR("");
        if (template.size > 0 && template.text[0] == '$') {
            text = SP_STR("$");
            rest = template.text + 1;
        } else if (name.size == 0) {
            text = SP_STR("$");
        } else if (sp_str_equal(name, SP_STR("0"))) {
            text = matched;
        }
        template = sp_str_skip(template, (size_t)(rest - template.text));
        if (!sp_lexer__append(lexer, text))
            return false;
    }
    return true;
}

/* The leftmost match at or after `from`: fills its start and size; false when there is none. */
static bool find_match(pattern_state *state, sp_str value, size_t from, size_t *start, size_t *size)
{
    for (size_t at = from; at <= value.size && !is_spent(state->lexer);) {
        *size = match(state, sp_str_skip(value, at), true);
        *start = at;
        if (*size != SIZE_MAX)
            return true;
        uint32_t width = 1;
        if (at < value.size)
            sp_utf8_decode(value.text + at, value.text + value.size, &width);
        at += width;
    }
    return false;
}

/* As Go's regexp: an empty match right after a match is not replaced. */
static bool replace_matches(sp_lexer *lexer, pattern_state *state, sp_str value, sp_str by, bool all)
{
    size_t done = 0, from = 0, start, size;
    while (from <= value.size && find_match(state, value, from, &start, &size)) {
        sp_str matched = {value.text + start, size};
        if (!sp_lexer__append(lexer, (sp_str){value.text + done, start - done}))
            return false;
        bool counts = start + size > done || start == 0;
        if (counts && !(all ? append_template(lexer, by, matched) : sp_lexer__append(lexer, by)))
            return false;
        done = start + size;
        if (!all)
            break;
        uint32_t width = 1;
        if (from < value.size)
            sp_utf8_decode(value.text + from, value.text + value.size, &width);
        from = from + width > done ? from + width : done;
    }
    return sp_lexer__append(lexer, sp_str_skip(value, done));
}

sp_replace sp_pattern__replace(sp_lexer *lexer, const sp_pattern *pattern, sp_str value, sp_str by, bool all)
{
    pattern_state state = new_state(lexer, pattern, false);
    if (!replace_matches(lexer, &state, value, by, all))
        return SP_REPLACE_REFUSED;
    return is_spent(lexer) ? SP_REPLACE_UNDECIDED : SP_REPLACE_DONE;
}
