/* Names that are not in the environment: what Lua has and policies do not, and what nobody has. */
#include "base/suggest.h"
#include "lua/lib.h"

/* What stock Lua has, and what to do instead. */
static const struct {
    const char *name, *instead;
} withheld[] = {
    {"_G", "name the global itself"},
    {"arg", "a policy's settings are its options"},
    {"bit32", "use the operators & | ~ << >>"},
    {"collectgarbage", "memory is given back by itself"},
    {"coroutine", "use a function or a list"},
    {"debug", "a policy sees the build and nothing of the machine it runs on"},
    {"dofile", "use require for lib/NAME.lua of the same pack"},
    {"ffi", "a policy sees the build and nothing of the machine it runs on"},
    {"getfenv", "name the global itself"},
    {"getmetatable", "tables of policies have no metatables"},
    {"io", "a policy sees the build and nothing of the machine it runs on"},
    {"jit", "policies run on plain Lua 5.4"},
    {"load", "use require for lib/NAME.lua of the same pack"},
    {"loadfile", "use require for lib/NAME.lua of the same pack"},
    {"loadstring", "use require for lib/NAME.lua of the same pack"},
    {"module", "use require for lib/NAME.lua of the same pack"},
    {"newproxy", "tables of policies have no metatables"},
    {"next", "use pairs, which has a fixed order, or isempty"},
    {"os", "a policy sees the build and nothing of the machine it runs on"},
    {"package", "use require for lib/NAME.lua of the same pack"},
    {"print", "use report for findings and log for notes"},
    {"rawget", "index the table"},
    {"rawset", "assign to the table"},
    {"setfenv", "name the global itself"},
    {"setmetatable", "tables of policies have no metatables"},
    {"unpack", "use table.unpack"},
    {"warn", "use report for findings and log for notes"},
};

#define NAME(literal)                                                                                                  \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

static const sp_str offered[] = {
    NAME("assert"),   NAME("each"),   NAME("error"), NAME("group"),  NAME("ipairs"),   NAME("isempty"),
    NAME("log"),      NAME("math"),   NAME("pairs"), NAME("pcall"),  NAME("rawequal"), NAME("rawlen"),
    NAME("require"),  NAME("select"), NAME("set"),   NAME("string"), NAME("table"),    NAME("tonumber"),
    NAME("tostring"), NAME("type"),   NAME("utf8"),  NAME("xpcall"),
};

/* sp_suggest compares letter by letter the names that are about as long. */
sp_str sp_lua__suggest(lua_State *state, sp_str name, const sp_str *candidates, size_t count)
{
    enum { LONGEST = 48, FAR = 3, PAIRS_A_STEP = 8 };
    size_t pairs = count;
    for (size_t i = 0; i < count && name.size <= LONGEST; i++) {
        size_t size = candidates[i].size;
        if (size <= name.size + FAR && name.size <= size + FAR)
            pairs += name.size * size;
    }
    sp_vm_charge(state, pairs / PAIRS_A_STEP);
    return sp_suggest(name, candidates, count);
}

static int missing_global(lua_State *state)
{
    if (lua_type(state, 2) != LUA_TSTRING)
        return luaL_error(state, "no global of type %s", luaL_typename(state, 2));
    sp_str name;
    name.text = lua_tolstring(state, 2, &name.size);
    if (sp_str_equal(name, SP_STR("require"))) {
        sp_lua__push_require(state);
        return 1;
    }
    for (size_t i = 0; i < sizeof withheld / sizeof *withheld; i++) {
        if (sp_str_equal(name, sp_str_from(withheld[i].name)))
            sp_vm_deny(state, "'%s' is not available to policies; %s", withheld[i].name, withheld[i].instead);
    }
    sp_str near = sp_lua__suggest(state, name, offered, sizeof offered / sizeof *offered);
    if (near.size > 0)
        return luaL_error(state, "no global '%s'; did you mean '%s'?", name.text, near.text);
    return luaL_error(state, "no global '%s'; what a policy uses is given to check or made local", name.text);
}

void sp_lua__open_missing(lua_State *state)
{
    lua_createtable(state, 0, 2);
    lua_pushcfunction(state, missing_global);
    lua_setfield(state, -2, "__index");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_setmetatable(state, -2);
}
