/* Reading a name of an object: the metatable of each kind. */
#include "lua/object.h"

#include "lua/api.h"
#include "lua/lib.h"

#define NAMES_MOST 96 /* of one kind, for suggestions */

/* In the order of the API page. */
static const sp_kind *const kinds[] = {
    &sp_kind_project,
    &sp_kind_build,
    &sp_kind_stage,
    &sp_kind_state,
    &sp_kind_instruction,
    &sp_kind_edge,
    &sp_kind_image,
    &sp_kind_source,
    &sp_kind_destination,
    &sp_kind_mount,
    &sp_kind_heredoc,
    &sp_kind_script,
    &sp_kind_command,
    &sp_kind_pipe,
    &sp_kind_redirect,
    &sp_kind_operation,
    &sp_kind_package,
    &sp_kind_value,
    &sp_kind_variable,
    &sp_kind_port,
    &sp_kind_user_value,
    &sp_kind_build_argument,
    &sp_kind_setting,
    &sp_kind_user_setting,
    &sp_kind_command_setting,
    &sp_kind_port_setting,
    &sp_kind_answer,
    &sp_kind_left_behind,
    &sp_kind_step,
    &sp_kind_ignore,
    &sp_kind_comment,
    &sp_kind_diagnostic,
    &sp_kind_place,
    &sp_kind_list,
    &sp_kind_set,
};

const sp_kind *sp_lua__kind_at(size_t index)
{
    return index < sizeof kinds / sizeof *kinds ? kinds[index] : NULL;
}

const char *sp_api__type_of(const sp_kind *kind)
{
    return kind->type != NULL ? kind->type : kind->name;
}

const sp_kind *sp_api__parent_of(const sp_kind *kind)
{
    const sp_kind *parent = kind->parent;
    while (parent != NULL && parent->says == NULL)
        parent = parent->parent;
    return parent;
}

/* Raises "stage has no 'shiped'; did you mean 'shipped'?". */
static int raise_no_such_name(lua_State *state, const sp_kind *kind)
{
    if (lua_type(state, 2) != LUA_TSTRING)
        return luaL_error(state, "%s has no field that is a %s", kind->name, luaL_typename(state, 2));
    sp_str names[NAMES_MOST];
    size_t count = 0;
    for (const sp_kind *at = kind; at != NULL; at = at->parent)
        for (size_t i = 0; i < at->field_count && count < NAMES_MOST; i++)
            names[count++] = sp_str_from(at->fields[i].name);
    sp_str name;
    name.text = lua_tolstring(state, 2, &name.size);
    sp_str meant = sp_lua__suggest(state, sp_str_head(name, 64), names, count);
    lua_pushlstring(state, name.text, sp_str_head(name, 64).size);
    if (meant.size == 0)
        return luaL_error(state, "%s has no '%s'", kind->name, lua_tostring(state, -1));
    return luaL_error(state, "%s has no '%s'; did you mean '%s'?", kind->name, lua_tostring(state, -1), meant.text);
}

/* Lets a field push its value, and keeps it in the object. */
static int push_field(lua_State *state, const sp_field *field)
{
    const void *subject;
    sp_lua__kind(state, 1, &subject);
    bool host = sp_vm_enter_host(state);
    uint32_t before = sp_lua__enter(state, subject);
    field->push(state, subject);
    sp_vm_of(state)->build = before;
    if (!lua_isnil(state, -1)) {
        lua_pushvalue(state, 2);
        lua_pushvalue(state, -2);
        lua_rawset(state, 1);
    }
    sp_vm_leave_host(state, host);
    sp_vm_bill_facts(state);
    sp_vm_charge(state, 10);
    return 1;
}

/* Whether the object at index 1 is of a variant that lacks the field: RUN has no sources. */
static bool is_of_another_variant(lua_State *state, const sp_kind *kind, const sp_field *field)
{
    if (field->variants == 0 || kind->variant == NULL)
        return false;
    const void *subject;
    sp_lua__kind(state, 1, &subject);
    return (field->variants & kind->variant(subject)) == 0;
}

static void tell_watch(lua_State *state, const sp_field *field)
{
    const sp_judgement *judgement = sp_vm_of(state)->judgement;
    const sp_watch *watch = judgement != NULL ? judgement->watch : NULL;
    if (watch != NULL && watch->field != NULL)
        watch->field(watch->payload, field);
}

/* __index of a kind. Upvalues: the kind, and its fields by name. */
static int index_object(lua_State *state)
{
    const sp_kind *kind = lua_touserdata(state, lua_upvalueindex(1));
    lua_pushvalue(state, 2);
    lua_rawget(state, lua_upvalueindex(2));
    const sp_field *field = lua_touserdata(state, -1);
    lua_settop(state, 2);
    if (field == NULL) {
        if (sp_lua__is_list(kind) && lua_type(state, 2) == LUA_TNUMBER)
            return 0;
        return raise_no_such_name(state, kind);
    }
    tell_watch(state, field);
    if (field->method != NULL) {
        lua_pushcfunction(state, field->method);
        return 1;
    }
    if (field->push == NULL || is_of_another_variant(state, kind, field))
        return 0;
    return push_field(state, field);
}

/* Pushes a table: name → field, the parents' fields included. */
static void push_names(lua_State *state, const sp_kind *kind)
{
    lua_newtable(state);
    for (const sp_kind *at = kind; at != NULL; at = at->parent)
        for (size_t i = 0; i < at->field_count; i++) {
            if (lua_getfield(state, -1, at->fields[i].name) == LUA_TNIL) {
                sp_lua__push_light(state, &at->fields[i]);
                lua_setfield(state, -3, at->fields[i].name);
            }
            lua_pop(state, 1);
        }
}

/* Makes the metatable of a kind and keeps it in the registry, under the kind's address. */
static void open_kind(lua_State *state, const sp_kind *kind)
{
    lua_createtable(state, 0, 4);
    sp_lua__push_light(state, kind);
    push_names(state, kind);
    lua_pushcclosure(state, index_object, 2);
    lua_setfield(state, -2, "__index");
    lua_pushstring(state, kind->name);
    lua_setfield(state, -2, "__name");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    sp_lua__keep_metatable(state, kind);
}

void sp_lua_open_objects(lua_State *state)
{
    sp_lua__open_identity(state);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        open_kind(state, kinds[i]);
    sp_lua__open_lists(state);
}
