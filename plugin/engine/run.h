/* What a run is inside: its inputs, collected. */
#ifndef SP_ENGINE_RUN_H
#define SP_ENGINE_RUN_H

#include "engine/engine.h"
#include "graph/graph.h"

/** One Dockerfile. */
typedef struct sp_run_input {
    sp_str path, text;
    sp_str reason; /* why it could not be read; "" when it could */
    bool unreadable;
} sp_run_input;

struct sp_run {
    sp_engine *engine; /* kept */
    sp_alloc alloc;
    sp_host host;
    sp_arena arena; /* everything below */
    SP_LIST(sp_run_input) inputs;
    const sp_map *paths; /* of the inputs, for finding one that is there twice */
    SP_LIST(sp_argument) arguments;
    SP_LIST(sp_str) targets;
    atomic_bool cancelled;
};

/** Whether somebody wants the run to stop. */
bool sp_run__is_cancelled(sp_run *run);

#endif
