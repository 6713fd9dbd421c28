/* Targets that were asked for and that no stage is called: slips of the pen. */
#ifndef SP_ENGINE_TARGETS_H
#define SP_ENGINE_TARGETS_H

#include "base/error.h"
#include "graph/graph.h"

/** The run's own targets, and the stages of the files seen so far. Zero it first. */
typedef struct sp_targets {
    const sp_str *wanted;
    size_t count;
    bool *found;        /* one a target: some file has it */
    const sp_map *seen; /* names of stages */
    SP_LIST(sp_str) names;
} sp_targets;

/** Needs a recovery point on the arena, as the others do. */
void sp_targets_start(sp_targets *targets, sp_arena *arena, const sp_str *wanted, size_t count);

/** Notes which of the targets a file has, and its stages in case none has one. */
void sp_targets_note(sp_targets *targets, sp_arena *arena, const sp_graph *graph);

/** SP_E_USAGE, with a suggestion, for the first target that no file has. */
sp_status sp_targets_check(const sp_targets *targets, sp_arena *arena, sp_error *error);

/** SP_E_USAGE for a declared build of one file, whose target the file does not have. */
sp_status sp_targets_fail(sp_arena *arena, sp_str build, sp_str path, const sp_graph *graph, const sp_str *wanted,
                          size_t count, sp_error *error);

#endif
