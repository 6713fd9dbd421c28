/* A stage graph for Graphviz: what of a Dockerfile must not be read as DOT. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/report/drawn.h"

#define DRAW(text) ((drawn){.write = sp_graph_dot, .dockerfile = SP_STR(text)})

static void escapes_quotes_and_backslashes(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/a\\\"b /"), "label=\"https://h/a\\\"b\"", NULL);
    expect_drawn(DRAW("FROM scratch\nADD 'https://h/\\N' /"), "label=\"https://h/\\\\N\"", NULL);
}

static void escapes_entities(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/&lt;?a&b /"), "https://h/&amp;lt;?a&amp;b", NULL);
}

static void draws_candidates_dotted(void **state)
{
    (void)state;
    expect_drawn(DRAW("ARG A\nFROM scratch AS a-1\nFROM scratch AS b\nFROM a-$A"),
                 "  s0 -> s2 [style=dotted, label=\"perhaps base\"];\n", "s1 -> s2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_quotes_and_backslashes),
        cmocka_unit_test(escapes_entities),
        cmocka_unit_test(draws_candidates_dotted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
