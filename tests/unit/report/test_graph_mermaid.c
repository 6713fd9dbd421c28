/* A stage graph as Mermaid: what of a Dockerfile must not be read as Mermaid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/report/drawn.h"

#include <stdio.h>

#define DRAW(text) ((drawn){.write = sp_graph_mermaid, .dockerfile = SP_STR(text)})

static void escapes_what_ends_a_label(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/a\\\"];click /"), "https://h/a#34;#93;#59;click\"/]", NULL);
    expect_drawn(DRAW("FROM scratch\nADD https://h/<img> /"), "https://h/#60;img#62;\"/]", "<img>");
}

static void escapes_entities_and_directives(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/#35;&lt; /"), "https://h/#35;35#59;#38;lt#59;\"/]", NULL);
    expect_drawn(DRAW("FROM scratch\nADD https://h/%%{init:{}}%% /"), "#37;#37;#123;init:#123;#125;#125;#37;#37;",
                 "%%");
}

static void escapes_markdown_and_formulas(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/`**a**_b_ /"), "#96;#42;#42;a#42;#42;#95;b#95;", "`");
    expect_drawn(DRAW("FROM scratch\nADD https://h/\\$\\$x\\$\\$ /"), "#36;#36;x#36;#36;", "$$");
}

static void names_an_outside_that_is_empty(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD ${A:?no} /"), "x0[/\"something unknown\"/]", "[/\"\"/]");
}

static void marks_the_worst_finding_of_a_stage(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch AS a");
    picture.judged = true;
    picture.note = (sp_stage_note){.finding_count = 2, .worst = SP_SEVERITY_ERROR, .title = SP_STR("a \"b\"")};
    expect_drawn(picture, "2 findings, error: a #34;b#34;", NULL);
    expect_drawn(picture, "  class s0 error\n", NULL);
}

static void merges_edges_with_their_count(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch AS a\nFROM scratch\nCOPY --from=a /x /\nCOPY --from=0 /y /"),
                 "  s0 -->|\"copy ×2\"| s1\n", NULL);
}

/* Each '<' takes four characters: such texts are too long before they are too many. */
static void leaves_out_stages_rather_than_be_too_long(void **state)
{
    (void)state;
    static char text[65536];
    const char *many = "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<";
    size_t size = 0;
    for (int i = 0; i < 149; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "FROM x\nADD https://a%03d%s https://b%03d%s /\n", i,
                                 many, i, many);
    drawn picture = {.write = sp_graph_mermaid, .dockerfile = {text, size}};
    assert_non_null(strstr(drawn_text(&picture), "more stages are left out"));
    assert_true(picture.out.size <= 50000);
    assert_true(picture.out.size > 25000);
    drawn_dispose(&picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_ends_a_label),
        cmocka_unit_test(escapes_entities_and_directives),
        cmocka_unit_test(escapes_markdown_and_formulas),
        cmocka_unit_test(names_an_outside_that_is_empty),
        cmocka_unit_test(marks_the_worst_finding_of_a_stage),
        cmocka_unit_test(leaves_out_stages_rather_than_be_too_long),
        cmocka_unit_test(merges_edges_with_their_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
