/* Bake files: what a selection comes to. */
#include "config/bake_reading.h"

#include "base/guard.h"
#include "base/limits.h"
#include "base/suggest.h"

static sp_status add_block(sp_bake__reading *reading, const sp_bake__place *place, json_t *body,
                           sp_bake__blocks *blocks)
{
    if (json_is_array(body) && json_array_size(body) == 1)
        body = json_array_get(body, 0);
    if (!json_is_object(body))
        return sp_bake__fail(reading, place, "must be an object");
    if (sp_bake__named(blocks, place->name) != NULL)
        return sp_bake__fail(reading, place, "is there twice; to have them merged " SP_BAKE_HINT);
    sp_bake__add(reading, blocks, (sp_bake__block){.name = place->name, .body = body});
    return SP_OK;
}

/* blocks = "{" { name ":" "{" … "}" } "}"; "//" is a comment */
static sp_status add_object(sp_bake__reading *reading, sp_bake__place *place, json_t *object, sp_bake__blocks *blocks)
{
    sp_status status = SP_OK;
    for (void *at = json_object_iter(object); status == SP_OK && at != NULL; at = json_object_iter_next(object, at)) {
        if (strcmp(json_object_iter_key(at), "//") == 0)
            continue;
        place->name = sp_arena_copy(reading->arena, sp_str_from(json_object_iter_key(at)));
        if (place->name.size == 0)
            return sp_bake__fail(reading, place, "has a name that is empty");
        status = add_block(reading, place, json_object_iter_value(at), blocks);
    }
    place->name = SP_STR("");
    return status;
}

static sp_status add_blocks(sp_bake__reading *reading, sp_bake__place *place, json_t *value, sp_bake__blocks *blocks)
{
    if (value == NULL)
        return SP_OK;
    if (json_is_object(value))
        return add_object(reading, place, value, blocks);
    if (!json_is_array(value))
        return sp_bake__fail(reading, place, "must be an object");
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *item = json_array_get(value, i);
        sp_status status = json_is_object(item) ? add_object(reading, place, item, blocks)
                                                : sp_bake__fail(reading, place, "must be a list of objects");
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

/* Other keys of the file are values that texts can use, as variables that the environment does not change. */
static void add_attributes(sp_bake__reading *reading)
{
    for (void *at = json_object_iter(reading->root); at != NULL; at = json_object_iter_next(reading->root, at)) {
        sp_str name = sp_arena_copy(reading->arena, sp_str_from(json_object_iter_key(at)));
        if (sp_str_is(name, "target") || sp_str_is(name, "group") || sp_str_is(name, "variable") ||
            sp_str_is(name, "function") || sp_str_is(name, "//"))
            continue;
        sp_bake__add(reading, &reading->variables,
                     (sp_bake__block){.name = name, .body = json_object_iter_value(at), .is_attribute = true});
    }
}

/* A key near one of bake's blocks is more likely misspelled than a value. */
static sp_status check_keys(sp_bake__reading *reading)
{
    static const sp_str keys[] = {{"target", 6}, {"group", 5}, {"variable", 8}, {"function", 8}};
    for (void *at = json_object_iter(reading->root); at != NULL; at = json_object_iter_next(reading->root, at)) {
        sp_str key = sp_str_from(json_object_iter_key(at));
        sp_str meant = sp_suggest(key, keys, sizeof keys / sizeof *keys), shown = sp_str_brief(key, 100);
        bool is_block = json_is_object(json_object_iter_value(at)) || json_is_array(json_object_iter_value(at));
        if (is_block && meant.size > 0 && !sp_str_equal(meant, key))
            return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0,
                               "unknown key '%.*s'; did you mean '%.*s'?", SP_STR_ARG(shown), SP_STR_ARG(meant));
    }
    return SP_OK;
}

/* file = "{" [ "variable:" blocks ] [ "group:" blocks ] [ "target:" blocks ] { name ":" value } "}" */
static sp_status read_blocks(sp_bake__reading *reading)
{
    const struct {
        const char *key;
        sp_bake__blocks *blocks;
    } kinds[] = {{"group", &reading->groups}, {"target", &reading->targets}, {"variable", &reading->variables}};
    add_attributes(reading);
    sp_status status = check_keys(reading);
    for (size_t i = 0; status == SP_OK && i < sizeof kinds / sizeof *kinds; i++) {
        sp_bake__place place = {.block = sp_str_from(kinds[i].key)};
        status = add_blocks(reading, &place, sp_bake__find(reading->root, kinds[i].key), kinds[i].blocks);
    }
    if (status == SP_OK && reading->targets.items.count == 0)
        return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0, "this bake file has no target");
    return status;
}

static void list_names(sp_bake__reading *reading)
{
    const sp_bake__blocks *both[] = {&reading->groups, &reading->targets};
    for (size_t i = 0; i < 2; i++) {
        for (uint32_t j = 0; j < both[i]->items.count; j++) {
            sp_str name = both[i]->items.items[j]->name;
            if (i == 0 || sp_bake__named(&reading->groups, name) == NULL)
                *sp_list_add(reading->arena, &reading->out->names) = name;
        }
    }
}

/* Adds a target to the builds, with what bake says where nobody did. */
static void add_build(sp_bake__reading *reading, sp_bake__block *target, sp_declared_builds *builds)
{
    sp_declared_build build = target->build;
    sp_declared_pairs contexts = {0};
    for (uint32_t i = 0; i < build.contexts.count; i++) {
        if (build.contexts.items[i].value.size > 0)
            *sp_list_add(reading->arena, &contexts) = build.contexts.items[i];
    }
    build.contexts = contexts;
    build.context = build.context.size > 0 ? build.context : SP_STR(".");
    build.dockerfile = build.dockerfile.size > 0 ? build.dockerfile : SP_STR("Dockerfile");
    build.target = build.target.text != NULL ? build.target : SP_STR("");
    *sp_list_add(reading->arena, builds) = build;
    target->is_selected = true;
}

static sp_status select_name(sp_bake__reading *reading, const sp_bake__place *user, sp_str name, unsigned depth);

/* group = "{" [ "targets:" names ] "}"; a group under way that has a target's name, as `default` may, is that target.
 */
static sp_status select_group(sp_bake__reading *reading, sp_bake__block *group, unsigned depth)
{
    const sp_bake__place place = {.block = SP_STR("group"), .name = group->name, .key = SP_STR("targets")};
    sp_bake__texts names;
    if (depth > SP_LIMIT_BAKE_DEPTH)
        return sp_bake__fail(reading, &place, "begins too long a chain of groups");
    group->progress = SP_BAKE_UNDER_WAY;
    sp_status status = sp_bake__list(reading, &place, sp_bake__find(group->body, "targets"), &names);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++)
        status = select_name(reading, &place, names.items[i], depth + 1);
    group->progress = SP_BAKE_DONE;
    return status;
}

static sp_status select_name(sp_bake__reading *reading, const sp_bake__place *user, sp_str name, unsigned depth)
{
    sp_bake__block *group = sp_bake__named(&reading->groups, name);
    sp_bake__block *target = sp_bake__named(&reading->targets, name);
    if (group != NULL && group->progress == SP_BAKE_DONE)
        return SP_OK;
    if (group != NULL && group->progress == SP_BAKE_UNSEEN)
        return select_group(reading, group, depth);
    if (group != NULL && target == NULL)
        return sp_bake__fail(reading, user, "leads back to its own group");
    sp_status status = sp_bake__resolve(reading, user, name, 0, &target);
    if (status == SP_OK && !target->is_selected)
        add_build(reading, target, &reading->out->builds);
    return status;
}

/* Whoever uses a target through a context needs it built; `marks` has the targets on the way here. */
static sp_status link_contexts(sp_bake__reading *reading, const sp_declared_build *build, const sp_map *marks)
{
    sp_bake__place place = {.block = SP_STR("target"), .name = build->name, .key = SP_STR("contexts")};
    marks = sp_map_set(reading->arena, marks, build->name, reading);
    if (sp_map_count(marks) > SP_LIMIT_BAKE_DEPTH)
        return sp_bake__fail(reading, &place, "begins too long a chain of targets");
    for (uint32_t i = 0; i < build->contexts.count; i++) {
        const sp_declared_pair *pair = &build->contexts.items[i];
        if (!sp_str_starts(pair->value, SP_STR("target:")))
            continue;
        sp_str name = sp_str_skip(pair->value, 7);
        sp_bake__block *target = NULL;
        place.entry = pair->name;
        if (sp_map_find(marks, name) != NULL)
            return sp_bake__fail(reading, &place, "leads back to its own target");
        sp_status status = sp_bake__resolve(reading, &place, name, 0, &target);
        if (status != SP_OK)
            return status;
        if (target->is_linked)
            continue;
        if (!target->is_selected)
            add_build(reading, target, &reading->out->linked);
        status = link_contexts(reading, &target->build, marks);
        target->is_linked = true;
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

static sp_status fail_selected(sp_bake__reading *reading, sp_str name)
{
    sp_bake *out = reading->out;
    sp_str meant = sp_suggest(name, out->names.items, out->names.count), shown = sp_str_brief(name, 100);
    sp_str all = sp_str_brief(sp_arena_list(reading->arena, out->names.items, out->names.count), 300);
    if (reading->input->selected.size == 0)
        return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0,
                           "no target or group is called 'default'; name one of %.*s", SP_STR_ARG(all));
    if (meant.size > 0)
        return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0,
                           "no target or group is called '%.*s'; did you mean '%.*s'?", SP_STR_ARG(shown),
                           SP_STR_ARG(meant));
    return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0,
                       "no target or group is called '%.*s'; there are %.*s", SP_STR_ARG(shown), SP_STR_ARG(all));
}

static sp_status read_tree(void *payload)
{
    sp_bake__reading *reading = payload;
    sp_str name = reading->input->selected.size > 0 ? reading->input->selected : SP_STR("default");
    const sp_bake__place place = {.block = SP_STR("the selection")};
    sp_status status = read_blocks(reading);
    if (status != SP_OK)
        return status;
    list_names(reading);
    if (sp_bake__named(&reading->groups, name) == NULL && sp_bake__named(&reading->targets, name) == NULL)
        return fail_selected(reading, name);
    status = select_name(reading, &place, name, 0);
    for (uint32_t i = 0; status == SP_OK && i < reading->out->builds.count; i++)
        status = link_contexts(reading, &reading->out->builds.items[i], NULL);
    return status;
}

sp_status sp_bake_read(sp_arena *arena, const sp_bake_input *input, sp_bake *out, sp_error *error)
{
    *out = (sp_bake){0};
    sp_bake__reading reading = {
        .arena = arena, .input = input, .out = out, .error = error, .left = SP_LIMIT_FILLED_BYTES};
    sp_status status = sp_bake__load(&reading);
    if (status != SP_OK)
        return status;
    status = sp_guard(arena, read_tree, &reading);
    json_decref(reading.root);
    if (status == SP_E_MEMORY)
        sp_arena_fail(arena);
    return status;
}
