/* How the command quotes what others wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/text.h"

static void assert_text(cli_text *text, const char *expected)
{
    assert_string_equal(cli_text_string(text), expected);
    cli_text_dispose(text);
}

static void leaves_a_plain_word_alone(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_shell(&text, "--build-arg=A=1.2/x:y,z@w%");
    assert_text(&text, "--build-arg=A=1.2/x:y,z@w%");
}

static void quotes_a_word_for_the_shell(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_shell(&text, "it's $HOME");
    assert_text(&text, "'it'\\''s $HOME'");
    cli_text_shell(&text, "");
    assert_text(&text, "''");
    cli_text_shell(&text, "stages/*");
    assert_text(&text, "'stages/*'");
}

static void quotes_a_control_character_visibly(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_shell(&text, "a\033[2J'\xff");
    assert_text(&text, "$'a\\033[2J\\'\\377'");
}

static void escapes_json(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_json(&text, "a\"\\\n\x01\x7f ü \xff");
    assert_text(&text, "\"a\\\"\\\\\\n\\u0001\\u007f ü \xef\xbf\xbd\"");
    cli_text_json(&text, "\xc2\x9b"
                         "31m\xe2\x80\xae");
    assert_text(&text, "\"\\u009b31m\\u202e\"");
}

static void shows_what_would_steer_a_terminal(void **state)
{
    (void)state;
    const char *raw = "a\033b\tc\xc2\x9b"
                      "d\xe2\x80\xae"
                      "e\xc0";
    cli_text text = {0};
    cli_text_visible(&text, raw, strlen(raw), false);
    assert_text(&text, "a\\x1bb\\x09c\\x9bd\\u{202e}e\\xc0");
}

static void keeps_lines_when_asked(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_visible(&text, "a\n\tb\r", 5, true);
    assert_text(&text, "a\n\tb\\x0d");
}

static void keeps_a_name_that_is_utf8(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_name(&text, "größe\\y/Dockerfile");
    assert_text(&text, "größe\\y/Dockerfile");
}

static void escapes_a_name_that_is_not_utf8(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_name(&text, "a\xff\\b");
    assert_text(&text, "a\\xff\\\\b");
}

static void escapes_a_name_that_looks_escaped(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_name(&text, "a\\xff\\b");
    assert_text(&text, "a\\\\xff\\\\b");
}

static void refuses_overlong_and_surrogate_forms(void **state)
{
    (void)state;
    cli_text text = {0};
    cli_text_name(&text, "\xc0\xaf\xed\xa0\x80");
    assert_text(&text, "\\xc0\\xaf\\xed\\xa0\\x80");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_a_plain_word_alone),          cmocka_unit_test(quotes_a_word_for_the_shell),
        cmocka_unit_test(quotes_a_control_character_visibly), cmocka_unit_test(escapes_json),
        cmocka_unit_test(shows_what_would_steer_a_terminal),  cmocka_unit_test(keeps_lines_when_asked),
        cmocka_unit_test(keeps_a_name_that_is_utf8),          cmocka_unit_test(escapes_a_name_that_is_not_utf8),
        cmocka_unit_test(escapes_a_name_that_looks_escaped),  cmocka_unit_test(refuses_overlong_and_surrogate_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
