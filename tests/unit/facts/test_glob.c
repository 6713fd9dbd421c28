/* Globs over known texts and over shapes with unknown runs. */
#include "facts/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct glob_case {
    const char *glob;
    sp_str shape;
    sp_truth expected;
} glob_case;

#define SHAPE(literal)                                                                                                 \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

static void expect_all(const glob_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sp_truth seen = sp_glob_matches_shape(sp_str_from(cases[i].glob), cases[i].shape);
        if (seen != cases[i].expected)
            print_error("case %zu: %s: expected %d, seen %d\n", i, cases[i].glob, cases[i].expected, seen);
        assert_int_equal(seen, cases[i].expected);
    }
}

#define EXPECT_ALL(cases) expect_all(cases, sizeof(cases) / sizeof *(cases))

static void matches_known_texts(void **state)
{
    (void)state;
    static const glob_case cases[] = {
        {"root", SHAPE("root"), SP_YES},
        {"root", SHAPE("roots"), SP_NO},
        {"root", SHAPE("roo"), SP_NO},
        {"*", SHAPE(""), SP_YES},
        {"*", SHAPE("a/b"), SP_YES},
        {"", SHAPE(""), SP_YES},
        {"", SHAPE("a"), SP_NO},
        {"*-dev", SHAPE("libc6-dev"), SP_YES},
        {"*-dev", SHAPE("-dev-"), SP_NO},
        {"a*b*c", SHAPE("aXbYc"), SP_YES},
        {"a*b*c", SHAPE("acb"), SP_NO},
        {"a?c", SHAPE("abc"), SP_YES},
        {"a?c", SHAPE("a\303\251c"), SP_YES},
        {"a?c", SHAPE("ac"), SP_NO},
        {"**a", SHAPE("ba"), SP_YES},
        {"*a*a*a*b", SHAPE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), SP_NO},
    };
    EXPECT_ALL(cases);
}

static void matches_classes_and_escapes(void **state)
{
    (void)state;
    static const glob_case cases[] = {
        {"[a-c]x", SHAPE("bx"), SP_YES}, {"[a-c]x", SHAPE("dx"), SP_NO}, {"[!a-c]x", SHAPE("dx"), SP_YES},
        {"[^a]", SHAPE("a"), SP_NO},     {"[]a]", SHAPE("]"), SP_YES},   {"[a", SHAPE("[a"), SP_YES},
        {"[", SHAPE("["), SP_YES},       {"\\*", SHAPE("*"), SP_YES},    {"\\*", SHAPE("a"), SP_NO},
        {"a\\", SHAPE("a\\"), SP_YES},   {"[a-]", SHAPE("-"), SP_YES},   {"[0-9]*", SHAPE("7up"), SP_YES},
    };
    EXPECT_ALL(cases);
}

static void decides_by_the_known_part(void **state)
{
    (void)state;
    static const glob_case cases[] = {
        {"*:latest", SHAPE("\0/base:1"), SP_NO},
        {"*:latest", SHAPE("\0:latest"), SP_YES},
        {"*:latest", SHAPE("a:\0"), SP_MAYBE},
        {"*", SHAPE("\0"), SP_YES},
        {"root", SHAPE("\0"), SP_MAYBE},
        {"root", SHAPE("r\0"), SP_MAYBE},
        {"root", SHAPE("x\0"), SP_NO},
        {"root", SHAPE("\0x"), SP_NO},
        {"root", SHAPE("\0oo\0"), SP_MAYBE},
        {"root", SHAPE("\0xx\0"), SP_NO},
        {"a*c", SHAPE("a\0c"), SP_YES},
        {"a*c", SHAPE("a\0"), SP_MAYBE},
        {"a*", SHAPE("a\0b\0"), SP_YES},
        {"?", SHAPE("\0"), SP_MAYBE},
        {"ab", SHAPE("a\0b"), SP_MAYBE},
        {"ab", SHAPE("ab\0ab"), SP_NO},
        {"a*b", SHAPE("\0x\0"), SP_MAYBE},
        {"abc*xyz", SHAPE("\0bc\0y\0"), SP_MAYBE},
        {"", SHAPE("\0"), SP_MAYBE},
        {"", SHAPE("\0a"), SP_NO},
        {"ab[cd]", SHAPE("\0e"), SP_NO},
        {"ab[cd]", SHAPE("\0d"), SP_MAYBE},
    };
    EXPECT_ALL(cases);
}

static void quotes_what_is_special(void **state)
{
    (void)state;
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    sp_str glob = sp_glob_quote(&arena, SP_STR("a*[?\\b"));
    assert_true(sp_glob_matches(glob, SP_STR("a*[?\\b")));
    assert_false(sp_glob_matches(glob, SP_STR("axx[?\\b")));
    sp_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_known_texts),
        cmocka_unit_test(matches_classes_and_escapes),
        cmocka_unit_test(decides_by_the_known_part),
        cmocka_unit_test(quotes_what_is_special),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
