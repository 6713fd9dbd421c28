/* A typed growable array on an arena.

       SP_LIST(sp_word) words = {0};
       *sp_list_add(arena, &words) = word;
       for (uint32_t i = 0; i < words.count; i++) … words.items[i] … */
#ifndef SP_BASE_LIST_H
#define SP_BASE_LIST_H

#include "base/arena.h"

/** The type of a list of `type`; use it once a type, in a typedef, where lists cross a function's border. */
#define SP_LIST(type)                                                                                                  \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        uint32_t count, capacity;                                                                                      \
    }

/** Appends an uninitialised item and gives its address, which is good until the next append. */
#define sp_list_add(arena, list)                                                                                       \
    ((list)->items = (list)->count < (list)->capacity                                                                  \
                         ? (list)->items                                                                               \
                         : sp_list__grow((arena), (list)->items, &(list)->capacity, sizeof *(list)->items),            \
     &(list)->items[(list)->count++])

/** Room for at least one item more; the growth behind sp_list_add. */
void *sp_list__grow(sp_arena *arena, void *items, uint32_t *capacity, size_t item_size);

#endif
