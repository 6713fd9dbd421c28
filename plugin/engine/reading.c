/* From options to a build, and what is wrong with a Dockerfile. */
#include "engine/reading.h"

#include "engine/inputs.h"

#include <stdlib.h>

static sp_argument split(const char *pair)
{
    sp_str text = sp_str_from(pair);
    size_t name = sp_str_find(text, '=');
    return (sp_argument){sp_str_head(text, name), sp_str_skip(text, name + 1)};
}

/* The platform and the named contexts, in one spelling. They are judged as those of a run are. */
static sp_status read_surroundings(sp_arena *arena, const sp_tool_inputs *inputs, sp_build_input *out, sp_error *error)
{
    sp_run run = {0};
    sp_run_pairs contexts = {0};
    for (size_t i = 0; i < inputs->context_count; i++) {
        sp_argument given = split(inputs->contexts[i]);
        sp_run__set_pair(arena, &run.contexts, given);
        given.name = sp_inputs_context(arena, given.name);
        sp_run__set_pair(arena, &contexts, given);
    }
    if (inputs->platform != NULL)
        *sp_list_add(arena, &run.platforms) = sp_str_from(inputs->platform);
    out->platform = sp_inputs_platform(arena, sp_str_from(inputs->platform));
    out->contexts = contexts.list.items;
    out->context_count = contexts.list.count;
    return sp_inputs_check(&run, arena, error);
}

sp_status sp_reading_input(sp_arena *arena, const sp_tool_inputs *inputs, sp_build_input *out, sp_error *error)
{
    sp_argument *arguments = sp_arena_alloc(arena, inputs->argument_count * sizeof *arguments);
    sp_str *targets = sp_arena_alloc(arena, inputs->target_count * sizeof *targets);
    for (size_t i = 0; i < inputs->argument_count; i++)
        arguments[i] = split(inputs->arguments[i]);
    for (size_t i = 0; i < inputs->target_count; i++)
        targets[i] = sp_str_from(inputs->targets[i]);
    *out = (sp_build_input){
        .arguments = arguments,
        .argument_count = inputs->argument_count,
        .targets = targets,
        .target_count = inputs->target_count,
        .arguments_complete = inputs->arguments_complete != 0,
    };
    return read_surroundings(arena, inputs, out, error);
}

static int compare(const void *a, const void *b)
{
    const sp_diagnostic *first = *(const sp_diagnostic *const *)a, *second = *(const sp_diagnostic *const *)b;
    if (first->span.start != second->span.start)
        return first->span.start < second->span.start ? -1 : 1;
    int order = sp_str_compare(sp_diagnostic_name(first->id), sp_diagnostic_name(second->id));
    return order != 0 ? order : sp_str_compare(first->message, second->message);
}

const sp_diagnostic **sp_reading_diagnostics(sp_arena *arena, const sp_document *document, const sp_graph *graph,
                                             uint32_t *count)
{
    const sp_diagnostics *lists[] = {&document->diagnostics, graph != NULL ? &graph->diagnostics : NULL};
    uint32_t most = lists[0]->count + (lists[1] != NULL ? lists[1]->count : 0);
    const sp_diagnostic **all = sp_arena_alloc(arena, most * sizeof(const sp_diagnostic *));
    *count = 0;
    for (size_t list = 0; list < 2 && lists[list] != NULL; list++) {
        for (uint32_t i = 0; i < lists[list]->count; i++)
            all[(*count)++] = &lists[list]->items[i];
    }
    if (*count > 1)
        qsort(all, *count, sizeof(const sp_diagnostic *), compare);
    return all;
}
