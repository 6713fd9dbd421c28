/* Whether a build needs its first stage, and by which way. */
#include "case.h"

static sp_answer needs_first(sp_facts *facts, uint32_t stage, const sp_str *names, size_t count)
{
    (void)stage, (void)names, (void)count;
    return sp_facts_needed(facts, 0);
}

static void answers_by_the_way_to_the_target(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"the target itself", "FROM debian AS a\n", "", "yes at 1: "},
        {"base", "FROM debian AS a\nFROM a\n", "", "yes at 1: "},
        {"copy", "FROM debian AS a\nFROM debian\nCOPY --from=a /x /x\n", "", "yes at 1: "},
        {"mount", "FROM debian AS a\nFROM debian\nRUN --mount=from=a,target=/x true\n", "", "yes at 1: "},
        {"trigger", "FROM debian AS a\nFROM debian AS b\nONBUILD COPY --from=a /x /x\nFROM b\n", "", "yes at 1: "},
        {"nobody", "FROM debian AS a\nFROM debian\n", "", "no"},
        {"nobody that is needed", "FROM debian AS a\nFROM a AS b\nFROM debian\n", "", "no"},
        {"a candidate", "ARG X\nFROM debian AS a-1\nFROM a-$X\n", "", "unknown at 2: ?"},
        {"a candidate of one that is needed",
         "ARG X\nFROM debian AS a-1\nFROM a-$X AS b\nFROM debian\nCOPY --from=b /x /x\n", "", "unknown at 2: ?"},
        {"what a candidate takes", "ARG X\nFROM debian AS a\nFROM a AS b-1\nFROM b-$X\n", "", "unknown at 2: ?"},
        {"a candidate, and surely",
         "ARG X\nFROM debian AS a-1\nFROM debian AS b\nCOPY --from=a-1 /x /x\nFROM a-$X\nCOPY --from=b /x /x\n", "",
         "yes at 2: "},
    };
    CHECK_ANSWERS(needs_first, cases);
}

static const char *way_of(const char *text)
{
    sp_facts *facts = facts_of(text, NULL);
    sp_answer answer = sp_facts_needed(facts, 0);
    return steps_text(facts, answer.items.count > 0 ? &answer.items.items[0].steps : &answer.steps);
}

static void tells_the_shortest_sure_way(void **state)
{
    (void)state;
    assert_string_equal(
        way_of(
            "FROM debian AS a\nFROM a AS b\nFROM debian AS c\nCOPY --from=b /x /x\nFROM c AS d\nCOPY --from=b /y /y\n"),
        "2: stage 'b' is built FROM stage 'a'\n"
        "6: stage 'd' copies /y from stage 'b'\n"
        "5: stage 'd' is the target: no target is given, and it is the last stage\n");
}

static void tells_what_is_taken(void **state)
{
    (void)state;
    assert_string_equal(way_of("FROM debian AS a\nFROM debian\nCOPY --from=0 1 2 3 4 5 /x/\n"),
                        "3: stage 1 copies 1, 2, 3 and 2 more from stage 'a'\n"
                        "2: stage 1 is the target: no target is given, and it is the last stage\n");
    assert_string_equal(way_of("FROM debian AS a\nFROM debian\nRUN --mount=from=a,target=/x true\n"),
                        "3: stage 1 mounts stage 'a'\n"
                        "2: stage 1 is the target: no target is given, and it is the last stage\n");
}

static void tells_who_takes_in_vain(void **state)
{
    (void)state;
    assert_string_equal(way_of("FROM debian AS a\nFROM a AS b\nFROM debian\n"),
                        "2: stage 'b' is built FROM stage 'a', but is not needed itself\n"
                        "3: stage 2 is the target: no target is given, and it is the last stage\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answers_by_the_way_to_the_target),
        TEST(tells_the_shortest_sure_way),
        TEST(tells_what_is_taken),
        TEST(tells_who_takes_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
