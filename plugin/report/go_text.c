/* Text as the library that BuildKit is written with prints it. */
#include "report/go_text.h"

#include "base/ascii.h"
#include "base/range.h"
#include "source/utf8.h"

static const sp_range printable[] = {
#define SP_PRINTABLE(first, last) {first, last},
#include "report/printable.def"
#undef SP_PRINTABLE
};

typedef struct lower_range {
    uint32_t first, last, stride;
    int32_t distance;
} lower_range;

static const lower_range lowers[] = {
#define SP_LOWER(first, last, stride, distance) {first, last, stride, distance},
#include "report/lower.def"
#undef SP_LOWER
};

static bool is_printable(uint32_t point)
{
    if (point < 0x80)
        return point >= ' ' && point != 0x7F;
    return sp_ranges_have(printable, sizeof printable / sizeof *printable, point);
}

static uint32_t lower_of(uint32_t point)
{
    if (point < 0x80)
        return (unsigned char)sp_ascii_lower((char)point);
    for (size_t i = 0; i < sizeof lowers / sizeof *lowers && lowers[i].first <= point; i++) {
        if (point <= lowers[i].last && (point - lowers[i].first) % lowers[i].stride == 0)
            return (uint32_t)((int32_t)point + lowers[i].distance);
    }
    return point;
}

/* What follows the backslash for a byte that has a name; 0 for others. */
static char escape_of(uint32_t point)
{
    static const char bytes[] = "\"\\\a\b\f\n\r\t\v", names[] = "\"\\abfnrtv";
    for (size_t i = 0; bytes[i] != '\0'; i++) {
        if ((unsigned char)bytes[i] == point)
            return names[i];
    }
    return '\0';
}

/* character = printable | "\" name | "\x" 2 hex | "\u" 4 hex | "\U" 8 hex */
static void quote(sp_buf *out, sp_str character, uint32_t point)
{
    char name = escape_of(point);
    bool wrong = point == SP_UTF8_REPLACEMENT && character.size == 1;
    if (name != '\0')
        sp_buf_print(out, "\\%c", name);
    else if (wrong || point < ' ' || point == 0x7F)
        sp_buf_print(out, "\\x%02x", (unsigned)(unsigned char)character.text[0]);
    else if (is_printable(point))
        sp_buf_add(out, character);
    else
        sp_buf_print(out, point > 0xFFFF ? "\\U%08x" : "\\u%04x", (unsigned)point);
}

static bool is_plain(char byte)
{
    return byte >= ' ' && byte < 0x7F && byte != '"' && byte != '\\';
}

void sp_go_quote(sp_buf *out, sp_str text)
{
    const char *next = text.text, *end = next + text.size;
    sp_buf_byte(out, '"');
    while (next < end) {
        const char *start = next;
        while (next < end && is_plain(*next))
            next++;
        sp_buf_add(out, sp_str_between(start, next));
        if (next == end)
            break;
        uint32_t size;
        uint32_t point = sp_utf8_decode(next, end, &size);
        quote(out, (sp_str){next, size}, point);
        next += size;
    }
    sp_buf_byte(out, '"');
}

void sp_go_lower(sp_buf *out, sp_str text)
{
    const char *next = text.text, *end = next + text.size;
    while (next < end) {
        uint32_t size;
        char lower[4];
        uint32_t point = lower_of(sp_utf8_decode(next, end, &size));
        sp_buf_add(out, (sp_str){lower, sp_utf8_encode(point, lower)});
        next += size;
    }
}

bool sp_go_is_lower(sp_str text)
{
    const char *next = text.text, *end = next + text.size;
    while (next < end) {
        uint32_t size;
        uint32_t point = sp_utf8_decode(next, end, &size);
        if (lower_of(point) != point || (point == SP_UTF8_REPLACEMENT && size == 1))
            return false;
        next += size;
    }
    return true;
}
