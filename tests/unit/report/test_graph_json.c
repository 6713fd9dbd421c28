/* A stage graph as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/report/drawn.h"

#define DRAW(text) ((drawn){.write = sp_graph_json, .dockerfile = SP_STR(text)})

static void repairs_bytes_that_are_not_utf8(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nCOPY a\xff\"\x1b\" /"), "\\u001b", "\xff");
}

static void tells_unknown_from_no(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch");
    expect_drawn(picture, "\"compiler\": null", NULL);
    picture.note.compiler = SP_COMPILER_NO;
    expect_drawn(picture, "\"compiler\": \"no\"", NULL);
    picture.note.compiler = SP_COMPILER_MAYBE;
    expect_drawn(picture, "\"compiler\": \"unknown\"", NULL);
}

static void leaves_out_what_no_target_needs(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch AS a\nFROM a AS b\nFROM a AS c");
    expect_drawn(picture, "\"name\": \"b\"", NULL);
    picture.needed_only = true;
    expect_drawn(picture, "\"used_by\": [2]", "\"name\": \"b\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repairs_bytes_that_are_not_utf8),
        cmocka_unit_test(tells_unknown_from_no),
        cmocka_unit_test(leaves_out_what_no_target_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
