/* From options to a build, and what is wrong with a Dockerfile. */
#include "engine/reading.h"

#include <stdlib.h>

sp_build_input sp_reading_input(sp_arena *arena, const sp_reading *reading)
{
    sp_argument *arguments = sp_arena_alloc(arena, reading->argument_count * sizeof *arguments);
    sp_str *targets = sp_arena_alloc(arena, reading->target_count * sizeof *targets);
    for (size_t i = 0; i < reading->argument_count; i++) {
        sp_str argument = sp_str_from(reading->arguments[i]);
        size_t name = sp_str_find(argument, '=');
        arguments[i] = (sp_argument){sp_str_head(argument, name), sp_str_skip(argument, name + 1)};
    }
    for (size_t i = 0; i < reading->target_count; i++)
        targets[i] = sp_str_from(reading->targets[i]);
    return (sp_build_input){
        .arguments = arguments,
        .argument_count = reading->argument_count,
        .targets = targets,
        .target_count = reading->target_count,
        .arguments_complete = reading->arguments_complete,
    };
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
