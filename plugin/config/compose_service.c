/* One service of a compose file: what of it matters for a build. */
#include "config/compose_reading.h"

#include "base/ascii.h"
#include "base/limits.h"

/* Where the value of a service stands that is read. */
typedef struct place {
    sp_compose__reading *reading;
    const sp_compose__file *file;
    sp_compose__service *service;
} place;

static const struct {
    const char *key, *what;
} texts[SP_COMPOSE_TEXTS] = {
    [SP_COMPOSE_CONTEXT] = {"context", "the context of a build"},
    [SP_COMPOSE_DOCKERFILE] = {"dockerfile", "the dockerfile of a build"},
    [SP_COMPOSE_INLINE] = {"dockerfile_inline", "dockerfile_inline"},
    [SP_COMPOSE_TARGET] = {"target", "the target of a build"},
    [SP_COMPOSE_PLATFORM] = {"platform", "the platform of a service"},
};

static bool is_marked(const sp_yaml *value)
{
    return value->mark != SP_YAML_UNMARKED;
}

/* A folder or URL, seen from the folder of the first file. "~" is the home folder, where one is known. */
static sp_str locate(const place *at, sp_str path)
{
    sp_arena *arena = at->reading->arena;
    sp_str home = SP_STR("");
    const sp_template *filler = &at->reading->filler;
    if (path.size == 0 || sp_compose__is_remote(path))
        return path;
    if (path.text[0] == '~' && filler->lookup(at->file->variables, SP_STR("HOME"), &home)) {
        sp_str parts[] = {home, SP_STR("/"), sp_str_skip(path, 1)};
        return sp_compose__join(arena, SP_STR(""), sp_arena_join(arena, parts, 3));
    }
    return at->file->folder.size > 0 ? sp_compose__join(arena, at->file->folder, path) : path;
}

static sp_status read_text(const place *at, unsigned index, const sp_yaml *value)
{
    if (value == NULL)
        return SP_OK;
    sp_compose__text *out = &at->service->texts[index];
    *out = (sp_compose__text){.cuts = is_marked(value), .line = value->line, .column = value->column};
    if (value->mark == SP_YAML_RESET || sp_yaml_is_null(value))
        return SP_OK;
    out->is_set = true;
    sp_status status = sp_compose__text_of(at->reading, at->file, value, texts[index].what, &out->text, NULL);
    if (status == SP_OK && index == SP_COMPOSE_CONTEXT)
        out->text = locate(at, out->text);
    return status;
}

static void add_entry(const place *at, unsigned list, sp_compose__entry entry, const sp_yaml *value)
{
    entry.line = value->line;
    entry.column = value->column;
    if (list == SP_COMPOSE_CONTEXTS && entry.has_value)
        entry.value = locate(at, entry.value);
    *sp_list_add(at->reading->arena, &at->service->lists[list].entries) = entry;
}

/* pair = name ":" [ text | number | boolean ] */
static sp_status read_pair(const place *at, unsigned list, const sp_yaml *key, const sp_yaml *value)
{
    sp_compose__entry entry = {.name = key->scalar, .value = SP_STR(""), .is_known = true};
    if (value->mark == SP_YAML_RESET) {
        entry.is_gone = true;
        add_entry(at, list, entry, key);
        return SP_OK;
    }
    if (value->kind != SP_YAML_SCALAR)
        return sp_yaml_fail_kind(value, at->file->path, "a value here", "a text, a number, true or false",
                                 at->reading->error);
    sp_compose__plain plain =
        value->quoted ? SP_COMPOSE_IS_TEXT : sp_compose__plain_of(at->reading->arena, value->scalar, &entry.value);
    if (plain == SP_COMPOSE_IS_INEXACT) {
        entry.is_known = false;
        entry.value = SP_STR("");
        sp_compose__tell(at->reading, at->file, value, value->scalar,
                         SP_STR("compose does not keep this number or date as it is written; put it in quotes"));
    }
    entry.has_value = plain != SP_COMPOSE_IS_NULL;
    if (plain == SP_COMPOSE_IS_TEXT) {
        sp_status status =
            sp_compose__text_of(at->reading, at->file, value, "a value here", &entry.value, &entry.is_known);
        if (status != SP_OK)
            return status;
    }
    add_entry(at, list, entry, key);
    return SP_OK;
}

/* item = name [ "=" text ] */
static sp_status read_item(const place *at, unsigned list, const sp_yaml *value)
{
    sp_str text = SP_STR("");
    sp_compose__entry entry = {.value = SP_STR("")};
    if (value->mark == SP_YAML_RESET)
        return SP_OK;
    sp_status status = sp_compose__text_of(at->reading, at->file, value, "an item here", &text, &entry.is_known);
    if (status != SP_OK)
        return status;
    entry.name = sp_str_head(text, list == SP_COMPOSE_PLATFORMS ? text.size : sp_str_find(text, '='));
    entry.has_value = entry.name.size < text.size;
    entry.value = sp_str_skip(text, entry.name.size + 1);
    if (list == SP_COMPOSE_ARGUMENTS && entry.name.size > 0 && sp_ascii_is_space(entry.name.text[entry.name.size - 1]))
        return sp_compose__fail(at->reading, at->file, value,
                                "the name of a build argument ends with a space; "
                                "write NAME=value");
    if (list == SP_COMPOSE_CONTEXTS && !entry.has_value)
        return sp_yaml_fail_kind(value, at->file->path, "a named context", "name=folder", at->reading->error);
    add_entry(at, list, entry, value);
    return SP_OK;
}

/* list = "{" { pair } "}" | "[" { item } "]"; platforms are only the latter */
static sp_status read_list(const place *at, unsigned list, const sp_yaml *value)
{
    static const char *const names[] = {"args", "additional_contexts", "platforms"};
    if (value == NULL)
        return SP_OK;
    sp_compose__list *out = &at->service->lists[list];
    *out = (sp_compose__list){.cuts = is_marked(value)};
    if (value->mark == SP_YAML_RESET || sp_yaml_is_null(value))
        return SP_OK;
    bool is_mapping = value->kind == SP_YAML_MAPPING && list != SP_COMPOSE_PLATFORMS;
    if (!is_mapping && value->kind != SP_YAML_SEQUENCE)
        return sp_yaml_fail_kind(value, at->file->path, names[list],
                                 list == SP_COMPOSE_PLATFORMS ? "a list" : "a mapping or a list", at->reading->error);
    sp_status status = sp_compose__charge(at->reading, at->file, value, value->items.count);
    for (uint32_t i = 0; status == SP_OK && i < value->items.count; i++)
        status = is_mapping ? read_pair(at, list, value->keys.items[i], value->items.items[i])
                            : read_item(at, list, value->items.items[i]);
    if (status == SP_OK)
        sp_compose__list_unify(at->reading->arena, out);
    return status;
}

/* A key that compose does not know would change the build if it were spelled right. */
static sp_status check_keys(const place *at, const sp_yaml *build)
{
    static const sp_str keys[] = {
        {"context", 7},
        {"dockerfile", 10},
        {"dockerfile_inline", 17},
        {"target", 6},
        {"args", 4},
        {"platforms", 9},
        {"ssh", 3},
        {"additional_contexts", 19},
        {"labels", 6},
        {"cache_from", 10},
        {"cache_to", 8},
        {"no_cache", 8},
        {"no_cache_filter", 15},
        {"network", 7},
        {"provenance", 10},
        {"sbom", 4},
        {"pull", 4},
        {"shm_size", 8},
        {"secrets", 7},
        {"extra_hosts", 11},
        {"tags", 4},
        {"ulimits", 7},
        {"isolation", 9},
        {"privileged", 10},
        {"entitlements", 12},
    };
    sp_yaml known = *build;
    known.keys.items = NULL;
    known.keys.count = known.keys.capacity = 0;
    for (uint32_t i = 0; i < build->keys.count; i++) {
        if (!sp_str_starts(build->keys.items[i]->scalar, SP_STR("x-")))
            *sp_list_add(at->reading->arena, &known.keys) = build->keys.items[i];
    }
    return sp_yaml_check_keys(&known, at->file->path, keys, sizeof keys / sizeof *keys, at->reading->error);
}

/* build = folder | "{" { key ":" value } "}" */
static sp_status read_build(const place *at, const sp_yaml *value)
{
    sp_compose__service *service = at->service;
    service->cuts_build = is_marked(value);
    if (value->mark == SP_YAML_RESET || sp_yaml_is_null(value))
        return SP_OK;
    service->has_build = true;
    if (value->kind == SP_YAML_SCALAR)
        return read_text(at, SP_COMPOSE_CONTEXT, value);
    if (value->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(value, at->file->path, "build", "a folder or a mapping (key: value)",
                                 at->reading->error);
    sp_status status = sp_compose__charge(at->reading, at->file, value, value->keys.count);
    if (status == SP_OK)
        status = check_keys(at, value);
    for (unsigned i = 0; status == SP_OK && i < SP_COMPOSE_PLATFORM; i++)
        status = read_text(at, i, sp_yaml_find(value, texts[i].key));
    if (status == SP_OK)
        status = read_list(at, SP_COMPOSE_ARGUMENTS, sp_yaml_find(value, "args"));
    if (status == SP_OK)
        status = read_list(at, SP_COMPOSE_CONTEXTS, sp_yaml_find(value, "additional_contexts"));
    if (status == SP_OK)
        status = read_list(at, SP_COMPOSE_PLATFORMS, sp_yaml_find(value, "platforms"));
    return status;
}

static bool is_name(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!sp_ascii_is_letter_or_digit(text.text[i]) && strchr("._-", text.text[i]) == NULL)
            return false;
    }
    return text.size > 0;
}

/* service = name ":" "{" [ "build:" build ] [ "platform:" text ] [ "extends:" … ] … "}" */
sp_status sp_compose__service_read(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *key,
                                   const sp_yaml *value, sp_compose__service **out)
{
    sp_compose__service *service = sp_arena_new(reading->arena, sp_compose__service);
    place at = {.reading = reading, .file = file, .service = service};
    *out = service;
    *service = (sp_compose__service){.name = key->scalar, .file = file, .line = key->line, .column = key->column};
    service->cuts = is_marked(value);
    service->is_gone = value->mark == SP_YAML_RESET;
    if (!is_name(key->scalar))
        return sp_yaml_fail_kind(key, file->path, "the name of a service", "letters, digits, '.', '_' and '-'",
                                 reading->error);
    if (++reading->services > SP_LIMIT_COMPOSE_SERVICES)
        return sp_compose__fail(reading, file, key, "there are too many services");
    if (service->is_gone || sp_yaml_is_null(value))
        return SP_OK;
    if (value->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(value, file->path, "a service", "a mapping (key: value)", reading->error);
    sp_status status = sp_compose__charge(reading, file, value, value->keys.count);
    const sp_yaml *build = sp_yaml_find(value, "build"), *extends = sp_yaml_find(value, "extends");
    if (extends != NULL && extends->mark != SP_YAML_RESET && !sp_yaml_is_null(extends))
        service->extends = extends;
    if (status == SP_OK && build != NULL)
        status = read_build(&at, build);
    if (status == SP_OK)
        status = read_text(&at, SP_COMPOSE_PLATFORM, sp_yaml_find(value, "platform"));
    return status;
}
