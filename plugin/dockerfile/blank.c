/* White space outside ASCII. */
#include "dockerfile/blank.h"

#include "base/ascii.h"
#include "source/utf8.h"

bool sp_is_space(uint32_t point)
{
    if (point < 0x80)
        return sp_ascii_is_space((char)point);
    return point == 0x85 || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
           point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

const char *sp_blank__skip(const char *text, const char *end)
{
    for (uint32_t size;; text += size) {
        while (text < end && sp_ascii_is_space(*text))
            text++;
        if (text == end || (unsigned char)*text < 0x80 || !sp_is_space(sp_utf8_decode(text, end, &size)))
            return text;
    }
}

/* Size of the space that ends at `end`, 0 when there is none. Spaces outside ASCII take two or three bytes. */
static uint32_t space_before(const char *text, const char *end)
{
    for (uint32_t wanted = 2; wanted <= 3 && (size_t)(end - text) >= wanted; wanted++) {
        uint32_t size;
        uint32_t point = sp_utf8_decode(end - wanted, end, &size);
        if (size == wanted)
            return sp_is_space(point) ? wanted : 0;
    }
    return 0;
}

const char *sp_blank__trim(const char *text, const char *end)
{
    while (end > text) {
        uint32_t size = 1;
        if ((unsigned char)end[-1] < 0x80 ? !sp_ascii_is_space(end[-1]) : (size = space_before(text, end)) == 0)
            return end;
        end -= size;
    }
    return end;
}

sp_str sp_strip_spaces(sp_str text)
{
    const char *end = text.text + text.size;
    const char *start = sp_skip_spaces(text.text, end);
    return sp_str_between(start, sp_trim_spaces(start, end));
}
