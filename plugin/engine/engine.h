/* What an engine, and a run, are inside. */
#ifndef SP_ENGINE_ENGINE_H
#define SP_ENGINE_ENGINE_H

#include "base/map.h"
#include "config/config.h"
#include "config/pack.h"
#include "lua/policy.h"
#include "lua/runtime.h"

#include <stdatomic.h>

#include <stagepolicy/engine.h>
#include <stagepolicy/run.h>

struct sp_engine {
    atomic_size_t owners;
    sp_alloc alloc;
    sp_host host;
    sp_arena arena; /* everything below; nothing changes once the engine is made */
    sp_config config;
    sp_known_images images; /* beside the compiled catalogue (images.c) */
    sp_str project;         /* where what is found about all files together is placed */
    SP_LIST(const sp_pack *) packs;
    SP_LIST(sp_policy) policies;  /* in order of id */
    sp_policy_summary *summaries; /* one a policy */
    sp_option_summary **options;  /* one list a policy */
    sp_severity fail_on;
    uint64_t policy_steps, policy_memory; /* 0: the default */
    bool build_args_complete;
    _Atomic(sp_runtime *) spare; /* one that nobody uses now: making one takes longer than judging a file */
};

/** Reads the packs of the options and loads their policies (load.c). */
sp_status sp_engine__load(sp_engine *engine, const sp_options *options, sp_error *error);

/** Reads what the configuration and the packs say of images (images.c). */
sp_status sp_engine__read_images(sp_engine *engine, const sp_options *options, sp_error *error);

/** Applies the configuration and the options' selection to the loaded policies (select.c). */
sp_status sp_engine__select(sp_engine *engine, const sp_options *options, sp_error *error);

/** What is wrong with the name of a policy, an id, a glob or an alias, in the arena: "no policy is called …"; "" when
    nothing is, or nobody can tell, because its pack is not here. */
sp_str sp_engine__wrong_name(const sp_engine *engine, sp_arena *arena, sp_str name);

/** Writes down what sp_engine_policy_at and sp_engine_option_at will say (describe.c). */
void sp_engine__describe(sp_engine *engine);

/** The allocator a host lends. */
sp_alloc sp_engine__alloc(const sp_host *host);

/** A runtime on `alloc`: the engine's spare one, or a new one. NULL when there is no memory. */
sp_runtime *sp_engine__take_runtime(sp_engine *engine, sp_alloc alloc);

/** Gives it back (NULL is allowed) after work that ended with `status`: it becomes the spare one, or is freed. */
void sp_engine__give_runtime(sp_engine *engine, sp_alloc alloc, sp_runtime *runtime, sp_status status);

#endif
