/* Which stages rest on which. */
#include "case.h"

static void follows_every_kind_of_edge(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"base", "FROM debian AS a\nFROM a\n", "a", "yes at 2: a"},
        {"copy", "FROM debian AS a\nFROM debian\nCOPY --from=a /x /x\n", "a", "yes at 3: a"},
        {"copy by index", "FROM debian AS a\nFROM debian\nCOPY --from=0 /x /x\n", "a", "yes at 3: a"},
        {"mount", "FROM debian AS a\nFROM debian\nRUN --mount=from=a,target=/x true\n", "a", "yes at 3: a"},
        {"through others", "FROM debian AS a\nFROM a AS b\nFROM debian AS c\nCOPY --from=b /x /x\nFROM c\n", "a",
         "yes at 5: a"},
        {"a glob", "FROM debian AS test-unit\nFROM debian\nCOPY --from=test-unit /x /x\n", "test*",
         "yes at 3: test-unit"},
        {"the nearest", "FROM debian AS t1\nFROM t1 AS t2\nFROM t2\n", "t?", "yes at 3: t2"},
        {"not its user", "FROM debian AS a\nFROM a AS b\nFROM debian\n", "a b", "no"},
        {"not itself", "FROM debian AS a\n", "a", "no"},
        {"an image of that name", "FROM debian\nCOPY --from=nginx /x /x\n", "nginx", "no"},
    };
    CHECK_ANSWERS(sp_facts_depends_on, cases);
}

static void tells_the_way(void **state)
{
    (void)state;
    sp_facts *facts =
        facts_of("FROM debian AS a\nFROM a AS b\nFROM debian AS c\nCOPY --from=b /x /x\nFROM c AS d\n", NULL);
    sp_str name = SP_STR("a");
    sp_answer answer = sp_facts_depends_on(facts, 3, &name, 1);
    assert_string_equal(steps_text(facts, &answer.items.items[0].steps), "5: stage 'd' is built FROM stage 'c'\n"
                                                                         "4: stage 'c' copies from stage 'b'\n"
                                                                         "2: stage 'b' is built FROM stage 'a'\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(follows_every_kind_of_edge),
        TEST(tells_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
