/* Excerpts: the line of a place, cut around it in whole characters. */
#include "source/excerpt.h"

#include "unit/arena.h"

static sp_excerpt excerpt_of(sp_str text, uint32_t start, uint32_t end)
{
    sp_source source = {.text = text};
    sp_source_index(&source, &arena);
    return sp_excerpt_make(&source, (sp_span){start, end});
}

static void is_the_line_the_span_begins_on(void **state)
{
    (void)state;
    sp_excerpt excerpt = excerpt_of(SP_STR("a\nRUN x \\\n  y\n"), 6, 13);
    assert_true(sp_str_equal(excerpt.text, SP_STR("RUN x \\")));
    assert_int_equal(excerpt.column, 1);
    assert_false(excerpt.cut);
}

static void leaves_out_the_byte_order_mark(void **state)
{
    (void)state;
    sp_excerpt excerpt = excerpt_of(SP_STR("\357\273\277FROM a"), 0, 3);
    assert_true(sp_str_equal(excerpt.text, SP_STR("FROM a")));
}

static void is_empty_at_the_end_of_a_file(void **state)
{
    (void)state;
    assert_int_equal(excerpt_of(SP_STR("a\n"), 2, 2).text.size, 0);
    assert_int_equal(excerpt_of(SP_STR(""), 0, 0).text.size, 0);
}

static void cuts_in_whole_characters(void **state)
{
    static char text[9000];
    (void)state;
    for (size_t i = 0; i < sizeof text; i += 3)
        memcpy(text + i, "\xE6\x97\xA5", 3);

    sp_excerpt excerpt = excerpt_of((sp_str){text, sizeof text}, 4500, 4503);

    assert_true(excerpt.text.size <= 480 && excerpt.text.size > 470);
    assert_int_equal(excerpt.text.size % 3, 0);
    assert_int_equal((excerpt.text.text - text) % 3, 0);
    assert_int_equal(excerpt.column, (excerpt.text.text - text) / 3 + 1);
    assert_true(excerpt.cut);
    assert_true(excerpt.text.text <= text + 4500 && excerpt.text.text + excerpt.text.size > text + 4503);
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
    static char text[2000];
    (void)state;
    memset(text, '\x80', sizeof text);
    for (uint32_t i = 0; i < sizeof text; i += 37) {
        sp_excerpt excerpt = excerpt_of((sp_str){text, sizeof text}, i, i + 1);
        assert_true(excerpt.text.text >= text && excerpt.text.text + excerpt.text.size <= text + sizeof text);
        assert_int_equal(excerpt.column, excerpt.text.text - text + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(is_the_line_the_span_begins_on),    TEST(leaves_out_the_byte_order_mark),
        TEST(is_empty_at_the_end_of_a_file),     TEST(cuts_in_whole_characters),
        TEST(bytes_that_are_no_text_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
