/* What loading and judging share of a runtime. */
#ifndef SP_LUA_RUNTIME_INTERNAL_H
#define SP_LUA_RUNTIME_INTERNAL_H

#include "lua/vm.h"

/** Runs work on the runtime's machine in the C locale, with recovery points on both arenas (the second may be NULL).
    Gives its status, or SP_E_MEMORY when an arena's memory ran out; the machine can be used again either way. */
sp_status sp_runtime__guard(sp_runtime *runtime, sp_arena *first, sp_arena *second,
                            sp_status (*work)(sp_vm *vm, void *payload), void *payload);

#endif
