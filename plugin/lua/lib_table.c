/* The table library: raw access, real lengths, a stable sort, and a charge for every item moved. */
#include "lua/lib.h"

#include "base/limits.h"

static lua_Integer check_list(lua_State *state, int index)
{
    luaL_checktype(state, index, LUA_TTABLE);
    return (lua_Integer)lua_rawlen(state, index);
}

static int table_concat(lua_State *state)
{
    lua_Integer size = check_list(state, 1);
    size_t separator_size;
    const char *separator = luaL_optlstring(state, 2, "", &separator_size);
    lua_Integer first = luaL_optinteger(state, 3, 1), last = luaL_optinteger(state, 4, size);
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    for (lua_Integer i = first; i <= last; i++) {
        sp_vm_charge(state, 1);
        lua_rawgeti(state, 1, i);
        if (!lua_isstring(state, -1))
            return luaL_error(state, "invalid value (at index %I) in table for 'concat': a %s", (LUAI_UACINT)i,
                              sp_lua__typename(state, -1));
        sp_lua__text_value(&out, lua_gettop(state));
        lua_pop(state, 1);
        if (i == last)
            break;
        sp_lua__text_add(&out, separator, separator_size);
    }
    sp_lua__text_push(&out);
    return 1;
}

/* Moves the items [first, last] by `step`, which is 1 or -1. */
static void shift(lua_State *state, lua_Integer first, lua_Integer last, lua_Integer step)
{
    sp_vm_charge(state, (uint64_t)(last - first + 1));
    lua_Integer count = last - first + 1;
    for (lua_Integer i = 0; i < count; i++) {
        lua_Integer from = step > 0 ? last - i : first + i;
        lua_rawgeti(state, 1, from);
        lua_rawseti(state, 1, from + step);
    }
}

static int table_insert(lua_State *state)
{
    lua_Integer size = check_list(state, 1);
    if (lua_gettop(state) == 2) {
        lua_rawseti(state, 1, size + 1);
        return 0;
    }
    if (lua_gettop(state) != 3)
        return luaL_error(state, "wrong number of arguments to 'insert'");
    lua_Integer position = luaL_checkinteger(state, 2);
    luaL_argcheck(state, position >= 1 && position <= size + 1, 2, "position out of bounds");
    if (position <= size)
        shift(state, position, size, 1);
    lua_pushvalue(state, 3);
    lua_rawseti(state, 1, position);
    return 0;
}

static int table_remove(lua_State *state)
{
    lua_Integer size = check_list(state, 1), position = luaL_optinteger(state, 2, size);
    if (lua_gettop(state) > 1)
        luaL_argcheck(state,
                      (size == 0 && (position == 0 || position == size)) || (position >= 1 && position <= size + 1), 2,
                      "position out of bounds");
    lua_rawgeti(state, 1, position);
    if (position >= 1 && position < size)
        shift(state, position + 1, size, -1);
    lua_pushnil(state);
    lua_rawseti(state, 1, position >= 1 && position < size ? size : position);
    return 1;
}

static int table_pack(lua_State *state)
{
    int count = lua_gettop(state);
    sp_vm_charge(state, (uint64_t)count);
    lua_createtable(state, count, 1);
    lua_insert(state, 1);
    for (int i = count; i >= 1; i--)
        lua_rawseti(state, 1, i);
    lua_pushinteger(state, count);
    lua_setfield(state, 1, "n");
    return 1;
}

static int table_unpack(lua_State *state)
{
    lua_Integer size = check_list(state, 1);
    lua_Integer first = luaL_optinteger(state, 2, 1), last = luaL_optinteger(state, 3, size);
    if (first > last)
        return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
    if (count >= SP_LIMIT_POLICY_RESULTS || !lua_checkstack(state, (int)count + 1))
        return luaL_error(state, "too many results to unpack; at most %d", SP_LIMIT_POLICY_RESULTS);
    sp_vm_charge(state, count + 1);
    for (lua_Unsigned i = 0; i <= count; i++)
        lua_rawgeti(state, 1, first + (lua_Integer)i);
    return (int)count + 1;
}

/* Sorting: bottom-up merges between two tables of our own, so that a comparison that changes the list, gives nonsense
   or raises does no harm. */

enum { SORT_LIST = 1, SORT_LESS = 2, SORT_FROM = 3, SORT_TO = 4 };

/* Whether the item on top comes before the one below it. */
static bool top_is_first(lua_State *state)
{
    sp_vm_charge(state, 2);
    if (lua_isnil(state, SORT_LESS))
        return lua_compare(state, -1, -2, LUA_OPLT);
    lua_pushvalue(state, SORT_LESS);
    lua_pushvalue(state, -2);
    lua_pushvalue(state, -4);
    sp_vm_call(state, 2, 1);
    bool first = lua_toboolean(state, -1);
    lua_pop(state, 1);
    return first;
}

/* Merges the sorted runs [low, middle) and [middle, high); items count from 1. */
static void merge(lua_State *state, int from, int to, lua_Integer low, lua_Integer middle, lua_Integer high)
{
    lua_Integer left = low, right = middle;
    for (lua_Integer i = low; i < high; i++) {
        bool takes_right = left >= middle;
        if (left < middle && right < high) {
            lua_rawgeti(state, from, left);
            lua_rawgeti(state, from, right);
            takes_right = top_is_first(state);
            lua_pop(state, 2);
        }
        lua_rawgeti(state, from, takes_right ? right++ : left++);
        lua_rawseti(state, to, i);
    }
}

static void copy_items(lua_State *state, int from, int to, lua_Integer count)
{
    sp_vm_charge(state, (uint64_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(state, from, i);
        lua_rawseti(state, to, i);
    }
}

static int table_sort(lua_State *state)
{
    lua_Integer count = check_list(state, 1);
    if (!lua_isnoneornil(state, 2))
        luaL_checktype(state, 2, LUA_TFUNCTION);
    lua_settop(state, 2);
    luaL_argcheck(state, count < INT32_MAX / 2, 1, "list too long");
    lua_createtable(state, (int)count, 0);
    lua_createtable(state, (int)count, 0);
    copy_items(state, SORT_LIST, SORT_FROM, count);
    int from = SORT_FROM, to = SORT_TO;
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width) {
            lua_Integer middle = low + width <= count ? low + width : count + 1;
            lua_Integer high = middle + width <= count ? middle + width : count + 1;
            merge(state, from, to, low, middle, high);
        }
        int sorted = to;
        to = from;
        from = sorted;
    }
    copy_items(state, from, SORT_LIST, count);
    return 0;
}

static const luaL_Reg functions[] = {
    {"concat", table_concat}, {"insert", table_insert}, {"pack", table_pack}, {"remove", table_remove},
    {"sort", table_sort},     {"unpack", table_unpack}, {NULL, NULL},
};

void sp_lua_open_table(lua_State *state)
{
    luaL_newlib(state, functions);
    lua_setglobal(state, "table");
}
