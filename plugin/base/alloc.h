/* The replaceable allocator: the only way to the heap, so that a host can lend its own and tests can make it fail. */
#ifndef SP_BASE_ALLOC_H
#define SP_BASE_ALLOC_H

#include <stddef.h>

/** Like the host's (stagepolicy/host.h): old NULL allocates, new_size 0 frees, NULL means refused. */
typedef struct sp_alloc {
    void *(*realloc)(void *payload, void *old, size_t old_size, size_t new_size);
    void *payload;
} sp_alloc;

/** The C library's allocator. */
sp_alloc sp_alloc_default(void);

/** Resizes `old` (NULL: allocates). NULL means refused, and `old` is still there. */
void *sp_alloc_resize(sp_alloc alloc, void *old, size_t old_size, size_t new_size);

/** Frees; NULL is allowed. */
void sp_alloc_free(sp_alloc alloc, void *old, size_t old_size);

#endif
