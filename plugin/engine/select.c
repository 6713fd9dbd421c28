/* Which policies run, how severe and with which options: first the configuration, then the host's selection. */
#include "engine/engine.h"

#include "base/suggest.h"
#include "facts/glob.h"

static bool is_glob(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] == '*' || text.text[i] == '?' || text.text[i] == '[')
            return true;
    }
    return false;
}

static sp_str nearest_id(const sp_engine *engine, sp_arena *arena, sp_str name)
{
    uint32_t count = engine->policies.count;
    sp_str *ids = sp_arena_alloc(arena, count * sizeof *ids);
    for (uint32_t i = 0; i < count; i++)
        ids[i] = engine->policies.items[i].id;
    return sp_suggest(name, ids, count);
}

/* What is wrong with a name that no policy has, in the arena. */
static sp_str no_such_policy(const sp_engine *engine, sp_arena *arena, sp_str name)
{
    if (is_glob(name))
        return sp_arena_print(arena, "no policy matches '%.*s'", SP_STR_ARG(name));
    sp_str meant = nearest_id(engine, arena, name);
    if (meant.size > 0)
        return sp_arena_print(arena, "no policy is called '%.*s'; did you mean '%.*s'?", SP_STR_ARG(name),
                              SP_STR_ARG(meant));
    return sp_arena_print(arena, "no policy is called '%.*s'", SP_STR_ARG(name));
}

static bool has_pack(const sp_engine *engine, sp_str name)
{
    for (uint32_t i = 0; i < engine->packs.count; i++) {
        if (sp_str_equal(engine->packs.items[i]->name, name))
            return true;
    }
    return false;
}

/* Policies of packs that are not here may exist. */
sp_str sp_engine__wrong_name(const sp_engine *engine, sp_arena *arena, sp_str name)
{
    size_t slash = sp_str_find(name, '/');
    if (slash < name.size && !has_pack(engine, sp_str_head(name, slash)))
        return SP_STR("");
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        const sp_policy *policy = &engine->policies.items[i];
        if (sp_glob_matches(name, policy->id) || sp_str_lists(policy->aliases, name))
            return SP_STR("");
    }
    return no_such_policy(engine, arena, name);
}

static sp_status apply_entry(sp_engine *engine, const sp_config_policy *entry, sp_policy *policy, sp_error *error)
{
    if (entry->has_severity) {
        policy->enabled = entry->severity != SP_SEVERITY_OFF;
        if (policy->enabled)
            policy->severity = entry->severity;
    }
    if (entry->has_unknown)
        policy->unknown = entry->unknown;
    if (entry->has_waivable)
        policy->unwaivable = !entry->waivable;
    if (entry->options == NULL || policy->failure != NULL)
        return SP_OK;
    return sp_policy_set_options(&engine->arena, policy, entry->options, engine->config.path, error);
}

static sp_status apply_config(sp_engine *engine, sp_error *error)
{
    for (uint32_t i = 0; i < engine->config.policies.count; i++) {
        const sp_config_policy *entry = &engine->config.policies.items[i];
        bool matched = false;
        for (uint32_t j = 0; j < engine->policies.count; j++) {
            sp_policy *policy = &engine->policies.items[j];
            if (!sp_glob_matches(entry->glob, policy->id))
                continue;
            matched = true;
            sp_status status = apply_entry(engine, entry, policy, error);
            if (status != SP_OK)
                return status;
        }
        if (!matched)
            return sp_error_at(error, SP_E_CONFIG, engine->config.path, entry->line, entry->column, "%s",
                               no_such_policy(engine, &engine->arena, entry->glob).text);
    }
    return SP_OK;
}

/* An id switches its policy on, whatever the configuration says; a glob takes what is on. */
static bool pick(const sp_engine *engine, sp_str wanted, bool *picked)
{
    bool matched = false;
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        sp_policy *policy = &engine->policies.items[i];
        bool exact = sp_str_equal(wanted, policy->id);
        if (!exact && !sp_glob_matches(wanted, policy->id))
            continue;
        matched = true;
        policy->enabled = policy->enabled || exact;
        picked[i] = true;
    }
    return matched;
}

sp_status sp_engine__select(sp_engine *engine, const sp_options *options, sp_error *error)
{
    sp_status status = apply_config(engine, error);
    if (status != SP_OK || options->policies == NULL || *options->policies == NULL)
        return status;
    bool *picked = sp_arena_zeroed(&engine->arena, engine->policies.count * sizeof *picked);
    for (const char *const *wanted = options->policies; *wanted != NULL; wanted++) {
        if (!pick(engine, sp_str_from(*wanted), picked))
            return sp_error_set(error, SP_E_USAGE, "%s",
                                no_such_policy(engine, &engine->arena, sp_str_from(*wanted)).text);
    }
    for (uint32_t i = 0; i < engine->policies.count; i++)
        engine->policies.items[i].enabled = engine->policies.items[i].enabled && picked[i];
    return SP_OK;
}
