/* The ways in which a file is built: what is declared, with what holds for the whole run; equal ones once. */
#include "engine/inputs.h"

#include "base/ascii.h"

#include <stdlib.h>

/* The ways of one file, as they are found. */
typedef struct gathering {
    const sp_run *run;
    sp_arena *arena;
    sp_ways *ways;
    SP_LIST(sp_run_texts) names; /* of each way */
    const sp_map *known;         /* key → uint32_t: the way */
    sp_run_texts needed;
    sp_run_pairs contexts; /* of the run, as BuildKit spells their names */
    bool declared;
} gathering;

static void add_part(sp_arena *arena, sp_run_texts *key, sp_str text)
{
    sp_str size = sp_arena_print(arena, "%zu:", text.size);
    *sp_list_add(arena, key) = size;
    *sp_list_add(arena, key) = text;
}

static sp_str lower(sp_arena *arena, sp_str text)
{
    char *bytes = sp_arena_alloc(arena, text.size);
    for (size_t i = 0; i < text.size; i++)
        bytes[i] = sp_ascii_lower(text.text[i]);
    return (sp_str){bytes, text.size};
}

static int compare_names(const void *a, const void *b)
{
    return sp_str_compare(((const sp_argument *)a)->name, ((const sp_argument *)b)->name);
}

static void add_pairs(sp_arena *arena, sp_run_texts *key, const sp_argument *pairs, size_t count)
{
    sp_argument *sorted = sp_arena_alloc(arena, count * sizeof *sorted);
    if (count > 0)
        memcpy(sorted, pairs, count * sizeof *sorted);
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, compare_names);
    for (size_t i = 0; i < count; i++) {
        add_part(arena, key, sorted[i].name);
        add_part(arena, key, sorted[i].value);
    }
    add_part(arena, key, SP_STR(""));
}

/* A text that two ways share when they come to the same build. */
static sp_str key_of(sp_arena *arena, const sp_build_input *input, sp_str folder)
{
    sp_run_texts key = {0};
    for (size_t i = 0; i < input->target_count; i++)
        add_part(arena, &key, lower(arena, input->targets[i]));
    add_part(arena, &key, SP_STR(""));
    add_pairs(arena, &key, input->arguments, input->argument_count);
    add_pairs(arena, &key, input->contexts, input->context_count);
    add_part(arena, &key, input->platform);
    add_part(arena, &key, folder);
    return sp_arena_join(arena, key.items, key.count);
}

static void add_way(gathering *all, sp_str name, const sp_way *way)
{
    sp_str key = key_of(all->arena, &way->input, way->folder);
    const uint32_t *known = sp_map_find(all->known, key);
    if (known == NULL) {
        uint32_t *index = sp_arena_new(all->arena, uint32_t);
        *index = all->ways->count;
        *sp_list_add(all->arena, all->ways) = *way;
        *sp_list_add(all->arena, &all->names) = (sp_run_texts){0};
        all->known = sp_map_set(all->arena, all->known, key, index);
        known = index;
    }
    if (name.size > 0)
        *sp_list_add(all->arena, &all->names.items[*known]) = name;
}

/* One way a platform of the run, where the build has none of its own. */
static void add_platforms(gathering *all, sp_str name, sp_way way)
{
    const sp_run_texts *platforms = &all->run->platforms;
    way.input.platform = sp_inputs_platform(all->arena, way.input.platform);
    if (way.input.platform.size > 0 || platforms->count == 0) {
        add_way(all, name, &way);
        return;
    }
    for (uint32_t i = 0; i < platforms->count; i++) {
        const sp_str parts[] = {name, name.size > 0 ? SP_STR(" ") : SP_STR(""), platforms->items[i]};
        way.input.platform = sp_inputs_platform(all->arena, platforms->items[i]);
        add_way(all, platforms->count > 1 ? sp_arena_join(all->arena, parts, 3) : name, &way);
    }
}

/* What is declared, and over it what was given for the whole run. */
static void merge(sp_arena *arena, const sp_argument *declared, size_t count, const sp_run_pairs *given,
                  const sp_argument **out, size_t *out_count)
{
    sp_run_pairs merged = {0};
    for (size_t i = 0; i < count; i++)
        sp_run__set_pair(arena, &merged, declared[i]);
    for (uint32_t i = 0; i < given->list.count; i++)
        sp_run__set_pair(arena, &merged, given->list.items[i]);
    *out = merged.list.items;
    *out_count = merged.list.count;
}

static void add_declared(gathering *all, const sp_run_declared *build)
{
    const sp_run *run = all->run;
    sp_way way = {.input = build->input, .folder = build->folder};
    merge(all->arena, build->input.arguments, build->input.argument_count, &run->arguments, &way.input.arguments,
          &way.input.argument_count);
    merge(all->arena, build->input.contexts, build->input.context_count, &all->contexts, &way.input.contexts,
          &way.input.context_count);
    add_platforms(all, build->name, way);
}

static void add_default(gathering *all)
{
    const sp_run *run = all->run;
    const sp_build_input input = {
        .arguments = run->arguments.list.items,
        .argument_count = run->arguments.list.count,
        .targets = run->targets.items,
        .target_count = run->targets.count,
        .contexts = all->contexts.list.items,
        .context_count = all->contexts.list.count,
    };
    add_platforms(all, SP_STR(""), (sp_way){.input = input, .folder = SP_STR("")});
}

/* What one build takes is not dead in another; "" is the last stage. */
static void add_needed(gathering *all, const sp_build_input *input)
{
    for (size_t i = 0; i < input->target_count; i++)
        *sp_list_add(all->arena, &all->needed) = input->targets[i];
    if (input->target_count == 0)
        *sp_list_add(all->arena, &all->needed) = SP_STR("");
}

/* What people call a way: the builds that come to it; among several, one without a name by its targets. */
static sp_str name_of(const gathering *all, uint32_t way)
{
    const sp_run_texts *names = &all->names.items[way];
    if (names->count > 0)
        return sp_arena_list(all->arena, names->items, names->count);
    const sp_build_input *input = &all->ways->items[way].input;
    if (all->ways->count == 1)
        return SP_STR("");
    if (input->target_count == 0)
        return SP_STR("the default build");
    return sp_arena_list(all->arena, input->targets, input->target_count);
}

void sp_run__ways(const sp_run *run, sp_arena *arena, const sp_run_input *input, sp_ways *out)
{
    gathering all = {.run = run, .arena = arena, .ways = out};
    for (uint32_t i = 0; i < run->contexts.list.count; i++) {
        sp_argument pair = run->contexts.list.items[i];
        pair.name = sp_inputs_context(arena, pair.name);
        sp_run__set_pair(arena, &all.contexts, pair);
    }
    for (uint32_t i = 0; i < run->builds.count; i++) {
        const sp_run_declared *build = &run->builds.items[i];
        if (!sp_str_equal(build->path, input->path))
            continue;
        add_needed(&all, &build->input);
        if (!build->lends)
            add_declared(&all, build);
    }
    all.declared = out->count > 0;
    if (!all.declared)
        add_default(&all);
    for (uint32_t i = 0; i < out->count; i++) {
        out->items[i].name = name_of(&all, i);
        out->items[i].declared = all.declared;
        out->items[i].input.needed = all.needed.items;
        out->items[i].input.needed_count = all.needed.count;
        out->items[i].input.arguments_complete = run->engine->build_args_complete;
    }
}
