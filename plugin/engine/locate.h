/* From spans of a document to places of the results, which outlive it. */
#ifndef SP_ENGINE_LOCATE_H
#define SP_ENGINE_LOCATE_H

#include "graph/graph.h"
#include "result/results.h"

/** The place of a span, with what a person needs to see there. `path` must live as long as the results. */
sp_located sp_locate(sp_arena *arena, const sp_source *source, sp_str path, sp_span span);

/** Completes findings `first` and on of one judgement: places, excerpts and what their fingerprints are made of.
    `graphs` gives a graph of each file by its path (any of them: places are the same in all builds of a file). */
void sp_locate_findings(struct sp_results *results, uint32_t first, const sp_map *graphs);

/** Sets the line hashes of the findings of one file. Findings are in order; `next` is the first that may be of this
    file, and the first of a later one is given back. */
uint32_t sp_locate_lines(struct sp_results *results, uint32_t next, sp_str path, sp_str text);

#endif
