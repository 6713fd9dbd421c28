/* Memory that is given back all at once. A document, a run and the results each own one.

   Allocating never returns NULL: when the allocator refuses, control returns to the arena's recovery point, which the
   entry of a layer sets (below). So parsing, graph and facts read as if memory were endless, and nothing leaks,
   because everything they hold is in the arena:

       jmp_buf here;
       jmp_buf *outer = sp_arena_recover(arena, &here);
       if (setjmp(here) != 0) {
           sp_arena_recover(arena, outer);
           return SP_E_MEMORY;
       }
       … work that allocates …
       sp_arena_recover(arena, outer);

   Code between setjmp and the end must hold nothing that is not in the arena. */
#ifndef SP_BASE_ARENA_H
#define SP_BASE_ARENA_H

#include "base/alloc.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

struct sp_arena_block;

typedef struct sp_arena {
    sp_alloc alloc;
    struct sp_arena_block *blocks; /* newest first */
    struct sp_arena_block *large;  /* of one allocation each */
    char *next, *end;              /* the free rest of the newest block */
    size_t block_size;             /* of the next block; doubles up to a ceiling */
    size_t used;                   /* bytes obtained from the allocator */
    uint64_t steps;                /* work on what it holds, counted by those who must not do too much of it */
    jmp_buf *recovery;
} sp_arena;

/** An empty arena; takes no memory yet. */
void sp_arena_init(sp_arena *arena, sp_alloc alloc);

/** Gives everything back. The arena is empty and can be used again. */
void sp_arena_dispose(sp_arena *arena);

/** Sets the recovery point, which must outlive its being set, and returns the one before it (NULL at first). Running
    out of memory without one aborts. */
jmp_buf *sp_arena_recover(sp_arena *arena, jmp_buf *here);

/** `size` bytes, aligned for any type, not zeroed. Lives as long as the arena. */
void *sp_arena_alloc(sp_arena *arena, size_t size);

/** One zeroed object of a type. */
#define sp_arena_new(arena, type) ((type *)sp_arena_zeroed((arena), sizeof(type)))

/** `size` zeroed bytes. */
void *sp_arena_zeroed(sp_arena *arena, size_t size);

/** Grows an allocation to `new_size` >= `old_size`. What lies at the old place may be gone, and never counts any more:
    nobody may hold a pointer into it. `old` may be NULL with `old_size` 0. */
void *sp_arena_grow(sp_arena *arena, void *old, size_t old_size, size_t new_size);

/** A copy of the text; its byte after the end is NUL, so `.text` also serves as a C string. */
sp_str sp_arena_copy(sp_arena *arena, sp_str text);

/** The texts joined. NUL follows as above. */
sp_str sp_arena_join(sp_arena *arena, const sp_str *parts, size_t count);

/** The items one after another with ", " between them, for people. */
sp_str sp_arena_list(sp_arena *arena, const sp_str *items, size_t count);

/** printf and vprintf into the arena. NUL follows as above. */
sp_str sp_arena_print(sp_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
sp_str sp_arena_vprint(sp_arena *arena, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/** Returns to the recovery point as if the allocator had refused. Does not return. */
_Noreturn void sp_arena_fail(sp_arena *arena);

#endif
