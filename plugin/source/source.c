/* The line index, and positions computed from it when somebody asks. */
#include "source/source.h"

#include "base/list.h"
#include "source/utf8.h"

/* Room for the line starts of usual text from the beginning; lists of shorter lines grow. */
void sp_source_index(sp_source *source, sp_arena *arena)
{
    enum { USUAL_LINE = 24, FIRST = 8 };
    const char *text = source->text.text, *next = text, *end = text + source->text.size;
    SP_LIST(uint32_t) starts = {.capacity = (uint32_t)(source->text.size / USUAL_LINE) + FIRST};
    starts.items = sp_arena_alloc(arena, starts.capacity * sizeof *starts.items);
    *sp_list_add(arena, &starts) = 0;
    while (next < end && (next = memchr(next, '\n', (size_t)(end - next))) != NULL) {
        next++;
        *sp_list_add(arena, &starts) = (uint32_t)(next - text);
    }
    source->line_starts = starts.items;
    source->line_count = starts.count;
}

/* Index of the last line that starts at or before the offset. */
static uint32_t line_at(const sp_source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

sp_point sp_source_point(const sp_source *source, uint32_t offset)
{
    if (offset > source->text.size)
        offset = (uint32_t)source->text.size;
    uint32_t line = line_at(source, offset);
    uint32_t start = source->line_starts[line];
    if (start == 0 && sp_str_starts(source->text, SP_UTF8_BOM))
        start = (uint32_t)SP_UTF8_BOM.size;
    const char *next = source->text.text + start, *stop = source->text.text + offset;
    const char *end = source->text.text + source->text.size;
    sp_point point = {line + 1, 1};
    while (next < stop) {
        uint32_t size;
        sp_utf8_decode(next, end, &size);
        next += size;
        point.column += next <= stop;
    }
    return point;
}

sp_str sp_source_line(const sp_source *source, uint32_t line)
{
    if (line == 0 || line > source->line_count)
        return SP_STR("");
    size_t start = source->line_starts[line - 1];
    size_t end = line < source->line_count ? source->line_starts[line] - 1 : source->text.size;
    while (end > start && source->text.text[end - 1] == '\r')
        end--;
    return (sp_str){source->text.text + start, end - start};
}
