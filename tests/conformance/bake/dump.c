/* What stagepolicy makes of bake files: a line of JSON a request, {"text", "selected", "environment"}, and one an
   answer. */
#include "base/guard.h"
#include "config/bake.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* One request under way. */
typedef struct task {
    json_t *request;
    sp_arena arena;
    sp_bake bake;
    sp_error error;
} task;

static json_t *json_of(sp_str text)
{
    return json_stringn(text.size > 0 ? text.text : "", text.size);
}

static json_t *json_of_pairs(const sp_declared_pairs *pairs)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < pairs->count; i++) {
        const sp_declared_pair *pair = &pairs->items[i];
        json_array_append_new(list,
                              json_pack("[o, o, b]", json_of(pair->name), json_of(pair->value), (int)pair->known));
    }
    return list;
}

static json_t *json_of_builds(const sp_declared_builds *builds)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < builds->count; i++) {
        const sp_declared_build *build = &builds->items[i];
        json_t *platforms = json_array();
        for (uint32_t j = 0; j < build->platforms.count; j++)
            json_array_append_new(platforms, json_of(build->platforms.items[j]));
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", json_of(build->name), "context",
                            json_of(build->context), "dockerfile", json_of(build->dockerfile), "target",
                            json_of(build->target), "args", json_of_pairs(&build->arguments), "contexts",
                            json_of_pairs(&build->contexts), "platforms", platforms, "dockerfile-inline",
                            build->inline_text != NULL ? json_of(*build->inline_text) : json_null()));
    }
    return list;
}

static bool look_up(void *payload, sp_str name, sp_str *value)
{
    const json_t *given =
        json_object_getn(json_object_get(((task *)payload)->request, "environment"), name.text, name.size);
    if (given == NULL)
        return false;
    *value = (sp_str){json_string_value(given), json_string_length(given)};
    return true;
}

static sp_status read_request(void *payload)
{
    task *work = payload;
    const json_t *text = json_object_get(work->request, "text");
    sp_bake_input input = {.path = SP_STR("docker-bake.json"),
                           .text = {json_string_value(text), json_string_length(text)},
                           .selected = sp_str_from(json_string_value(json_object_get(work->request, "selected"))),
                           .lookup = look_up,
                           .payload = work};
    return sp_bake_read(&work->arena, &input, &work->bake, &work->error);
}

static void answer(const char *line)
{
    task work = {.request = json_loads(line, 0, NULL)};
    SP_INIT(work.error);
    sp_arena_init(&work.arena, sp_alloc_default());
    sp_status status = sp_guard(&work.arena, read_request, &work);
    json_t *result = status == SP_OK ? json_pack("{s:o, s:o}", "builds", json_of_builds(&work.bake.builds), "linked",
                                                 json_of_builds(&work.bake.linked))
                                     : json_pack("{s:s}", "error", work.error.message);
    json_dumpf(result, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(result);
    json_decref(work.request);
    sp_arena_dispose(&work.arena);
}

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0)
        answer(line);
    free(line);
    return 0;
}
