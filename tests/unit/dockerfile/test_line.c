/* Lines: their length, how they join, and the raw bytes behind a slice of a joined one. */
#include "unit/dockerfile/parsed.h"

#include "base/limits.h"

static void reads_a_line_at_the_limit(void **state)
{
    (void)state;
    sp_str text = repeated(SP_STR("FROM a\nRUN "), SP_STR("x"), SP_LIMIT_LINE_BYTES - 4, SP_STR("\nRUN b\n"));

    const sp_document *document = parse(text);

    assert_int_equal(document->diagnostics.count, 0);
    assert_int_equal(document->instructions.count, 3);
}

static void stops_at_a_line_over_the_limit(void **state)
{
    (void)state;
    sp_str text = repeated(SP_STR("FROM a\nRUN "), SP_STR("x"), SP_LIMIT_LINE_BYTES - 3, SP_STR("\nRUN b\n"));

    const sp_document *document = parse(text);

    assert_int_equal(document->instructions.count, 1);
    assert_int_equal(document->diagnostics.count, 1);
    assert_int_equal(only(document, SP_DIAGNOSTIC_LINE_TOO_LONG)->span.start, 7);
}

static void says_too_long_and_no_instruction_for_a_first_line(void **state)
{
    (void)state;
    const sp_document *document = parse(repeated(SP_STR("#"), SP_STR("x"), SP_LIMIT_LINE_BYTES, SP_STR("\nFROM a\n")));

    assert_int_equal(document->diagnostics.items[0].id, SP_DIAGNOSTIC_NO_INSTRUCTION);
    only(document, SP_DIAGNOSTIC_LINE_TOO_LONG);
}

static void leaves_a_heredoc_open_before_a_long_line(void **state)
{
    (void)state;
    const sp_document *document =
        parse(repeated(SP_STR("FROM a\nRUN <<E\n"), SP_STR("x"), SP_LIMIT_LINE_BYTES + 1, SP_STR("\nE\n")));

    assert_int_equal(document->diagnostics.items[0].id, SP_DIAGNOSTIC_UNTERMINATED_HEREDOC);
    only(document, SP_DIAGNOSTIC_LINE_TOO_LONG);
}

static void keeps_what_was_joined_before_a_long_line(void **state)
{
    (void)state;
    const sp_document *document =
        parse(repeated(SP_STR("FROM a\nRUN a \\\n"), SP_STR("x"), SP_LIMIT_LINE_BYTES + 1, SP_STR("\n")));

    assert_int_equal(document->instructions.count, 2);
    assert_text(document->instructions.items[1].line.text, "RUN a");
    only(document, SP_DIAGNOSTIC_LINE_TOO_LONG);
}

static void joins_without_limit(void **state)
{
    (void)state;
    const sp_document *document =
        parse(repeated(SP_STR("FROM a\nRUN a"), SP_STR("\\\n0123456789"), 100000, SP_STR("")));

    assert_int_equal(document->instructions.items[1].line.text.size, 1000005);
    assert_int_equal(document->instructions.items[1].line.joint_count, 100001);
}

static void takes_a_line_in_one_piece_from_the_source(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\n  RUN make all  \n"));
    const sp_line *line = &document->instructions.items[1].line;

    assert_text(line->text, "RUN make all");
    assert_ptr_equal(line->text.text, document->source.text.text + 9);
}

static void finds_the_raw_bytes_of_a_slice(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nRUN ab\\\ncd\\\n# no\nef\n"));
    const sp_line *line = &document->instructions.items[1].line;
    assert_text(line->text, "RUN abcdef");

    sp_span middle = sp_line_span(line, (sp_str){line->text.text + 5, 4});
    sp_span first = sp_line_span(line, (sp_str){line->text.text + 4, 2});

    assert_text(sp_source_text(&document->source, middle), "b\\\ncd\\\n# no\ne");
    assert_text(sp_source_text(&document->source, first), "ab");
}

static void places_an_empty_slice_behind_the_byte_before_it(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nRUN --mount=type=cache,\\\n target=/a true\n"));
    const sp_instruction *run = &document->instructions.items[1];

    sp_span value = run->as.run.mounts[0].fields[1].value.span;

    assert_int_equal(value.start, run->flags.items[0].span.end);
    assert_int_equal(value.end, value.start);
}

static void refuses_a_file_over_the_limit_and_reads_none_of_it(void **state)
{
    (void)state;
    sp_str full = repeated(SP_STR("FROM a\n"), SP_STR("\n"), SP_LIMIT_INPUT_BYTES - 7, SP_STR(""));
    sp_str over = repeated(full, SP_STR("\n"), 1, SP_STR(""));

    assert_false(has(parse(full), SP_DIAGNOSTIC_FILE_TOO_LARGE));
    const sp_document *document = parse(over);
    only(document, SP_DIAGNOSTIC_FILE_TOO_LARGE);
    assert_int_equal(document->instructions.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_a_line_at_the_limit),
        TEST(stops_at_a_line_over_the_limit),
        TEST(says_too_long_and_no_instruction_for_a_first_line),
        TEST(leaves_a_heredoc_open_before_a_long_line),
        TEST(keeps_what_was_joined_before_a_long_line),
        TEST(joins_without_limit),
        TEST(takes_a_line_in_one_piece_from_the_source),
        TEST(finds_the_raw_bytes_of_a_slice),
        TEST(places_an_empty_slice_behind_the_byte_before_it),
        TEST(refuses_a_file_over_the_limit_and_reads_none_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
