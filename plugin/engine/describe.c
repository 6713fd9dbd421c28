/* What an engine says about its policies and their options, written down once so that asking needs no memory. */
#include "engine/engine.h"

static const char *text_of(sp_engine *engine, sp_str text)
{
    return sp_arena_copy(&engine->arena, text).text;
}

static sp_policy_summary describe_policy(sp_engine *engine, const sp_policy *policy)
{
    return (sp_policy_summary){
        .size = sizeof(sp_policy_summary),
        .id = text_of(engine, policy->id),
        .title = text_of(engine, policy->title),
        .help = text_of(engine, policy->help),
        .pack = text_of(engine, policy->pack),
        .path = text_of(engine, policy->path),
        .aliases = text_of(engine, policy->aliases),
        .severity = (int32_t)policy->severity,
        .unknown = (int32_t)policy->unknown,
        .enabled = policy->enabled,
        .failure = policy->failure != NULL ? text_of(engine, policy->failure->message) : NULL,
    };
}

static sp_option_summary describe_option(sp_engine *engine, const sp_option *option)
{
    return (sp_option_summary){
        .size = sizeof(sp_option_summary),
        .name = text_of(engine, option->name),
        .type = text_of(engine, sp_option_type_show(&engine->arena, option)),
        .help = text_of(engine, option->help),
        .value = text_of(engine, sp_option_show(&engine->arena, &option->value)),
    };
}

void sp_engine__describe(sp_engine *engine)
{
    uint32_t count = engine->policies.count;
    engine->summaries = sp_arena_alloc(&engine->arena, count * sizeof *engine->summaries);
    engine->options = sp_arena_alloc(&engine->arena, count * sizeof *engine->options);
    for (uint32_t i = 0; i < count; i++) {
        const sp_policy *policy = &engine->policies.items[i];
        engine->summaries[i] = describe_policy(engine, policy);
        engine->options[i] = sp_arena_alloc(&engine->arena, policy->options.count * sizeof **engine->options);
        for (uint32_t j = 0; j < policy->options.count; j++)
            engine->options[i][j] = describe_option(engine, &policy->options.items[j]);
    }
}
