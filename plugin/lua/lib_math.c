/* The math library without what differs between machines or runs: no random numbers, no transcendental functions. */
#include "lua/lib.h"

#include <lualib.h>

static const char *const names[] = {"abs", "ceil",       "floor", "fmod",      "huge", "max", "maxinteger",
                                    "min", "mininteger", "modf",  "tointeger", "type", "ult"};

void sp_lua_open_math(lua_State *state)
{
    lua_newtable(state);
    lua_pushcfunction(state, luaopen_math);
    lua_call(state, 0, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        lua_getfield(state, -1, names[i]);
        lua_setfield(state, -3, names[i]);
    }
    lua_pop(state, 1);
    lua_setglobal(state, "math");
}
