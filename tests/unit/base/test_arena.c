/* Arenas: alignment, growth in place, and the way back when memory runs out. */
#include "base/arena.h"
#include "base/list.h"

#include <stdalign.h>
#include <stdlib.h>

#include "unit/arena.h"

/* Refuses the allocation after `left` more, and counts what is held. */
typedef struct meter {
    size_t left, held;
} meter;

static void *metered(void *payload, void *old, size_t old_size, size_t new_size)
{
    meter *m = payload;
    if (new_size == 0) {
        m->held -= old_size;
        free(old);
        return NULL;
    }
    if (m->left == 0)
        return NULL;
    m->left--;
    m->held += new_size - old_size;
    return realloc(old, new_size);
}

static void gives_aligned_memory(void **state)
{
    (void)state;

    for (size_t size = 1; size < 100; size++)
        assert_int_equal((uintptr_t)sp_arena_alloc(&arena, size) % alignof(max_align_t), 0);
}

static void gives_an_address_for_nothing_too(void **state)
{
    (void)state;
    assert_non_null(sp_arena_alloc(&arena, 0));
    assert_non_null(sp_arena_zeroed(&arena, 0));
}

static void grows_the_newest_allocation_in_place(void **state)
{
    (void)state;

    char *first = sp_arena_alloc(&arena, 10);
    memcpy(first, "123456789", 10);
    assert_ptr_equal(sp_arena_grow(&arena, first, 10, 100), first);
    sp_arena_alloc(&arena, 1);
    char *moved = sp_arena_grow(&arena, first, 100, 200);
    assert_ptr_not_equal(moved, first);
    assert_string_equal(moved, "123456789");
}

static void returns_to_the_recovery_point_and_leaks_nothing(void **state)
{
    meter m = {.left = 3};
    (void)state;
    sp_arena_init(&arena, (sp_alloc){metered, &m});
    jmp_buf here;
    volatile int rounds = 0;
    sp_arena_recover(&arena, &here);

    if (setjmp(here) == 0) {
        for (;;) {
            sp_arena_alloc(&arena, 100000);
            rounds++;
        }
    }

    assert_int_equal(rounds, 3);
    sp_arena_dispose(&arena);
    assert_int_equal(m.held, 0);
}

/* Several lists that grow in turn until each is large, with `left` allocations; gives what the arena says it holds, 0
   when memory ran out. */
static size_t grow_large_lists(meter *m)
{
    SP_LIST(uint32_t) lists[3] = {{0}};
    jmp_buf here;
    volatile size_t used = 0;
    sp_arena_init(&arena, (sp_alloc){metered, m});
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0) {
        for (uint32_t i = 0; i < 300000; i++)
            *sp_list_add(&arena, &lists[i % 3]) = i;
        for (uint32_t i = 0; i < 300000; i++)
            assert_int_equal(lists[i % 3].items[i / 3], i);
        used = arena.used;
    }
    if (used > 0)
        assert_int_equal(m->held, used);
    sp_arena_dispose(&arena);
    assert_int_equal(m->held, 0);
    return used;
}

static void leaves_no_copies_of_large_lists(void **state)
{
    meter m = {.left = SIZE_MAX};
    (void)state;

    assert_in_range(grow_large_lists(&m), 3 * 400000, 3 * 800000);
}

static void large_lists_leak_nothing_whatever_is_refused(void **state)
{
    (void)state;
    size_t left = 0;

    for (size_t used = 0; used == 0; left++) {
        meter m = {.left = left};
        used = grow_large_lists(&m);
    }

    assert_in_range(left, 20, 200);
}

static void refuses_sizes_that_cannot_be(void **state)
{
    (void)state;
    jmp_buf here;
    volatile int failed = 0;
    sp_arena_recover(&arena, &here);

    if (setjmp(here) == 0)
        sp_arena_alloc(&arena, SIZE_MAX - 8);
    else if (failed++ == 0)
        sp_arena_grow(&arena, sp_arena_alloc(&arena, 100000), 100000, SIZE_MAX - 8);

    assert_int_equal(failed, 2);
}

static void keeps_the_items_of_a_list(void **state)
{
    SP_LIST(uint32_t) list = {0};
    (void)state;

    for (uint32_t i = 0; i < 10000; i++)
        *sp_list_add(&arena, &list) = i;

    assert_int_equal(list.count, 10000);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(list.items[i], i);
}

static void prints_and_joins_with_a_nul_behind(void **state)
{
    (void)state;
    const sp_str parts[] = {SP_STR("a"), SP_STR(""), SP_STR("bc")};

    assert_string_equal(sp_arena_join(&arena, parts, 3).text, "abc");
    assert_string_equal(sp_arena_print(&arena, "%d-%s", 7, "x").text, "7-x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gives_aligned_memory),
        TEST(gives_an_address_for_nothing_too),
        TEST(grows_the_newest_allocation_in_place),
        cmocka_unit_test(returns_to_the_recovery_point_and_leaks_nothing),
        cmocka_unit_test(leaves_no_copies_of_large_lists),
        cmocka_unit_test(large_lists_leak_nothing_whatever_is_refused),
        TEST(refuses_sizes_that_cannot_be),
        TEST(keeps_the_items_of_a_list),
        TEST(prints_and_joins_with_a_nul_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
