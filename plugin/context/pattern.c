/* One pattern: what it is turned into, and following it through a path, all positions at once. */
#include "context/pattern.h"

#include "source/utf8.h"

/* What stands where a text begins or ends. */
enum { NOTHING = 0x110000 };

/* member = ["\"] character, never the last of the chunk. The offset behind it; SIZE_MAX when it is none. */
static size_t skip_member(sp_str chunk, size_t at, uint32_t *point)
{
    uint32_t size;
    if (at >= chunk.size || chunk.text[at] == '-' || chunk.text[at] == ']')
        return SIZE_MAX;
    at += chunk.text[at] == '\\';
    if (at >= chunk.size)
        return SIZE_MAX;
    *point = sp_utf8_decode(chunk.text + at, chunk.text + chunk.size, &size);
    if ((*point == SP_UTF8_REPLACEMENT && size == 1) || at + size >= chunk.size)
        return SIZE_MAX;
    return at + size;
}

/* class = "[" ["^"] member ["-" member] { member ["-" member] } "]". Says whether it takes a dot. */
static size_t skip_class(sp_str chunk, size_t at, bool *takes)
{
    at += 1;
    bool negated = at < chunk.size && chunk.text[at] == '^', found = false;
    at += negated;
    for (bool first = true; first || at >= chunk.size || chunk.text[at] != ']'; first = false) {
        uint32_t low = 0;
        at = skip_member(chunk, at, &low);
        uint32_t high = low;
        if (at != SIZE_MAX && chunk.text[at] == '-')
            at = skip_member(chunk, at + 1, &high);
        if (at == SIZE_MAX)
            return SIZE_MAX;
        found = found || (low <= '.' && '.' <= high);
    }
    *takes = found != negated;
    return at + 1;
}

/* Reads all of a chunk, and compares it with the start of a text of one dot, or none. What is left of that; SIZE_MAX
   for a wrong chunk, 2 for one that does not match. */
static size_t match_chunk(sp_str chunk, size_t dots)
{
    bool failed = false;
    for (size_t at = 0; at < chunk.size; dots = 0) {
        bool takes = true;
        failed = failed || dots == 0;
        if (chunk.text[at] == '[') {
            at = skip_class(chunk, at, &takes);
        } else if (chunk.text[at] != '?') {
            at += chunk.text[at] == '\\';
            takes = at < chunk.size && chunk.text[at] == '.';
            at = at < chunk.size ? at + 1 : SIZE_MAX;
        } else {
            at += 1;
        }
        if (at == SIZE_MAX)
            return SIZE_MAX;
        failed = failed || !takes;
    }
    return failed ? 2 : dots;
}

/* chunk = all up to a "*" that stands in no brackets */
static sp_str first_chunk(sp_str pattern)
{
    bool inside = false;
    for (size_t i = 0; i < pattern.size; i++) {
        char byte = pattern.text[i];
        if (byte == '*' && !inside)
            return sp_str_head(pattern, i);
        if (byte == '[' || byte == ']')
            inside = byte == '[';
        i += byte == '\\' && i + 1 < pattern.size;
    }
    return pattern;
}

/* As BuildKit, which compares with "." for that: what stands behind the first chunk that does not match is not looked
 * at. */
bool sp_ignore__is_valid(sp_str pattern)
{
    size_t dots = 1;
    while (pattern.size > 0) {
        bool star = pattern.text[0] == '*';
        while (pattern.size > 0 && pattern.text[0] == '*')
            pattern = sp_str_skip(pattern, 1);
        sp_str chunk = first_chunk(pattern);
        pattern = sp_str_skip(pattern, chunk.size);
        if (star && chunk.size == 0)
            return true;
        size_t left = match_chunk(chunk, dots);
        bool goes_on = left == 0;
        if (!goes_on && left != SIZE_MAX && star && dots == 1) {
            left = match_chunk(chunk, 0);
            goes_on = left == 0;
        }
        if (!goes_on)
            return left != SIZE_MAX;
        dots = left;
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
    bool open;  /* the "\" at its end takes the "$" that ends the expression: anything may follow */
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

/* pattern = { "**" ["/"] | "*" | "?" | "\" character | character }; "[" "]" "^" "|" "{" "}" are left as they are, to
   mean what they mean in a regular expression */
static void put_next(translation *to)
{
    uint32_t point = next_point(to);
    if (point == '*' && comes(to, '*')) {
        put_any_depth(to);
        return;
    }
    bool escaped = point < 0x80 && point != 0 && strchr(".+()$", (int)point) != NULL;
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
    if (point != '\\')
        return;
    to->open = to->next == to->end;
    uint32_t second = to->open ? '$' : next_point(to);
    *sp_list_add(to->arena, &to->source) = second;
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
        sp_ignore__parse(arena, &to.source, to.open, pattern);
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
