/* A file's builds and diagnostics, copied into the results. */
#include "engine/record.h"

#include "engine/locate.h"

#include <stdlib.h>

static sp_severity severity_of(const sp_diagnostic *diagnostic)
{
    if (diagnostic->fatal)
        return SP_SEVERITY_ERROR;
    switch (diagnostic->id) {
    case SP_DIAGNOSTIC_EMPTY_CONTINUATION:
    case SP_DIAGNOSTIC_DUPLICATE_STAGE_NAME:
        return SP_SEVERITY_WARNING;
    default: /* what is not known, or was assumed */
        return SP_SEVERITY_INFO;
    }
}

/* Nobody has to say what a declared build builds: without a target it is the last stage. */
static bool is_settled(const sp_diagnostic *diagnostic, const sp_way *way)
{
    return way->declared && diagnostic->id == SP_DIAGNOSTIC_TARGET_DEFAULTED;
}

static void add_diagnostics(sp_arena *arena, sp_result_file *file, const sp_document *document, const sp_way *way,
                            const sp_diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        const sp_diagnostic *diagnostic = &diagnostics->items[i];
        if (is_settled(diagnostic, way))
            continue;
        sp_result_diagnostic copy = {
            .id = sp_diagnostic_name(diagnostic->id),
            .message = sp_arena_copy(arena, diagnostic->message),
            .severity = severity_of(diagnostic),
            .fatal = diagnostic->fatal,
            .at = sp_locate(arena, &document->source, file->path, diagnostic->span),
        };
        *sp_list_add(arena, &file->diagnostics) = copy;
    }
}

void sp_record_build(sp_arena *arena, sp_result_file *file, const sp_way *way, const sp_graph *graph)
{
    sp_result_build build = {.name = sp_arena_copy(arena, way->name), .target_count = graph->target_count};
    sp_str *targets = sp_arena_alloc(arena, graph->target_count * sizeof *targets);
    for (uint32_t i = 0; i < graph->target_count; i++)
        targets[i] = sp_arena_copy(arena, sp_stage_label(graph, graph->targets[i]));
    build.targets = targets;
    if (file->builds.count == 0)
        add_diagnostics(arena, file, graph->document, way, &graph->document->diagnostics);
    add_diagnostics(arena, file, graph->document, way, &graph->diagnostics);
    *sp_list_add(arena, &file->builds) = build;
    file->stages = graph->stage_count;
}

static int compare_diagnostics(const void *a, const void *b)
{
    const sp_result_diagnostic *first = a, *second = b;
    if (first->at.span.start != second->at.span.start)
        return first->at.span.start < second->at.span.start ? -1 : 1;
    int order = sp_str_compare(first->id, second->id);
    if (order == 0)
        order = sp_str_compare(first->message, second->message);
    return order != 0 ? order : second->fatal - first->fatal;
}

/* Whether two say the same: of a refusal in one build and a remark in another, the refusal is enough. */
static bool is_same(const sp_result_diagnostic *a, const sp_result_diagnostic *b)
{
    return a->at.span.start == b->at.span.start && sp_str_equal(a->id, b->id) && sp_str_equal(a->message, b->message);
}

void sp_record_finish(sp_result_file *file)
{
    sp_result_diagnostic *items = file->diagnostics.items;
    uint32_t kept = 0;
    if (file->diagnostics.count > 1)
        qsort(items, file->diagnostics.count, sizeof *items, compare_diagnostics);
    for (uint32_t i = 0; i < file->diagnostics.count; i++) {
        if (file->builds.count < 2 || kept == 0 || !is_same(&items[kept - 1], &items[i]))
            items[kept++] = items[i];
    }
    file->diagnostics.count = kept;
}

void sp_record_unreadable(sp_arena *arena, sp_result_file *file, sp_str reason)
{
    sp_result_diagnostic unreadable = {
        .id = sp_diagnostic_name(SP_DIAGNOSTIC_UNREADABLE),
        .message = sp_arena_print(arena, "this file cannot be read: %.*s", SP_STR_ARG(reason)),
        .severity = SP_SEVERITY_ERROR,
        .fatal = true,
    };
    *sp_list_add(arena, &file->diagnostics) = unreadable;
}
