/* Cutting a line around a place. */
#include "source/excerpt.h"

#include "source/utf8.h"

/* Bytes shown at most, and of them before the place: enough for a wide terminal, few enough for a thousand findings on
   one long line. */
enum { LONGEST = 480, BEFORE = 160 };

static bool is_inside_character(sp_str text, size_t at)
{
    return at < text.size && ((unsigned char)text.text[at] & 0xC0) == 0x80;
}

/* Moves a cut back to where a character begins; three steps suffice, and text that is not UTF-8 has no such place. */
static size_t whole(sp_str text, size_t at)
{
    for (unsigned i = 0; i < 3 && at > 0 && is_inside_character(text, at); i++)
        at--;
    return at;
}

static uint32_t count_characters(sp_str text)
{
    const char *next = text.text, *end = text.text + text.size;
    uint32_t count = 0, size = 0;
    for (; next < end; next += size) {
        sp_utf8_decode(next, end, &size);
        count++;
    }
    return count;
}

sp_excerpt sp_excerpt_make(const sp_source *source, sp_span span)
{
    sp_point point = sp_source_point(source, span.start);
    sp_str line = sp_source_line(source, point.line);
    size_t offset = span.start - source->line_starts[point.line - 1];
    if (point.line == 1 && sp_str_starts(line, SP_UTF8_BOM)) {
        line = sp_str_skip(line, SP_UTF8_BOM.size);
        offset = offset > SP_UTF8_BOM.size ? offset - SP_UTF8_BOM.size : 0;
    }
    if (line.size <= LONGEST)
        return (sp_excerpt){.text = line, .column = 1};
    if (offset > line.size)
        offset = line.size;
    size_t start = offset > BEFORE ? whole(line, offset - BEFORE) : 0;
    size_t end = line.size - start > LONGEST ? whole(line, start + LONGEST) : line.size;
    uint32_t before = count_characters(sp_str_head(sp_str_skip(line, start), offset - start));
    return (sp_excerpt){
        .text = sp_str_between(line.text + start, line.text + end),
        .column = start == 0 ? 1 : point.column - before,
        .cut = end < line.size,
    };
}
