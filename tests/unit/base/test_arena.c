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

static void refuses_sizes_that_cannot_be(void **state)
{
    (void)state;
    jmp_buf here;
    volatile int failed = 0;
    sp_arena_recover(&arena, &here);

    if (setjmp(here) == 0)
        sp_arena_alloc(&arena, SIZE_MAX - 8);
    else
        failed = 1;

    assert_int_equal(failed, 1);
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
        TEST(grows_the_newest_allocation_in_place),
        cmocka_unit_test(returns_to_the_recovery_point_and_leaks_nothing),
        TEST(refuses_sizes_that_cannot_be),
        TEST(keeps_the_items_of_a_list),
        TEST(prints_and_joins_with_a_nul_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
