/* `waivers:` of the configuration, what is tolerated and until when; `waiver_terms:`, what waivers must say. */
#include "config/config_waivers.h"

#include "base/date.h"
#include "base/limits.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path;
    sp_config *out;
    sp_error *error;
} reading;

static sp_status fail(const reading *reader, const sp_yaml *value, const char *what, const char *wanted)
{
    return sp_yaml_fail_kind(value, reader->path, what, wanted, reader->error);
}

static sp_status read_text(const reading *reader, const sp_yaml *value, const char *what, sp_str *out)
{
    if (value->kind != SP_YAML_SCALAR || value->scalar.size == 0)
        return fail(reader, value, what, "a text that is not empty");
    *out = value->scalar;
    return SP_OK;
}

/* policies = id | "[" id { "," id } "]" */
static sp_status read_policies(const reading *reader, const sp_yaml *value, sp_config_texts *out)
{
    static const char wanted[] = "a policy's id, or a list of ids: shipped/non-root";
    if (value->kind == SP_YAML_SCALAR)
        return read_text(reader, value, "policy", sp_list_add(reader->arena, out));
    if (value->kind != SP_YAML_SEQUENCE || value->items.count == 0)
        return fail(reader, value, "policy", wanted);
    sp_status status = SP_OK;
    for (uint32_t i = 0; status == SP_OK && i < value->items.count; i++)
        status = read_text(reader, value->items.items[i], "policy", sp_list_add(reader->arena, out));
    return status;
}

static sp_status read_until(const reading *reader, const sp_yaml *value, sp_str *out)
{
    if (value->kind != SP_YAML_SCALAR || !sp_date_is_valid(value->scalar))
        return fail(reader, value, "until", "a day, the last on which it holds: 2027-01-31");
    *out = value->scalar;
    return SP_OK;
}

/* waiver = "{" "policy:" policies [ "path:" glob ] [ "stage:" text ] [ "message:" text ] [ "reason:" text ]
   [ "owner:" text ] [ "until:" date ] "}" */
static sp_status read_waiver(const reading *reader, const sp_yaml *value, sp_config_waiver *out)
{
    static const sp_str keys[] = {{"policy", 6}, {"path", 4},  {"stage", 5}, {"message", 7},
                                  {"reason", 6}, {"owner", 5}, {"until", 5}};
    sp_str nothing = SP_STR("");
    *out = (sp_config_waiver){{0}, nothing, nothing, nothing, nothing, nothing, nothing, value->line, value->column};
    sp_str *const texts[] = {NULL, &out->path, &out->stage, &out->message, &out->reason, &out->owner};
    if (value->kind != SP_YAML_MAPPING)
        return fail(reader, value, "a waiver", "a mapping, {policy: shipped/non-root, reason: …}");
    sp_status status = sp_yaml_check_keys(value, reader->path, keys, sizeof keys / sizeof *keys, reader->error);
    const sp_yaml *policies = sp_yaml_find(value, "policy"), *until = sp_yaml_find(value, "until");
    if (status == SP_OK && policies == NULL)
        return fail(reader, value, "a waiver", "of some policy: 'policy' is missing");
    if (status == SP_OK)
        status = read_policies(reader, policies, &out->policies);
    for (size_t i = 1; status == SP_OK && i < sizeof texts / sizeof *texts; i++) {
        const sp_yaml *text = sp_yaml_find(value, keys[i].text);
        if (text != NULL)
            status = read_text(reader, text, keys[i].text, texts[i]);
    }
    if (status == SP_OK && until != NULL)
        status = read_until(reader, until, &out->until);
    return status;
}

/* waivers = "[" { waiver } "]" */
sp_status sp_config__read_waivers(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config *out, sp_error *error)
{
    reading reader = {arena, path, out, error};
    if (value->kind != SP_YAML_SEQUENCE)
        return fail(&reader, value, "waivers", "a list of waivers, [{policy: …, reason: …}]");
    if (value->items.count > SP_LIMIT_WAIVERS)
        return sp_error_at(error, SP_E_CONFIG, path, value->line, value->column,
                           "there are %u waivers; at most %u are read: waive by a glob, or switch the policy off",
                           (unsigned)value->items.count, SP_LIMIT_WAIVERS);
    sp_status status = SP_OK;
    for (uint32_t i = 0; status == SP_OK && i < value->items.count; i++)
        status = read_waiver(&reader, value->items.items[i], sp_list_add(arena, &out->waivers));
    return status;
}

/* ---- terms ---- */

/* A word of a list, and what it sets. */
typedef struct word {
    sp_str name;
    bool *flag;
} word;

/* words = "[" { word } "]" */
static sp_status read_words(const reading *reader, const sp_yaml *value, const char *what, const char *wanted,
                            const word *words, size_t count)
{
    if (value->kind != SP_YAML_SEQUENCE)
        return fail(reader, value, what, wanted);
    for (uint32_t i = 0; i < value->items.count; i++) {
        const sp_yaml *item = value->items.items[i];
        size_t found = 0;
        while (found < count && !(item->kind == SP_YAML_SCALAR && sp_str_equal(item->scalar, words[found].name)))
            found++;
        if (found == count)
            return fail(reader, item, what, wanted);
        *words[found].flag = true;
    }
    return SP_OK;
}

/* terms = "{" [ "require:" [ "reason" ] [ "owner" ] [ "until" ] ] [ "forbid:" [ "inline" ] [ "hadolint" ]
   [ "buildkit" ] ] "}" */
sp_status sp_config__read_terms(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config *out, sp_error *error)
{
    static const sp_str keys[] = {{"require", 7}, {"forbid", 6}};
    reading reader = {arena, path, out, error};
    sp_waiver_terms *terms = &out->terms;
    const word required[] = {
        {{"reason", 6}, &terms->reason}, {{"owner", 5}, &terms->owner}, {{"until", 5}, &terms->until}};
    const word forbidden[] = {{{"inline", 6}, &terms->no_inline},
                              {{"hadolint", 8}, &terms->no_hadolint},
                              {{"buildkit", 8}, &terms->no_buildkit}};
    if (value->kind != SP_YAML_MAPPING)
        return fail(&reader, value, "waiver_terms", "a mapping, {require: [reason, until]}");
    sp_status status = sp_yaml_check_keys(value, path, keys, sizeof keys / sizeof *keys, error);
    const sp_yaml *require = sp_yaml_find(value, "require"), *forbid = sp_yaml_find(value, "forbid");
    if (status == SP_OK && require != NULL)
        status = read_words(&reader, require, "require", "a list of reason, owner and until", required, 3);
    if (status == SP_OK && forbid != NULL)
        status = read_words(&reader, forbid, "forbid", "a list of inline, hadolint and buildkit", forbidden, 3);
    return status;
}
