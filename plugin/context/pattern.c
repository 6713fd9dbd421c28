/* One pattern: what it is turned into, and following it through a path, all positions at once. */
#include "context/pattern.h"

#include "source/utf8.h"

/* What stands where a text begins or ends. */
enum { NOTHING = 0x110000 };

/* member = ["\"] character, never the last of the pattern. The offset behind it; SIZE_MAX when it is none. */
static size_t skip_member(sp_str pattern, size_t at)
{
    uint32_t size;
    if (at >= pattern.size || pattern.text[at] == '-' || pattern.text[at] == ']')
        return SIZE_MAX;
    at += pattern.text[at] == '\\';
    if (at >= pattern.size)
        return SIZE_MAX;
    uint32_t point = sp_utf8_decode(pattern.text + at, pattern.text + pattern.size, &size);
    if ((point == SP_UTF8_REPLACEMENT && size == 1) || at + size >= pattern.size)
        return SIZE_MAX;
    return at + size;
}

/* class = "[" ["^"] member ["-" member] { member ["-" member] } "]" */
static size_t skip_class(sp_str pattern, size_t at)
{
    at += 1;
    at += at < pattern.size && pattern.text[at] == '^';
    for (bool first = true; first || at >= pattern.size || pattern.text[at] != ']'; first = false) {
        at = skip_member(pattern, at);
        if (at != SIZE_MAX && pattern.text[at] == '-')
            at = skip_member(pattern, at + 1);
        if (at == SIZE_MAX)
            return SIZE_MAX;
    }
    return at + 1;
}

bool sp_ignore__is_valid(sp_str pattern)
{
    for (size_t at = 0; at < pattern.size;) {
        if (pattern.text[at] == '[')
            at = skip_class(pattern, at);
        else
            at += pattern.text[at] == '\\' ? 2 : 1;
        if (at > pattern.size) /* SIZE_MAX, or a "\" with nothing behind it */
            return false;
    }
    return true;
}

/* A pattern on its way to a regular expression. */
typedef struct translation {
    sp_arena *arena;
    const char *next, *end;
    sp_points source;
    sp_ignore_kind kind;
    bool begun; /* something was read */
} translation;

static void put(translation *to, const char *text)
{
    for (; *text != '\0'; text++)
        *sp_list_add(to->arena, &to->source) = (unsigned char)*text;
}

static uint32_t next_point(translation *to)
{
    uint32_t size;
    uint32_t point = sp_utf8_decode(to->next, to->end, &size);
    to->next += size;
    return point;
}

static bool comes(const translation *to, char byte)
{
    return to->next < to->end && *to->next == byte;
}

/* What stands behind the first "*" of "**". */
static void put_any_depth(translation *to)
{
    to->next += 1;
    to->next += comes(to, '/');
    if (to->next < to->end) {
        put(to, "(.*/)?");
        to->kind = SP_IGNORE_PIECES;
    } else if (to->kind == SP_IGNORE_EXACT) {
        to->kind = SP_IGNORE_PREFIX;
    } else {
        put(to, ".*");
        to->kind = SP_IGNORE_PIECES;
    }
    if (!to->begun)
        to->kind = SP_IGNORE_SUFFIX;
}

/* pattern = { "**" ["/"] | "*" | "?" | "\" character | character }; brackets are left to the regular expression */
static void put_next(translation *to)
{
    uint32_t point = next_point(to);
    if (point == '*' && comes(to, '*')) {
        put_any_depth(to);
        return;
    }
    bool escaped = point < 0x80 && point != 0 && strchr(".+()|{}$", (int)point) != NULL;
    bool plain = point != '*' && point != '?' && point != '\\' && point != '[' && point != ']';
    if (!plain)
        to->kind = SP_IGNORE_PIECES;
    if (point == '*' || point == '?') {
        put(to, point == '*' ? "[^/]*" : "[^/]");
        return;
    }
    if (escaped)
        put(to, "\\");
    *sp_list_add(to->arena, &to->source) = point;
    if (point == '\\' && to->next < to->end) {
        uint32_t second = next_point(to);
        *sp_list_add(to->arena, &to->source) = second;
    }
}

void sp_ignore__compile(sp_arena *arena, sp_ignore_pattern *pattern)
{
    translation to = {.arena = arena, .next = pattern->text.text, .kind = SP_IGNORE_EXACT};
    to.end = to.next + pattern->text.size;
    if (sp_str_starts(pattern->text, SP_UTF8_BOM))
        to.next += SP_UTF8_BOM.size;
    while (to.next < to.end) {
        put_next(&to);
        to.begun = true;
    }
    pattern->kind = to.kind;
    if (to.kind == SP_IGNORE_PIECES)
        sp_ignore__parse(arena, &to.source, pattern);
}

static bool is_in_word(uint32_t point)
{
    return point == '_' || (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
           (point >= 'a' && point <= 'z');
}

static bool takes(const sp_ignore_pattern *pattern, const sp_ignore_piece *piece, uint32_t point)
{
    const sp_ignore_range *ranges = pattern->ranges + piece->first_range;
    for (uint32_t i = 0; i < piece->range_count; i++) {
        if (ranges[i].low <= point && point <= ranges[i].high)
            return !piece->negated;
    }
    return piece->negated;
}

/* Whether a piece lets through without a character, standing between two. */
static bool lets_through(const sp_ignore_piece *piece, uint32_t before, uint32_t after)
{
    switch (piece->kind) {
    case SP_PIECE_BEGIN:
        return before == NOTHING;
    case SP_PIECE_END:
        return after == NOTHING;
    case SP_PIECE_WORD_EDGE:
        return is_in_word(before) != is_in_word(after);
    case SP_PIECE_NO_WORD_EDGE:
        return is_in_word(before) == is_in_word(after);
    case SP_PIECE_OPTION:
        return true;
    default:
        return piece->repeated;
    }
}

/* Reaches what lies behind reached pieces that need no character. */
static void follow(const sp_ignore_pattern *pattern, bool *reached, uint32_t before, uint32_t after)
{
    for (uint32_t i = 0; i < pattern->piece_count; i++) {
        const sp_ignore_piece *piece = &pattern->pieces[i];
        if (!reached[i] || !lets_through(piece, before, after))
            continue;
        reached[i + 1] = true;
        if (piece->kind == SP_PIECE_OPTION)
            reached[i + 3] = true;
    }
}

/* Takes one character, from the last position to the first; false when none is left. */
static bool advance(const sp_ignore_pattern *pattern, bool *reached, uint32_t point)
{
    bool any = false;
    reached[pattern->piece_count] = false;
    for (uint32_t i = pattern->piece_count; i-- > 0;) {
        const sp_ignore_piece *piece = &pattern->pieces[i];
        bool taken = reached[i] && piece->kind == SP_PIECE_CHARACTER && takes(pattern, piece, point);
        reached[i] = taken && piece->repeated;
        if (taken && !piece->repeated)
            reached[i + 1] = true;
        any = any || taken;
    }
    return any;
}

static bool matches_pieces(const sp_ignore_pattern *pattern, sp_str text, bool *reached, uint64_t *steps)
{
    const char *next = text.text, *end = next + text.size;
    memset(reached, 0, pattern->piece_count + 1u);
    reached[0] = true;
    for (uint32_t before = NOTHING, after = NOTHING;; before = after) {
        uint32_t size = 0;
        after = next < end ? sp_utf8_decode(next, end, &size) : NOTHING;
        *steps += pattern->piece_count + 1u;
        follow(pattern, reached, before, after);
        if (next == end)
            return reached[pattern->piece_count];
        if (!advance(pattern, reached, after))
            return false;
        next += size;
    }
}

bool sp_ignore__matches(const sp_ignore_pattern *pattern, sp_str text, bool *reached, uint64_t *steps)
{
    sp_str wanted = pattern->text;
    *steps += 1 + wanted.size / 16;
    switch (pattern->kind) {
    case SP_IGNORE_PREFIX:
        return sp_str_starts(text, sp_str_head(wanted, wanted.size - 2));
    case SP_IGNORE_SUFFIX:
        wanted = sp_str_skip(wanted, 2);
        return sp_str_ends(text, wanted) || (wanted.text[0] == '/' && sp_str_equal(text, sp_str_skip(wanted, 1)));
    case SP_IGNORE_PIECES:
        return matches_pieces(pattern, text, reached, steps);
    default:
        return sp_str_equal(text, wanted);
    }
}
