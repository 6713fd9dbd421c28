/* Memory that is given back all at once: a list of growing blocks and a bump pointer. */
#include "base/arena.h"

#include "base/limits.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct sp_arena_block {
    struct sp_arena_block *previous;
    size_t size; /* whole block, this head included */
    alignas(max_align_t) char bytes[];
} sp_arena_block;

void sp_arena_init(sp_arena *arena, sp_alloc alloc)
{
    *arena = (sp_arena){.alloc = alloc, .block_size = SP_LIMIT_ARENA_FIRST_BLOCK};
}

void sp_arena_dispose(sp_arena *arena)
{
    while (arena->blocks != NULL) {
        sp_arena_block *block = arena->blocks;
        arena->blocks = block->previous;
        sp_alloc_free(arena->alloc, block, block->size);
    }
    sp_arena_init(arena, arena->alloc);
}

jmp_buf *sp_arena_recover(sp_arena *arena, jmp_buf *here)
{
    jmp_buf *outer = arena->recovery;
    arena->recovery = here;
    return outer;
}

_Noreturn void sp_arena_fail(sp_arena *arena)
{
    if (arena->recovery == NULL)
        abort();
    longjmp(*arena->recovery, 1);
}

static void add_block(sp_arena *arena, size_t wanted)
{
    size_t size = arena->block_size;
    while (size - sizeof(sp_arena_block) < wanted)
        size = size > SIZE_MAX / 4 ? wanted + sizeof(sp_arena_block) : size * 2;
    sp_arena_block *block = sp_alloc_resize(arena->alloc, NULL, 0, size);
    if (block == NULL)
        sp_arena_fail(arena);
    block->previous = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->next = block->bytes;
    arena->end = (char *)block + size;
    arena->used += size;
    if (arena->block_size < SP_LIMIT_ARENA_LAST_BLOCK)
        arena->block_size *= 2;
}

static size_t aligned(size_t size)
{
    return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

void *sp_arena_alloc(sp_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 8)
        sp_arena_fail(arena);
    size = aligned(size);
    if (size > (size_t)(arena->end - arena->next))
        add_block(arena, size);
    char *memory = arena->next;
    arena->next += size;
    return memory;
}

void *sp_arena_zeroed(sp_arena *arena, size_t size)
{
    void *memory = sp_arena_alloc(arena, size);
    return size > 0 ? memset(memory, 0, size) : memory;
}

void *sp_arena_grow(sp_arena *arena, void *old, size_t old_size, size_t new_size)
{
    char *end_of_old = old == NULL ? NULL : (char *)old + aligned(old_size);
    if (old != NULL && end_of_old == arena->next && new_size >= old_size &&
        aligned(new_size) - aligned(old_size) <= (size_t)(arena->end - arena->next)) {
        arena->next = (char *)old + aligned(new_size);
        return old;
    }
    void *memory = sp_arena_alloc(arena, new_size);
    if (old_size > 0)
        memcpy(memory, old, old_size < new_size ? old_size : new_size);
    return memory;
}

sp_str sp_arena_copy(sp_arena *arena, sp_str text)
{
    return sp_arena_join(arena, &text, 1);
}

sp_str sp_arena_join(sp_arena *arena, const sp_str *parts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    char *memory = sp_arena_alloc(arena, size + 1);
    char *next = memory;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size > 0)
            memcpy(next, parts[i].text, parts[i].size);
        next += parts[i].size;
    }
    *next = '\0';
    return (sp_str){memory, size};
}

sp_str sp_arena_vprint(sp_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0)
        sp_arena_fail(arena);
    char *memory = sp_arena_alloc(arena, (size_t)size + 1);
    vsnprintf(memory, (size_t)size + 1, format, arguments);
    return (sp_str){memory, (size_t)size};
}

sp_str sp_arena_print(sp_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sp_str text = sp_arena_vprint(arena, format, arguments);
    va_end(arguments);
    return text;
}
