/* state: at user workdir shell entrypoint cmd healthcheck stopsignal environment[] labels[] ports[] volumes[]
   · :env(name) :label(name). */
#include "lua/object.h"

#include <stdlib.h>

static const sp_state_subject *moment_of(const void *subject)
{
    return subject;
}

static bool place_of_state(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = moment_of(subject)->at;
    return true;
}

static void push_one(lua_State *state, const void *subject, sp_setting_kind which, const sp_kind *kind)
{
    const sp_state_subject *moment = subject;
    sp_setting setting = sp_facts_setting(sp_lua__facts(state), moment->stage, moment->state, which);
    sp_lua__push_setting(state, kind, &setting, moment->stage, sp_lua__root_span(sp_lua__graph(state), moment->stage));
}

static void push_user(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_USER, &sp_kind_user_setting);
}

static void push_workdir(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_WORKDIR, &sp_kind_setting);
}

static void push_shell(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_SHELL, &sp_kind_command_setting);
}

static void push_entrypoint(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_ENTRYPOINT, &sp_kind_command_setting);
}

static void push_cmd(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_CMD, &sp_kind_command_setting);
}

static void push_healthcheck(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_HEALTHCHECK, &sp_kind_command_setting);
}

static void push_stopsignal(lua_State *state, const void *subject)
{
    push_one(state, subject, SP_SETTING_STOPSIGNAL, &sp_kind_setting);
}

/* Bindings of ENV, for sorting by where they were set. */
typedef struct bindings {
    sp_arena *arena;
    SP_LIST(const sp_binding *) items;
} bindings;

static bool collect_binding(sp_str key, const void *value, void *payload)
{
    (void)key;
    bindings *out = payload;
    const sp_binding *binding = value;
    if (!binding->is_env)
        binding = binding->env;
    if (binding != NULL)
        *sp_list_add(out->arena, &out->items) = binding;
    return true;
}

static int compare_bindings(const void *left, const void *right)
{
    const sp_binding *a = *(const sp_binding *const *)left, *b = *(const sp_binding *const *)right;
    if (a->instruction != b->instruction)
        return a->instruction < b->instruction ? -1 : 1;
    if (a->variable.at.start != b->variable.at.start)
        return a->variable.at.start < b->variable.at.start ? -1 : 1;
    return sp_str_compare(a->name, b->name);
}

static void push_environment(lua_State *state, const void *subject)
{
    const sp_state_subject *moment = subject;
    bindings found = {.arena = sp_lua__arena(state)};
    sp_map_each(moment->state->environment, collect_binding, &found);
    if (found.items.count > 1)
        qsort(found.items.items, found.items.count, sizeof *found.items.items, compare_bindings);
    sp_vm_charge(state, found.items.count);
    sp_lua__push_list(state, found.items.count);
    for (uint32_t i = 0; i < found.items.count; i++) {
        sp_str name = found.items.items[i]->name;
        sp_setting setting = sp_facts_environment(sp_lua__facts(state), moment->stage, moment->state, name);
        sp_lua__push_setting(state, &sp_kind_setting, &setting, moment->stage, moment->at);
        sp_lua__set_text(state, "name", name);
        sp_lua__append(state, i + 1);
    }
}

/* The items of a list of settings, oldest first, each name once: the newest. */
typedef SP_LIST(const sp_setting_item *) setting_items;

static sp_str item_name(const sp_setting_item *item, bool by_value)
{
    const sp_value *name = by_value ? &item->value : &item->name;
    return name->known ? name->value : name->text;
}

static setting_items collect_items(lua_State *state, const sp_setting_item *newest, bool by_value)
{
    sp_arena *arena = sp_lua__arena(state);
    setting_items items = {0};
    const sp_map *seen = NULL;
    for (const sp_setting_item *item = newest; item != NULL; item = item->previous) {
        sp_str name = item_name(item, by_value);
        if (sp_map_find(seen, name) != NULL)
            continue;
        seen = sp_map_set(arena, seen, name, item);
        *sp_list_add(arena, &items) = item;
    }
    for (uint32_t i = 0; i < items.count / 2; i++) {
        const sp_setting_item *item = items.items[i];
        items.items[i] = items.items[items.count - 1 - i];
        items.items[items.count - 1 - i] = item;
    }
    sp_vm_charge(state, items.count);
    return items;
}

static void push_item(lua_State *state, const sp_state_subject *moment, const sp_setting_item *item,
                      const sp_kind *kind)
{
    const sp_graph *graph = sp_lua__graph(state);
    sp_setting setting = {.value = item->value, .instruction = item->instruction, .state = SP_SETTING_INHERITED};
    if (graph->instructions[item->instruction].stage == moment->stage)
        setting.state = SP_SETTING_SET;
    sp_steps_add(sp_lua__arena(state), &setting.evidence, sp_lua__instruction_span(graph, item->instruction),
                 "it is set here");
    sp_lua__push_setting(state, kind, &setting, moment->stage, moment->at);
}

static void push_labels(lua_State *state, const void *subject)
{
    const sp_state_subject *moment = subject;
    setting_items items = collect_items(state, moment->state->labels, false);
    sp_lua__push_list(state, items.count);
    for (uint32_t i = 0; i < items.count; i++) {
        push_item(state, moment, items.items[i], &sp_kind_setting);
        sp_lua__set_text(state, "name", item_name(items.items[i], false));
        sp_lua__append(state, i + 1);
    }
}

static void push_ports(lua_State *state, const void *subject)
{
    const sp_state_subject *moment = subject;
    setting_items items = collect_items(state, moment->state->ports, true);
    sp_lua__push_list(state, items.count);
    for (uint32_t i = 0; i < items.count; i++) {
        push_item(state, moment, items.items[i], &sp_kind_port_setting);
        sp_lua__set_port(state, &items.items[i]->value, true);
        sp_lua__append(state, i + 1);
    }
}

static void push_volumes(lua_State *state, const void *subject)
{
    const sp_state_subject *moment = subject;
    setting_items items = collect_items(state, moment->state->volumes, true);
    sp_lua__push_list(state, items.count);
    for (uint32_t i = 0; i < items.count; i++) {
        push_item(state, moment, items.items[i], &sp_kind_setting);
        sp_lua__append(state, i + 1);
    }
}

typedef sp_setting (*named_setting)(sp_facts *facts, uint32_t stage, const sp_state *state, sp_str name);

/* The setting of the name given as argument 2; of a value that is not known: unknown. */
static int push_by_name(lua_State *state, named_setting find)
{
    const sp_state_subject *moment = sp_lua__check(state, 1, &sp_kind_state);
    sp_method method = sp_lua__begin(state);
    lua_settop(state, 2);
    sp_texts names = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    if (names.items.count + names.unknown.count != 1)
        return luaL_argerror(state, 2, "one name expected");
    sp_setting setting = {.instruction = SP_NONE, .state = SP_SETTING_UNKNOWN};
    sp_str name = SP_STR("");
    if (names.items.count == 1) {
        name = names.items.items[0];
        setting = find(sp_lua__facts(state), moment->stage, moment->state, name);
    } else {
        name = names.unknown.items[0]->text;
        sp_lua__explain_unknown(sp_lua__arena(state), names.unknown.items[0], &setting.evidence);
    }
    sp_lua__push_setting(state, &sp_kind_setting, &setting, moment->stage,
                         sp_lua__root_span(sp_lua__graph(state), moment->stage));
    sp_lua__set_text(state, "name", name);
    return sp_lua__end(state, method, 0);
}

/* state:env(name) → setting */
static int state_env(lua_State *state)
{
    return push_by_name(state, sp_facts_environment);
}

/* state:label(name) → setting */
static int state_label(lua_State *state)
{
    return push_by_name(state, sp_facts_label);
}

static const sp_field fields[] = {
    {"at", "place", "of a stage its FROM line; else the instruction it is before", .push = sp_lua__field_at},
    {"user", "user_setting", "USER; \"root\" by default", .push = push_user},
    {"workdir", "setting", "WORKDIR; \"/\" by default", .push = push_workdir},
    {"shell", "command_setting", "SHELL", .push = push_shell},
    {"entrypoint", "command_setting", "ENTRYPOINT", .push = push_entrypoint},
    {"cmd", "command_setting", "CMD", .push = push_cmd},
    {"healthcheck", "command_setting", "HEALTHCHECK", .push = push_healthcheck},
    {"stopsignal", "setting", "STOPSIGNAL", .push = push_stopsignal},
    {"environment", "setting[]", "ENV, with their name", .push = push_environment},
    {"labels", "setting[]", "LABEL, with their name", .push = push_labels},
    {"ports", "port_setting[]", "EXPOSE; name is \"8080/tcp\"", .push = push_ports},
    {"volumes", "setting[]", "VOLUME", .push = push_volumes},
    {"env", "(name: text): setting", "the variable of that name, set or not", .method = state_env},
    {"label", "(name: text): setting", "the label of that name, set or not", .method = state_label},
};

const sp_kind sp_kind_state = {
    .name = "state", .says = "The settings at one moment of a stage", SP_FIELDS_OF(fields), .place = place_of_state};

void sp_lua__push_state(lua_State *state, const sp_state_subject *moment)
{
    sp_lua__push(state, &sp_kind_state, moment, sizeof *moment);
}
