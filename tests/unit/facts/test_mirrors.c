/* Mirrors: an image pulled from one is what it is a copy of, and evidence says so. */
#include "unit/facts/case.h"

static sp_facts *facts_mirrored(const char *text)
{
    static const sp_mirror hub = {{"registry.corp/dockerhub/", 24}, {"docker.io/", 10}};
    static const sp_known_images known = {.mirrors = {&hub, 1}};
    sp_build_input input = {0};
    const sp_document *document = sp_document_parse(&arena, SP_STR("Dockerfile"), sp_str_from(text));
    return sp_facts_new_knowing(sp_graph_build(document, &input), &known);
}

static sp_answer toolchain(sp_facts *facts)
{
    const sp_str names[] = {SP_STR("go-toolchain")};
    return sp_facts_contains(facts, last_stage(facts), names, 1);
}

static const char *toolchain_line(const char *text)
{
    sp_facts *facts = facts_mirrored(text);
    sp_answer answer = toolchain(facts);
    return answer_line(facts, &answer);
}

static void knows_an_image_of_a_mirror(void **state)
{
    (void)state;
    assert_string_equal(toolchain_line("FROM registry.corp/dockerhub/golang:1.26\n"), "yes at 1: go-toolchain");
    assert_string_equal(toolchain_line("FROM registry.corp/dockerhub/debian:12-slim\n"), "no");
    assert_string_equal(toolchain_line("FROM registry.corp/golang:1.26\n"), "unknown at 1: ?");
    assert_string_equal(toolchain_line("FROM golang:1.26\n"), "yes at 1: go-toolchain");
}

static void knows_one_whose_tag_is_not_known(void **state)
{
    (void)state;
    assert_string_equal(toolchain_line("ARG V\nFROM registry.corp/dockerhub/golang:$V\n"), "yes at 2: go-toolchain");
}

static void knows_the_user(void **state)
{
    (void)state;
    sp_facts *facts = facts_mirrored("FROM registry.corp/dockerhub/haproxy\n");
    sp_setting user = sp_facts_setting(facts, 0, sp_facts_graph(facts)->stages[0].state, SP_SETTING_USER);
    assert_int_equal(user.state, SP_SETTING_IMAGE);
    assert_true(sp_str_is(user.value.value, "haproxy"));
}

static void says_whose_copy_it_is(void **state)
{
    (void)state;
    sp_facts *facts = facts_mirrored("FROM registry.corp/dockerhub/golang:1.26-alpine3.24\n");
    sp_answer answer = toolchain(facts);
    assert_string_equal(steps_text(facts, &answer.items.items[0].steps),
                        "1: stage 0 is built FROM registry.corp/dockerhub/golang:1.26-alpine3.24\n"
                        "registry.corp/dockerhub/golang:1.26-alpine3.24 is a copy of "
                        "docker.io/library/golang:1.26-alpine3.24 (mirrors of the configuration)\n"
                        "registry.corp/dockerhub/golang:1.26-alpine3.24 contains go-toolchain "
                        "(catalogue: package list of 1.26-alpine3.24 (docker-library/repo-info))\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(knows_an_image_of_a_mirror),
        TEST(knows_one_whose_tag_is_not_known),
        TEST(knows_the_user),
        TEST(says_whose_copy_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
