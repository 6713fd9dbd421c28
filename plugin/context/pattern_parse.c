/* Reading the regular expressions that patterns become, as Go's regexp reads them: characters, escapes, classes, and
   the three forms that wildcards give. No groups but "(.*" "/)?", so nothing nests. */
#include "context/pattern.h"

#include "base/ascii.h"

enum { LAST_POINT = 0x10FFFF };

typedef struct reading {
    sp_arena *arena;
    const uint32_t *next, *end;
    SP_LIST(sp_ignore_piece) pieces;
    SP_LIST(sp_ignore_range) ranges;
    sp_ignore_kind kind; /* PIECES as long as all is well */
    bool nameless;       /* no ":]" is left */
} reading;

static bool is_well(const reading *from)
{
    return from->kind == SP_IGNORE_PIECES;
}

static uint32_t peek(const reading *from, size_t distance)
{
    return (size_t)(from->end - from->next) > distance ? from->next[distance] : UINT32_MAX;
}

static bool accept(reading *from, uint32_t point)
{
    bool there = peek(from, 0) == point;
    from->next += there;
    return there;
}

static sp_ignore_piece *add_piece(reading *from, sp_piece_kind kind)
{
    sp_ignore_piece *piece = sp_list_add(from->arena, &from->pieces);
    *piece = (sp_ignore_piece){.kind = kind, .first_range = from->ranges.count};
    return piece;
}

static void add_range(reading *from, uint32_t low, uint32_t high)
{
    *sp_list_add(from->arena, &from->ranges) = (sp_ignore_range){low, high};
}

/* The pieces added last take all ranges since. */
static void end_piece(reading *from)
{
    sp_ignore_piece *piece = &from->pieces.items[from->pieces.count - 1];
    piece->range_count = from->ranges.count - piece->first_range;
}

static void add_character(reading *from, uint32_t point)
{
    add_piece(from, SP_PIECE_CHARACTER);
    add_range(from, point, point);
    end_piece(from);
}

static bool is_octal(uint32_t point)
{
    return point >= '0' && point <= '7';
}

static int hex_of(uint32_t point)
{
    return point < 0x80 ? sp_ascii_hex((char)point) : -1;
}

/* octal = digit [digit [digit]], the first of them read already */
static uint32_t read_octal(reading *from, uint32_t value)
{
    for (int i = 0; i < 2 && is_octal(peek(from, 0)); i++)
        value = value * 8 + *from->next++ - '0';
    return value;
}

/* escape = "\" (octal | "x" hex hex | "a" | "f" | "n" | "r" | "t" | "v" | ASCII that is no letter or digit) */
static uint32_t read_escape(reading *from)
{
    static const char letters[] = "afnrtv", values[] = "\a\f\n\r\t\v";
    uint32_t point = from->next < from->end ? *from->next++ : UINT32_MAX;
    if (point < 0x80 && !sp_ascii_is_letter_or_digit((char)point))
        return point;
    if (point == '0' || (point < '8' && is_octal(peek(from, 0))))
        return read_octal(from, point - '0');
    if (point == 'x' && peek(from, 0) == '{') {
        from->kind = SP_IGNORE_UNREAD;
        return 0;
    }
    if (point == 'x' && hex_of(peek(from, 0)) >= 0 && hex_of(peek(from, 1)) >= 0) {
        from->next += 2;
        return (uint32_t)(hex_of(from->next[-2]) * 16 + hex_of(from->next[-1]));
    }
    const char *letter = point < 0x80 ? strchr(letters, (int)point) : NULL;
    if (letter != NULL)
        return (unsigned char)values[letter - letters];
    from->kind = SP_IGNORE_WRONG;
    return 0;
}

/* "\d", "\s", "\w", and in capitals what they are not, as ranges. False when something else comes. */
static bool read_group(reading *from)
{
    static const char *const groups[] = {"d09", "s\t\n\f\r  ", "w09AZ__az"};
    uint32_t letter = peek(from, 1);
    if (peek(from, 0) != '\\' || letter >= 0x80 || !sp_ascii_is_letter((char)letter))
        return false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (groups[i][0] != sp_ascii_lower((char)letter))
            continue;
        uint32_t low = 0;
        bool inside = groups[i][0] == (char)letter;
        for (const char *pair = groups[i] + 1; *pair != '\0'; pair += 2) {
            if (inside)
                add_range(from, (unsigned char)pair[0], (unsigned char)pair[1]);
            else
                add_range(from, low, (unsigned char)pair[0] - 1u);
            low = (unsigned char)pair[1] + 1u;
        }
        if (!inside)
            add_range(from, low, LAST_POINT);
        from->next += 2;
        return true;
    }
    return false;
}

/* "\p" and a letter, or a name in braces: a class of Unicode, of which we have no tables. */
static bool is_unicode_group(const reading *from)
{
    uint32_t letter = peek(from, 2);
    return peek(from, 0) == '\\' && (peek(from, 1) == 'p' || peek(from, 1) == 'P') && letter < 0x80 && letter != 0 &&
           strchr("CLMNPSZ{", (int)letter) != NULL;
}

/* Whether "[:" has its ":]": a named class, which we do not read. */
static bool is_named_class(reading *from)
{
    if (from->nameless || peek(from, 0) != '[' || peek(from, 1) != ':')
        return false;
    for (const uint32_t *at = from->next + 2; at + 1 < from->end; at++) {
        if (at[0] == ':' && at[1] == ']')
            return true;
    }
    from->nameless = true;
    return false;
}

static uint32_t read_member(reading *from)
{
    if (from->next == from->end) {
        from->kind = SP_IGNORE_WRONG;
        return 0;
    }
    return accept(from, '\\') ? read_escape(from) : *from->next++;
}

/* class = "[" ["^"] member ["-" member] { group | member ["-" member] } "]"; the first may be "]" */
static void read_class(reading *from)
{
    sp_ignore_piece *piece = add_piece(from, SP_PIECE_CHARACTER);
    piece->negated = accept(from, '^');
    for (bool first = true; is_well(from) && (first || peek(from, 0) != ']'); first = false) {
        if (is_named_class(from) || is_unicode_group(from)) {
            from->kind = SP_IGNORE_UNREAD;
            return;
        }
        if (read_group(from))
            continue;
        uint32_t low = read_member(from), high = low;
        if (peek(from, 0) == '-' && peek(from, 1) != ']' && peek(from, 1) != UINT32_MAX) {
            from->next += 1;
            high = read_member(from);
        }
        if (high < low)
            from->kind = SP_IGNORE_WRONG;
        add_range(from, low, high);
    }
    from->next += is_well(from);
    end_piece(from);
}

/* What stands behind a "\" outside of a class. */
static void read_escaped(reading *from)
{
    static const struct {
        char letter;
        sp_piece_kind kind;
    } conditions[] = {
        {'A', SP_PIECE_BEGIN}, {'z', SP_PIECE_END}, {'b', SP_PIECE_WORD_EDGE}, {'B', SP_PIECE_NO_WORD_EDGE}};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        if (accept(from, (unsigned char)conditions[i].letter)) {
            add_piece(from, conditions[i].kind);
            return;
        }
    }
    if (peek(from, 0) == 'Q')
        from->kind = SP_IGNORE_UNREAD;
    else
        add_character(from, read_escape(from));
}

/* "(.*" "/)?" */
static void add_any_depth(reading *from)
{
    add_piece(from, SP_PIECE_OPTION);
    add_character(from, '\n');
    sp_ignore_piece *any = &from->pieces.items[from->pieces.count - 1];
    any->negated = any->repeated = true;
    add_character(from, '/');
}

/* Whether "{" and what follows repeat what stands before: digits, and perhaps a comma and digits. */
static bool is_repetition(const reading *from)
{
    const uint32_t *at = from->next + 1;
    while (at < from->end && *at >= '0' && *at <= '9')
        at++;
    if (*from->next != '{' || at == from->next + 1)
        return false;
    at += at < from->end && *at == ',';
    while (at < from->end && *at >= '0' && *at <= '9')
        at++;
    return at < from->end && *at == '}';
}

/* piece = "^" | "(.*" "/)?" | ".*" | class ["*"] | group | "\" condition | "\" escape | character */
static void read_piece(reading *from)
{
    uint32_t first = from->ranges.count;
    if (is_unicode_group(from) || is_repetition(from) || peek(from, 0) == '|') {
        from->kind = SP_IGNORE_UNREAD;
    } else if (read_group(from)) {
        add_piece(from, SP_PIECE_CHARACTER)->first_range = first;
        end_piece(from);
    } else if (accept(from, '\\')) {
        read_escaped(from);
    } else if (accept(from, '^')) {
        add_piece(from, SP_PIECE_BEGIN);
    } else if (accept(from, '(')) {
        from->next += sizeof ".*/)?" - 1;
        add_any_depth(from);
    } else if (accept(from, '.')) {
        add_character(from, '\n');
        from->pieces.items[from->pieces.count - 1].negated = true;
        from->pieces.items[from->pieces.count - 1].repeated = accept(from, '*');
    } else if (accept(from, '[')) {
        read_class(from);
        from->pieces.items[from->pieces.count - 1].repeated = accept(from, '*');
    } else {
        add_character(from, *from->next++);
    }
}

void sp_ignore__parse(sp_arena *arena, const sp_points *source, bool open, sp_ignore_pattern *pattern)
{
    reading from = {.arena = arena, .next = source->items, .kind = SP_IGNORE_PIECES};
    from.end = from.next + source->count;
    while (is_well(&from) && from.next < from.end)
        read_piece(&from);
    if (open) {
        sp_ignore_piece *anything = add_piece(&from, SP_PIECE_CHARACTER);
        anything->negated = anything->repeated = true;
    }
    pattern->kind = from.kind;
    pattern->pieces = from.pieces.items;
    pattern->piece_count = from.pieces.count;
    pattern->ranges = from.ranges.items;
}
