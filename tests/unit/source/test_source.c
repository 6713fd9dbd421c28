/* Lines and positions of a source. */
#include "source/source.h"

#include "unit/arena.h"

static sp_source indexed(sp_str text)
{
    sp_source source = {.text = text};
    sp_source_index(&source, &arena);
    return source;
}

static void assert_point(const sp_source *source, uint32_t offset, uint32_t line, uint32_t column)
{
    sp_point point = sp_source_point(source, offset);
    assert_int_equal(point.line, line);
    assert_int_equal(point.column, column);
}

static void counts_lines_and_columns_from_one(void **state)
{
    (void)state;
    sp_source source = indexed(SP_STR("ab\n\ncd"));

    assert_int_equal(source.line_count, 3);
    assert_point(&source, 0, 1, 1);
    assert_point(&source, 2, 1, 3);
    assert_point(&source, 3, 2, 1);
    assert_point(&source, 5, 3, 2);
    assert_point(&source, 6, 3, 3);
    assert_point(&source, 600, 3, 3);
}

static void counts_characters_not_bytes(void **state)
{
    (void)state;
    sp_source source = indexed(SP_STR("\xC3\xA4\xF0\x9F\x98\x80\xFFx"));

    assert_point(&source, 2, 1, 2);
    assert_point(&source, 6, 1, 3);
    assert_point(&source, 7, 1, 4);
    assert_point(&source, 8, 1, 5);
}

static void does_not_count_the_mark_at_the_start(void **state)
{
    (void)state;
    sp_source source = indexed(SP_STR("\xEF\xBB\xBF"
                                      "ab\n\xEF\xBB\xBF"
                                      "c"));

    assert_point(&source, 0, 1, 1);
    assert_point(&source, 3, 1, 1);
    assert_point(&source, 4, 1, 2);
    assert_point(&source, 9, 2, 2);
}

static void gives_lines_without_their_ends(void **state)
{
    (void)state;
    sp_source source = indexed(SP_STR("a\r\nb\n\n"));

    assert_true(sp_str_equal(sp_source_line(&source, 1), SP_STR("a")));
    assert_true(sp_str_equal(sp_source_line(&source, 2), SP_STR("b")));
    assert_int_equal(sp_source_line(&source, 3).size, 0);
    assert_int_equal(sp_source_line(&source, 0).size, 0);
    assert_int_equal(sp_source_line(&source, 99).size, 0);
}

static void takes_an_empty_text(void **state)
{
    (void)state;
    sp_source source = indexed(SP_STR(""));

    assert_int_equal(source.line_count, 1);
    assert_point(&source, 0, 1, 1);
}

static void takes_very_short_lines(void **state)
{
    static char feeds[100000];
    (void)state;
    memset(feeds, '\n', sizeof feeds);
    sp_source source = indexed((sp_str){feeds, sizeof feeds});

    assert_int_equal(source.line_count, sizeof feeds + 1);
    assert_point(&source, 777, 778, 1);
}

/* Beside the same text in short lines: every third character has two bytes, every fifth is not UTF-8. */
static void counts_far_into_a_long_line(void **state)
{
    enum { TIMES = 4000, PIECE = 7 };
    static char text[3 + PIECE * TIMES];
    (void)state;
    memcpy(text, "\xEF\xBB\xBF", 3);
    for (uint32_t i = 0; i < TIMES; i++)
        memcpy(text + 3 + PIECE * i, "ab\303\244c\377d", PIECE);
    sp_source source = indexed((sp_str){text, sizeof text});

    for (uint32_t i = 0; i < TIMES; i++) {
        uint32_t at = 3 + PIECE * i, column = 1 + 6 * i;
        assert_point(&source, at, 1, column);
        assert_point(&source, at + 3, 1, column + 2);
        assert_point(&source, at + 4, 1, column + 3);
        assert_point(&source, at + 6, 1, column + 5);
    }
    assert_point(&source, sizeof text, 1, 1 + 6 * TIMES);
}

static void begins_to_count_again_after_a_long_line(void **state)
{
    static char text[5000];
    (void)state;
    memset(text, 'x', sizeof text);
    text[4000] = '\n';
    sp_source source = indexed((sp_str){text, sizeof text});

    assert_point(&source, 3999, 1, 4000);
    assert_point(&source, 4001, 2, 1);
    assert_point(&source, 4999, 2, 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_lines_and_columns_from_one),
        TEST(counts_characters_not_bytes),
        TEST(does_not_count_the_mark_at_the_start),
        TEST(gives_lines_without_their_ends),
        TEST(takes_an_empty_text),
        TEST(takes_very_short_lines),
        TEST(counts_far_into_a_long_line),
        TEST(begins_to_count_again_after_a_long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
