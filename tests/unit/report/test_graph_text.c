/* A stage graph for a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/report/drawn.h"

#define DRAW(text) ((drawn){.write = sp_graph_text, .dockerfile = SP_STR(text)})

static void escapes_what_a_terminal_obeys(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nADD https://h/\x1b[31m\xE2\x80\xAE /"), "https://h/\\x1b[31m\\xe2\\x80\\xae",
                 "\x1b");
}

static void counts_what_is_alike_and_many(void **state)
{
    (void)state;
    drawn picture = DRAW("FROM scratch\nCOPY 1 /\nCOPY 2 /\nCOPY 3 /\nCOPY 4 /\nCOPY 5 /\nCOPY 6 /\nADD a /");
    expect_drawn(picture, "copy the build context  4 → /\n├─ … 2 more\n└─ add", "5 → /");
}

static void cuts_long_paths(void **state)
{
    (void)state;
    expect_drawn(DRAW("FROM scratch\nCOPY aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa /"),
                 "aaaa…\n", "→");
}

static void says_that_nothing_is_there(void **state)
{
    (void)state;
    expect_drawn(DRAW("ARG A"), "note: there are no stages\n", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_a_terminal_obeys),
        cmocka_unit_test(counts_what_is_alike_and_many),
        cmocka_unit_test(cuts_long_paths),
        cmocka_unit_test(says_that_nothing_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
