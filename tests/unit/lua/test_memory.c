/* Lua's heap: blocks of every size, and going back to the snapshot. */
#include "lua/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* An allocator that counts what it holds and fails when told to. */
typedef struct counter {
    size_t held, calls, fail_at; /* fail_at 0: never */
} counter;

static void *counting(void *payload, void *old, size_t old_size, size_t new_size)
{
    counter *count = payload;
    if (new_size == 0) {
        count->held -= old_size;
        free(old);
        return NULL;
    }
    if (++count->calls == count->fail_at)
        return NULL;
    void *block = realloc(old, new_size);
    count->held += new_size - (old == NULL ? 0 : old_size);
    return block;
}

static sp_alloc counted(counter *count)
{
    *count = (counter){0};
    return (sp_alloc){counting, count};
}

static const size_t sizes[] = {1,    8,    16,   17,    24,    100,   511,   512,   513,    640,    641,
                               1024, 1025, 5000, 16384, 16385, 32767, 32768, 32769, 100000, 1000000};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void gives_distinct_aligned_blocks(void **state)
{
    (void)state;
    counter count;
    sp_memory *memory = sp_memory_new(counted(&count));
    unsigned char *blocks[SIZES];

    for (size_t i = 0; i < SIZES; i++) {
        blocks[i] = sp_memory_resize(memory, NULL, 0, sizes[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        memset(blocks[i], (int)i + 1, sizes[i]);
    }

    for (size_t i = 0; i < SIZES; i++) {
        for (size_t b = 0; b < sizes[i]; b++)
            assert_int_equal(blocks[i][b], i + 1);
    }
    sp_memory_free(memory);
    assert_int_equal(count.held, 0);
}

static void keeps_content_through_every_resize(void **state)
{
    (void)state;
    counter count;
    sp_memory *memory = sp_memory_new(counted(&count));

    for (size_t from = 0; from < SIZES; from++) {
        for (size_t to = 0; to < SIZES; to++) {
            unsigned char *block = sp_memory_resize(memory, NULL, 0, sizes[from]);
            memset(block, 0xA5, sizes[from]);
            block = sp_memory_resize(memory, block, sizes[from], sizes[to]);
            for (size_t b = 0; b < sizes[from] && b < sizes[to]; b++)
                assert_int_equal(block[b], 0xA5);
            sp_memory_resize(memory, block, sizes[to], 0);
        }
    }

    assert_int_equal(sp_memory_live(memory), 0);
    sp_memory_free(memory);
    assert_int_equal(count.held, 0);
}

static void uses_freed_blocks_again(void **state)
{
    (void)state;
    counter count;
    sp_memory *memory = sp_memory_new(counted(&count));

    void *block = sp_memory_resize(memory, NULL, 0, 100);
    sp_memory_resize(memory, block, 100, 0);

    assert_ptr_equal(sp_memory_resize(memory, NULL, 0, 112), block);
    sp_memory_free(memory);
}

static void restores_the_snapshot(void **state)
{
    (void)state;
    counter count;
    sp_memory *memory = sp_memory_new(counted(&count));
    char *kept = sp_memory_resize(memory, NULL, 0, 64);
    strcpy(kept, "before");
    assert_true(sp_memory_keep(memory));
    size_t live = sp_memory_live(memory);

    for (int round = 0; round < 3; round++) {
        strcpy(kept, "after");
        for (int i = 0; i < 100; i++)
            assert_non_null(sp_memory_resize(memory, NULL, 0, 20000 + (size_t)i * 500));
        sp_memory_restore(memory);
        assert_string_equal(kept, "before");
        assert_int_equal(sp_memory_live(memory), live);
    }

    assert_true(sp_memory_held(memory) <= 1024 * 1024);
    sp_memory_free(memory);
    assert_int_equal(count.held, 0);
}

static void gives_the_same_blocks_after_each_restore(void **state)
{
    (void)state;
    counter count;
    sp_memory *memory = sp_memory_new(counted(&count));
    assert_true(sp_memory_keep(memory));

    void *first = sp_memory_resize(memory, NULL, 0, 48);
    sp_memory_restore(memory);
    void *second = sp_memory_resize(memory, NULL, 0, 48);

    assert_ptr_equal(first, second);
    sp_memory_free(memory);
}

static void refuses_a_snapshot_of_large_blocks(void **state)
{
    (void)state;
    counter count;
    sp_memory *memory = sp_memory_new(counted(&count));
    sp_memory_resize(memory, NULL, 0, 100000);

    assert_false(sp_memory_keep(memory));

    sp_memory_free(memory);
    assert_int_equal(count.held, 0);
}

static void survives_a_host_that_refuses(void **state)
{
    (void)state;
    for (size_t fail_at = 1; fail_at < 12; fail_at++) {
        counter count;
        sp_alloc alloc = counted(&count);
        count.fail_at = fail_at;
        sp_memory *memory = sp_memory_new(alloc);
        if (memory == NULL) {
            assert_int_equal(count.held, 0);
            continue;
        }
        unsigned char *large = sp_memory_resize(memory, NULL, 0, 200000);
        if (large != NULL) {
            unsigned char *grown = sp_memory_resize(memory, large, 200000, 400000);
            large = grown == NULL ? large : grown;
            unsigned char *shrunk = sp_memory_resize(memory, large, grown == NULL ? 200000 : 400000, 50);
            assert_non_null(shrunk);
            sp_memory_resize(memory, shrunk, 50, 0);
        }
        sp_memory_free(memory);
        assert_int_equal(count.held, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_distinct_aligned_blocks),
        cmocka_unit_test(keeps_content_through_every_resize),
        cmocka_unit_test(uses_freed_blocks_again),
        cmocka_unit_test(restores_the_snapshot),
        cmocka_unit_test(gives_the_same_blocks_after_each_restore),
        cmocka_unit_test(refuses_a_snapshot_of_large_blocks),
        cmocka_unit_test(survives_a_host_that_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
