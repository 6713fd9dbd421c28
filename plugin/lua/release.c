/* The release of Lua that policies run on. */
#include "lua/runtime.h"

#include <lua.h>

const char *sp_runtime_lua_version(void)
{
    return LUA_RELEASE " (system)";
}
