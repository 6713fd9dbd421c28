/* A target of a bake file → a build: its keys over those it inherits. */
#include "config/bake_reading.h"

#include "base/limits.h"
#include "base/suggest.h"

sp_status sp_bake__list(sp_bake__reading *reading, const sp_bake__place *place, json_t *value, sp_bake__texts *out)
{
    *out = (sp_bake__texts){0};
    if (json_is_string(value) && strchr(json_string_value(value), '{') != NULL)
        return sp_bake__fail(reading, place, "must be a list of texts; where an expression gives it, " SP_BAKE_HINT);
    if (value != NULL && !json_is_array(value))
        return sp_bake__fail(reading, place, "must be a list of texts");
    sp_status status = sp_bake__charge(reading, place, json_array_size(value));
    const sp_map *seen = NULL;
    for (size_t i = 0; status == SP_OK && i < json_array_size(value); i++) {
        sp_bake__text item = {0};
        status = sp_bake__fill(reading, place, json_array_get(value, i), &item);
        if (status != SP_OK || item.text.size == 0 || sp_map_find(seen, item.text) != NULL)
            continue;
        seen = sp_map_set(reading->arena, seen, item.text, reading);
        *sp_list_add(reading->arena, out) = item.text;
    }
    return status;
}

static sp_status read_text(sp_bake__reading *reading, const sp_bake__block *target, const char *key, sp_bake__text *out)
{
    const sp_bake__place place = {.block = SP_STR("target"), .name = target->name, .key = sp_str_from(key)};
    return sp_bake__fill(reading, &place, sp_bake__find(target->body, key), out);
}

/* Adds pairs to those that are there: a name keeps its place and has the later value. Lists are shared, never
   changed. */
static sp_status merge_pairs(sp_bake__reading *reading, const sp_bake__place *place, sp_declared_pairs *into,
                             const sp_declared_pairs *pairs)
{
    sp_declared_pairs merged = {0};
    const sp_declared_pairs *both[] = {into, pairs};
    const sp_map *positions = NULL; /* name → its position in `merged`, plus one */
    sp_status status = sp_bake__charge(reading, place, (size_t)into->count + pairs->count);
    if (into->count == 0 || pairs->count == 0) {
        *into = into->count == 0 ? *pairs : *into;
        return status;
    }
    for (size_t i = 0; status == SP_OK && i < 2; i++) {
        for (uint32_t j = 0; j < both[i]->count; j++) {
            const sp_declared_pair *pair = &both[i]->items[j];
            uintptr_t position = (uintptr_t)sp_map_find(positions, pair->name);
            if (position > 0) {
                merged.items[position - 1] = *pair;
                continue;
            }
            *sp_list_add(reading->arena, &merged) = *pair;
            positions = sp_map_set(reading->arena, positions, pair->name, (const void *)(uintptr_t)merged.count);
        }
    }
    *into = merged;
    return status;
}

/* pairs = "{" { name ":" text } "}"; null is as if not said */
static sp_status read_pairs(sp_bake__reading *reading, const sp_bake__block *target, const char *key,
                            sp_declared_pairs *into)
{
    sp_bake__place place = {.block = SP_STR("target"), .name = target->name, .key = sp_str_from(key)};
    json_t *object = sp_bake__find(target->body, key);
    if (object == NULL)
        return SP_OK;
    if (!json_is_object(object))
        return sp_bake__fail(reading, &place, "must be an object of texts");
    sp_declared_pairs pairs = {0};
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at)) {
        sp_bake__text value = {0};
        sp_str name = sp_arena_copy(reading->arena, sp_str_from(json_object_iter_key(at)));
        place.entry = name;
        if (sp_str_search(name, SP_STR("${")) != SIZE_MAX || sp_str_search(name, SP_STR("%{")) != SIZE_MAX)
            return sp_bake__fail(reading, &place, "has an expression in its name; " SP_BAKE_HINT);
        sp_status status = sp_bake__fill(reading, &place, json_object_iter_value(at), &value);
        if (status != SP_OK)
            return status;
        if (value.is_set)
            *sp_list_add(reading->arena, &pairs) =
                (sp_declared_pair){.name = name, .value = value.text, .known = value.known};
    }
    place.entry = SP_STR("");
    return merge_pairs(reading, &place, into, &pairs);
}

/* A folder or file that bake marks as the command's own. */
static sp_str without_mark(sp_str path)
{
    sp_str mark = SP_STR("cwd://");
    return sp_str_starts(path, mark) ? sp_str_skip(path, mark.size) : path;
}

static sp_status read_own_texts(sp_bake__reading *reading, sp_bake__block *target)
{
    sp_declared_build *build = &target->build;
    sp_bake__text context, dockerfile, stage, inline_text;
    sp_status status = read_text(reading, target, "context", &context);
    if (status == SP_OK)
        status = read_text(reading, target, "dockerfile", &dockerfile);
    if (status == SP_OK)
        status = read_text(reading, target, "target", &stage);
    if (status == SP_OK)
        status = read_text(reading, target, "dockerfile-inline", &inline_text);
    if (status != SP_OK)
        return status;
    if (context.is_set)
        build->context = without_mark(context.text);
    if (dockerfile.is_set)
        build->dockerfile = without_mark(dockerfile.text);
    if (stage.is_set)
        build->target = stage.text;
    if (inline_text.is_set) {
        sp_str *kept = sp_arena_new(reading->arena, sp_str);
        *kept = inline_text.text;
        build->inline_text = kept;
    }
    return SP_OK;
}

static sp_status read_own_lists(sp_bake__reading *reading, sp_bake__block *target)
{
    sp_declared_build *build = &target->build;
    const sp_bake__place place = {.block = SP_STR("target"), .name = target->name, .key = SP_STR("platforms")};
    sp_status status = read_pairs(reading, target, "args", &build->arguments);
    if (status == SP_OK)
        status = read_pairs(reading, target, "contexts", &build->contexts);
    json_t *platforms = sp_bake__find(target->body, "platforms");
    if (status != SP_OK || platforms == NULL)
        return status;
    sp_bake__texts names;
    status = sp_bake__list(reading, &place, platforms, &names);
    target->has_platforms = true;
    build->platforms.items = names.items;
    build->platforms.count = build->platforms.capacity = names.count;
    return status;
}

/* All that bake v0.38.2 knows; the first eight are read. */
static const sp_str known_keys[] = {
    {"inherits", 8},      {"context", 7},      {"contexts", 8},  {"dockerfile", 10},  {"dockerfile-inline", 17},
    {"args", 4},          {"target", 6},       {"platforms", 9}, {"description", 11}, {"annotations", 11},
    {"attest", 6},        {"labels", 6},       {"tags", 4},      {"cache-from", 10},  {"cache-to", 8},
    {"secret", 6},        {"ssh", 3},          {"output", 6},    {"pull", 4},         {"no-cache", 8},
    {"network", 7},       {"shm-size", 8},     {"ulimits", 7},   {"resources", 9},    {"no-cache-filter", 15},
    {"entitlements", 12}, {"extra-hosts", 11}, {"policy", 6},    {"call", 4},         {"name", 4},
};

static bool is_known(sp_str key)
{
    for (size_t i = 0; i < sizeof known_keys / sizeof *known_keys; i++) {
        if (sp_str_equal(key, known_keys[i]))
            return true;
    }
    return false;
}

/* A later bake may know more keys; one that is near to another is more likely misspelled. */
static sp_status check_keys(sp_bake__reading *reading, const sp_bake__block *target)
{
    sp_bake__place place = {.block = SP_STR("target"), .name = target->name};
    for (void *at = json_object_iter(target->body); at != NULL; at = json_object_iter_next(target->body, at)) {
        place.key = sp_str_from(json_object_iter_key(at));
        if (sp_str_is(place.key, "matrix"))
            return sp_bake__fail(reading, &place, "is something that only bake can evaluate; " SP_BAKE_HINT);
        if (is_known(place.key))
            continue;
        sp_str meant = sp_suggest(place.key, known_keys, sizeof known_keys / sizeof *known_keys);
        if (meant.size == 0)
            continue;
        sp_str message = sp_arena_print(reading->arena, "is an unknown key; did you mean '%.*s'?", SP_STR_ARG(meant));
        return sp_bake__fail(reading, &place, message.text);
    }
    return SP_OK;
}

/* What a parent says, over what parents before it said. */
static sp_status inherit(sp_bake__reading *reading, const sp_bake__place *place, sp_bake__block *target,
                         const sp_bake__block *parent)
{
    sp_declared_build *build = &target->build;
    const sp_declared_build *from = &parent->build;
    if (from->context.text != NULL)
        build->context = from->context;
    if (from->dockerfile.text != NULL)
        build->dockerfile = from->dockerfile;
    if (from->target.text != NULL)
        build->target = from->target;
    if (from->inline_text != NULL)
        build->inline_text = from->inline_text;
    if (parent->has_platforms)
        build->platforms = from->platforms;
    target->has_platforms = target->has_platforms || parent->has_platforms;
    sp_status status = merge_pairs(reading, place, &build->arguments, &from->arguments);
    return status == SP_OK ? merge_pairs(reading, place, &build->contexts, &from->contexts) : status;
}

static sp_status inherit_all(sp_bake__reading *reading, sp_bake__block *target, unsigned depth)
{
    const sp_bake__place place = {.block = SP_STR("target"), .name = target->name, .key = SP_STR("inherits")};
    sp_bake__texts names;
    sp_status status = sp_bake__list(reading, &place, sp_bake__find(target->body, "inherits"), &names);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++) {
        sp_bake__block *parent = NULL;
        status = sp_bake__resolve(reading, &place, names.items[i], depth + 1, &parent);
        if (status == SP_OK)
            status = inherit(reading, &place, target, parent);
    }
    return status;
}

/* target = "{" [ "inherits:" names ] { key ":" value } "}"; what is not said by anyone has a NULL text. */
sp_status sp_bake__resolve(sp_bake__reading *reading, const sp_bake__place *user, sp_str name, unsigned depth,
                           sp_bake__block **out)
{
    sp_bake__block *target = sp_bake__named(&reading->targets, name);
    sp_str shown = sp_str_brief(name, 100);
    if (target == NULL)
        return sp_bake__fail(
            reading, user,
            sp_arena_print(reading->arena, "names '%.*s', which is not a target", SP_STR_ARG(shown)).text);
    *out = target;
    if (target->progress == SP_BAKE_DONE)
        return SP_OK;
    if (target->progress == SP_BAKE_UNDER_WAY)
        return sp_bake__fail(
            reading, user,
            sp_arena_print(reading->arena, "names '%.*s', which inherits from this one", SP_STR_ARG(shown)).text);
    if (depth > SP_LIMIT_BAKE_DEPTH)
        return sp_bake__fail(reading, user, "begins too long a chain of targets");
    target->progress = SP_BAKE_UNDER_WAY;
    target->build.name = target->name;
    sp_status status = check_keys(reading, target);
    if (status == SP_OK)
        status = inherit_all(reading, target, depth);
    if (status == SP_OK)
        status = read_own_texts(reading, target);
    if (status == SP_OK)
        status = read_own_lists(reading, target);
    target->progress = SP_BAKE_DONE;
    return status;
}
