/* Effective settings: set here, inherited, by the image, default, unknown. */
#include "case.h"

typedef struct one_case {
    const char *name, *text;
    sp_setting_kind kind;
    const char *expected; /* state, value, and ", default" when an argument may change it */
} one_case;

static const char *setting_line(const sp_setting *setting)
{
    static const char *const states[] = {"set", "inherited", "image", "default", "unknown"};
    sp_str value = setting->value.known ? setting->value.value : SP_STR("?");
    return sp_arena_print(&arena, "%s %.*s%s", states[setting->state], SP_STR_ARG(value),
                          setting->value.is_default ? ", default" : "")
        .text;
}

static void check(const one_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sp_facts *facts = facts_of(cases[i].text, NULL);
        uint32_t stage = last_stage(facts);
        sp_setting setting = sp_facts_setting(facts, stage, sp_facts_graph(facts)->stages[stage].state, cases[i].kind);
        const char *line = setting_line(&setting);
        if (strcmp(line, cases[i].expected) != 0)
            fail_msg("%s: '%s', not '%s'", cases[i].name, line, cases[i].expected);
        assert_int_equal(setting.instruction == SP_NONE,
                         setting.state != SP_SETTING_SET && setting.state != SP_SETTING_INHERITED);
        assert_true(setting.evidence.count > 0);
    }
}

#define CHECK(cases) check(cases, sizeof cases / sizeof cases[0])

static void finds_the_user(void **state)
{
    (void)state;
    static const one_case cases[] = {
        {"set", "FROM debian\nUSER app\n", SP_SETTING_USER, "set app"},
        {"the last one counts", "FROM debian\nUSER app\nUSER root\n", SP_SETTING_USER, "set root"},
        {"inherited", "FROM debian AS a\nUSER app\nFROM a AS b\nFROM b\n", SP_SETTING_USER, "inherited app"},
        {"by the image", "FROM gcr.io/distroless/static:nonroot\n", SP_SETTING_USER, "image 65532"},
        {"by the image, below", "FROM debian AS a\nFROM a\n", SP_SETTING_USER, "image root"},
        {"default", "FROM scratch\n", SP_SETTING_USER, "default root"},
        {"unknown image", "FROM example/x:1\n", SP_SETTING_USER, "unknown ?"},
        {"set over an unknown image", "FROM example/x:1\nUSER app\n", SP_SETTING_USER, "set app"},
        {"a tag that only the build knows", "ARG V\nFROM debian:$V\n", SP_SETTING_USER, "image root"},
        {"whichever of two stages", "FROM debian AS x-a\nUSER 7\nFROM alpine AS x-b\nUSER 7\nFROM x-$TARGETARCH\n",
         SP_SETTING_USER, "inherited 7"},
        {"one of two stages", "FROM debian AS x-a\nUSER 7\nFROM alpine AS x-b\nFROM x-$TARGETARCH\n", SP_SETTING_USER,
         "unknown ?"},
        {"an argument", "FROM debian\nARG U=app\nUSER $U\n", SP_SETTING_USER, "set app, default"},
        {"an argument nobody gave", "FROM debian\nARG U\nUSER $U\n", SP_SETTING_USER, "set ?"},
    };
    CHECK(cases);
}

static void resolves_the_workdir(void **state)
{
    (void)state;
    static const one_case cases[] = {
        {"absolute", "FROM debian\nWORKDIR /app\n", SP_SETTING_WORKDIR, "set /app"},
        {"relative to the one before", "FROM debian\nWORKDIR /app\nWORKDIR src/../lib/\n", SP_SETTING_WORKDIR,
         "set /app/lib"},
        {"relative to that of the stage below", "FROM debian AS a\nWORKDIR /app\nFROM a\nWORKDIR src\n",
         SP_SETTING_WORKDIR, "set /app/src"},
        {"relative to what an image may have", "FROM debian\nWORKDIR src\n", SP_SETTING_WORKDIR, "set ?"},
        {"relative on scratch", "FROM scratch\nWORKDIR src\n", SP_SETTING_WORKDIR, "set /src"},
        {"not set on scratch", "FROM scratch\n", SP_SETTING_WORKDIR, "default /"},
        {"not set on an image", "FROM debian\n", SP_SETTING_WORKDIR, "unknown ?"},
        {"a variable", "FROM debian\nENV D=/srv\nWORKDIR $D/app\n", SP_SETTING_WORKDIR, "set /srv/app"},
        {"relative, unknown", "FROM debian\nARG D\nWORKDIR /app\nWORKDIR $D\n", SP_SETTING_WORKDIR, "set ?"},
        {"absolute again", "FROM debian\nARG D\nWORKDIR $D\nWORKDIR /x\n", SP_SETTING_WORKDIR, "set /x"},
    };
    CHECK(cases);
}

static void finds_commands(void **state)
{
    (void)state;
    static const one_case cases[] = {
        {"exec form", "FROM scratch\nCMD [\"/app\", \"-v\"]\n", SP_SETTING_CMD, "set /app -v"},
        {"shell form", "FROM debian\nENTRYPOINT exec /app $X\n", SP_SETTING_ENTRYPOINT, "set exec /app $X"},
        {"none on scratch", "FROM scratch\n", SP_SETTING_CMD, "default "},
        {"none on an image", "FROM debian\n", SP_SETTING_CMD, "unknown ?"},
        {"reset", "FROM debian AS a\nCMD x\nFROM a\nENTRYPOINT y\n", SP_SETTING_CMD, "default "},
        {"a signal", "FROM debian AS a\nSTOPSIGNAL SIGINT\nFROM a\n", SP_SETTING_STOPSIGNAL, "inherited SIGINT"},
        {"a shell", "FROM debian\nSHELL [\"/bin/bash\", \"-c\"]\n", SP_SETTING_SHELL, "set /bin/bash -c"},
    };
    CHECK(cases);
}

static const char *environment_of(const char *text, const char *name)
{
    sp_facts *facts = facts_of(text, NULL);
    uint32_t stage = last_stage(facts);
    const sp_state *at = sp_facts_graph(facts)->stages[stage].state;
    sp_setting setting = sp_facts_environment(facts, stage, at, sp_str_from(name));
    return setting_line(&setting);
}

static const char *label_of(const char *text, const char *name)
{
    sp_facts *facts = facts_of(text, NULL);
    uint32_t stage = last_stage(facts);
    const sp_state *at = sp_facts_graph(facts)->stages[stage].state;
    sp_setting setting = sp_facts_label(facts, stage, at, sp_str_from(name));
    return setting_line(&setting);
}

static void finds_environment_and_labels(void **state)
{
    (void)state;
    assert_string_equal(environment_of("FROM debian\nENV A=1 B=2\n", "B"), "set 2");
    assert_string_equal(environment_of("FROM debian AS a\nENV A=1\nFROM a\n", "A"), "inherited 1");
    assert_string_equal(environment_of("FROM debian\nENV A=1 A=3\n", "A"), "set 3");
    assert_string_equal(environment_of("FROM debian\n", "A"), "unknown ?");
    assert_string_equal(environment_of("FROM scratch\n", "A"), "default ");
    assert_string_equal(environment_of("FROM scratch\nARG A=1\n", "A"), "default ");
    assert_string_equal(label_of("FROM debian AS a\nLABEL x=1\nFROM a\nLABEL y=2\n", "x"), "inherited 1");
    assert_string_equal(label_of("FROM debian\nLABEL x=1\nLABEL x=2\n", "x"), "set 2");
    assert_string_equal(label_of("FROM scratch\nLABEL x=1\n", "y"), "default ");
}

typedef struct root_case {
    const char *name, *text, *expected;
} root_case;

static void tells_root(void **state)
{
    (void)state;
    static const root_case cases[] = {
        {"by name", "FROM debian\nUSER root\n", "yes at 2: root"},
        {"by name, with a group", "FROM debian\nUSER root:app\n", "yes at 2: root"},
        {"by number", "FROM debian\nUSER 0\n", "yes at 2: root"},
        {"by number, with a group", "FROM debian\nUSER 0:0\n", "yes at 2: root"},
        {"by leading zeros", "FROM debian\nUSER 000\n", "yes at 2: root"},
        {"nothing at all", "FROM debian\nUSER $UNDEFINED_VARIABLE\n", "unknown at 2: ?"},
        {"another number", "FROM debian\nUSER 10001:0\n", "no"},
        {"another name", "FROM debian\nUSER rootless\n", "no"},
        {"by the image", "FROM debian\n", "yes at 1: root"},
        {"by an image that is only assumed to", "FROM fedora:40\n", "yes at 1: root~"},
        {"not by the image", "FROM gcr.io/distroless/static:nonroot\n", "no"},
        {"default", "FROM scratch\n", "yes at 1: root"},
        {"an unknown image", "FROM example/x\n", "unknown at 1: ?"},
        {"an unknown value", "FROM debian\nARG U\nUSER $U\n", "unknown at 3: ?"},
        {"a value known enough", "FROM debian\nARG U\nUSER app-$U\n", "no"},
        {"an unknown group", "FROM debian\nARG G\nUSER 0:$G\n", "yes at 3: root"},
        {"inherited", "FROM debian AS a\nUSER root\nFROM a\n", "yes at 2: root"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sp_facts *facts = facts_of(cases[i].text, NULL);
        uint32_t stage = last_stage(facts);
        const sp_state *at = sp_facts_graph(facts)->stages[stage].state;
        sp_setting user = sp_facts_setting(facts, stage, at, SP_SETTING_USER);
        sp_answer answer = sp_facts_is_root(facts, &user);
        if (strcmp(answer_line(facts, &answer), cases[i].expected) != 0)
            fail_msg("%s: %s, not %s", cases[i].name, answer_line(facts, &answer), cases[i].expected);
    }
}

static void tells_the_chain(void **state)
{
    (void)state;
    sp_facts *facts = facts_of("FROM debian AS a\nUSER app\nFROM a AS b\n", NULL);
    sp_setting user = sp_facts_setting(facts, 1, sp_facts_graph(facts)->stages[1].state, SP_SETTING_USER);
    assert_string_equal(steps_text(facts, &user.evidence), "3: stage 'b' is built FROM stage 'a'\n"
                                                           "2: USER in stage 'a' sets it\n");
}

static void looks_at_the_moment(void **state)
{
    (void)state;
    sp_facts *facts = facts_of("FROM debian\nUSER app\nRUN id\nUSER root\n", NULL);
    const sp_graph *graph = sp_facts_graph(facts);
    sp_setting user = sp_facts_setting(facts, 0, graph->instructions[2].before, SP_SETTING_USER);
    assert_string_equal(setting_line(&user), "set app");
}

static void bears_many_relative_workdirs(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM scratch\n");
    for (int i = 0; i < 500; i++)
        text = sp_arena_print(&arena, "%.*sWORKDIR 0123456789\n", SP_STR_ARG(text));
    sp_facts *facts = facts_of(text.text, NULL);
    sp_setting setting = sp_facts_setting(facts, 0, sp_facts_graph(facts)->stages[0].state, SP_SETTING_WORKDIR);
    assert_string_equal(setting_line(&setting), "set ?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_the_user), TEST(resolves_the_workdir), TEST(finds_commands),      TEST(finds_environment_and_labels),
        TEST(tells_root),     TEST(tells_the_chain),      TEST(looks_at_the_moment), TEST(bears_many_relative_workdirs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
