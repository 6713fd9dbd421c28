/* A stage graph as SVG: what of a Dockerfile must not be read as XML, and what a row shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/report/drawn.h"

#define DRAW(text) ((drawn){.write = sp_graph_svg, .dockerfile = SP_STR(text)})

static void escapes_markup(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/<a>&'\"\"' /"), "https://h/&lt;a&gt;&amp;&quot;&quot;<", "<a>");
    expect_drawn(DRAW("FROM scratch\nADD \"https://h/'\" /"), "https://h/&#39;<", NULL);
}

static void replaces_what_xml_cannot_hold(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/\xEF\xBF\xBE /"), "https://h/\xEF\xBF\xBD<", "\xEF\xBF\xBE");
    expect_drawn(DRAW("FROM scratch\nADD https://h/\x1b[31m /"), "https://h/\\x1b[31m<", "\x1b");
}

static void cuts_long_names_with_an_ellipsis(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch AS abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz");
    expect_drawn(picture, "…</text>", NULL);
    expect_drawn(picture, "<title>abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz: target", NULL);
}

static void breaks_a_long_finding_once(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch AS a");
    picture.judged = true;
    picture.note = (sp_stage_note){
        .finding_count = 1,
        .worst = SP_SEVERITY_WARNING,
        .title = SP_STR(
            "these are words that do not fit on one line of a phone, nor, as they go on and on, on two lines of it")};
    expect_drawn(picture, ">warning: these are words that do not fit on one<", NULL);
    expect_drawn(picture, ">line of a phone, nor, as they go on and on, on two…<", NULL);
}

static void draws_one_arc_for_two_copies(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch AS a\nFROM scratch\nCOPY --from=a /x /\nCOPY --from=a /y /");
    const char *text = drawn_text(&picture), *first = strstr(text, "class=\"link takes copy\"");
    assert_non_null(first);
    assert_non_null(strstr(first, "<title>stage 1: copy ×2 from a: /x → /, …</title>"));
    const char *second = strstr(first + 1, "class=\"link takes copy\"");
    assert_non_null(second); /* the legend's */
    assert_null(strstr(second + 1, "class=\"link takes copy\""));
    drawn_dispose(&picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_markup),
        cmocka_unit_test(replaces_what_xml_cannot_hold),
        cmocka_unit_test(cuts_long_names_with_an_ellipsis),
        cmocka_unit_test(breaks_a_long_finding_once),
        cmocka_unit_test(draws_one_arc_for_two_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
