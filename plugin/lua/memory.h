/* Lua's heap, in chunks of the host's memory, of which the first can be put back as it was with one copy.

   Blocks up to 32 KiB are cut from chunks and kept, once freed, in one list a size class; their bookkeeping lies at the
   head of the first chunk, so it is put back together with them. Larger blocks are the host's own. Lua tells every
   block's size when it gives it back, so blocks have no heads. */
#ifndef SP_LUA_MEMORY_H
#define SP_LUA_MEMORY_H

#include "base/alloc.h"

#include <stdbool.h>

typedef struct sp_memory sp_memory;

/** NULL when the host refuses. */
sp_memory *sp_memory_new(sp_alloc alloc);
void sp_memory_free(sp_memory *memory);

/** Resizes a block as lua_Alloc does: `old` NULL allocates, `new_size` 0 frees. NULL means that the host refused;
    shrinking never fails. */
void *sp_memory_resize(sp_memory *memory, void *old, size_t old_size, size_t new_size);

/** Takes the snapshot that sp_memory_restore goes back to; false when the host refuses or a block lies outside the
    first chunk. */
bool sp_memory_keep(sp_memory *memory);

/** Puts every byte of the snapshot back and forgets all that was allocated since. */
void sp_memory_restore(sp_memory *memory);

/** Bytes in blocks that are not freed, and bytes taken from the host for them. */
size_t sp_memory_live(const sp_memory *memory);
size_t sp_memory_held(const sp_memory *memory);

#endif
