/* Tables of ranges. */
#include "base/range.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const sp_range ranges[] = {{3, 3}, {5, 8}, {20, UINT32_MAX}};

static void has_both_ends(void **state)
{
    (void)state;
    static const uint32_t inside[] = {3, 5, 6, 8, 20, 21, UINT32_MAX};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_true(sp_ranges_have(ranges, 3, inside[i]));
}

static void has_nothing_between(void **state)
{
    (void)state;
    static const uint32_t outside[] = {0, 2, 4, 9, 19};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_false(sp_ranges_have(ranges, 3, outside[i]));
    assert_false(sp_ranges_have(ranges, 0, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_both_ends),
        cmocka_unit_test(has_nothing_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
