/* What went wrong in the machine, in the words of a policy failure. */
#ifndef SP_LUA_FAILURE_H
#define SP_LUA_FAILURE_H

#include "lua/vm.h"

/** Fills kind, message, line and limit after sp_vm_run was false; texts are copied into the arena. `otherwise` is the
    kind of a plain error: "load" or "error". False when it was the host's memory that ran out. */
bool sp_failure_read(sp_arena *arena, const sp_vm *vm, const char *otherwise, sp_result_failure *out);

#endif
