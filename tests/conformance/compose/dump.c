/* What stagepolicy makes of compose files, of texts with variables and of .env files: the same requests, and the same
   answers, as the program in oracle/. */
#include "base/guard.h"
#include "base/limits.h"
#include "config/compose.h"
#include "config/dotenv.h"
#include "config/template.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* One request under way. */
typedef struct task {
    const json_t *request;
    sp_arena arena;
    json_t *answer;
    sp_error error;
} task;

static sp_str text_of(sp_arena *arena, const json_t *text)
{
    return sp_arena_copy(arena, (sp_str){json_string_value(text), json_string_length(text)});
}

static json_t *json_of(sp_str text)
{
    return json_stringn(text.size > 0 ? text.text : "", text.size);
}

static bool look_up(void *payload, sp_str name, sp_str *value)
{
    task *under_way = payload;
    const json_t *variables = json_object_get(under_way->request, "environment");
    const json_t *found = json_object_get(variables, sp_arena_copy(&under_way->arena, name).text);
    if (found != NULL)
        *value = text_of(&under_way->arena, found);
    return found != NULL;
}

static bool open_file(void *payload, sp_str path, sp_str *text)
{
    task *under_way = payload;
    FILE *file = fopen(sp_arena_copy(&under_way->arena, path).text, "rb");
    if (file == NULL)
        return false;
    char *bytes = sp_arena_alloc(&under_way->arena, 2 * SP_LIMIT_YAML_BYTES);
    *text = (sp_str){bytes, fread(bytes, 1, 2 * SP_LIMIT_YAML_BYTES, file)};
    return fclose(file) == 0;
}

static json_t *pairs_of(const sp_declared_pairs *pairs)
{
    json_t *object = json_object();
    for (uint32_t i = 0; i < pairs->count; i++) {
        json_t *pair = json_pack("[o, b]", json_of(pairs->items[i].value), pairs->items[i].known);
        json_object_setn_new(object, pairs->items[i].name.text, pairs->items[i].name.size, pair);
    }
    return object;
}

static json_t *build_of(const sp_declared_build *build)
{
    json_t *platforms = json_array();
    for (uint32_t i = 0; i < build->platforms.count; i++)
        json_array_append_new(platforms, json_of(build->platforms.items[i]));
    sp_str inline_text = build->inline_text != NULL ? *build->inline_text : SP_STR("");
    return json_pack("{so so so so so so so si}", "context", json_of(build->context), "dockerfile",
                     json_of(build->dockerfile), "inline", json_of(inline_text), "target", json_of(build->target),
                     "arguments", pairs_of(&build->arguments), "contexts", pairs_of(&build->contexts), "platforms",
                     platforms, "line", (int)build->line);
}

static sp_status answer_compose(task *under_way)
{
    const json_t *paths = json_object_get(under_way->request, "files");
    size_t count = json_array_size(paths);
    sp_compose_file *files = sp_arena_alloc(&under_way->arena, (count + 1) * sizeof *files);
    for (size_t i = 0; i < count; i++) {
        files[i] = (sp_compose_file){.path = text_of(&under_way->arena, json_array_get(paths, i))};
        if (!open_file(under_way, files[i].path, &files[i].text))
            return sp_error_at(&under_way->error, SP_E_CONFIG, files[i].path, 0, 0, "cannot read it");
    }
    sp_compose_input input = {files, count, look_up, open_file, under_way};
    sp_compose project;
    sp_status status = sp_compose_read(&under_way->arena, &input, &project, &under_way->error);
    under_way->answer = json_object();
    for (uint32_t i = 0; status == SP_OK && i < project.builds.count; i++) {
        const sp_declared_build *build = &project.builds.items[i];
        json_object_setn_new(under_way->answer, build->name.text, build->name.size, build_of(build));
    }
    return status;
}

static sp_status answer_text(task *under_way)
{
    sp_template filler = {&under_way->arena, look_up, under_way, SP_LIMIT_FILLED_BYTES, {0}, {0}};
    sp_str text = text_of(&under_way->arena, json_object_get(under_way->request, "text"));
    if (!sp_template_fill(&filler, text, &text))
        return sp_error_set(&under_way->error, SP_E_CONFIG, "%s", filler.problem.text);
    under_way->answer = json_of(text);
    return SP_OK;
}

static bool add_variable(sp_str name, const void *value, void *payload)
{
    json_object_setn_new(payload, name.text, name.size, json_of(*(const sp_str *)value));
    return true;
}

static sp_status answer_dotenv(task *under_way)
{
    sp_dotenv file = {0};
    sp_str text = text_of(&under_way->arena, json_object_get(under_way->request, "text"));
    sp_status status =
        sp_dotenv_read(&under_way->arena, SP_STR(".env"), text, look_up, under_way, &file, &under_way->error);
    under_way->answer = json_object();
    if (status == SP_OK && file.values != NULL)
        sp_map_each(file.values, add_variable, under_way->answer);
    return status;
}

static sp_status answer(void *payload)
{
    task *under_way = payload;
    const char *kind = json_string_value(json_object_get(under_way->request, "kind"));
    if (strcmp(kind, "text") == 0)
        return answer_text(under_way);
    return strcmp(kind, "dotenv") == 0 ? answer_dotenv(under_way) : answer_compose(under_way);
}

int main(void)
{
    static char line[16777216];
    while (fgets(line, sizeof line, stdin) != NULL) {
        task under_way = {.request = json_loads(line, JSON_ALLOW_NUL, NULL)};
        SP_INIT(under_way.error);
        sp_arena_init(&under_way.arena, sp_alloc_default());
        sp_status status = sp_guard(&under_way.arena, answer, &under_way);
        json_t *out = status == SP_OK
                          ? json_pack("{sO}", "value", under_way.answer)
                          : json_pack("{ss si}", "error", under_way.error.message, "line", (int)under_way.error.line);
        char *written = json_dumps(out, JSON_SORT_KEYS);
        puts(written != NULL ? written : "{\"error\": \"the answer is no JSON\"}");
        free(written);
        json_decref(out);
        json_decref(under_way.answer);
        json_decref((json_t *)(uintptr_t)under_way.request);
        sp_arena_dispose(&under_way.arena);
    }
    return 0;
}
