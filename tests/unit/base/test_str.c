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

static void folds_letters_that_become_ascii(void **state)
{
    char out[SP_FOLDED_SIZE];
    (void)state;

    assert_true(sp_str_equal(sp_str_fold(SP_STR("\xE2\x84\xAA\xC4\xB0x"), SP_FOLD_LOWER, out), SP_STR("kix")));
    assert_true(sp_str_equal(sp_str_fold(SP_STR("a\xC5\xBF\xC4\xB1"), SP_FOLD_UPPER, out), SP_STR("asi")));
    sp_str others[] = {SP_STR("\xC5\xBF"), SP_STR("\xE2\x84"), SP_STR("Run"), SP_STR("0123456789abcde\xC4\xB0x")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_ptr_equal(sp_str_fold(others[i], SP_FOLD_LOWER, out).text, others[i].text);
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

static void reads_signed_numbers_as_go_does(void **state)
{
    int64_t value = 0;
    (void)state;

    assert_true(sp_str_to_int(SP_STR("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_true(sp_str_to_int(SP_STR("+9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    assert_false(sp_str_to_int(SP_STR("9223372036854775808"), &value));
    assert_false(sp_str_to_int(SP_STR("-9223372036854775809"), &value));
    assert_false(sp_str_to_int(SP_STR("--1"), &value));
    assert_false(sp_str_to_int(SP_STR("1_0"), &value));
    assert_false(sp_str_to_int(SP_STR(" 1"), &value));
    assert_false(sp_str_to_int(SP_STR("-"), &value));
}

static void knows_booleans_as_go_does(void **state)
{
    static const char *const right[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                        "0", "f", "F", "FALSE", "false", "False"};
    static const char *const wrong[] = {"", "yes", "no", "tRUE", "on", "2"};
    (void)state;

    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        assert_true(sp_str_is_bool(sp_str_from(right[i])));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(sp_str_is_bool(sp_str_from(wrong[i])));
}

static void fits_a_shape_with_stars(void **state)
{
    (void)state;

    assert_true(sp_str_fits(SP_STR(""), SP_STR(""), '*'));
    assert_true(sp_str_fits(SP_STR(""), SP_STR("**"), '*'));
    assert_true(sp_str_fits(SP_STR("3.12-slim-bookworm"), SP_STR("3*-slim*"), '*'));
    assert_true(sp_str_fits(SP_STR("aab"), SP_STR("*ab"), '*'));
    assert_false(sp_str_fits(SP_STR("3.12-alpine"), SP_STR("3*-slim*"), '*'));
    assert_false(sp_str_fits(SP_STR("abc"), SP_STR("ab"), '*'));
    assert_false(sp_str_fits(SP_STR("ab"), SP_STR("abc"), '*'));
    assert_true(sp_str_fits(SP_STR("a*b"), SP_STR("a\0b"), '\0'));
    assert_false(sp_str_fits(SP_STR("axb"), SP_STR("a*b"), '\0'));
}

static void shortens_between_characters(void **state)
{
    (void)state;

    assert_int_equal(sp_str_brief(SP_STR("abc"), 3).size, 3);
    assert_int_equal(sp_str_brief(SP_STR("abcd"), 3).size, 3);
    assert_int_equal(sp_str_brief(SP_STR("ab\xc3\xa4"), 3).size, 2);
    assert_int_equal(sp_str_brief(SP_STR("\x80\x80\x80"), 2).size, 0);
}

static void takes_words_of_a_list(void **state)
{
    (void)state;
    sp_str list = SP_STR("one two");
    assert_true(sp_str_equal(sp_str_take_word(&list), SP_STR("one")));
    assert_true(sp_str_equal(sp_str_take_word(&list), SP_STR("two")));
    assert_int_equal(list.size, 0);
    assert_int_equal(sp_str_take_word(&list).size, 0);
}

static void finds_whole_words_of_a_list(void **state)
{
    (void)state;
    assert_true(sp_str_lists(SP_STR("one two three"), SP_STR("two")));
    assert_true(sp_str_lists(SP_STR("one"), SP_STR("one")));
    assert_false(sp_str_lists(SP_STR("one two"), SP_STR("tw")));
    assert_false(sp_str_lists(SP_STR("one two"), SP_STR("one two")));
    assert_false(sp_str_lists(SP_STR(""), SP_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_a_prefix_first),     cmocka_unit_test(ignores_the_case_of_ascii_letters_only),
        cmocka_unit_test(trims_blanks_at_both_ends),   cmocka_unit_test(finds_bytes_and_parts),
        cmocka_unit_test(reads_numbers_that_fit),      cmocka_unit_test(reads_signed_numbers_as_go_does),
        cmocka_unit_test(knows_booleans_as_go_does),   cmocka_unit_test(fits_a_shape_with_stars),
        cmocka_unit_test(shortens_between_characters), cmocka_unit_test(folds_letters_that_become_ascii),
        cmocka_unit_test(takes_words_of_a_list),
        cmocka_unit_test(finds_whole_words_of_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
