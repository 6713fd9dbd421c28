/* Running work that allocates from an arena, beside things that an arena cannot give back: files, parsers, reports. */
#ifndef SP_BASE_GUARD_H
#define SP_BASE_GUARD_H

#include "base/arena.h"

#include <stagepolicy/types.h>

/** Runs `work` with a recovery point on `arena` and gives its status; SP_E_MEMORY when the allocator refused. The one
    before is set again, so guards nest. */
sp_status sp_guard(sp_arena *arena, sp_status (*work)(void *payload), void *payload);

#endif
