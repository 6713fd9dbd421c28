/* A persistent map from text to pointer, on an arena: setting gives a new map and leaves the old one as it was.

   The environment before every instruction is one of these, so thousands of states share almost all of their memory,
   and a lookup costs the same in the first stage and in the ten-thousandth. */
#ifndef SP_BASE_MAP_H
#define SP_BASE_MAP_H

#include "base/arena.h"

/** A map; NULL is the empty one. Immutable. */
typedef struct sp_map sp_map;

/** The value of a key, or NULL. */
const void *sp_map_find(const sp_map *map, sp_str key);

/** A map that is `map` with `key` set to `value` (not NULL). The key is borrowed. */
const sp_map *sp_map_set(sp_arena *arena, const sp_map *map, sp_str key, const void *value);

/** Calls back for every entry, in an order that depends on the keys alone (it is not the order of setting, and means
    nothing to a reader: sort before showing). Stops when the callback is false. */
void sp_map_each(const sp_map *map, bool (*callback)(sp_str key, const void *value, void *payload), void *payload);

/** Number of entries. */
uint32_t sp_map_count(const sp_map *map);

#endif
