/* Lua's heap: size classes cut from chunks, a snapshot of the first chunk, and large blocks of the host's own. */
#include "lua/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum {
    GRAIN = 16,          /* the smallest block, and the alignment of all */
    SMALL_LIMIT = 512,   /* up to here one class every GRAIN bytes */
    SMALL_SHIFT = 9,     /* its logarithm */
    CLASS_LIMIT = 32768, /* up to here four classes every doubling; larger blocks are the host's own */
    SMALL_CLASSES = SMALL_LIMIT / GRAIN,
    CLASSES = SMALL_CLASSES + 4 * 6,
    CHUNK = 262144,  /* holds the snapshot several times over, and what a usual judgement takes */
    SPARE_CHUNKS = 2 /* kept between judgements */
};

typedef struct free_block {
    struct free_block *next;
} free_block;

/* The head of the first chunk: all that a restored snapshot must also restore. */
typedef struct heap {
    char *next, *end; /* the free rest of the newest chunk */
    size_t live;
    free_block *free[CLASSES];
} heap;

typedef struct chunk {
    struct chunk *previous;
    alignas(max_align_t) char bytes[];
} chunk;

typedef struct large_block {
    struct large_block *previous, *next;
    size_t size; /* of its bytes */
    alignas(max_align_t) char bytes[];
} large_block;

struct sp_memory {
    sp_alloc alloc;
    heap *heap;    /* the first chunk */
    chunk *chunks; /* the others, newest first */
    chunk *spare;  /* ready for use again */
    size_t spare_count;
    large_block *large;
    size_t held;
    char *snapshot;
    size_t snapshot_size;
};

sp_memory *sp_memory_new(sp_alloc alloc)
{
    sp_memory *memory = sp_alloc_resize(alloc, NULL, 0, sizeof *memory);
    if (memory == NULL)
        return NULL;
    heap *first = sp_alloc_resize(alloc, NULL, 0, CHUNK);
    if (first == NULL) {
        sp_alloc_free(alloc, memory, sizeof *memory);
        return NULL;
    }
    size_t head = (sizeof *first + GRAIN - 1) / GRAIN * GRAIN;
    *first = (heap){.next = (char *)first + head, .end = (char *)first + CHUNK};
    *memory = (sp_memory){.alloc = alloc, .heap = first, .held = CHUNK};
    return memory;
}

static void free_chunks(sp_memory *memory, chunk *list)
{
    while (list != NULL) {
        chunk *previous = list->previous;
        sp_alloc_free(memory->alloc, list, CHUNK);
        memory->held -= CHUNK;
        list = previous;
    }
}

static void free_large(sp_memory *memory)
{
    while (memory->large != NULL) {
        large_block *next = memory->large->next;
        memory->held -= memory->large->size;
        sp_alloc_free(memory->alloc, memory->large, sizeof(large_block) + memory->large->size);
        memory->large = next;
    }
}

void sp_memory_free(sp_memory *memory)
{
    if (memory == NULL)
        return;
    free_large(memory);
    free_chunks(memory, memory->chunks);
    free_chunks(memory, memory->spare);
    sp_alloc_free(memory->alloc, memory->snapshot, memory->snapshot_size);
    sp_alloc_free(memory->alloc, memory->heap, CHUNK);
    sp_alloc_free(memory->alloc, memory, sizeof *memory);
}

/* The class of a size from 1 to CLASS_LIMIT, and the bytes that its blocks have. */
static unsigned class_of(size_t size, size_t *bytes)
{
    if (size <= SMALL_LIMIT) {
        unsigned class = (unsigned)((size - 1) / GRAIN);
        *bytes = (class + 1) * (size_t)GRAIN;
        return class;
    }
    unsigned shift = SMALL_SHIFT;
    while ((size - 1) >> (shift + 1) != 0)
        shift++;
    unsigned quarter = (unsigned)((size - 1 - ((size_t)1 << shift)) >> (shift - 2));
    *bytes = ((size_t)1 << shift) + ((size_t)(quarter + 1) << (shift - 2));
    return SMALL_CLASSES + (shift - SMALL_SHIFT) * 4 + quarter;
}

static bool add_chunk(sp_memory *memory)
{
    chunk *added = memory->spare;
    if (added != NULL) {
        memory->spare = added->previous;
        memory->spare_count--;
    } else {
        added = sp_alloc_resize(memory->alloc, NULL, 0, CHUNK);
        if (added == NULL)
            return false;
        memory->held += CHUNK;
    }
    added->previous = memory->chunks;
    memory->chunks = added;
    memory->heap->next = added->bytes;
    memory->heap->end = (char *)added + CHUNK;
    return true;
}

static void *take_block(sp_memory *memory, size_t size)
{
    size_t bytes;
    unsigned class = class_of(size, &bytes);
    free_block *block = memory->heap->free[class];
    if (block != NULL) {
        memory->heap->free[class] = block->next;
        return block;
    }
    if (bytes > (size_t)(memory->heap->end - memory->heap->next) && !add_chunk(memory))
        return NULL;
    void *cut = memory->heap->next;
    memory->heap->next += bytes;
    return cut;
}

static void give_block(sp_memory *memory, void *block, size_t size)
{
    size_t bytes;
    unsigned class = class_of(size, &bytes);
    free_block *freed = block;
    freed->next = memory->heap->free[class];
    memory->heap->free[class] = freed;
}

static large_block *head_of(void *block)
{
    return (large_block *)(void *)((char *)block - offsetof(large_block, bytes));
}

static void link_large(sp_memory *memory, large_block *block)
{
    if (block->previous != NULL)
        block->previous->next = block;
    else
        memory->large = block;
    if (block->next != NULL)
        block->next->previous = block;
}

/* Allocates a large block (`old` NULL) or resizes one to another large size. */
static void *resize_large(sp_memory *memory, void *old, size_t new_size)
{
    large_block *before = old == NULL ? NULL : head_of(old);
    size_t old_size = before == NULL ? 0 : before->size;
    size_t before_bytes = before == NULL ? 0 : sizeof *before + old_size;
    if (new_size > SIZE_MAX - sizeof *before)
        return NULL;
    large_block *after = sp_alloc_resize(memory->alloc, before, before_bytes, sizeof *after + new_size);
    if (after == NULL)
        return NULL;
    if (old == NULL) {
        after->previous = NULL;
        after->next = memory->large;
    }
    after->size = new_size;
    memory->held += new_size - old_size;
    link_large(memory, after);
    return after->bytes;
}

static void give_large(sp_memory *memory, void *block)
{
    large_block *head = head_of(block);
    if (head->previous != NULL)
        head->previous->next = head->next;
    else
        memory->large = head->next;
    if (head->next != NULL)
        head->next->previous = head->previous;
    memory->held -= head->size;
    sp_alloc_free(memory->alloc, head, sizeof *head + head->size);
}

static void *take(sp_memory *memory, size_t size)
{
    return size > CLASS_LIMIT ? resize_large(memory, NULL, size) : take_block(memory, size);
}

static void give(sp_memory *memory, void *block, size_t size)
{
    if (size > CLASS_LIMIT)
        give_large(memory, block);
    else if (size > 0)
        give_block(memory, block, size);
}

static bool is_same_class(size_t a, size_t b)
{
    size_t a_bytes, b_bytes;
    return a > 0 && a <= CLASS_LIMIT && b <= CLASS_LIMIT && class_of(a, &a_bytes) == class_of(b, &b_bytes);
}

/* Moves a block to another size. A host that refuses a smaller block leaves the larger one in use: Lua may then give it
   back under its smaller size, to which no harm is done, since all blocks live until the snapshot is restored. */
static void *move(sp_memory *memory, void *old, size_t old_size, size_t new_size)
{
    void *block = take(memory, new_size);
    if (block == NULL)
        return new_size < old_size ? old : NULL;
    memcpy(block, old, new_size < old_size ? new_size : old_size);
    give(memory, old, old_size);
    return block;
}

void *sp_memory_resize(sp_memory *memory, void *old, size_t old_size, size_t new_size)
{
    if (old == NULL)
        old_size = 0;
    if (new_size == 0) {
        give(memory, old, old_size);
        memory->heap->live -= old_size;
        return NULL;
    }
    void *block;
    if (old == NULL)
        block = take(memory, new_size);
    else if (is_same_class(old_size, new_size))
        block = old;
    else if (old_size > CLASS_LIMIT && new_size > old_size)
        block = resize_large(memory, old, new_size);
    else
        block = move(memory, old, old_size, new_size);
    if (block != NULL)
        memory->heap->live += new_size - old_size;
    return block;
}

bool sp_memory_keep(sp_memory *memory)
{
    if (memory->chunks != NULL || memory->large != NULL || memory->snapshot != NULL)
        return false;
    size_t size = (size_t)(memory->heap->next - (char *)memory->heap);
    memory->snapshot = sp_alloc_resize(memory->alloc, NULL, 0, size);
    if (memory->snapshot == NULL)
        return false;
    memory->snapshot_size = size;
    memory->held += size;
    memcpy(memory->snapshot, memory->heap, size);
    return true;
}

void sp_memory_restore(sp_memory *memory)
{
    free_large(memory);
    while (memory->chunks != NULL) {
        chunk *used = memory->chunks;
        memory->chunks = used->previous;
        used->previous = memory->spare;
        memory->spare = used;
        memory->spare_count++;
    }
    while (memory->spare_count > SPARE_CHUNKS) {
        chunk *extra = memory->spare;
        memory->spare = extra->previous;
        extra->previous = NULL;
        free_chunks(memory, extra);
        memory->spare_count--;
    }
    memcpy(memory->heap, memory->snapshot, memory->snapshot_size);
}

size_t sp_memory_live(const sp_memory *memory)
{
    return memory->heap->live;
}

size_t sp_memory_held(const sp_memory *memory)
{
    return memory->held;
}
