/* What the commands that show a Dockerfile have in common: from options to a build, and what is wrong with the file. */
#ifndef SP_ENGINE_READING_H
#define SP_ENGINE_READING_H

#include "base/error.h"
#include "engine/tool.h"
#include "graph/graph.h"

/** A build as the graph wants it. SP_E_USAGE for a platform or the name of a context that BuildKit would refuse. Needs
   a recovery point on the arena. Texts are borrowed. */
sp_status sp_reading_input(sp_arena *arena, const sp_tool_inputs *inputs, sp_build_input *out, sp_error *error);

/** The diagnostics of a document, and of its graph unless it is NULL, in order of place. As above. */
const sp_diagnostic **sp_reading_diagnostics(sp_arena *arena, const sp_document *document, const sp_graph *graph,
                                             uint32_t *count);

#endif
