/* Collecting what a run judges. */
#include "engine/run.h"

#include "base/date.h"
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
    run->today = SP_STR("");
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
    sp_run_pairs *pairs;
    sp_argument pair;
    sp_run_texts *texts;
    sp_str text;
    const sp_build *build;
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

void sp_run__set_pair(sp_arena *arena, sp_run_pairs *pairs, sp_argument pair)
{
    sp_str value = sp_arena_copy(arena, pair.value);
    const uint32_t *known = sp_map_find(pairs->indexes, pair.name);
    if (known != NULL) {
        pairs->list.items[*known].value = value;
        return;
    }
    sp_str name = sp_arena_copy(arena, pair.name);
    uint32_t *index = sp_arena_new(arena, uint32_t);
    *index = pairs->list.count;
    const sp_map *indexes = sp_map_set(arena, pairs->indexes, name, index);
    *sp_list_add(arena, &pairs->list) = (sp_argument){name, value};
    pairs->indexes = indexes;
}

static sp_status add_pair(void *payload)
{
    adding *add = payload;
    sp_run__set_pair(&add->run->arena, add->pairs, add->pair);
    return SP_OK;
}

static sp_status guard_pair(sp_run *run, sp_run_pairs *pairs, const char *name, const char *value)
{
    if (name == NULL || *name == '\0' || value == NULL)
        return SP_E_USAGE;
    adding add = {.run = run, .pairs = pairs, .pair = {sp_str_from(name), sp_str_from(value)}};
    return sp_guard(&run->arena, add_pair, &add);
}

sp_status sp_run_arg(sp_run *run, const char *name, const char *value)
{
    return guard_pair(run, &run->arguments, name, value);
}

sp_status sp_run_context(sp_run *run, const char *name, const char *value)
{
    return guard_pair(run, &run->contexts, name, value);
}

/* Texts that differ in case are one. */
static void add_name(sp_arena *arena, sp_run_texts *names, sp_str name)
{
    for (uint32_t i = 0; i < names->count; i++) {
        if (sp_str_equal_nocase(names->items[i], name))
            return;
    }
    sp_str copy = sp_arena_copy(arena, name);
    *sp_list_add(arena, names) = copy;
}

static sp_status add_text(void *payload)
{
    adding *add = payload;
    add_name(&add->run->arena, add->texts, add->text);
    return SP_OK;
}

static sp_status guard_text(sp_run *run, sp_run_texts *texts, const char *text)
{
    if (text == NULL || *text == '\0')
        return SP_E_USAGE;
    adding add = {.run = run, .texts = texts, .text = sp_str_from(text)};
    return sp_guard(&run->arena, add_text, &add);
}

sp_status sp_run_target(sp_run *run, const char *stage)
{
    return guard_text(run, &run->targets, stage);
}

static sp_status add_platforms(void *payload)
{
    adding *add = payload;
    for (sp_str left = add->text;;) {
        size_t end = sp_str_find(left, ',');
        add_name(&add->run->arena, add->texts, sp_str_head(left, end));
        if (end == left.size)
            return SP_OK;
        left = sp_str_skip(left, end + 1);
    }
}

/* A list, as BuildKit takes it: "linux/amd64,linux/arm64". */
sp_status sp_run_platform(sp_run *run, const char *platform)
{
    if (platform == NULL || *platform == '\0')
        return SP_E_USAGE;
    adding add = {.run = run, .texts = &run->platforms, .text = sp_str_from(platform)};
    return sp_guard(&run->arena, add_platforms, &add);
}

/* NAME=VALUE, several of them. */
static sp_status take_pairs(sp_arena *arena, const char *const *given, size_t count, sp_run_pairs *out)
{
    for (size_t i = 0; i < count; i++) {
        sp_str pair = sp_str_from(given[i]);
        size_t end = sp_str_find(pair, '=');
        if (end == 0 || end == pair.size)
            return SP_E_USAGE;
        sp_run__set_pair(arena, out, (sp_argument){sp_str_head(pair, end), sp_str_skip(pair, end + 1)});
    }
    return SP_OK;
}

static sp_status add_build(void *payload)
{
    adding *add = payload;
    sp_arena *arena = &add->run->arena;
    const sp_build *build = add->build;
    sp_run_declared declared = {.path = sp_arena_copy(arena, sp_str_from(build->path)), .lends = build->lends != 0};
    sp_run_pairs arguments = {0}, contexts = {0};
    sp_run_texts targets = {0};
    sp_status status = take_pairs(arena, build->arguments, build->argument_count, &arguments);
    if (status == SP_OK)
        status = take_pairs(arena, build->contexts, build->context_count, &contexts);
    if (status != SP_OK || sp_map_find(add->run->paths, declared.path) == NULL)
        return SP_E_USAGE;
    for (size_t i = 0; i < build->target_count; i++)
        add_name(arena, &targets, sp_str_from(build->targets[i]));
    declared.name = sp_arena_copy(arena, sp_str_from(build->name != NULL ? build->name : ""));
    declared.folder = sp_arena_copy(arena, sp_str_from(build->folder));
    declared.input = (sp_build_input){
        .arguments = arguments.list.items,
        .argument_count = arguments.list.count,
        .targets = targets.items,
        .target_count = targets.count,
        .contexts = contexts.list.items,
        .context_count = contexts.list.count,
        .platform = sp_arena_copy(arena, sp_str_from(build->platform != NULL ? build->platform : "")),
    };
    *sp_list_add(arena, &add->run->builds) = declared;
    return SP_OK;
}

sp_status sp_run_build(sp_run *run, const sp_build *build)
{
    sp_build ours = {0};
    sp_status status = sp_abi_take(&ours, sizeof ours, build);
    if (status != SP_OK)
        return status;
    if (ours.path == NULL)
        return SP_E_USAGE;
    adding add = {.run = run, .build = &ours};
    return sp_guard(&run->arena, add_build, &add);
}

static sp_status set_today(void *payload)
{
    adding *add = payload;
    add->run->today = sp_arena_copy(&add->run->arena, add->text);
    return SP_OK;
}

sp_status sp_run_today(sp_run *run, const char *date)
{
    adding add = {.run = run, .text = sp_str_from(date)};
    if (!sp_date_is_valid(add.text))
        return SP_E_USAGE;
    return sp_guard(&run->arena, set_today, &add);
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
