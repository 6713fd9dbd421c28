/* What compose files, bake files and files of build arguments declare, as the command sees it. */
#include "base/guard.h"
#include "config/argument_file.h"
#include "config/bake.h"
#include "config/compose.h"
#include "config/dotenv.h"
#include "engine/abi.h"
#include "engine/engine.h"
#include "engine/tool.h"

#include <stdlib.h>

struct sp_tool_builds {
    sp_arena arena; /* everything below */
    SP_LIST(sp_tool_build) builds;
    SP_LIST(const char *) remarks;
    SP_LIST(sp_tool_named) named;
};

/* One reading under way. */
typedef struct declaring {
    sp_tool_builds *out;
    const sp_tool_declaring *input;
    sp_dotenv variables;
    sp_error error;
} declaring;

static sp_arena *arena_of(declaring *read)
{
    return &read->out->arena;
}

static const char *text_of(declaring *read, sp_str text)
{
    return sp_arena_copy(arena_of(read), text).text;
}

/* The environment alone: what a `.env` itself may use. */
static bool find_in_environment(void *payload, sp_str name, sp_str *value)
{
    declaring *read = payload;
    const char *found =
        read->input->environment != NULL ? read->input->environment(read->input->payload, text_of(read, name)) : NULL;
    if (found != NULL)
        *value = sp_arena_copy(arena_of(read), sp_str_from(found));
    return found != NULL;
}

static bool find_variable(void *payload, sp_str name, sp_str *value)
{
    declaring *read = payload;
    return find_in_environment(read, name, value) || sp_dotenv_find(&read->variables, name, value);
}

static bool open_other(void *payload, sp_str path, sp_str *text)
{
    declaring *read = payload;
    size_t size = 0;
    char *bytes = read->input->open(read->input->payload, text_of(read, path), &size);
    if (bytes == NULL)
        return false;
    *text = sp_arena_copy(arena_of(read), (sp_str){bytes, size});
    free(bytes);
    return true;
}

static const char *const *pairs_of(declaring *read, const sp_declared_pairs *pairs, size_t *count)
{
    const char **texts = sp_arena_alloc(arena_of(read), pairs->count * sizeof *texts);
    for (uint32_t i = 0; i < pairs->count; i++) {
        const sp_declared_pair *pair = &pairs->items[i];
        if (pair->known)
            texts[(*count)++] = sp_arena_join(arena_of(read), (sp_str[]){pair->name, SP_STR("="), pair->value}, 3).text;
    }
    return texts;
}

static const char *const *platforms_of(declaring *read, const sp_declared_build *declared, size_t *count)
{
    const char **texts = sp_arena_alloc(arena_of(read), declared->platforms.count * sizeof *texts);
    for (uint32_t i = 0; i < declared->platforms.count; i++) {
        if (!sp_str_is(declared->platforms.items[i], "local"))
            texts[(*count)++] = text_of(read, declared->platforms.items[i]);
    }
    return texts;
}

static void add_build(declaring *read, const sp_declared_build *declared, bool lends)
{
    sp_tool_build build = {
        .name = text_of(read, declared->name),
        .path = text_of(read, declared->path.size > 0 ? declared->path : sp_str_from(read->input->files[0].path)),
        .line = declared->line,
        .context = text_of(read, declared->context),
        .dockerfile = text_of(read, declared->dockerfile),
        .target = declared->target.size > 0 ? text_of(read, declared->target) : NULL,
        .lends = lends,
    };
    if (declared->inline_text != NULL) {
        build.inline_text = text_of(read, *declared->inline_text);
        build.inline_size = declared->inline_text->size;
    }
    build.arguments = pairs_of(read, &declared->arguments, &build.argument_count);
    build.contexts = pairs_of(read, &declared->contexts, &build.context_count);
    build.platforms = platforms_of(read, declared, &build.platform_count);
    *sp_list_add(arena_of(read), &read->out->builds) = build;
}

static void add_builds(declaring *read, const sp_declared_builds *declared, bool lends)
{
    for (uint32_t i = 0; i < declared->count; i++)
        add_build(read, &declared->items[i], lends);
}

static void add_remarks(declaring *read, const sp_declared_remarks *remarks)
{
    for (uint32_t i = 0; i < remarks->count; i++) {
        const sp_declared_remark *remark = &remarks->items[i];
        sp_str text = sp_arena_print(arena_of(read), "%.*s:%u:%u: %.*s", SP_STR_ARG(remark->path), remark->line,
                                     remark->column, SP_STR_ARG(remark->text));
        *sp_list_add(arena_of(read), &read->out->remarks) = text.text;
    }
}

static sp_status read_compose(declaring *read)
{
    const sp_tool_declaring *input = read->input;
    sp_compose_file *files = sp_arena_alloc(arena_of(read), input->count * sizeof *files);
    for (size_t i = 0; i < input->count; i++)
        files[i] = (sp_compose_file){sp_str_from(input->files[i].path), {input->files[i].text, input->files[i].size}};
    sp_compose_input compose = {files, input->count, find_variable, input->open != NULL ? open_other : NULL, read};
    sp_compose out = {0};
    sp_status status = sp_compose_read(arena_of(read), &compose, &out, &read->error);
    if (status != SP_OK)
        return status;
    add_builds(read, &out.builds, false);
    add_remarks(read, &out.remarks);
    return SP_OK;
}

static sp_status read_bake(declaring *read)
{
    const sp_tool_text *file = &read->input->files[0];
    sp_bake_input bake = {
        .path = sp_str_from(file->path),
        .text = {file->text, file->size},
        .selected = sp_str_from(read->input->selected != NULL ? read->input->selected : ""),
        .lookup = find_variable,
        .payload = read,
    };
    sp_bake out = {0};
    sp_status status = sp_bake_read(arena_of(read), &bake, &out, &read->error);
    if (status != SP_OK)
        return status;
    add_builds(read, &out.builds, false);
    add_builds(read, &out.linked, true);
    return SP_OK;
}

/* The arguments are those of a build without a name. */
static sp_status read_arguments(declaring *read)
{
    const sp_tool_text *file = &read->input->files[0];
    sp_declared_build build = {.line = 0};
    sp_status status = sp_argument_file_read(arena_of(read), sp_str_from(file->path), (sp_str){file->text, file->size},
                                             find_variable, read, &build.arguments, &read->error);
    if (status == SP_OK)
        add_build(read, &build, false);
    return status;
}

static sp_status read_all(void *payload)
{
    declaring *read = payload;
    const sp_tool_text *variables = read->input->variables;
    sp_status status = SP_OK;
    if (variables != NULL)
        status =
            sp_dotenv_read(arena_of(read), sp_str_from(variables->path), (sp_str){variables->text, variables->size},
                           find_in_environment, read, &read->variables, &read->error);
    if (status != SP_OK)
        return status;
    switch (read->input->kind) {
    case SP_TOOL_BAKE:
        return read_bake(read);
    case SP_TOOL_ARGUMENTS:
        return read_arguments(read);
    default:
        return read_compose(read);
    }
}

static sp_tool_builds *builds_new(void)
{
    sp_tool_builds *builds = calloc(1, sizeof *builds);
    if (builds != NULL)
        sp_arena_init(&builds->arena, sp_alloc_default());
    return builds;
}

sp_status sp_tool_builds_read(const sp_tool_declaring *input, sp_tool_builds **out, sp_error *error)
{
    declaring read = {.input = input, .error = {.size = sizeof read.error}};
    *out = read.out = builds_new();
    if (read.out == NULL)
        return sp_abi_fail(error, &read.error, SP_E_MEMORY);
    sp_status status = sp_guard(&read.out->arena, read_all, &read);
    if (status == SP_OK)
        return SP_OK;
    sp_tool_builds_free(read.out);
    *out = NULL;
    return sp_abi_fail(error, &read.error, status);
}

/* What a configuration says, which was read already. */
typedef struct configured {
    declaring read;
    const sp_config *config;
} configured;

static void add_named(declaring *read, const sp_config_build *entry)
{
    const char **files = sp_arena_alloc(arena_of(read), entry->files.count * sizeof *files);
    for (uint32_t i = 0; i < entry->files.count; i++)
        files[i] = text_of(read, entry->files.items[i]);
    *sp_list_add(arena_of(read), &read->out->named) = (sp_tool_named){
        .kind = entry->kind == SP_CONFIG_BAKE ? SP_TOOL_BAKE : SP_TOOL_COMPOSE,
        .files = files,
        .count = entry->files.count,
        .selected = entry->selected.size > 0 ? text_of(read, entry->selected) : NULL,
    };
}

static sp_status take_configured(void *payload)
{
    configured *take = payload;
    for (uint32_t i = 0; i < take->config->builds.count; i++) {
        const sp_config_build *entry = &take->config->builds.items[i];
        if (entry->kind == SP_CONFIG_BUILD)
            add_build(&take->read, &entry->build, false);
        else
            add_named(&take->read, entry);
    }
    return SP_OK;
}

sp_status sp_tool_builds_configured(const sp_engine *engine, sp_tool_builds **out)
{
    const sp_tool_text file = {.path = engine->config.path.text};
    const sp_tool_declaring input = {.files = &file, .count = 1};
    configured take = {.read = {.input = &input}, .config = &engine->config};
    *out = take.read.out = builds_new();
    return *out == NULL ? SP_E_MEMORY : sp_guard(&take.read.out->arena, take_configured, &take);
}

const sp_tool_named *sp_tool_builds_named_at(const sp_tool_builds *builds, size_t index)
{
    return index < builds->named.count ? &builds->named.items[index] : NULL;
}

const sp_tool_build *sp_tool_builds_at(const sp_tool_builds *builds, size_t index)
{
    return index < builds->builds.count ? &builds->builds.items[index] : NULL;
}

const char *sp_tool_builds_remark_at(const sp_tool_builds *builds, size_t index)
{
    return index < builds->remarks.count ? builds->remarks.items[index] : NULL;
}

void sp_tool_builds_free(sp_tool_builds *builds)
{
    if (builds == NULL)
        return;
    sp_arena_dispose(&builds->arena);
    free(builds);
}
