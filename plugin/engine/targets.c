/* Targets that no stage is called, and what may have been meant. */
#include "engine/targets.h"

#include "base/suggest.h"

/* Names of stages that a message about a missing target shows, and that are kept for a suggestion. */
enum { NAMES_SHOWN = 10, NAMES_KEPT = 1000 };

void sp_targets_start(sp_targets *targets, sp_arena *arena, const sp_str *wanted, size_t count)
{
    targets->wanted = wanted;
    targets->count = count;
    targets->found = sp_arena_zeroed(arena, count * sizeof *targets->found);
}

static void note_names(sp_targets *targets, sp_arena *arena, const sp_graph *graph)
{
    for (uint32_t i = 0; i < graph->stage_count && targets->names.count < NAMES_KEPT; i++) {
        if (graph->stages[i].name.size == 0 || sp_map_find(targets->seen, graph->stages[i].name) != NULL)
            continue;
        sp_str name = sp_arena_copy(arena, graph->stages[i].name);
        targets->seen = sp_map_set(arena, targets->seen, name, targets);
        *sp_list_add(arena, &targets->names) = name;
    }
}

void sp_targets_note(sp_targets *targets, sp_arena *arena, const sp_graph *graph)
{
    if (targets->count == 0)
        return;
    for (size_t i = 0; i < targets->count; i++)
        targets->found[i] = targets->found[i] || sp_graph_find_stage(graph, targets->wanted[i]) != SP_NONE;
    note_names(targets, arena, graph);
}

/* "did you mean 'x'?", "no stage has a name", "there are: a, b" */
static sp_str hint(const sp_targets *targets, sp_arena *arena, sp_str wanted)
{
    sp_str meant = sp_suggest(wanted, targets->names.items, targets->names.count);
    if (meant.size > 0)
        return sp_arena_print(arena, "did you mean '%.*s'?", SP_STR_ARG(meant));
    uint32_t count = targets->names.count;
    if (count == 0)
        return SP_STR("no stage has a name");
    sp_str list = sp_arena_list(arena, targets->names.items, count < NAMES_SHOWN ? count : NAMES_SHOWN);
    return sp_arena_print(arena, "there are: %.*s%s", SP_STR_ARG(list), count > NAMES_SHOWN ? ", …" : "");
}

sp_status sp_targets_check(const sp_targets *targets, sp_arena *arena, sp_error *error)
{
    for (size_t i = 0; i < targets->count; i++) {
        if (!targets->found[i])
            return sp_error_set(error, SP_E_USAGE, "no stage is called '%.*s'; %.*s", SP_STR_ARG(targets->wanted[i]),
                                SP_STR_ARG(hint(targets, arena, targets->wanted[i])));
    }
    return SP_OK;
}

sp_status sp_targets_fail(sp_arena *arena, sp_str build, sp_str path, const sp_graph *graph, const sp_str *wanted,
                          size_t count, sp_error *error)
{
    sp_targets targets = {0};
    note_names(&targets, arena, graph);
    for (size_t i = 0; i < count; i++) {
        if (sp_graph_find_stage(graph, wanted[i]) == SP_NONE)
            return sp_error_set(error, SP_E_USAGE, "the build %.*s: no stage of %.*s is called '%.*s'; %.*s",
                                SP_STR_ARG(build), SP_STR_ARG(path), SP_STR_ARG(wanted[i]),
                                SP_STR_ARG(hint(&targets, arena, wanted[i])));
    }
    return SP_OK;
}
