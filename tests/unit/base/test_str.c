/* Borrowed slices: comparing, trimming, searching, numbers. */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void compares_a_prefix_first(void **state)
{
    (void)state;

    assert_true(sp_str_compare(SP_STR("ab"), SP_STR("abc")) < 0);
    assert_true(sp_str_compare(SP_STR("b"), SP_STR("abc")) > 0);
    assert_int_equal(sp_str_compare(SP_STR("abc"), SP_STR("abc")), 0);
    assert_true(sp_str_compare(SP_STR("\xff"), SP_STR("a")) > 0);
}

static void ignores_the_case_of_ascii_letters_only(void **state)
{
    (void)state;

    assert_true(sp_str_equal_nocase(SP_STR("From"), SP_STR("FROM")));
    assert_false(sp_str_equal_nocase(SP_STR("["), SP_STR("{")));
    assert_false(sp_str_equal_nocase(SP_STR("\xc3\x84"), SP_STR("\xc3\xa4")));
}

static void trims_blanks_at_both_ends(void **state)
{
    (void)state;

    assert_true(sp_str_equal(sp_str_trim(SP_STR(" \t a b\r\n")), SP_STR("a b")));
    assert_int_equal(sp_str_trim(SP_STR(" \t\n")).size, 0);
}

static void finds_bytes_and_parts(void **state)
{
    (void)state;

    assert_int_equal(sp_str_find(SP_STR("a=b=c"), '='), 1);
    assert_int_equal(sp_str_find(SP_STR("abc"), '='), 3);
    assert_int_equal(sp_str_search(SP_STR("a<<b"), SP_STR("<<")), 1);
    assert_true(sp_str_search(SP_STR("a<b"), SP_STR("<<")) == SIZE_MAX);
}

static void reads_numbers_that_fit(void **state)
{
    uint64_t value = 7;
    (void)state;

    assert_true(sp_str_to_uint(SP_STR("18446744073709551615"), &value));
    assert_true(value == UINT64_MAX);
    value = 7;
    assert_false(sp_str_to_uint(SP_STR("18446744073709551616"), &value));
    assert_false(sp_str_to_uint(SP_STR(""), &value));
    assert_false(sp_str_to_uint(SP_STR("+1"), &value));
    assert_true(value == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_a_prefix_first),
        cmocka_unit_test(ignores_the_case_of_ascii_letters_only),
        cmocka_unit_test(trims_blanks_at_both_ends),
        cmocka_unit_test(finds_bytes_and_parts),
        cmocka_unit_test(reads_numbers_that_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
