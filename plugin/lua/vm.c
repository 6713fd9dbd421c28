/* The machine a policy runs on: the state that every judgement starts from, and the protected call it runs in. */
#include "lua/vm.h"

#include "base/limits.h"
#include "lua/memory.h"
#include "lua/vm_internal.h"

#include <stdio.h>

enum {
    GC_PAUSE_FIRST = 1000, /* no collection until the heap is ten times the snapshot … */
    GC_PAUSE = 200         /* … and from then on at every doubling */
};

sp_vm *sp_vm_of(lua_State *state)
{
    void *vm;
    lua_getallocf(state, &vm);
    return vm;
}

static int on_panic(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    sp_vm__set_trip(vm, SP_TRIP_HOST, 0, NULL);
    if (vm->recovery != NULL)
        longjmp(*vm->recovery, 1);
    return 0;
}

/* Lua 5.4.4 drops the second operand of the inner "or" when the constants before it fill the short index. */
static bool compiles_narrow(lua_State *state)
{
    char text[4096] = "local t = {";
    size_t size = strlen(text);
    for (int i = 0; i < 257; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%d.5,", i);
    size += (size_t)snprintf(text + size, sizeof text - size, "} return (1|(2 or 3))");
    if (luaL_loadbufferx(state, text, size, "=probe", "t") != LUA_OK)
        lua_error(state);
    lua_call(state, 0, 1);
    bool wrong = lua_tointeger(state, -1) != 3;
    lua_pop(state, 1);
    return wrong;
}

static int open_libraries(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    vm->narrow_constants = compiles_narrow(state);
    sp_lua_open_base(state);
    sp_lua_open_string(state);
    sp_lua_open_table(state);
    sp_lua_open_math(state);
    sp_lua_open_utf8(state);
    sp_lua_open_objects(state);
    lua_settop(state, 0);
    lua_gc(state, LUA_GCSETPAUSE, GC_PAUSE_FIRST);
    lua_gc(state, LUA_GCCOLLECT);
    lua_gc(state, LUA_GCSETPAUSE, GC_PAUSE);
    return 0;
}

bool sp_vm_open(sp_vm *vm, sp_alloc alloc)
{
    *vm = (sp_vm){.opening = true, .memory = sp_memory_new(alloc)};
    if (vm->memory == NULL)
        return false;
    vm->state = lua_newstate(sp_vm__allocate, vm);
    if (vm->state != NULL) {
        lua_atpanic(vm->state, on_panic);
        lua_pushcfunction(vm->state, open_libraries);
        bool opened = lua_pcall(vm->state, 0, 0, 0) == LUA_OK;
        if (opened && sp_memory_keep(vm->memory)) {
            vm->base = sp_memory_live(vm->memory);
            vm->opening = false;
            return true;
        }
    }
    sp_vm_close(vm);
    return false;
}

void sp_vm_close(sp_vm *vm)
{
    sp_memory_free(vm->memory);
    *vm = (sp_vm){0};
}

void sp_vm_reset(sp_vm *vm, const sp_judgement *judgement, uint64_t steps, uint64_t memory)
{
    sp_memory_restore(vm->memory);
    sp_vm fresh = {
        .state = vm->state, .memory = vm->memory, .base = vm->base, .narrow_constants = vm->narrow_constants};
    fresh.judgement = judgement;
    fresh.step_limit = steps;
    fresh.memory_limit = memory;
    fresh.model_limit = SP_LIMIT_POLICY_MODEL;
    for (uint32_t i = 0; judgement != NULL && i < judgement->build_count; i++) {
        const sp_graph *graph = sp_facts_graph(judgement->builds[i].facts);
        fresh.model_limit += (uint64_t)graph->instruction_count * SP_LIMIT_POLICY_MODEL_PER_INSTRUCTION;
        fresh.facts_start = graph->arena->used;
    }
    *vm = fresh;
    sp_vm__start_budget(vm);
}

/* The message of an error, with the policy's path in full where Lua shortened it. */
static void push_message(lua_State *state)
{
    const char *text = lua_tostring(state, 1);
    lua_Debug frame;
    for (int level = 0; level < SP_VM_LINE_LEVELS && lua_getstack(state, level, &frame); level++) {
        lua_getinfo(state, "S", &frame);
        size_t size = strlen(frame.short_src);
        bool is_short = frame.source[0] == '@' && strncmp(frame.source + 1, frame.short_src, size) != 0;
        if (is_short && strncmp(text, frame.short_src, size) == 0 && text[size] == ':') {
            lua_pushfstring(state, "%s%s", frame.source + 1, text + size);
            return;
        }
    }
    lua_pushvalue(state, 1);
}

/* Runs where the error was raised, with the frames still there. */
static int on_error(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    if (vm->trip != SP_TRIP_NONE)
        return 1;
    vm->in_host = true;
    sp_vm_note_line(state);
    if (lua_type(state, 1) == LUA_TSTRING)
        push_message(state);
    else if (lua_isnil(state, 1))
        lua_pushstring(state, "raised nil, not a message");
    else
        lua_pushfstring(state, "raised a %s, not a message", luaL_typename(state, 1));
    return 1;
}

bool sp_vm_run(sp_vm *vm, lua_CFunction function, void *argument)
{
    lua_pushcfunction(vm->state, on_error);
    lua_pushcfunction(vm->state, function);
    lua_pushlightuserdata(vm->state, argument);
    int status = lua_pcall(vm->state, 1, 0, 1);
    if (status == LUA_ERRMEM)
        sp_vm__set_trip(vm, SP_TRIP_MEMORY, vm->memory_limit, NULL);
    return status == LUA_OK && vm->trip == SP_TRIP_NONE;
}
