/* Making, sharing and freeing engines. */
#include "engine/engine.h"

#include "base/guard.h"
#include "engine/abi.h"

sp_alloc sp_engine__alloc(const sp_host *host)
{
    if (host->realloc == NULL)
        return sp_alloc_default();
    return (sp_alloc){host->realloc, host->payload};
}

/* One making; the error is ours, to be handed over at the border. */
typedef struct making {
    sp_engine *engine;
    sp_options options;
    sp_error error;
} making;

static sp_status check_options(making *make)
{
    const sp_options *options = &make->options;
    if (options->fail_on < SP_SEVERITY_OFF || options->fail_on > SP_SEVERITY_NEVER)
        return sp_error_set(&make->error, SP_E_USAGE, "fail_on is not a severity: %d", (int)options->fail_on);
    return SP_OK;
}

static sp_status read_config(making *make)
{
    const char *path = make->options.config_path != NULL ? make->options.config_path : ".stagepolicy.yaml";
    const char *project = make->options.config != NULL ? path : ".";
    project = make->options.project != NULL ? make->options.project : project;
    sp_engine *engine = make->engine;
    engine->project = sp_arena_copy(&engine->arena, sp_str_from(project));
    sp_status status = sp_config_read(&engine->arena, sp_str_from(path), sp_str_from(make->options.config),
                                      &engine->config, &make->error);
    engine->fail_on = make->options.fail_on != 0 ? (sp_severity)make->options.fail_on : engine->config.fail_on;
    if (engine->fail_on == SP_SEVERITY_OFF)
        engine->fail_on = SP_SEVERITY_ERROR;
    return status;
}

static sp_status make_engine(void *payload)
{
    making *make = payload;
    sp_engine *engine = make->engine;
    engine->policy_steps = make->options.policy_steps;
    engine->policy_memory = make->options.policy_memory;
    engine->build_args_complete = make->options.build_args_complete != 0;
    sp_status status = check_options(make);
    if (status == SP_OK)
        status = read_config(make);
    if (status == SP_OK)
        status = sp_engine__load(engine, &make->options, &make->error);
    if (status == SP_OK)
        status = sp_engine__read_images(engine, &make->options, &make->error);
    if (status == SP_OK)
        status = sp_engine__select(engine, &make->options, &make->error);
    if (status == SP_OK)
        sp_engine__describe(engine);
    return status;
}

static void drop(sp_engine *engine)
{
    sp_runtime_free(atomic_load(&engine->spare));
    sp_arena_dispose(&engine->arena);
    sp_alloc_free(engine->alloc, engine, sizeof *engine);
}

sp_status sp_engine_new(sp_engine **out, const sp_options *options, const sp_host *host, sp_error *error)
{
    making make = {0};
    sp_host lent;
    make.error.size = sizeof make.error;
    *out = NULL;
    sp_status status = sp_abi_take(&make.options, sizeof make.options, options);
    if (status == SP_OK)
        status = sp_abi_take(&lent, sizeof lent, host);
    if (status != SP_OK)
        return sp_abi_fail(error, &make.error, status);
    sp_alloc alloc = sp_engine__alloc(&lent);
    sp_engine *engine = sp_alloc_resize(alloc, NULL, 0, sizeof *engine);
    if (engine == NULL)
        return sp_abi_fail(error, &make.error, SP_E_MEMORY);
    memset(engine, 0, sizeof *engine);
    atomic_init(&engine->owners, 1);
    atomic_init(&engine->spare, NULL);
    engine->alloc = alloc;
    engine->host = lent;
    sp_arena_init(&engine->arena, alloc);
    make.engine = engine;
    status = sp_guard(&engine->arena, make_engine, &make);
    if (status != SP_OK) {
        drop(engine);
        return sp_abi_fail(error, &make.error, status);
    }
    *out = engine;
    return SP_OK;
}

void sp_engine_keep(sp_engine *engine)
{
    atomic_fetch_add_explicit(&engine->owners, 1, memory_order_relaxed);
}

void sp_engine_free(sp_engine *engine)
{
    if (engine != NULL && atomic_fetch_sub_explicit(&engine->owners, 1, memory_order_acq_rel) == 1)
        drop(engine);
}

static bool is_same_memory(sp_alloc a, sp_alloc b)
{
    return a.realloc == b.realloc && a.payload == b.payload;
}

sp_runtime *sp_engine__take_runtime(sp_engine *engine, sp_alloc alloc)
{
    sp_runtime *runtime = is_same_memory(alloc, engine->alloc) ? atomic_exchange(&engine->spare, NULL) : NULL;
    return runtime != NULL ? runtime : sp_runtime_new(alloc);
}

void sp_engine__give_runtime(sp_engine *engine, sp_alloc alloc, sp_runtime *runtime, sp_status status)
{
    if (status != SP_E_MEMORY && is_same_memory(alloc, engine->alloc))
        runtime = atomic_exchange(&engine->spare, runtime);
    sp_runtime_free(runtime);
}

size_t sp_engine_policy_count(const sp_engine *engine)
{
    return engine->policies.count;
}

sp_status sp_engine_policy_at(const sp_engine *engine, size_t index, sp_policy_summary *out)
{
    if (index >= engine->policies.count)
        return SP_E_USAGE;
    return sp_abi_give(out, &engine->summaries[index], sizeof *out);
}

size_t sp_engine_option_count(const sp_engine *engine, size_t policy)
{
    return policy < engine->policies.count ? engine->policies.items[policy].options.count : 0;
}

sp_status sp_engine_option_at(const sp_engine *engine, size_t policy, size_t index, sp_option_summary *out)
{
    if (index >= sp_engine_option_count(engine, policy))
        return SP_E_USAGE;
    return sp_abi_give(out, &engine->options[policy][index], sizeof *out);
}
