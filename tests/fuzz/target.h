/* What every fuzz target has: its entry, and how it says that a property does not hold. */
#ifndef SP_TESTS_FUZZ_TARGET_H
#define SP_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/** Takes any bytes; ends the process where the library does not keep what it promises of them. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/** Ends the process, with the property and its place, where it does not hold. */
#define require(holds) ((holds) ? (void)0 : fail(#holds, __FILE__, __LINE__))

static inline _Noreturn void fail(const char *property, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, property);
    abort();
}

#endif
