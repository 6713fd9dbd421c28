/* Named bytes and where their lines begin. */
#ifndef SP_SOURCE_SOURCE_H
#define SP_SOURCE_SOURCE_H

#include "base/arena.h"
#include "source/span.h"

/** A character of a long line of which the column is remembered. */
typedef struct sp_column_mark {
    uint32_t offset, column;
} sp_column_mark;

/** A file's name and bytes, borrowed. The line index is made by sp_source_index. */
typedef struct sp_source {
    sp_str path, text;
    const uint32_t *line_starts; /* offset of each line's first byte */
    uint32_t line_count;
    const sp_column_mark *marks; /* in order of place; usual lines have none */
    uint32_t mark_count;
} sp_source;

/** A position for people: line and column count from 1, the column in Unicode code points (a byte that is not
    valid UTF-8 counts as one; a byte order mark at the start of the file counts as none). */
typedef struct sp_point {
    uint32_t line, column;
} sp_point;

/** Makes the line index of `source`; positions can be asked for afterwards. */
void sp_source_index(sp_source *source, sp_arena *arena);

/** The position of a byte offset; one past the last byte is allowed. */
sp_point sp_source_point(const sp_source *source, uint32_t offset);

/** The text of line `line` (from 1) without its line ending; empty past the end. */
sp_str sp_source_line(const sp_source *source, uint32_t line);

/** The bytes of a span. */
static inline sp_str sp_source_text(const sp_source *source, sp_span span)
{
    return (sp_str){source->text.text + span.start, span.end - span.start};
}

#endif
