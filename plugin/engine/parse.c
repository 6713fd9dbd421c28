/* Reading one Dockerfile to show what was read. */
#include "engine/tool.h"

#include "base/guard.h"
#include "base/limits.h"
#include "report/parsed.h"

#include <stdlib.h>

/* One Dockerfile under way. The buffer stands outside the arena, so it outlives a recovery. */
typedef struct parsing {
    const sp_tool_parse_options *options;
    const sp_parsed_format *format;
    sp_str path, text;
    sp_arena arena;
    sp_buf out;
    bool refused;
} parsing;

static sp_build_input input_of(parsing *file)
{
    const sp_tool_parse_options *options = file->options;
    sp_argument *arguments = sp_arena_alloc(&file->arena, options->argument_count * sizeof *arguments);
    sp_str *targets = sp_arena_alloc(&file->arena, options->target_count * sizeof *targets);
    for (size_t i = 0; i < options->argument_count; i++) {
        sp_str argument = sp_str_from(options->arguments[i]);
        size_t name = sp_str_find(argument, '=');
        arguments[i] = (sp_argument){sp_str_head(argument, name), sp_str_skip(argument, name + 1)};
    }
    for (size_t i = 0; i < options->target_count; i++)
        targets[i] = sp_str_from(options->targets[i]);
    return (sp_build_input){
        .arguments = arguments,
        .argument_count = options->argument_count,
        .targets = targets,
        .target_count = options->target_count,
        .arguments_complete = options->arguments_complete != 0,
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

/* Those of the document and of the graph, in order of place. */
static void collect_diagnostics(parsing *file, sp_parsed *parsed)
{
    const sp_diagnostics *lists[] = {&parsed->document->diagnostics,
                                     parsed->graph != NULL ? &parsed->graph->diagnostics : NULL};
    uint32_t count = lists[0]->count + (lists[1] != NULL ? lists[1]->count : 0);
    const sp_diagnostic **all = sp_arena_alloc(&file->arena, count * sizeof(const sp_diagnostic *));
    for (size_t list = 0; list < 2 && lists[list] != NULL; list++) {
        for (uint32_t i = 0; i < lists[list]->count; i++) {
            all[parsed->diagnostic_count++] = &lists[list]->items[i];
            file->refused = file->refused || lists[list]->items[i].fatal;
        }
    }
    if (count > 1)
        qsort(all, count, sizeof(const sp_diagnostic *), compare);
    parsed->diagnostics = all;
}

static sp_status parse(void *payload)
{
    parsing *file = payload;
    sp_parsed parsed = {.document = sp_document_parse(&file->arena, file->path, file->text)};
    if (file->options->expand != 0) {
        sp_build_input input = input_of(file);
        parsed.graph = sp_graph_build(parsed.document, &input);
    }
    collect_diagnostics(file, &parsed);
    file->format->write(&parsed, &file->out);
    return file->out.failed ? SP_E_MEMORY : SP_OK;
}

sp_status sp_tool_parse(const char *path, const char *text, size_t size, const sp_tool_parse_options *options,
                        char **out, size_t *out_size, int32_t *verdict)
{
    parsing file = {.options = options, .path = sp_str_from(path), .text = {text, size}};
    file.format = sp_parsed_format_find(sp_str_from(options->format));
    *out = NULL;
    if (file.format == NULL)
        return SP_E_USAGE;
    sp_buf_init(&file.out, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    sp_arena_init(&file.arena, sp_alloc_default());
    sp_status status = sp_guard(&file.arena, parse, &file);
    sp_arena_dispose(&file.arena);
    if (status != SP_OK) {
        sp_buf_dispose(&file.out);
        return status;
    }
    *out = file.out.bytes;
    *out_size = file.out.size;
    *verdict = file.refused ? SP_INPUT : SP_PASS;
    return SP_OK;
}

const char *sp_tool_parse_format_at(size_t index)
{
    const sp_parsed_format *format = sp_parsed_format_get(index);
    return format != NULL ? format->name : NULL;
}
