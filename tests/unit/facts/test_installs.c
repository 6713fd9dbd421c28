/* Which packages stages install and keep. */
#include "case.h"

static void finds_packages(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"by name", "FROM debian\nRUN apt-get install -y curl vim\n", "vim", "yes at 2: vim"},
        {"by glob, in order", "FROM debian\nRUN apt-get install -y libz-dev liba-dev gcc\n", "*-dev",
         "yes at 2: libz-dev, liba-dev"},
        {"below", "FROM debian AS a\nRUN apt-get install -y vim\nFROM a\n", "vim", "yes at 2: vim"},
        {"removed", "FROM alpine\nRUN apk add vim && apk del vim\n", "vim", "no"},
        {"removed by group", "FROM alpine\nRUN apk add --virtual .v vim\nRUN apk del .v\n", "vim", "no"},
        {"removed in a child only", "FROM alpine AS a\nRUN apk add vim\nFROM a AS b\nRUN apk del vim\nFROM a\n", "vim",
         "yes at 2: vim"},
        {"perhaps removed", "FROM alpine\nRUN apk add vim && (test -f /x || apk del vim)\n", "vim",
         "unknown at 2: vim?"},
        {"perhaps installed", "FROM alpine\nRUN test -f /x || apk add vim\n", "vim", "unknown at 2: vim?"},
        {"perhaps, then surely", "FROM alpine\nRUN test -f /x || apk add vim\nRUN apk add vim\n", "vim",
         "yes at 2: vim"},
        {"a name that only the build knows", "FROM alpine\nARG P\nRUN apk add $P\n", "vim", "unknown at 3: $P?"},
        {"a name known enough", "FROM alpine\nARG P\nRUN apk add php-$P\n", "vim", "no"},
        {"another stage's", "FROM debian AS a\nRUN apt-get install -y vim\nFROM debian\nCOPY --from=a /x /x\n", "vim",
         "no"},
    };
    CHECK_ANSWERS(sp_facts_installs, cases);
}

static void answers_twice_alike(void **state)
{
    (void)state;
    sp_facts *facts = facts_of("FROM debian\nRUN apt-get install -y curl vim\n", NULL);
    sp_str vim = SP_STR("vim"), curl = SP_STR("curl");
    sp_answer first = sp_facts_installs(facts, 0, &vim, 1);
    sp_answer second = sp_facts_installs(facts, 0, &curl, 1);
    sp_answer third = sp_facts_installs(facts, 0, &vim, 1);
    assert_string_equal(answer_line(facts, &first), "yes at 2: vim");
    assert_string_equal(answer_line(facts, &second), "yes at 2: curl");
    assert_string_equal(answer_line(facts, &third), "yes at 2: vim");
}

static void tells_where(void **state)
{
    (void)state;
    sp_facts *facts = facts_of("FROM debian AS a\nRUN apt-get install -y vim\nFROM a\n", NULL);
    sp_str vim = SP_STR("vim");
    sp_answer answer = sp_facts_installs(facts, 1, &vim, 1);
    assert_string_equal(steps_text(facts, &answer.items.items[0].steps), "3: stage 1 is built FROM stage 'a'\n"
                                                                         "2: apt installs vim\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_packages),
        TEST(answers_twice_alike),
        TEST(tells_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
