/* The Markdown of a policy's help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/markdown.h"

static const char help[] = "Why.\n\n### Avoid\n\n```dockerfile\nFROM a\n# not a heading\n```\n\n### Prefer\n"
                           "```\nFROM b\n```\n```\nFROM c\n```\n";

static void finds_blocks_below_their_headings(void **state)
{
    (void)state;
    cli_markdown_cursor at = {0};
    cli_block block;
    assert_true(cli_markdown_next(help, &at, &block));
    assert_memory_equal(block.heading, "Avoid", block.heading_size);
    assert_int_equal(block.size, sizeof "FROM a\n# not a heading\n" - 1);
    assert_int_equal(block.line, 6);
    assert_true(cli_markdown_next(help, &at, &block));
    assert_memory_equal(block.heading, "Prefer", block.heading_size);
    assert_true(cli_markdown_next(help, &at, &block));
    assert_memory_equal(block.text, "FROM c\n", block.size);
    assert_int_equal(block.line, 15);
    assert_false(cli_markdown_next(help, &at, &block));
}

static void gives_no_block_that_never_ends(void **state)
{
    (void)state;
    cli_markdown_cursor at = {0};
    cli_block block;
    assert_false(cli_markdown_next("### Avoid\n```\nFROM a\n", &at, &block));
}

static void shows_code_indented_without_fences(void **state)
{
    (void)state;
    cli_text out = {0};
    cli_markdown_show("### Avoid\n\n```sh\nx\n\ny\n```\nz\033\n", false, &out);
    assert_string_equal(cli_text_string(&out), "Avoid:\n\n    x\n\n    y\nz\\x1b\n");
    cli_text_dispose(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_blocks_below_their_headings),
        cmocka_unit_test(gives_no_block_that_never_ends),
        cmocka_unit_test(shows_code_indented_without_fences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
