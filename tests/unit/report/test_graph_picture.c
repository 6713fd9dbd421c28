/* What all pictures of a stage graph share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/report/drawn.h"

typedef struct cut_case {
    const char *text;
    uint32_t columns;
    const char *wanted;
} cut_case;

static sp_status cut_all(void *payload)
{
    static const cut_case cases[] = {
        {"abcdef", 5, "abcd…"},
        {"a\xC3\xA9\xC3\xA9\xC3\xA9", 3, "a\xC3\xA9…"},
        {"\x1b[0m", 6, "\\x1b[…"},
        {"\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2", 5, "\xE6\xBC\xA2\xE5\xAD\x97…"},
        {"ab", 1, "…"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_str cut = sp_picture_cut(payload, sp_str_from(cases[i].text), cases[i].columns);
        if (!sp_str_is(cut, cases[i].wanted))
            fail_msg("%s at %u is '%.*s'", cases[i].text, cases[i].columns, SP_STR_ARG(cut));
    }
    return SP_OK;
}

static void cuts_between_characters(void **state)
{
    (void)state;
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    assert_int_equal(sp_guard(&arena, cut_all, &arena), SP_OK);
    sp_arena_dispose(&arena);
}

static sp_status keep_all(void *payload)
{
    assert_true(sp_str_is(sp_picture_cut(payload, SP_STR("abcde"), 5), "abcde"));
    assert_true(sp_str_is(sp_picture_cut(payload, SP_STR(""), 5), ""));
    return SP_OK;
}

static void keeps_what_fits(void **state)
{
    (void)state;
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    assert_int_equal(sp_guard(&arena, keep_all, &arena), SP_OK);
    sp_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(keeps_what_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
