/* What the command needs beside the public API. */
#include "engine/tool.h"

#include "base/date.h"
#include "base/guard.h"
#include "base/suggest.h"
#include "dockerfile/document.h"
#include "engine/engine.h"
#include "image/catalogue.h"
#include "lua/runtime.h"
#include "result/results.h"

#include <stdlib.h>

int32_t sp_tool_is_day(const char *text)
{
    return sp_date_is_valid(sp_str_from(text));
}

int32_t sp_tool_includes_path(const sp_engine *engine, const char *path)
{
    return sp_config_includes(&engine->config, sp_str_from(path));
}

typedef struct parsing {
    sp_arena arena;
    sp_str text;
    const sp_document *document;
} parsing;

static sp_status parse(void *payload)
{
    parsing *file = payload;
    file->document = sp_document_parse(&file->arena, SP_STR("Dockerfile"), file->text);
    return SP_OK;
}

sp_status sp_tool_instructions(const char *text, size_t size, sp_tool_instruction **out, size_t *count)
{
    parsing file = {.text = {text, size}};
    sp_arena_init(&file.arena, sp_alloc_default());
    sp_status status = sp_guard(&file.arena, parse, &file);
    uint32_t found = status == SP_OK ? file.document->instructions.count : 0;
    *count = found;
    *out = calloc(found > 0 ? found : 1, sizeof **out);
    for (uint32_t i = 0; *out != NULL && i < found; i++) {
        const sp_instruction *instruction = &file.document->instructions.items[i];
        (*out)[i] = (sp_tool_instruction){instruction->line.first, instruction->last_line};
    }
    sp_arena_dispose(&file.arena);
    return *out == NULL ? SP_E_MEMORY : status;
}

const char *sp_tool_catalogue_version(void)
{
    return sp_catalogue_version();
}

const char *sp_tool_catalogue_date(void)
{
    return sp_catalogue_date();
}

size_t sp_tool_catalogue_count(void)
{
    return sp_catalogue_count();
}

const char *sp_tool_lua_version(void)
{
    return sp_runtime_lua_version();
}

int32_t sp_tool_severity_from_name(const char *name)
{
    return sp_severity_from_name(sp_str_from(name));
}

const char *sp_tool_severity_name(int32_t severity)
{
    return sp_severity_name((sp_severity)severity);
}

const char *sp_tool_suggest(const char *name, const char *const *candidates)
{
    const char *nearest = NULL;
    size_t count = 0;
    while (candidates[count] != NULL)
        count++;
    sp_str *names = malloc((count > 0 ? count : 1) * sizeof *names);
    if (names == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        names[i] = sp_str_from(candidates[i]);
    sp_str meant = sp_suggest(sp_str_from(name), names, count);
    if (meant.size > 0)
        nearest = meant.text;
    free(names);
    return nearest;
}
