/* Platforms and named contexts of a run. */
#include "engine/inputs.h"

#include "graph/named.h"
#include "graph/platform.h"

static bool is_platform(sp_arena *arena, sp_str text)
{
    sp_platform platform;
    return sp_str_is(text, "local") || sp_platform_parse(arena, text, &platform);
}

/* name = image reference [ "::" platform ]; `out`, when it is not NULL, is its spelling. */
static bool read_context(sp_arena *arena, sp_str name, sp_str *out, sp_str *problem)
{
    size_t end = sp_str_search(name, SP_STR("::"));
    sp_str head = sp_str_head(name, end), rest = end == SIZE_MAX ? SP_STR("") : sp_str_skip(name, end + 2);
    sp_reference image;
    sp_platform platform = {.text = SP_STR("")};
    if (!sp_reference_parse(arena, head, &image, problem))
        return false;
    if (end != SIZE_MAX && !sp_platform_parse(arena, rest, &platform)) {
        *problem = SP_STR("what follows '::' is no platform");
        return false;
    }
    const sp_str parts[] = {sp_named_key(&image), end == SIZE_MAX ? SP_STR("") : SP_STR("::"), platform.text};
    if (out != NULL)
        *out = sp_arena_join(arena, parts, 3);
    return true;
}

static sp_status refuse_platform(sp_arena *arena, sp_str build, sp_str text, sp_error *error)
{
    sp_str where = build.size > 0 ? sp_arena_print(arena, "the build %.*s: ", SP_STR_ARG(build)) : SP_STR("");
    return sp_error_set(error, SP_E_USAGE,
                        "%.*s'%.*s' is no platform: write os/arch or os/arch/variant, as in linux/arm64",
                        SP_STR_ARG(where), SP_STR_ARG(text));
}

sp_status sp_inputs_check(const sp_run *run, sp_arena *arena, sp_error *error)
{
    sp_str problem;
    for (uint32_t i = 0; i < run->platforms.count; i++) {
        if (!is_platform(arena, run->platforms.items[i]))
            return refuse_platform(arena, SP_STR(""), run->platforms.items[i], error);
    }
    for (uint32_t i = 0; i < run->builds.count; i++) {
        const sp_run_declared *build = &run->builds.items[i];
        if (build->input.platform.size > 0 && !is_platform(arena, build->input.platform))
            return refuse_platform(arena, build->name, build->input.platform, error);
    }
    for (uint32_t i = 0; i < run->contexts.list.count; i++) {
        sp_str name = run->contexts.list.items[i].name;
        if (!read_context(arena, name, NULL, &problem))
            return sp_error_set(error, SP_E_USAGE, "'%.*s' cannot name a build context: %.*s", SP_STR_ARG(name),
                                SP_STR_ARG(problem));
    }
    return SP_OK;
}

sp_str sp_inputs_platform(sp_arena *arena, sp_str text)
{
    sp_platform platform;
    if (sp_str_is(text, "local"))
        return SP_STR("");
    if (!sp_platform_parse(arena, text, &platform) || platform.architecture.size == 0)
        return text;
    return platform.text;
}

sp_str sp_inputs_context(sp_arena *arena, sp_str name)
{
    sp_str spelled, problem;
    return read_context(arena, name, &spelled, &problem) ? spelled : name;
}
