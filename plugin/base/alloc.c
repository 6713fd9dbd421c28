/* The replaceable allocator and its default, the C library. */
#include "base/alloc.h"

#include <stdlib.h>

static void *c_library(void *payload, void *old, size_t old_size, size_t new_size)
{
    (void)payload;
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

sp_alloc sp_alloc_default(void)
{
    return (sp_alloc){c_library, NULL};
}

void *sp_alloc_resize(sp_alloc alloc, void *old, size_t old_size, size_t new_size)
{
    return alloc.realloc(alloc.payload, old, old_size, new_size);
}

void sp_alloc_free(sp_alloc alloc, void *old, size_t old_size)
{
    if (old != NULL)
        alloc.realloc(alloc.payload, old, old_size, 0);
}
