/* Growth of typed arrays: small at first (most lists of a Dockerfile hold one or two items), then by half. */
#include "base/list.h"

void *sp_list__grow(sp_arena *arena, void *items, uint32_t *capacity, size_t item_size)
{
    uint32_t wanted = *capacity == 0 ? 2 : *capacity + *capacity / 2 + 1;
    if (wanted <= *capacity)
        sp_arena_fail(arena);
    items = sp_arena_grow(arena, items, *capacity * item_size, wanted * item_size);
    *capacity = wanted;
    return items;
}
