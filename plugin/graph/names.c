/* Stages by name: an open hash table of stage numbers. */
#include "graph/build.h"

#include "base/ascii.h"

void sp_names__init(sp_names *names, sp_arena *arena, uint32_t stage_count)
{
    uint32_t size = 4;
    while (size < stage_count + stage_count / 2 + 1)
        size *= 2;
    names->slots = sp_arena_zeroed(arena, size * sizeof *names->slots);
    names->mask = size - 1;
}

static uint32_t hash_nocase(sp_str name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)sp_ascii_lower(name.text[i])) * 16777619u;
    return hash ^ (hash >> 15);
}

/* The slot that holds the name, or the free one where it would go. */
static uint32_t *slot_of(const sp_names *names, const sp_stage *stages, sp_str name)
{
    uint32_t at = hash_nocase(name) & names->mask;
    while (names->slots[at] != 0 && !sp_str_equal_nocase(stages[names->slots[at] - 1].name, name))
        at = (at + 1) & names->mask;
    return &names->slots[at];
}

void sp_names__set(sp_names *names, const sp_stage *stages, uint32_t stage)
{
    *slot_of(names, stages, stages[stage].name) = stage + 1;
}

uint32_t sp_names__find_nocase(const sp_names *names, const sp_stage *stages, sp_str name)
{
    if (name.size == 0 || names->slots == NULL)
        return SP_NONE;
    uint32_t stage = *slot_of(names, stages, name);
    return stage == 0 ? SP_NONE : stage - 1;
}

uint32_t sp_names__find(const sp_names *names, const sp_stage *stages, sp_str name)
{
    uint32_t stage = sp_names__find_nocase(names, stages, name);
    return stage != SP_NONE && sp_str_equal(stages[stage].name, name) ? stage : SP_NONE;
}
