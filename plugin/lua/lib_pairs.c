/* Traversal of tables in an order that depends on their keys alone: integers, floats, strings by bytes, booleans. Other
   keys are passed over: nothing orders them. */
#include "lua/lib.h"

#include <string.h>

typedef struct key {
    int rank; /* integers, floats, strings, booleans */
    union {
        lua_Integer integer;
        lua_Number number;
        sp_str text;
    } as;
} key;

/* Charged for sorting: comparing two keys takes about as long as two instructions. */
enum { COMPARISON_COST = 2 };

static bool read_key(lua_State *state, int index, key *out)
{
    switch (lua_type(state, index)) {
    case LUA_TNUMBER:
        out->rank = lua_isinteger(state, index) ? 0 : 1;
        if (out->rank == 0)
            out->as.integer = lua_tointeger(state, index);
        else
            out->as.number = lua_tonumber(state, index);
        return true;
    case LUA_TSTRING:
        out->rank = 2;
        out->as.text.text = lua_tolstring(state, index, &out->as.text.size);
        return true;
    case LUA_TBOOLEAN:
        out->rank = 3;
        out->as.integer = lua_toboolean(state, index);
        return true;
    default:
        return false;
    }
}

static bool is_before(const key *a, const key *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    if (a->rank == 1)
        return a->as.number < b->as.number;
    if (a->rank == 2)
        return sp_str_compare(a->as.text, b->as.text) < 0;
    return a->as.integer < b->as.integer;
}

/* Merges the sorted runs [low, middle) and [middle, high) of `from` into `to`. */
static void merge(const key *keys, const uint32_t *from, uint32_t *to, size_t low, size_t middle, size_t high)
{
    size_t left = low, right = middle;
    for (size_t i = low; i < high; i++) {
        bool takes_right = left >= middle || (right < high && is_before(&keys[from[right]], &keys[from[left]]));
        to[i] = takes_right ? from[right++] : from[left++];
    }
}

/* Sorts `order`, with `scratch` of the same size; gives the one that holds the result. */
static uint32_t *sort(lua_State *state, const key *keys, uint32_t *order, uint32_t *scratch, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        sp_vm_charge(state, count * COMPARISON_COST);
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            merge(keys, order, scratch, low, middle, high);
        }
        uint32_t *sorted = scratch;
        scratch = order;
        order = sorted;
    }
    return order;
}

static bool is_sorted(const key *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (is_before(&keys[i], &keys[i - 1]))
            return false;
    }
    return true;
}

/* Appends the keys of the table at 1 to the table at `names`; gives their number. */
static size_t collect(lua_State *state, int names)
{
    size_t count = 0;
    key one;
    lua_pushnil(state);
    while (lua_next(state, 1) != 0) {
        lua_pop(state, 1);
        sp_vm_charge(state, 1);
        if (!read_key(state, -1, &one))
            continue;
        lua_pushvalue(state, -1);
        lua_rawseti(state, names, (lua_Integer)++count);
    }
    return count;
}

/* Pushes the order of the keys in the table at `names`: an array of uint32_t, or nil when they are in order. */
static void push_order(lua_State *state, int names, size_t count)
{
    key *keys = lua_newuserdatauv(state, count * sizeof *keys + 2 * count * sizeof(uint32_t), 0);
    uint32_t *order = (uint32_t *)(void *)(keys + count);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(state, names, (lua_Integer)i + 1);
        read_key(state, -1, &keys[i]);
        lua_pop(state, 1);
        order[i] = (uint32_t)i;
    }
    if (is_sorted(keys, count)) {
        lua_pushnil(state);
    } else {
        uint32_t *sorted = sort(state, keys, order, order + count, count);
        memcpy(lua_newuserdatauv(state, count * sizeof *sorted, 0), sorted, count * sizeof *sorted);
    }
    lua_remove(state, -2);
}

/* upvalues: the table, its keys, their order or nil, how many were given, how many there are */
static int next_pair(lua_State *state)
{
    lua_Integer given = lua_tointeger(state, lua_upvalueindex(4));
    lua_Integer count = lua_tointeger(state, lua_upvalueindex(5));
    const uint32_t *order = lua_touserdata(state, lua_upvalueindex(3));
    lua_settop(state, 0);
    while (given < count) {
        lua_Integer at = order == NULL ? given : (lua_Integer)order[given];
        given++;
        lua_rawgeti(state, lua_upvalueindex(2), at + 1);
        lua_pushvalue(state, -1);
        if (lua_rawget(state, lua_upvalueindex(1)) != LUA_TNIL)
            break;
        lua_settop(state, 0);
    }
    lua_pushinteger(state, given);
    lua_replace(state, lua_upvalueindex(4));
    if (lua_gettop(state) == 0)
        lua_pushnil(state);
    return lua_gettop(state);
}

static int base_pairs(lua_State *state)
{
    luaL_checktype(state, 1, LUA_TTABLE);
    lua_settop(state, 1);
    lua_newtable(state);
    size_t count = collect(state, 2);
    lua_pushvalue(state, 1);
    lua_pushvalue(state, 2);
    push_order(state, 2, count);
    lua_pushinteger(state, 0);
    lua_pushinteger(state, (lua_Integer)count);
    lua_pushcclosure(state, next_pair, 5);
    lua_pushvalue(state, 1);
    lua_pushnil(state);
    return 3;
}

static int base_isempty(lua_State *state)
{
    luaL_checktype(state, 1, LUA_TTABLE);
    lua_settop(state, 1);
    key one;
    bool found = false;
    lua_pushnil(state);
    while (!found && lua_next(state, 1) != 0) {
        sp_vm_charge(state, 1);
        lua_pop(state, 1);
        found = read_key(state, -1, &one);
    }
    lua_pushboolean(state, !found);
    return 1;
}

void sp_lua__open_pairs(lua_State *state)
{
    static const luaL_Reg functions[] = {{"pairs", base_pairs}, {"isempty", base_isempty}, {NULL, NULL}};
    luaL_setfuncs(state, functions, 0);
}
