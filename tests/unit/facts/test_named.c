/* Named contexts: what a stage or an image holds that --build-context replaces. */
#include "unit/facts/case.h"

/* The facts of a text, built with one named context "NAME=VALUE". */
static sp_facts *facts_with(const char *text, const char *context)
{
    sp_str whole = sp_str_from(context);
    size_t end = sp_str_find(whole, '=');
    sp_argument given = {sp_str_head(whole, end), sp_str_skip(whole, end + 1)};
    sp_build_input input = {.contexts = &given, .context_count = 1};
    const sp_document *document = sp_document_parse(&arena, SP_STR("Dockerfile"), sp_str_from(text));
    return sp_facts_new(sp_graph_build(document, &input));
}

static const char *compiler_line(sp_facts *facts)
{
    const sp_str names[] = {SP_STR("go-toolchain")};
    sp_answer answer = sp_facts_contains(facts, last_stage(facts), names, 1);
    return answer_line(facts, &answer);
}

static sp_setting user_of(sp_facts *facts)
{
    uint32_t stage = last_stage(facts);
    return sp_facts_setting(facts, stage, sp_facts_graph(facts)->stages[stage].state, SP_SETTING_USER);
}

static void forgets_what_a_replaced_stage_installs(void **state)
{
    (void)state;
    const char *text = "FROM golang:1.26 AS base\nUSER nobody\nFROM base\n";
    assert_string_equal(compiler_line(facts_of(text, NULL)), "yes at 1: go-toolchain");
    sp_facts *facts = facts_with(text, "base=docker-image://debian:12");
    assert_string_equal(compiler_line(facts), "no");
    assert_true(sp_str_is(user_of(facts).value.value, "root"));
    assert_int_equal(user_of(facts).state, SP_SETTING_IMAGE);
}

static void takes_the_image_of_the_context(void **state)
{
    (void)state;
    const char *text = "FROM alpine:3.20\n";
    assert_string_equal(compiler_line(facts_with(text, "alpine:3.20=docker-image://golang:1.26")),
                        "yes at 1: go-toolchain");
    text = "FROM scratch\nCOPY --from=tools / /\n";
    assert_string_equal(compiler_line(facts_with(text, "tools=docker-image://golang:1.26")), "yes at 2: go-toolchain");
}

static void does_not_know_what_another_build_holds(void **state)
{
    (void)state;
    const char *text = "FROM alpine:3.20 AS base\nFROM base\n";
    sp_facts *facts = facts_with(text, "base=target:other");
    assert_string_equal(compiler_line(facts), "unknown at 1: ?");
    assert_int_equal(user_of(facts).state, SP_SETTING_UNKNOWN);
}

static void knows_that_files_come_without_settings(void **state)
{
    (void)state;
    const char *text = "FROM alpine:3.20 AS base\nUSER 1000\nFROM base\n";
    sp_facts *facts = facts_with(text, "base=./base");
    assert_string_equal(compiler_line(facts), "unknown at 1: ?");
    assert_int_equal(user_of(facts).state, SP_SETTING_DEFAULT);
    assert_true(sp_str_is(user_of(facts).value.value, "root"));
}

static void knows_that_an_empty_context_is_empty(void **state)
{
    (void)state;
    const char *text = "FROM golang:1.26 AS base\nFROM base\n";
    assert_string_equal(compiler_line(facts_with(text, "base=docker-image://scratch")), "no");
}

static void takes_nothing_from_a_folder_that_is_copied(void **state)
{
    (void)state;
    const char *text = "FROM debian:12\nCOPY --from=src . /\n";
    assert_string_equal(compiler_line(facts_with(text, "src=../src")), "no");
    assert_string_equal(compiler_line(facts_with(text, "src=target:other")), "unknown at 2: ?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(forgets_what_a_replaced_stage_installs), TEST(takes_the_image_of_the_context),
        TEST(does_not_know_what_another_build_holds), TEST(knows_that_files_come_without_settings),
        TEST(knows_that_an_empty_context_is_empty),   TEST(takes_nothing_from_a_folder_that_is_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
