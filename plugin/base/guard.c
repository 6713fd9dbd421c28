/* A recovery point around a function, so that its caller can hold what is not in the arena. */
#include "base/guard.h"

sp_status sp_guard(sp_arena *arena, sp_status (*work)(void *payload), void *payload)
{
    jmp_buf here;
    jmp_buf *outer = sp_arena_recover(arena, &here);
    if (setjmp(here) != 0) {
        sp_arena_recover(arena, outer);
        return SP_E_MEMORY;
    }
    sp_status status = work(payload);
    sp_arena_recover(arena, outer);
    return status;
}
