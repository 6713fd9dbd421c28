/* .stagepolicy.yaml, read and checked key by key. */
#include "config/config.h"

#include "base/suggest.h"
#include "config/config_builds.h"
#include "config/config_images.h"
#include "config/config_waivers.h"
#include "config/path_glob.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path;
    sp_config *config;
    sp_error *error;
} reading;

typedef struct severity_name {
    sp_str name;
    sp_severity severity;
} severity_name;

static const severity_name severities[] = {
    {{"error", 5}, SP_SEVERITY_ERROR}, {{"warning", 7}, SP_SEVERITY_WARNING}, {{"info", 4}, SP_SEVERITY_INFO},
    {{"off", 3}, SP_SEVERITY_OFF},     {{"never", 5}, SP_SEVERITY_NEVER},     {{"ignore", 6}, SP_SEVERITY_OFF},
};

static sp_status fail_kind(const reading *reader, const sp_yaml *value, const char *what, const char *wanted)
{
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, value->line, value->column, "%s must be %s", what,
                       wanted);
}

static sp_status check_mapping(const reading *reader, const sp_yaml *value, const char *what)
{
    if (value->kind == SP_YAML_MAPPING)
        return SP_OK;
    return fail_kind(reader, value, what, "a mapping (key: value)");
}

/* severity = one of `allowed`. "off" is a word here, although other readers of YAML take it for a boolean. */
static sp_status read_severity(const reading *reader, const sp_yaml *value, const char *what, const sp_str *allowed,
                               size_t count, sp_severity *out)
{
    sp_str name = value->kind == SP_YAML_SCALAR ? value->scalar : SP_STR("");
    for (size_t i = 0; i < count; i++) {
        if (!sp_str_equal(name, allowed[i]))
            continue;
        for (size_t j = 0; j < sizeof severities / sizeof *severities; j++) {
            if (sp_str_equal(name, severities[j].name))
                *out = severities[j].severity;
        }
        return SP_OK;
    }
    sp_str meant = sp_suggest(name, allowed, count);
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, value->line, value->column,
                       "%s must be %.*s, %.*s, %.*s or %.*s%s%.*s%s", what, SP_STR_ARG(allowed[0]),
                       SP_STR_ARG(allowed[1]), SP_STR_ARG(allowed[2]), SP_STR_ARG(allowed[3]),
                       meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant), meant.size > 0 ? "'?" : "");
}

static const sp_str policy_severities[] = {{"error", 5}, {"warning", 7}, {"info", 4}, {"off", 3}};
static const sp_str unknown_severities[] = {{"error", 5}, {"warning", 7}, {"info", 4}, {"ignore", 6}};
static const sp_str gates[] = {{"error", 5}, {"warning", 7}, {"info", 4}, {"never", 5}};

/* entry = severity | "{" [ "severity:" severity ] [ "unknown:" severity ] [ "options:" mapping ]
   [ "waivable:" boolean ] "}" */
static sp_status read_entry(const reading *reader, const sp_yaml *value, sp_config_policy *entry)
{
    static const sp_str keys[] = {{"severity", 8}, {"unknown", 7}, {"options", 7}, {"waivable", 8}};
    entry->has_severity = value->kind == SP_YAML_SCALAR || sp_yaml_find(value, "severity") != NULL;
    if (value->kind == SP_YAML_SCALAR)
        return read_severity(reader, value, "a policy's severity", policy_severities, 4, &entry->severity);
    sp_status status = check_mapping(reader, value, "a policy's entry");
    if (status == SP_OK)
        status = sp_yaml_check_keys(value, reader->path, keys, sizeof keys / sizeof *keys, reader->error);
    if (status == SP_OK && entry->has_severity)
        status =
            read_severity(reader, sp_yaml_find(value, "severity"), "severity", policy_severities, 4, &entry->severity);
    const sp_yaml *unknown = sp_yaml_find(value, "unknown");
    entry->has_unknown = unknown != NULL;
    if (status == SP_OK && unknown != NULL)
        status = read_severity(reader, unknown, "unknown", unknown_severities, 4, &entry->unknown);
    entry->options = sp_yaml_find(value, "options");
    if (status == SP_OK && entry->options != NULL)
        status = check_mapping(reader, entry->options, "options");
    const sp_yaml *waivable = sp_yaml_find(value, "waivable");
    entry->has_waivable = waivable != NULL;
    if (status == SP_OK && waivable != NULL)
        status = sp_yaml_boolean(waivable, reader->path, "waivable", &entry->waivable, reader->error);
    return status;
}

/* policies = { glob ":" entry } */
static sp_status read_policies(const reading *reader, const sp_yaml *value)
{
    sp_status status = check_mapping(reader, value, "policies");
    for (uint32_t i = 0; status == SP_OK && i < value->keys.count; i++) {
        const sp_yaml *key = value->keys.items[i];
        sp_config_policy entry = {.glob = key->scalar, .line = key->line, .column = key->column};
        if (entry.glob.size == 0)
            return fail_kind(reader, key, "a key of policies", "a policy's id or a glob of ids");
        status = read_entry(reader, value->items.items[i], &entry);
        *sp_list_add(reader->arena, &reader->config->policies) = entry;
    }
    return status;
}

static sp_status read_globs(const reading *reader, const sp_yaml *value, const char *what, sp_config_texts *out)
{
    if (value == NULL)
        return SP_OK;
    if (value->kind != SP_YAML_SEQUENCE)
        return fail_kind(reader, value, what, "a list of globs, [\"a/**\", \"b\"]");
    for (uint32_t i = 0; i < value->items.count; i++) {
        sp_str glob = SP_STR("");
        sp_status status = sp_yaml_text(value->items.items[i], reader->path, "a glob", &glob, reader->error);
        if (status != SP_OK)
            return status;
        if (glob.size == 0)
            return fail_kind(reader, value->items.items[i], "a glob", "a text that is not empty");
        *sp_list_add(reader->arena, out) = glob;
    }
    return SP_OK;
}

/* paths = "{" [ "include:" globs ] [ "exclude:" globs ] "}" */
static sp_status read_paths(const reading *reader, const sp_yaml *value)
{
    static const sp_str keys[] = {{"include", 7}, {"exclude", 7}};
    sp_status status = check_mapping(reader, value, "paths");
    if (status == SP_OK)
        status = sp_yaml_check_keys(value, reader->path, keys, sizeof keys / sizeof *keys, reader->error);
    if (status == SP_OK)
        status = read_globs(reader, sp_yaml_find(value, "include"), "include", &reader->config->include);
    if (status == SP_OK)
        status = read_globs(reader, sp_yaml_find(value, "exclude"), "exclude", &reader->config->exclude);
    return status;
}

/* version = "1" */
static sp_status read_version(const reading *reader, const sp_yaml *value)
{
    if (value->kind == SP_YAML_SCALAR && sp_str_equal(value->scalar, SP_STR("1")))
        return SP_OK;
    return fail_kind(reader, value, "version", "1, the only version there is");
}

/* configuration = "{" [ "version:" version ] [ "policies:" policies ] [ "fail_on:" gate ] [ "paths:" paths ]
   [ "builds:" builds ] [ "images:" images ] [ "waivers:" waivers ] [ "waiver_terms:" terms ] "}" */
sp_status sp_config_read(sp_arena *arena, sp_str path, sp_str text, sp_config *out, sp_error *error)
{
    static const sp_str keys[] = {{"version", 7}, {"policies", 8}, {"fail_on", 7}, {"paths", 5},
                                  {"builds", 6},  {"images", 6},   {"waivers", 7}, {"waiver_terms", 12}};
    *out = (sp_config){.path = sp_arena_copy(arena, path), .text = sp_arena_copy(arena, text)};
    reading reader = {.arena = arena, .path = out->path, .config = out, .error = error};
    const sp_yaml *root = NULL, *value = NULL;
    sp_status status = sp_yaml_read(arena, out->path, text, &root, error);
    if (status == SP_OK)
        status = check_mapping(&reader, root, "the configuration");
    if (status == SP_OK)
        status = sp_yaml_check_keys(root, out->path, keys, sizeof keys / sizeof *keys, error);
    if (status == SP_OK && (value = sp_yaml_find(root, "version")) != NULL)
        status = read_version(&reader, value);
    if (status == SP_OK && (value = sp_yaml_find(root, "policies")) != NULL)
        status = read_policies(&reader, value);
    if (status == SP_OK && (value = sp_yaml_find(root, "fail_on")) != NULL)
        status = read_severity(&reader, value, "fail_on", gates, 4, &out->fail_on);
    if (status == SP_OK && (value = sp_yaml_find(root, "paths")) != NULL)
        status = read_paths(&reader, value);
    if (status == SP_OK && (value = sp_yaml_find(root, "builds")) != NULL)
        status = sp_config__read_builds(arena, out->path, value, &out->builds, error);
    if (status == SP_OK && (value = sp_yaml_find(root, "images")) != NULL)
        status = sp_config__read_images(arena, out->path, value, out, error);
    if (status == SP_OK && (value = sp_yaml_find(root, "waivers")) != NULL)
        status = sp_config__read_waivers(arena, out->path, value, out, error);
    if (status == SP_OK && (value = sp_yaml_find(root, "waiver_terms")) != NULL)
        status = sp_config__read_terms(arena, out->path, value, out, error);
    return status;
}

static bool is_covered(const sp_config_texts *globs, sp_str path)
{
    for (uint32_t i = 0; i < globs->count; i++) {
        if (sp_path_glob_covers(globs->items[i], path))
            return true;
    }
    return false;
}

bool sp_config_includes(const sp_config *config, sp_str path)
{
    if (config->include.count > 0 && !is_covered(&config->include, path))
        return false;
    return !is_covered(&config->exclude, path);
}
