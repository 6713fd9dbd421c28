/* Collecting what a run judges. */
#include "engine/run.h"

#include "base/guard.h"
#include "base/limits.h"
#include "engine/abi.h"

sp_status sp_run_new(sp_run **out, sp_engine *engine, const sp_host *host)
{
    sp_host lent = engine->host;
    *out = NULL;
    sp_status status = host != NULL ? sp_abi_take(&lent, sizeof lent, host) : SP_OK;
    if (status != SP_OK)
        return status;
    sp_alloc alloc = sp_engine__alloc(&lent);
    sp_run *run = sp_alloc_resize(alloc, NULL, 0, sizeof *run);
    if (run == NULL)
        return SP_E_MEMORY;
    memset(run, 0, sizeof *run);
    run->engine = engine;
    run->alloc = alloc;
    run->host = lent;
    atomic_init(&run->cancelled, false);
    sp_arena_init(&run->arena, alloc);
    sp_engine_keep(engine);
    *out = run;
    return SP_OK;
}

void sp_run_free(sp_run *run)
{
    if (run == NULL)
        return;
    sp_engine_free(run->engine);
    sp_arena_dispose(&run->arena);
    sp_alloc_free(run->alloc, run, sizeof *run);
}

/* One thing to add, for the guarded functions below. */
typedef struct adding {
    sp_run *run;
    sp_run_input input;
    sp_argument argument;
    sp_str target;
} adding;

static sp_status add_input(void *payload)
{
    adding *add = payload;
    sp_run *run = add->run;
    sp_run_input input = add->input;
    if (input.path.size == 0 || sp_map_find(run->paths, input.path) != NULL)
        return SP_E_USAGE;
    input.path = sp_arena_copy(&run->arena, input.path);
    input.text = sp_arena_copy(&run->arena, input.text);
    input.reason = sp_arena_copy(&run->arena, input.reason);
    const sp_map *paths = sp_map_set(&run->arena, run->paths, input.path, run);
    *sp_list_add(&run->arena, &run->inputs) = input;
    run->paths = paths;
    return SP_OK;
}

sp_status sp_run_file(sp_run *run, const char *path, const void *bytes, size_t size)
{
    if (path == NULL || (bytes == NULL && size > 0))
        return SP_E_USAGE;
    adding add = {.run = run, .input = {.path = sp_str_from(path)}};
    /* One byte more than is allowed says enough: the parser refuses the file for it. */
    size_t kept = size > SP_LIMIT_INPUT_BYTES ? SP_LIMIT_INPUT_BYTES + 1 : size;
    add.input.text = (sp_str){size > 0 ? bytes : "", kept};
    return sp_guard(&run->arena, add_input, &add);
}

sp_status sp_run_unreadable(sp_run *run, const char *path, const char *reason)
{
    if (path == NULL)
        return SP_E_USAGE;
    adding add = {.run = run, .input = {.path = sp_str_from(path), .unreadable = true}};
    add.input.reason = reason != NULL ? sp_str_from(reason) : SP_STR("no reason was given");
    add.input.text = SP_STR("");
    return sp_guard(&run->arena, add_input, &add);
}

/* Of one name, the last value counts. */
static sp_status add_argument(void *payload)
{
    adding *add = payload;
    sp_run *run = add->run;
    sp_str value = sp_arena_copy(&run->arena, add->argument.value);
    for (uint32_t i = 0; i < run->arguments.count; i++) {
        if (sp_str_equal(run->arguments.items[i].name, add->argument.name)) {
            run->arguments.items[i].value = value;
            return SP_OK;
        }
    }
    sp_argument argument = {sp_arena_copy(&run->arena, add->argument.name), value};
    *sp_list_add(&run->arena, &run->arguments) = argument;
    return SP_OK;
}

sp_status sp_run_arg(sp_run *run, const char *name, const char *value)
{
    if (name == NULL || *name == '\0' || value == NULL)
        return SP_E_USAGE;
    adding add = {.run = run, .argument = {sp_str_from(name), sp_str_from(value)}};
    return sp_guard(&run->arena, add_argument, &add);
}

static sp_status add_target(void *payload)
{
    adding *add = payload;
    sp_run *run = add->run;
    for (uint32_t i = 0; i < run->targets.count; i++) {
        if (sp_str_equal_nocase(run->targets.items[i], add->target))
            return SP_OK;
    }
    sp_str target = sp_arena_copy(&run->arena, add->target);
    *sp_list_add(&run->arena, &run->targets) = target;
    return SP_OK;
}

sp_status sp_run_target(sp_run *run, const char *stage)
{
    if (stage == NULL || *stage == '\0')
        return SP_E_USAGE;
    adding add = {.run = run, .target = sp_str_from(stage)};
    return sp_guard(&run->arena, add_target, &add);
}

void sp_run_cancel(sp_run *run)
{
    atomic_store_explicit(&run->cancelled, true, memory_order_relaxed);
}

bool sp_run__is_cancelled(sp_run *run)
{
    if (run->host.is_cancelled != NULL && run->host.is_cancelled(run->host.payload) != 0)
        sp_run_cancel(run);
    return atomic_load_explicit(&run->cancelled, memory_order_relaxed);
}
