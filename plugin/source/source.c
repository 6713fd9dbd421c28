/* The line index, and positions computed from it when somebody asks. */
#include "source/source.h"

#include "base/list.h"
#include "source/utf8.h"

/* In a long line every so many bytes a column is remembered, so that a place costs the way from there: thousands of
   places on one line would otherwise cost its length each. */
enum { MARK_EVERY = 512 };

typedef SP_LIST(sp_column_mark) mark_list;

/* Where the line's first column is: a byte order mark has none. */
static uint32_t first_column(const sp_source *source, uint32_t line_start)
{
    bool marked = line_start == 0 && sp_str_starts(source->text, SP_UTF8_BOM);
    return marked ? (uint32_t)SP_UTF8_BOM.size : line_start;
}

static void mark_line(const sp_source *source, sp_arena *arena, uint32_t start, uint32_t end, mark_list *marks)
{
    const char *text = source->text.text, *text_end = text + source->text.size;
    uint32_t offset = first_column(source, start), next_mark = offset + MARK_EVERY, size;
    for (uint32_t column = 1; offset < end; column++, offset += size) {
        if (offset >= next_mark) {
            *sp_list_add(arena, marks) = (sp_column_mark){offset, column};
            next_mark = offset + MARK_EVERY;
        }
        sp_utf8_decode(text + offset, text_end, &size);
    }
}

/* Room for the line starts of usual text from the beginning; lists of shorter lines grow. */
void sp_source_index(sp_source *source, sp_arena *arena)
{
    enum { USUAL_LINE = 24, FIRST = 8 };
    const char *text = source->text.text, *next = text, *end = text + source->text.size;
    SP_LIST(uint32_t) starts = {.capacity = (uint32_t)(source->text.size / USUAL_LINE) + FIRST};
    starts.items = sp_arena_alloc(arena, starts.capacity * sizeof *starts.items);
    mark_list marks = {0};
    for (const char *line = next; line != NULL; line = next) {
        *sp_list_add(arena, &starts) = (uint32_t)(line - text);
        const char *feed = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
        const char *line_end = feed != NULL ? feed : end;
        if (line_end - line > MARK_EVERY)
            mark_line(source, arena, (uint32_t)(line - text), (uint32_t)(line_end - text), &marks);
        next = feed != NULL ? feed + 1 : NULL;
    }
    source->line_starts = starts.items;
    source->line_count = starts.count;
    source->marks = marks.items;
    source->mark_count = marks.count;
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

/* The last place at or before the offset of which the column is known; the line starts at `start`. */
static sp_column_mark known_column(const sp_source *source, uint32_t start, uint32_t offset)
{
    uint32_t low = 0, high = source->mark_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (source->marks[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    bool in_line = low > 0 && source->marks[low - 1].offset >= start;
    return in_line ? source->marks[low - 1] : (sp_column_mark){first_column(source, start), 1};
}

sp_point sp_source_point(const sp_source *source, uint32_t offset)
{
    if (offset > source->text.size)
        offset = (uint32_t)source->text.size;
    uint32_t line = line_at(source, offset);
    sp_column_mark known = known_column(source, source->line_starts[line], offset);
    const char *next = source->text.text + known.offset, *stop = source->text.text + offset;
    const char *end = source->text.text + source->text.size;
    sp_point point = {line + 1, known.column};
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
