/* each(list), group(list, field or function), set(list): the globals for lists. */
#include "lua/lib.h"
#include "lua/object.h"

/* The address is the key of a set's own table. */
static const char members_key;

/* The list at `index`: a table that is no object, or one of the API's lists. */
static void check_list(lua_State *state, int index)
{
    const void *subject;
    const sp_kind *kind = sp_lua__kind(state, index, &subject);
    if (!lua_istable(state, index) || (kind != NULL && !sp_lua__is_list(kind)))
        luaL_typeerror(state, index, "list");
}

/* Upvalues: the list, and how many were given. */
static int next_value(lua_State *state)
{
    lua_Integer index = lua_tointeger(state, lua_upvalueindex(2)) + 1;
    lua_pushinteger(state, index);
    lua_replace(state, lua_upvalueindex(2));
    lua_rawgeti(state, lua_upvalueindex(1), index);
    return 1;
}

/* for stage in each(build.shipped) do */
static int list_each(lua_State *state)
{
    check_list(state, 1);
    lua_pushvalue(state, 1);
    lua_pushinteger(state, 0);
    lua_pushcclosure(state, next_value, 2);
    return 1;
}

/* Pushes the key of the item on top: a field of it, or what a function makes of it. */
static void push_key(lua_State *state)
{
    if (lua_isfunction(state, 2)) {
        lua_pushvalue(state, 2);
        lua_pushvalue(state, -2);
        sp_vm_call(state, 1, 1);
    } else {
        if (!lua_istable(state, -1))
            luaL_error(state, "group: an item is a %s and has no fields", sp_lua__typename(state, -1));
        lua_pushvalue(state, 2);
        lua_gettable(state, -2);
    }
}

/* Adds the item on top to the group of the key below it, which the table at 4 finds; makes it, in the list at 3. */
static void add_to_group(lua_State *state)
{
    lua_pushvalue(state, -2);
    if (lua_rawget(state, 4) == LUA_TNIL) {
        lua_pop(state, 1);
        sp_lua__push_list(state, 0);
        lua_pushvalue(state, -3);
        lua_setfield(state, -2, "key");
        lua_pushvalue(state, -3);
        lua_pushvalue(state, -2);
        lua_rawset(state, 4);
        lua_pushvalue(state, -1);
        lua_rawseti(state, 3, (lua_Integer)lua_rawlen(state, 3) + 1);
    }
    lua_insert(state, -2);
    lua_rawseti(state, -2, (lua_Integer)lua_rawlen(state, -2) + 1);
    lua_pop(state, 2);
}

/* group(build.instructions, "kind") → lists with key, in order of first sight */
static int list_group(lua_State *state)
{
    check_list(state, 1);
    if (lua_type(state, 2) != LUA_TSTRING && !lua_isfunction(state, 2))
        luaL_typeerror(state, 2, "field name or function");
    lua_settop(state, 2);
    sp_lua__push_list(state, 0);
    lua_newtable(state);
    lua_Integer count = (lua_Integer)lua_rawlen(state, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        sp_vm_charge(state, 5);
        lua_rawgeti(state, 1, i);
        push_key(state);
        bool is_number = lua_type(state, -1) == LUA_TNUMBER;
        if (lua_isnil(state, -1) || (is_number && lua_tonumber(state, -1) != lua_tonumber(state, -1))) {
            lua_pop(state, 2);
            continue;
        }
        lua_insert(state, -2);
        add_to_group(state);
    }
    lua_settop(state, 3);
    return 1;
}

/* Pushes the text that stands for an item of a set: a string, or a value that is known; else nothing, and false. */
static bool push_member(lua_State *state, int index)
{
    if (lua_type(state, index) == LUA_TSTRING) {
        lua_pushvalue(state, index);
        return true;
    }
    const sp_value_subject *value = sp_lua__test(state, index, &sp_kind_value);
    if (value == NULL || !value->value.known)
        return false;
    sp_lua__push_text(state, value->value.value);
    return true;
}

static bool is_value(lua_State *state, int index)
{
    return lua_type(state, index) == LUA_TSTRING || sp_lua__test(state, index, &sp_kind_value) != NULL;
}

/* set(list) → set */
static int list_set(lua_State *state)
{
    check_list(state, 1);
    lua_settop(state, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(state, 1);
    sp_lua__push(state, &sp_kind_set, "", 1);
    lua_newtable(state);
    for (lua_Integer i = 1; i <= count; i++) {
        sp_vm_charge(state, 2);
        lua_rawgeti(state, 1, i);
        if (!is_value(state, lua_gettop(state)))
            return luaL_error(state, "set: item %d of the list is a %s, not a text", (int)i,
                              sp_lua__typename(state, lua_gettop(state)));
        if (push_member(state, lua_gettop(state))) {
            lua_pushboolean(state, 1);
            lua_rawset(state, 3);
        }
        lua_settop(state, 3);
    }
    lua_rawsetp(state, 2, &members_key);
    return 1;
}

/* Whether the members at `members` hold the text or known value at `index`. */
static bool has_member(lua_State *state, int members, int index)
{
    if (!push_member(state, index))
        return false;
    bool found = lua_rawget(state, members) != LUA_TNIL;
    lua_pop(state, 1);
    return found;
}

/* set:has(text_or_list) → boolean: is any of them in it */
static int set_has(lua_State *state)
{
    sp_lua__check(state, 1, &sp_kind_set);
    lua_settop(state, 2);
    lua_rawgetp(state, 1, &members_key);
    if (is_value(state, 2)) {
        lua_pushboolean(state, has_member(state, 3, 2));
        return 1;
    }
    check_list(state, 2);
    lua_Integer count = (lua_Integer)lua_rawlen(state, 2);
    bool found = false;
    for (lua_Integer i = 1; i <= count && !found; i++) {
        sp_vm_charge(state, 2);
        lua_rawgeti(state, 2, i);
        found = has_member(state, 3, 4);
        lua_settop(state, 3);
    }
    lua_pushboolean(state, found);
    return 1;
}

static const sp_field set_fields[] = {
    {"has", "(texts: text): boolean", "whether the text, or one of a list, is in it", .method = set_has},
};

const sp_kind sp_kind_set = {.name = "set", .says = "What set(list) makes", SP_FIELDS_OF(set_fields)};

static const luaL_Reg functions[] = {
    {"each", list_each},
    {"group", list_group},
    {"set", list_set},
    {NULL, NULL},
};

void sp_lua__open_lists(lua_State *state)
{
    lua_pushglobaltable(state);
    luaL_setfuncs(state, functions, 0);
    lua_pop(state, 1);
}
