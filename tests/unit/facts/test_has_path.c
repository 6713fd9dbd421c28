/* What is known of a path in the last stage. */
#include "case.h"

static sp_answer has_path(sp_facts *facts, uint32_t stage, const sp_str *names, size_t count)
{
    (void)count;
    return sp_facts_has_path(facts, stage, names[0]);
}

static void answers_by_what_makes_paths(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"an empty image", "FROM scratch\n", "/app", "no"},
        {"an image", "FROM debian:12\n", "/app", "unknown at 1: /app?"},
        {"workdir", "FROM scratch\nWORKDIR /app\n", "/app", "yes at 1: /app"},
        {"above a workdir", "FROM scratch\nWORKDIR /app/src\n", "/app", "yes at 1: /app"},
        {"below a workdir", "FROM scratch\nWORKDIR /app\n", "/app/src", "no"},
        {"a name that only begins so", "FROM scratch\nWORKDIR /application\n", "/app", "no"},
        {"a relative workdir", "FROM scratch\nWORKDIR /a\nWORKDIR b\n", "/a/b", "yes at 1: /a/b"},
        {"a relative workdir in an image", "FROM debian:12\nWORKDIR b\n", "/b", "unknown at 1: /b?"},
        {"an unknown workdir", "FROM scratch\nARG X\nWORKDIR $X\n", "/b", "unknown at 1: /b?"},
        {"copy", "FROM scratch\nCOPY a /app/a\n", "/app/a", "yes at 1: /app/a"},
        {"a relative copy", "FROM scratch\nWORKDIR /app\nCOPY a bin/\n", "/app/bin", "yes at 1: /app/bin"},
        {"below a copy", "FROM scratch\nCOPY a /app/\n", "/app/a", "unknown at 1: /app/a?"},
        {"beside a copy", "FROM scratch\nCOPY a /app/\n", "/opt", "no"},
        {"add", "FROM scratch\nADD https://example.org/x /opt/x\n", "/opt", "yes at 1: /opt"},
        {"a file in the Dockerfile", "FROM scratch\nCOPY <<EOF /etc/conf\nx\nEOF\n", "/etc/conf",
         "yes at 1: /etc/conf"},
        {"a copy to nobody knows where", "FROM scratch\nARG X\nCOPY a $X\n", "/app", "unknown at 1: /app?"},
        {"run", "FROM scratch\nRUN x\n", "/app", "unknown at 1: /app?"},
        {"a run that names it", "FROM scratch\nCOPY a /app\nRUN rm -r /app\n", "/app", "unknown at 1: /app?"},
        {"a run that names another", "FROM scratch\nCOPY a /app\nRUN rm -r /app2 /x/app\n", "/app", "yes at 1: /app"},
        {"made again", "FROM scratch\nCOPY a /app\nRUN rm -r /app\nCOPY a /app\n", "/app", "yes at 1: /app"},
        {"a copy below keeps it", "FROM scratch\nWORKDIR /app\nCOPY . /\n", "/app", "yes at 1: /app"},
        {"through a base", "FROM scratch AS a\nWORKDIR /app\nFROM a\n", "/app", "yes at 3: /app"},
        {"not from another stage", "FROM scratch AS a\nWORKDIR /app\nFROM scratch\nCOPY --from=a /app /x\n", "/app",
         "no"},
        {"dots and slashes", "FROM scratch\nWORKDIR /app\n", "/x/..//app/", "yes at 1: /app"},
    };
    CHECK_ANSWERS(has_path, cases);
}

static const char *steps_about(const char *text, const char *path)
{
    sp_facts *facts = facts_of(text, NULL);
    sp_answer answer = sp_facts_has_path(facts, last_stage(facts), sp_str_from(path));
    return steps_text(facts, &answer.steps);
}

static void tells_what_bears_on_it(void **state)
{
    (void)state;
    assert_string_equal(
        steps_about("FROM debian:12 AS a\nFROM scratch\nCOPY --from=a /x /app/\nRUN ls /app\nRUN ls\n", "/app/x"),
        "2: scratch is empty\n"
        "3: /x from stage 'a' is copied to /app, which may bring it\n"
        "2 RUN instructions may make it: what RUN does to files is not read ()\n");
    assert_string_equal(steps_about("FROM debian:12\nWORKDIR /app\nRUN ls\n", "/app"),
                        "2: WORKDIR makes /app\n"
                        "1 RUN instruction after that may change it: what RUN does to files is not read ()\n");
}

static void tells_the_first_steps_of_many(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM scratch\n");
    for (int i = 0; i < 20; i++)
        text = sp_arena_print(&arena, "%.*sCOPY a /app\n", SP_STR_ARG(text));
    const char *steps = steps_about(text.text, "/app");
    assert_non_null(strstr(steps, "17: a is copied to /app\n4 more instructions have to do with it ()\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answers_by_what_makes_paths),
        TEST(tells_what_bears_on_it),
        TEST(tells_the_first_steps_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
