/* What the commands that show a Dockerfile have in common: from options to a build, and what is wrong with the file. */
#ifndef SP_ENGINE_READING_H
#define SP_ENGINE_READING_H

#include "graph/graph.h"

/** What a command line says of a build. */
typedef struct sp_reading {
    const char *const *arguments; /* NAME=VALUE */
    size_t argument_count;
    const char *const *targets;
    size_t target_count;
    bool arguments_complete;
} sp_reading;

/** The same as the graph wants it; needs a recovery point on the arena. Texts are borrowed. */
sp_build_input sp_reading_input(sp_arena *arena, const sp_reading *reading);

/** The diagnostics of a document, and of its graph unless it is NULL, in order of place. As above. */
const sp_diagnostic **sp_reading_diagnostics(sp_arena *arena, const sp_document *document, const sp_graph *graph,
                                             uint32_t *count);

#endif
