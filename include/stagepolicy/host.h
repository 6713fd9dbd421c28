/* What a host may lend to the library: memory, a log, a stop button, an ear for progress. */
#ifndef STAGEPOLICY_HOST_H
#define STAGEPOLICY_HOST_H

#include <stagepolicy/types.h>

/** Callbacks of the host. All are optional; NULL means the default in brackets. They must not unwind (no longjmp,
    no C++ exception) and are called only on the thread that called into the library. The struct is copied. */
typedef struct sp_host {
    size_t size;
    void *payload; /**< first argument of every callback */
    /** Allocates (old NULL), resizes, or frees (new_size 0, result ignored); NULL means refused. Of a shared engine it
        must serve every thread that uses the engine or its results. [the C library] */
    void *(*realloc)(void *payload, void *old, size_t old_size, size_t new_size);
    /** Receives text from `log()` in policies. [silence] */
    void (*log)(void *payload, const char *text, size_t size);
    /** Polled between policies; non-zero stops the run with SP_E_CANCELLED. [never] */
    int32_t (*is_cancelled)(void *payload);
    /** Called after each judged file. [nothing] */
    void (*progress)(void *payload, size_t done, size_t total);
} sp_host;

#endif
