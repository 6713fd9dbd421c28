/* What a person needs to see of a place: the line it begins on, cut around it when it is long. */
#ifndef SP_SOURCE_EXCERPT_H
#define SP_SOURCE_EXCERPT_H

#include "source/source.h"

/** A part of one line. */
typedef struct sp_excerpt {
    sp_str text;     /* a slice of the source */
    uint32_t column; /* of its first character: 1 unless the front was cut off */
    bool cut;        /* the end was cut off */
} sp_excerpt;

/** The excerpt of the line that `span` begins on, whole characters only. */
sp_excerpt sp_excerpt_make(const sp_source *source, sp_span span);

#endif
