/* An arena for the tests of a file: TEST(name) sets it up before the test and gives it back after. There is no recovery
   point: running out of memory ends the program. */
#ifndef TESTS_UNIT_ARENA_H
#define TESTS_UNIT_ARENA_H

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static sp_arena arena;

static inline int set_up(void **state)
{
    (void)state;
    sp_arena_init(&arena, sp_alloc_default());
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    sp_arena_dispose(&arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
