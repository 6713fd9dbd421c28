/* Calls between library functions and Lua: their depth, and protected calls that let a stop pass. */
#include "base/limits.h"
#include "lua/vm_internal.h"

enum { CALL_COST = 10 /* of a protected call, beside its instructions */ };

static void enter_call(lua_State *state, sp_vm *vm)
{
    if (vm->c_depth >= SP_LIMIT_POLICY_C_DEPTH)
        luaL_error(state, "more than %d calls through library functions (pcall, gsub, sort) inside each other",
                   SP_LIMIT_POLICY_C_DEPTH);
    vm->c_depth++;
}

void sp_vm_call(lua_State *state, int arguments, int results)
{
    sp_vm *vm = sp_vm_of(state);
    enter_call(state, vm);
    lua_call(state, arguments, results);
    vm->c_depth--;
}

int sp_vm_pcall(lua_State *state, int arguments, int results)
{
    sp_vm *vm = sp_vm_of(state);
    unsigned depth = vm->c_depth;
    bool in_host = vm->in_host;
    enter_call(state, vm);
    sp_vm_charge(state, CALL_COST);
    int status = lua_pcall(state, arguments, results, 0);
    vm->c_depth = depth;
    vm->in_host = in_host;
    if (status == LUA_ERRMEM)
        sp_vm__set_trip(vm, SP_TRIP_MEMORY, vm->memory_limit, NULL);
    if (vm->trip != SP_TRIP_NONE)
        sp_vm__throw(state);
    if (status != LUA_OK)
        vm->denied = vm->invalid = false;
    return status;
}

bool sp_vm_enter_host(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    bool before = vm->in_host;
    vm->in_host = true;
    return before;
}

void sp_vm_leave_host(lua_State *state, bool before)
{
    sp_vm_of(state)->in_host = before;
}
