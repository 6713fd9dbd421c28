/* The table of diagnostics, and messages that quote what a file says. */
#include "unit/dockerfile/parsed.h"

#include "base/limits.h"

static void names_every_row_once(void **state)
{
    (void)state;
    for (int i = 0; i < SP_DIAGNOSTIC_COUNT; i++) {
        sp_str name = sp_diagnostic_name((sp_diagnostic_id)i);
        assert_true(name.size > 0);
        for (int j = 0; j < i; j++)
            assert_false(sp_str_equal(name, sp_diagnostic_name((sp_diagnostic_id)j)));
    }
}

static void adds_with_the_severity_of_the_row(void **state)
{
    (void)state;
    sp_diagnostics diagnostics = {0};

    sp_diagnostic_add(&arena, &diagnostics, SP_DIAGNOSTIC_UNKNOWN_FLAG, (sp_span){1, 2}, "%s-%d", "x", 3);
    sp_diagnostic_add(&arena, &diagnostics, SP_DIAGNOSTIC_EMPTY_CONTINUATION, (sp_span){3, 4}, "y");

    assert_text(diagnostics.items[0].message, "x-3");
    assert_true(diagnostics.items[0].fatal);
    assert_int_equal(diagnostics.items[1].span.start, 3);
    assert_false(diagnostics.items[1].fatal);
}

static void quotes_no_more_than_a_part_of_a_long_word(void **state)
{
    (void)state;
    const sp_document *document = parse(repeated(SP_STR("FROM a\nFOO"), SP_STR("\xC3\xA4"), 1000, SP_STR("\n")));
    sp_str message = only(document, SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION)->message;

    assert_true(message.size < 200);
    assert_int_equal(sp_str_search(message, SP_STR("\xC3;")), SIZE_MAX);
}

static void stops_reading_when_too_much_is_wrong(void **state)
{
    (void)state;
    const sp_document *document = parse(repeated(SP_STR("FROM a\n"), SP_STR("x\n"), 3 * SP_LIMIT_REFUSALS, SP_STR("")));

    assert_int_equal(document->diagnostics.count, SP_LIMIT_REFUSALS + 1);
    assert_int_equal(only(document, SP_DIAGNOSTIC_UNREADABLE)->span.start, 7 + 2 * (SP_LIMIT_REFUSALS + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_every_row_once),
        TEST(adds_with_the_severity_of_the_row),
        TEST(stops_reading_when_too_much_is_wrong),
        TEST(quotes_no_more_than_a_part_of_a_long_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
