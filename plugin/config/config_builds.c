/* `builds:` of the configuration: builds in words of our own, or the compose and bake files that declare them. */
#include "config/config_builds.h"

#include "base/limits.h"
#include "base/map.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path;
    sp_config_builds *out;
    const sp_map *names; /* of the builds so far */
    size_t entries;      /* of lists and mappings; an alias shares them, and they count again */
    sp_error *error;
} reading;

static sp_status fail(const reading *reader, const sp_yaml *value, const char *message)
{
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, value->line, value->column, "%s", message);
}

static sp_status charge(reading *reader, const sp_yaml *value)
{
    reader->entries += 1 + (size_t)value->items.count;
    if (reader->entries <= SP_LIMIT_BAKE_ENTRIES)
        return SP_OK;
    return fail(reader, value, "with what is shared counted each time, these builds have too many entries");
}

/* A text that is not empty, where a key has one. */
static sp_status read_text(const reading *reader, const sp_yaml *mapping, const char *key, sp_str *out)
{
    const sp_yaml *value = sp_yaml_find(mapping, key);
    if (value == NULL)
        return SP_OK;
    sp_status status = sp_yaml_text(value, reader->path, key, out, reader->error);
    if (status == SP_OK && out->size == 0)
        return sp_yaml_fail_kind(value, reader->path, key, "a text that is not empty", reader->error);
    return status;
}

/* texts = text | "[" { text } "]" */
static sp_status read_texts(reading *reader, const sp_yaml *value, const char *what, sp_config_texts *out)
{
    if (value == NULL)
        return SP_OK;
    bool is_list = value->kind == SP_YAML_SEQUENCE && value->items.count > 0;
    const sp_yaml *const *items = is_list ? value->items.items : &value;
    sp_status status = charge(reader, value);
    for (uint32_t i = 0; status == SP_OK && i < (is_list ? value->items.count : 1); i++) {
        if (items[i]->kind != SP_YAML_SCALAR || sp_yaml_is_null(items[i]) || items[i]->scalar.size == 0)
            return sp_yaml_fail_kind(items[i], reader->path, what, "a text that is not empty, or a list of such",
                                     reader->error);
        *sp_list_add(reader->arena, out) = items[i]->scalar;
    }
    return status;
}

/* pairs = "{" { name ":" [ text ] } "}"; one without a value is not known */
static sp_status read_pairs(reading *reader, const sp_yaml *value, const char *what, const char *wanted,
                            sp_declared_pairs *out)
{
    if (value == NULL)
        return SP_OK;
    if (value->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(value, reader->path, what, wanted, reader->error);
    sp_status status = charge(reader, value);
    for (uint32_t i = 0; status == SP_OK && i < value->keys.count; i++) {
        const sp_yaml *key = value->keys.items[i], *item = value->items.items[i];
        if (key->scalar.size == 0)
            return fail(reader, key, "a name is missing here");
        if (item->kind != SP_YAML_SCALAR)
            return sp_yaml_fail_kind(item, reader->path, key->scalar.text, "a text", reader->error);
        bool known = !sp_yaml_is_null(item);
        *sp_list_add(reader->arena, out) =
            (sp_declared_pair){.name = key->scalar, .value = known ? item->scalar : SP_STR(""), .known = known};
    }
    return status;
}

/* Adds a build once for each stage that is built of it. */
static void add_builds(reading *reader, const sp_declared_build *build, const sp_config_texts *targets)
{
    for (uint32_t i = 0; i < (targets->count > 0 ? targets->count : 1); i++) {
        sp_config_build *added = sp_list_add(reader->arena, reader->out);
        *added =
            (sp_config_build){.kind = SP_CONFIG_BUILD, .build = *build, .line = build->line, .column = build->column};
        if (targets->count > 0)
            added->build.target = targets->items[i];
    }
}

static sp_status check_name(reading *reader, const sp_yaml *value, sp_str name)
{
    const sp_yaml *first = sp_map_find(reader->names, name);
    if (first != NULL)
        return sp_error_at(reader->error, SP_E_CONFIG, reader->path, value->line, value->column,
                           "a build is called '%.*s' already (on line %u)", SP_STR_ARG(sp_str_brief(name, 100)),
                           first->line);
    if (name.size > 0)
        reader->names = sp_map_set(reader->arena, reader->names, name, value);
    return SP_OK;
}

/* build = "{" { name | dockerfile | context | target | targets | args | contexts | platforms } "}" */
static sp_status read_build(reading *reader, const sp_yaml *value)
{
    sp_declared_build build = {.line = value->line,
                               .column = value->column,
                               .context = SP_STR("."),
                               .dockerfile = SP_STR("Dockerfile"),
                               .target = SP_STR("")};
    sp_config_texts targets = {0}, platforms = {0};
    const sp_yaml *stages = sp_yaml_find(value, "targets");
    if (stages != NULL && sp_yaml_find(value, "target") != NULL)
        return fail(reader, stages, "targets and target say the same; leave one of them out");
    sp_status status = read_text(reader, value, "name", &build.name);
    if (status == SP_OK)
        status = check_name(reader, value, build.name);
    if (status == SP_OK)
        status = read_text(reader, value, "context", &build.context);
    if (status == SP_OK)
        status = read_text(reader, value, "dockerfile", &build.dockerfile);
    if (status == SP_OK)
        status = read_text(reader, value, "target", &build.target);
    if (status == SP_OK)
        status = read_texts(reader, stages, "targets", &targets);
    if (status == SP_OK)
        status = read_texts(reader, sp_yaml_find(value, "platforms"), "platforms", &platforms);
    if (status == SP_OK)
        status = read_pairs(reader, sp_yaml_find(value, "args"), "args", "a mapping (NAME: value)", &build.arguments);
    if (status == SP_OK)
        status = read_pairs(reader, sp_yaml_find(value, "contexts"), "contexts",
                            "a mapping (name: folder, image or URL)", &build.contexts);
    build.platforms.items = platforms.items;
    build.platforms.count = build.platforms.capacity = platforms.count;
    if (status == SP_OK)
        add_builds(reader, &build, &targets);
    return status;
}

/* The offset of the ':' before a target, or the size: a ':' with a '/' behind it belongs to the file. */
static size_t find_selection(sp_str text)
{
    for (size_t i = text.size; i > 0 && text.text[i - 1] != '/'; i--) {
        if (text.text[i - 1] == ':')
            return i - 1;
    }
    return text.size;
}

/* compose = "compose:" texts; bake = "bake:" file [ ":" target ] */
static sp_status read_file(reading *reader, const sp_yaml *mapping, const sp_yaml *value, bool is_bake)
{
    sp_config_build build = {.kind = is_bake ? SP_CONFIG_BAKE : SP_CONFIG_COMPOSE,
                             .selected = SP_STR(""),
                             .line = value->line,
                             .column = value->column};
    if (mapping->keys.count > 1)
        return fail(reader, mapping,
                    is_bake ? "bake stands alone: its file says the rest"
                            : "compose stands alone: its file says the rest");
    sp_status status = read_texts(reader, value, is_bake ? "bake" : "compose", &build.files);
    if (status == SP_OK && is_bake) {
        sp_str text = build.files.items[0];
        size_t end = find_selection(text);
        build.files.items[0] = sp_str_head(text, end);
        build.selected = sp_str_skip(text, end + 1);
        if (value->kind != SP_YAML_SCALAR || end == 0 || end + 1 == text.size)
            return sp_yaml_fail_kind(value, reader->path, "bake",
                                     "a file, or a file and a target as in \"FILE:TARGET\"", reader->error);
    }
    if (status == SP_OK)
        *sp_list_add(reader->arena, reader->out) = build;
    return status;
}

/* entry = build | compose | bake */
static sp_status read_entry(reading *reader, const sp_yaml *value)
{
    static const sp_str keys[] = {{"name", 4}, {"dockerfile", 10}, {"context", 7},   {"target", 6},  {"targets", 7},
                                  {"args", 4}, {"contexts", 8},    {"platforms", 9}, {"compose", 7}, {"bake", 4}};
    if (value->kind != SP_YAML_MAPPING || value->keys.count == 0)
        return sp_yaml_fail_kind(value, reader->path, "a build", "a mapping, as in \"dockerfile: web/Dockerfile\"",
                                 reader->error);
    sp_status status = sp_yaml_check_keys(value, reader->path, keys, sizeof keys / sizeof *keys, reader->error);
    if (status == SP_OK)
        status = charge(reader, value);
    if (status != SP_OK)
        return status;
    const sp_yaml *compose = sp_yaml_find(value, "compose"), *bake = sp_yaml_find(value, "bake");
    if (compose != NULL || bake != NULL)
        return read_file(reader, value, compose != NULL ? compose : bake, compose == NULL);
    return read_build(reader, value);
}

/* builds = "[" { entry } "]" */
sp_status sp_config__read_builds(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config_builds *out,
                                 sp_error *error)
{
    reading reader = {.arena = arena, .path = path, .out = out, .error = error};
    if (value->kind != SP_YAML_SEQUENCE)
        return sp_yaml_fail_kind(value, path, "builds",
                                 "a list, each item a build, \"- compose: FILE\" or \"- bake: FILE\"", error);
    for (uint32_t i = 0; i < value->items.count; i++) {
        sp_status status = read_entry(&reader, value->items.items[i]);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}
