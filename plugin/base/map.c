/* A persistent map: a hash trie of 16-way branches; setting copies the path from the root to the entry. */
#include "base/map.h"

enum { BITS = 4, WIDTH = 1 << BITS, DEEPEST = 64 / BITS };

struct sp_map {
    uint32_t count;   /* entries below */
    uint32_t present; /* bit i: slots[] has a child for hash digit i; 0 for a leaf */
    uint64_t hash;    /* leaf */
    sp_str key;       /* leaf */
    const void *value;
    const sp_map *next;    /* leaf: another key of the same hash */
    const sp_map *slots[]; /* branch: one a bit of `present`, in order */
};

static unsigned digit(uint64_t hash, unsigned depth)
{
    return (unsigned)(hash >> (depth * BITS)) & (WIDTH - 1);
}

static unsigned slot_of(uint32_t present, unsigned bit)
{
    return (unsigned)__builtin_popcount(present & ((1u << bit) - 1));
}

const void *sp_map_find(const sp_map *map, sp_str key)
{
    if (map == NULL)
        return NULL;
    uint64_t hash = sp_str_hash(key);
    for (unsigned depth = 0; map != NULL && map->present != 0; depth++) {
        unsigned bit = digit(hash, depth);
        map = map->present & (1u << bit) ? map->slots[slot_of(map->present, bit)] : NULL;
    }
    for (; map != NULL; map = map->next) {
        if (map->hash == hash && sp_str_equal(map->key, key))
            return map->value;
    }
    return NULL;
}

static sp_map *leaf_new(sp_arena *arena, uint64_t hash, sp_str key, const void *value, const sp_map *next)
{
    sp_map *leaf = sp_arena_new(arena, sp_map);
    *leaf = (sp_map){.hash = hash, .key = key, .value = value, .next = next};
    leaf->count = 1 + (next != NULL ? next->count : 0);
    return leaf;
}

/* The chain of one hash without `key`; shares what follows it. */
static const sp_map *without(sp_arena *arena, const sp_map *leaf, sp_str key)
{
    if (leaf == NULL)
        return NULL;
    if (sp_str_equal(leaf->key, key))
        return leaf->next;
    return leaf_new(arena, leaf->hash, leaf->key, leaf->value, without(arena, leaf->next, key));
}

static sp_map *branch_new(sp_arena *arena, uint32_t present)
{
    size_t width = (size_t)__builtin_popcount(present);
    sp_map *branch = sp_arena_zeroed(arena, sizeof(sp_map) + width * sizeof(sp_map *));
    branch->present = present;
    return branch;
}

/* A branch with `child` at `bit`, everything else as in `old` (which may lack that bit). */
static const sp_map *branch_with(sp_arena *arena, const sp_map *old, unsigned bit, const sp_map *child)
{
    sp_map *branch = branch_new(arena, old->present | (1u << bit));
    for (unsigned i = 0; i < WIDTH; i++) {
        if (i != bit && old->present & (1u << i))
            branch->slots[slot_of(branch->present, i)] = old->slots[slot_of(old->present, i)];
    }
    branch->slots[slot_of(branch->present, bit)] = child;
    const sp_map *before = old->present & (1u << bit) ? old->slots[slot_of(old->present, bit)] : NULL;
    branch->count = old->count - (before != NULL ? before->count : 0) + child->count;
    return branch;
}

static const sp_map *set_at(sp_arena *arena, const sp_map *map, unsigned depth, uint64_t hash, sp_str key,
                            const void *value)
{
    if (map == NULL)
        return leaf_new(arena, hash, key, value, NULL);
    if (map->present == 0) {
        if (map->hash == hash || depth >= DEEPEST)
            return leaf_new(arena, hash, key, value, without(arena, map, key));
        const sp_map empty = {0};
        map = branch_with(arena, &empty, digit(map->hash, depth), map);
    }
    unsigned bit = digit(hash, depth);
    const sp_map *child = map->present & (1u << bit) ? map->slots[slot_of(map->present, bit)] : NULL;
    return branch_with(arena, map, bit, set_at(arena, child, depth + 1, hash, key, value));
}

const sp_map *sp_map_set(sp_arena *arena, const sp_map *map, sp_str key, const void *value)
{
    return set_at(arena, map, 0, sp_str_hash(key), key, value);
}

static bool visit(const sp_map *map, bool (*callback)(sp_str, const void *, void *), void *payload)
{
    if (map->present == 0) {
        for (; map != NULL; map = map->next) {
            if (!callback(map->key, map->value, payload))
                return false;
        }
        return true;
    }
    for (unsigned i = 0; i < (unsigned)__builtin_popcount(map->present); i++) {
        if (!visit(map->slots[i], callback, payload))
            return false;
    }
    return true;
}

void sp_map_each(const sp_map *map, bool (*callback)(sp_str, const void *, void *), void *payload)
{
    if (map != NULL)
        visit(map, callback, payload);
}

uint32_t sp_map_count(const sp_map *map)
{
    return map != NULL ? map->count : 0;
}
