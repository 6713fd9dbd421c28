/* Versions and ranges. */
#include "lua/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static sp_truth exact(const char *text, const char *range)
{
    return sp_version_satisfies(sp_str_from(text), sp_str_from(range), false);
}

static sp_truth floating(const char *text, const char *range)
{
    return sp_version_satisfies(sp_str_from(text), sp_str_from(range), true);
}

static void compares_numbers_not_texts(void **state)
{
    (void)state;
    assert_int_equal(exact("3.10", ">=3.9"), SP_YES);
    assert_int_equal(exact("3.10", "<3.9"), SP_NO);
    assert_int_equal(exact("v2", ">=2"), SP_YES);
    assert_int_equal(exact("2.0-slim", "<3"), SP_YES);
}

static void speaks_of_the_parts_a_range_writes(void **state)
{
    (void)state;
    assert_int_equal(exact("3.9.5", "3.9"), SP_YES);
    assert_int_equal(exact("3.9.5", "==3.9.x"), SP_YES);
    assert_int_equal(exact("3.9.5", "<=3.9"), SP_YES);
    assert_int_equal(exact("3.9.5", ">3.9"), SP_NO);
    assert_int_equal(exact("3.9", "!=3.9.0"), SP_NO);
}

static void joins_comparators(void **state)
{
    (void)state;
    assert_int_equal(exact("3.9", ">=3, <4"), SP_YES);
    assert_int_equal(exact("4", ">=3 <4"), SP_NO);
    assert_int_equal(exact("5", "<4 || >=5"), SP_YES);
    assert_int_equal(exact("4", "<4||>=5"), SP_NO);
    assert_int_equal(exact("4", ">= 4"), SP_YES);
}

static void leaves_floating_parts_open(void **state)
{
    (void)state;
    assert_int_equal(floating("3.9", ">=3.9.1"), SP_MAYBE);
    assert_int_equal(floating("3.9", ">=3.9.0"), SP_YES);
    assert_int_equal(floating("3.9", ">=3.9"), SP_YES);
    assert_int_equal(floating("3", "<4"), SP_YES);
    assert_int_equal(floating("3", "<3.5"), SP_MAYBE);
    assert_int_equal(floating("3", "<3.0"), SP_NO);
    assert_int_equal(floating("3", "=3.0"), SP_MAYBE);
    assert_int_equal(exact("3", "<3.5"), SP_YES);
}

static void does_not_guess_without_version(void **state)
{
    (void)state;
    assert_int_equal(exact("latest", ">=1"), SP_MAYBE);
    assert_int_equal(exact("", ">=1"), SP_MAYBE);
    assert_int_equal(exact("v", ">=1"), SP_MAYBE);
}

static void refuses_what_is_no_range(void **state)
{
    (void)state;
    const char *const wrong[] = {"", " ", "new", ">=", ">=a", "1 | 2", "1 ||", "|| 1", "~1", "1-2", ">=1<2", "1."};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (sp_version_range_is_valid(sp_str_from(wrong[i])))
            fail_msg("'%s' was taken for a range", wrong[i]);
    const char *const right[] = {"1", ">=1", ">=1,<2", "1.2.3 || 2", "= 1", "  1  ", "1.x", "99999999999999999999999"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        if (!sp_version_range_is_valid(sp_str_from(right[i])))
            fail_msg("'%s' was not taken for a range", right[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_numbers_not_texts),     cmocka_unit_test(speaks_of_the_parts_a_range_writes),
        cmocka_unit_test(joins_comparators),              cmocka_unit_test(leaves_floating_parts_open),
        cmocka_unit_test(does_not_guess_without_version), cmocka_unit_test(refuses_what_is_no_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
