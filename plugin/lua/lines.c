/* The lines of a Lua file that have code: what there is to cover. */
#include "base/limits.h"
#include "lua/bytecode.h"
#include "lua/policy.h"
#include "lua/runtime_internal.h"

typedef struct reading {
    sp_arena *arena;
    sp_str path, text;
    void (*line)(void *payload, uint32_t line);
    void *payload;
} reading;

static int read_lines(lua_State *state)
{
    const reading *in = lua_touserdata(state, 1);
    sp_vm_compile(state, in->path, in->text);
    if (!sp_bytecode_lines(sp_vm_dump(state, in->arena), in->line, in->payload))
        return luaL_error(state, "its bytecode is not read");
    return 0;
}

static sp_status read_file(sp_vm *vm, void *payload)
{
    jmp_buf *recovery = vm->recovery;
    sp_vm_reset(vm, NULL, SP_LIMIT_POLICY_STEPS, SP_LIMIT_POLICY_MEMORY);
    vm->recovery = recovery;
    return sp_vm_run(vm, read_lines, payload) ? SP_OK : SP_E_PACK;
}

sp_status sp_policy_lines(sp_runtime *runtime, sp_arena *arena, sp_str path, sp_str text,
                          void (*line)(void *payload, uint32_t line), void *payload)
{
    reading in = {arena, path, text, line, payload};
    return sp_runtime__guard(runtime, arena, NULL, read_file, &in);
}
