/* What the files of the machine share. */
#ifndef SP_LUA_VM_INTERNAL_H
#define SP_LUA_VM_INTERNAL_H

#include "lua/vm.h"

enum { SP_VM_LINE_LEVELS = 64 /* frames looked at for a line */ };

/** Records the first reason to stop; what runs stops at its next instruction, charge or protected call. */
void sp_vm__set_trip(sp_vm *vm, sp_trip reason, uint64_t limit, const char *what);

/** Throws the stop that is recorded. Does not return. */
_Noreturn void sp_vm__throw(lua_State *state);

/** Sets the clocks and the hook for a judgement that begins now. */
void sp_vm__start_budget(sp_vm *vm);

/** The allocator of the state (lua_Alloc); `payload` is the machine. */
void *sp_vm__allocate(void *payload, void *old, size_t old_size, size_t new_size);

#endif
