/* A range of bytes in a source: two offsets, end exclusive. Position arithmetic happens here and in source.c only. */
#ifndef SP_SOURCE_SPAN_H
#define SP_SOURCE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct sp_span {
    uint32_t start, end;
} sp_span;

/** From where the first of two begins to where the last ends. */
static inline sp_span sp_span_join(sp_span a, sp_span b)
{
    return (sp_span){a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}

/** Whether all of `inner` lies in `outer`; a span contains itself. */
static inline bool sp_span_contains(sp_span outer, sp_span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

#endif
