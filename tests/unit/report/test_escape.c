/* Foreign text in other languages: it must stay text there. */
#include "report/escape.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void check(sp_buf *out, const char *expected)
{
    assert_false(out->failed);
    if (!sp_str_is(sp_buf_str(out), expected))
        fail_msg("expected <%s>, found <%.*s>", expected, SP_STR_ARG(sp_buf_str(out)));
    sp_buf_dispose(out);
}

static sp_buf escaped(void (*escape)(sp_buf *out, sp_str text), const char *text)
{
    sp_buf out;
    sp_buf_init(&out, sp_alloc_default(), 1u << 16);
    escape(&out, sp_str_from(text));
    return out;
}

#define ASSERT_ESCAPED(escape, text, expected)                                                                         \
    do {                                                                                                               \
        sp_buf out_ = escaped(escape, text);                                                                           \
        check(&out_, expected);                                                                                        \
    } while (0)

static void in_cell(sp_buf *out, sp_str text)
{
    sp_escape_code(out, text, true);
}

static void in_line(sp_buf *out, sp_str text)
{
    sp_escape_code(out, text, false);
}

static void xml_has_no_markup(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_xml, "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;");
    ASSERT_ESCAPED(sp_escape_xml, "]]>", "]]&gt;");
    ASSERT_ESCAPED(sp_escape_xml, "", "");
}

static void xml_has_no_noncharacters(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_xml, "\xef\xbf\xbe|\xef\xbf\xbf|\xef\xbf\xbd", "\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd");
}

static void a_command_keeps_to_its_line(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_command, "50%\r\n::error::%0A", "50%25%0D%0A::error::%250A");
}

static void a_property_keeps_to_itself(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_property, "a,line=1::x%\n", "a%2Cline=1%3A%3Ax%25%0A");
}

static void a_sarif_message_has_no_links(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_sarif, "CMD [\"x\"](1) \\", "CMD \\[\"x\"\\](1) \\\\");
}

static void a_uri_is_ascii(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_uri, "a b/D%#?:\xc3\xa4\xff", "a%20b/D%25%23%3F%3A%C3%A4%FF");
    ASSERT_ESCAPED(sp_escape_uri, "/tmp/Dockerfile", "file:///tmp/Dockerfile");
}

static void code_cannot_be_left(void **state)
{
    (void)state;
    ASSERT_ESCAPED(in_line, "@user #1", "`@user #1`");
    ASSERT_ESCAPED(in_line, "a``b", "```a``b```");
    ASSERT_ESCAPED(in_line, "`", "`` ` ``");
    ASSERT_ESCAPED(in_line, "a|b\\|c", "`a|b\\|c`");
    ASSERT_ESCAPED(in_line, "", "");
}

static void a_cell_cannot_be_left(void **state)
{
    (void)state;
    ASSERT_ESCAPED(in_cell, "a|b", "`a\\|b`");
    ASSERT_ESCAPED(in_cell, "a\\|b", "`a\\x7cb`");
}

static void a_block_cannot_be_left(void **state)
{
    (void)state;
    ASSERT_ESCAPED(sp_escape_block, "```\n@user\n", "````text\n```\n@user\n````\n");
    ASSERT_ESCAPED(sp_escape_block, "x", "```text\nx\n```\n");
}

static void cuts_between_characters(void **state)
{
    (void)state;
    sp_buf out = escaped(sp_escape_command, "abc\xc3\xa4\xc3\xa4");
    sp_escape_cut(&out, 7);
    check(&out, "abc\xc3\xa4\xc3\xa4");
    out = escaped(sp_escape_command, "abc\xc3\xa4\xc3\xa4");
    sp_escape_cut(&out, 6);
    assert_true(out.size <= 6);
    check(&out, "abc\xe2\x80\xa6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_has_no_markup),
        cmocka_unit_test(xml_has_no_noncharacters),
        cmocka_unit_test(a_command_keeps_to_its_line),
        cmocka_unit_test(a_property_keeps_to_itself),
        cmocka_unit_test(a_sarif_message_has_no_links),
        cmocka_unit_test(a_uri_is_ascii),
        cmocka_unit_test(code_cannot_be_left),
        cmocka_unit_test(a_cell_cannot_be_left),
        cmocka_unit_test(a_block_cannot_be_left),
        cmocka_unit_test(cuts_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
