/* Memory that is given back all at once: growing blocks and a bump pointer; what is large has a block of its own. */
#include "base/arena.h"

#include "base/limits.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

/* What was grown away from is forbidden ground to AddressSanitizer, so that a small test shows what a large list would
   do to those who hold a pointer into it. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(memory, size) ((void)(memory), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(memory, size) ((void)(memory), (void)(size))
#endif

typedef struct sp_arena_block {
    struct sp_arena_block *before, *after;
    size_t size; /* whole block, this head included */
    alignas(max_align_t) char bytes[];
} sp_arena_block;

void sp_arena_init(sp_arena *arena, sp_alloc alloc)
{
    *arena = (sp_arena){.alloc = alloc, .block_size = SP_LIMIT_ARENA_FIRST_BLOCK};
}

static void free_blocks(sp_arena *arena, sp_arena_block *first)
{
    for (sp_arena_block *block = first, *after; block != NULL; block = after) {
        after = block->after;
        ASAN_UNPOISON_MEMORY_REGION(block, block->size);
        sp_alloc_free(arena->alloc, block, block->size);
    }
}

void sp_arena_dispose(sp_arena *arena)
{
    free_blocks(arena, arena->blocks);
    free_blocks(arena, arena->large);
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

/* A block of the list that begins at *first: a new one in front (old NULL), or an old one with another size. */
static sp_arena_block *resize_block(sp_arena *arena, sp_arena_block **first, sp_arena_block *old, size_t size)
{
    size_t old_size = old == NULL ? 0 : old->size;
    sp_arena_block *block = sp_alloc_resize(arena->alloc, old, old_size, size);
    if (block == NULL)
        sp_arena_fail(arena);
    if (old_size == 0)
        *block = (sp_arena_block){.after = *first};
    block->size = size;
    arena->used += size - old_size;
    if (block->before == NULL)
        *first = block;
    else
        block->before->after = block;
    if (block->after != NULL)
        block->after->before = block;
    return block;
}

static void add_block(sp_arena *arena, size_t wanted)
{
    size_t size = arena->block_size;
    while (size - sizeof(sp_arena_block) < wanted)
        size *= 2;
    sp_arena_block *block = resize_block(arena, &arena->blocks, NULL, size);
    arena->next = block->bytes;
    arena->end = (char *)block + size;
    if (arena->block_size < SP_LIMIT_ARENA_LAST_BLOCK)
        arena->block_size *= 2;
}

static size_t aligned(size_t size)
{
    return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/* A large allocation has a block of its own: `old` is its bytes, NULL for a new one. */
static void *resize_large(sp_arena *arena, char *old, size_t size)
{
    if (size > SIZE_MAX / 8)
        sp_arena_fail(arena);
    sp_arena_block *block = old == NULL ? NULL : (void *)(old - offsetof(sp_arena_block, bytes));
    return resize_block(arena, &arena->large, block, sizeof *block + size)->bytes;
}

void *sp_arena_alloc(sp_arena *arena, size_t size)
{
    if (size >= SP_LIMIT_ARENA_LARGE)
        return resize_large(arena, NULL, size);
    size = aligned(size);
    if (size >= (size_t)(arena->end - arena->next)) /* also nothing comes from a block: it is not NULL */
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
    if (old_size >= SP_LIMIT_ARENA_LARGE)
        return resize_large(arena, old, new_size);
    char *end_of_old = old == NULL ? NULL : (char *)old + aligned(old_size);
    if (old != NULL && end_of_old == arena->next && new_size < SP_LIMIT_ARENA_LARGE &&
        aligned(new_size) - aligned(old_size) <= (size_t)(arena->end - arena->next)) {
        arena->next = (char *)old + aligned(new_size);
        return old;
    }
    void *memory = sp_arena_alloc(arena, new_size);
    if (old_size > 0) {
        memcpy(memory, old, old_size);
        ASAN_POISON_MEMORY_REGION(old, old_size);
    }
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

sp_str sp_arena_list(sp_arena *arena, const sp_str *items, size_t count)
{
    if (count == 0)
        return SP_STR("");
    sp_str *parts = sp_arena_alloc(arena, (2 * count - 1) * sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            parts[2 * i - 1] = SP_STR(", ");
        parts[2 * i] = items[i];
    }
    return sp_arena_join(arena, parts, 2 * count - 1);
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
