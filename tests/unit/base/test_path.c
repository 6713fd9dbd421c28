/* Paths by their text. */
#include "base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void cleans(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "."},
        {".", "."},
        {"/", "/"},
        {"//a//b/", "/a/b"},
        {"./a", "a"},
        {"a/../b", "b"},
        {"/a/../../b", "/b"},
        {"../a", "../a"},
        {"a/../../b", "../b"},
        {"a/..", "."},
        {"/..", "/"},
        {"../../a", "../../a"},
        {"/a/./b/.", "/a/b"},
        {"..a", "..a"},
        {"a../..", "."},
        {"../../..", "../../.."},
    };
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_str seen = sp_arena_copy(&arena, sp_path_clean(&arena, sp_str_from(cases[i][0])));
        assert_string_equal(seen.text, cases[i][1]);
    }
    sp_arena_dispose(&arena);
}

static void joins(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"/app", "x", "/app/x"}, {"/app", "/x", "/x"},  {"/app", "../x", "/x"}, {"/", "x", "/x"},
        {"", "x", "x"},          {"/app", ".", "/app"}, {"/app", "", "/app"},
    };
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_str seen = sp_path_join(&arena, sp_str_from(cases[i][0]), sp_str_from(cases[i][1]));
        assert_string_equal(sp_arena_copy(&arena, seen).text, cases[i][2]);
    }
    sp_arena_dispose(&arena);
}

static void stays_below_a_folder(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "."}, {"/", "."}, {"//a//b/", "a/b"}, {"../a", "a"}, {"a/../../b", "b"}, {"../../..", "."}, {"..a", "..a"},
    };
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_str seen = sp_path_below(&arena, sp_str_from(cases[i][0]));
        assert_string_equal(sp_arena_copy(&arena, seen).text, cases[i][1]);
    }
    sp_arena_dispose(&arena);
}

static void contains_whole_parts_only(void **state)
{
    (void)state;
    assert_true(sp_path_contains(SP_STR("/app"), SP_STR("/app/x")));
    assert_true(sp_path_contains(SP_STR("/app"), SP_STR("/app")));
    assert_true(sp_path_contains(SP_STR("/"), SP_STR("/app")));
    assert_false(sp_path_contains(SP_STR("/app"), SP_STR("/apple")));
    assert_false(sp_path_contains(SP_STR("/app/x"), SP_STR("/app")));
}

static void cuts_the_last_part(void **state)
{
    (void)state;
    assert_true(sp_str_equal(sp_path_last(SP_STR("/a/b")), SP_STR("b")));
    assert_true(sp_str_equal(sp_path_program(SP_STR("C:\\tools\\pwsh.exe")), SP_STR("pwsh.exe")));
    assert_true(sp_str_equal(sp_path_program(SP_STR("/bin/sh")), SP_STR("sh")));
    assert_true(sp_str_equal(sp_path_program(SP_STR("sh")), SP_STR("sh")));
    assert_true(sp_str_equal(sp_path_folder(SP_STR("/a/b")), SP_STR("/a")));
    assert_true(sp_str_equal(sp_path_folder(SP_STR("/a")), SP_STR("/")));
    assert_true(sp_str_equal(sp_path_folder(SP_STR("a")), SP_STR(".")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleans),
        cmocka_unit_test(joins),
        cmocka_unit_test(stays_below_a_folder),
        cmocka_unit_test(contains_whole_parts_only),
        cmocka_unit_test(cuts_the_last_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
