/* What a run is inside: its inputs, collected; and what comes of them. */
#ifndef SP_ENGINE_RUN_H
#define SP_ENGINE_RUN_H

#include "context/folder.h"
#include "engine/engine.h"
#include "engine/tool.h"
#include "graph/graph.h"

/** One Dockerfile. */
typedef struct sp_run_input {
    sp_str path, text;
    sp_str reason; /* why it could not be read; "" when it could */
    bool unreadable;
} sp_run_input;

/** One declared build. */
typedef struct sp_run_declared {
    sp_str path, name, folder; /* folder: by its name; "" for the file's own */
    sp_build_input input;
    bool lends;
} sp_run_declared;

/** Texts by name, each name once. */
typedef struct sp_run_pairs {
    SP_LIST(sp_argument) list;
    const sp_map *indexes; /* name → uint32_t, of the list */
} sp_run_pairs;

typedef SP_LIST(sp_str) sp_run_texts;

struct sp_run {
    sp_engine *engine; /* kept */
    sp_alloc alloc;
    sp_host host;
    sp_arena arena; /* everything below */
    SP_LIST(sp_run_input) inputs;
    const sp_map *paths;   /* of the inputs, for finding one that is there twice */
    const sp_map *folders; /* path and name → what was told of a context (folder.c) */
    sp_run_pairs arguments, contexts;
    sp_run_texts targets, platforms; /* each once */
    SP_LIST(sp_run_declared) builds;
    sp_watch watch; /* for whoever tests policies (watch.c) */
    const sp_tool_watch *watcher;
    sp_str today; /* "2026-11-25"; "" when nobody said it */
    atomic_bool cancelled;
};

/** Whether somebody wants the run to stop. */
bool sp_run__is_cancelled(sp_run *run);

/** One distinct way to build a file, and what people call it. */
typedef struct sp_way {
    sp_str name; /* of all declared builds that come to it, ", " between; "" of the only way of a file */
    sp_build_input input;
    sp_str folder; /* the name of the one it is built from; "" for the file's own */
    bool declared; /* otherwise it is the run's own, and its targets are of whichever file has them */
} sp_way;

typedef SP_LIST(sp_way) sp_ways;

/** Sets a pair; of one name, the last value counts. The texts are copied. Needs a recovery point. */
void sp_run__set_pair(sp_arena *arena, sp_run_pairs *pairs, sp_argument pair);

/** What was told of the context of a file that has this name, in an arena with a recovery point; NULL when nothing
    (folder.c). */
sp_context_folder *sp_run__folder(const sp_run *run, sp_arena *arena, sp_str path, sp_str name);

/** The ways in which a file of the run is built, at least one, in an arena with a recovery point (ways.c). */
void sp_run__ways(const sp_run *run, sp_arena *arena, const sp_run_input *input, sp_ways *out);

#endif
