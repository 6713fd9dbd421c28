/* Reading one Dockerfile to show what was read. */
#include "engine/tool.h"

#include "base/error.h"
#include "base/guard.h"
#include "base/limits.h"
#include "engine/reading.h"
#include "report/parsed.h"

/* One Dockerfile under way. The buffer stands outside the arena, so it outlives a recovery. */
typedef struct parsing {
    const sp_tool_parse_options *options;
    const sp_parsed_format *format;
    sp_str path, text;
    sp_arena arena;
    sp_buf out;
    sp_error *error;
    bool refused;
} parsing;

static sp_status parse(void *payload)
{
    parsing *file = payload;
    const sp_tool_parse_options *options = file->options;
    sp_parsed parsed = {.document = sp_document_parse(&file->arena, file->path, file->text)};
    if (options->expand != 0 || options->refusal != 0) {
        sp_build_input input;
        sp_status status = sp_reading_input(&file->arena, &options->inputs, &input, file->error);
        if (status != SP_OK)
            return status;
        input.arguments_complete = input.arguments_complete || options->refusal != 0;
        parsed.graph = sp_graph_build(parsed.document, &input);
        parsed.target = input.target_count > 0 ? input.targets[0] : SP_STR("");
    }
    parsed.diagnostics = sp_reading_diagnostics(&file->arena, parsed.document, parsed.graph, &parsed.diagnostic_count);
    for (uint32_t i = 0; i < parsed.diagnostic_count; i++)
        file->refused = file->refused || parsed.diagnostics[i]->fatal;
    if (options->refusal == 0) {
        file->format->write(&parsed, &file->out);
    } else {
        sp_parsed_refusal(&parsed, &file->out);
        file->refused = file->out.size > 0;
    }
    return file->out.failed ? SP_E_MEMORY : SP_OK;
}

sp_status sp_tool_parse(const char *path, const char *text, size_t size, const sp_tool_parse_options *options,
                        char **out, size_t *out_size, int32_t *verdict, sp_error *error)
{
    parsing file = {.options = options, .path = sp_str_from(path), .text = {text, size}, .error = error};
    file.format = sp_parsed_format_find(sp_str_from(options->format));
    *out = NULL;
    if (file.format == NULL)
        return sp_error_set(error, SP_E_USAGE, "there is no format '%s'", options->format);
    sp_buf_init(&file.out, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    sp_arena_init(&file.arena, sp_alloc_default());
    sp_status status = sp_guard(&file.arena, parse, &file);
    sp_arena_dispose(&file.arena);
    if (status != SP_OK) {
        sp_buf_dispose(&file.out);
        return sp_error_set(error, status, "out of memory");
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
