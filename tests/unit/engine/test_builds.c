/* Declared builds, and policies that judge the project. */
#include <stagepolicy/stagepolicy.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "unit/engine/packs.h"

static const char dev_and_prod[] = "FROM alpine:3.20 AS base\nFROM base AS dev\nRUN apk add gcc\nFROM base AS prod\n"
                                   "USER 1000\n";

/* The parts of a build that tests set. */
typedef struct declared {
    const char *path, *name, *target, *argument, *platform;
    int32_t lends;
} declared;

static sp_engine *engine_of(const char *policy, const char *pack)
{
    const char *const policies[] = {policy, NULL}, *const packs[] = {pack, NULL};
    sp_options options;
    sp_error error;
    sp_engine *engine = NULL;
    SP_INIT(options);
    SP_INIT(error);
    options.policies = policies;
    if (pack != NULL)
        options.packs = packs;
    if (sp_engine_new(&engine, &options, NULL, &error) != SP_OK)
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    return engine;
}

static sp_run *run_of(sp_engine *engine)
{
    sp_run *run = NULL;
    assert_int_equal(sp_run_new(&run, engine, NULL), SP_OK);
    sp_engine_free(engine);
    return run;
}

static void add(sp_run *run, const char *path, const char *text)
{
    assert_int_equal(sp_run_file(run, path, text, strlen(text)), SP_OK);
}

static sp_status declare(sp_run *run, declared what)
{
    sp_build build;
    SP_INIT(build);
    build.path = what.path;
    build.name = what.name;
    build.targets = &what.target;
    build.target_count = what.target != NULL;
    build.arguments = &what.argument;
    build.argument_count = what.argument != NULL;
    build.platform = what.platform;
    build.lends = what.lends;
    return sp_run_build(run, &build);
}

static sp_results *check(sp_run *run)
{
    sp_results *results = NULL;
    sp_error error;
    SP_INIT(error);
    if (sp_run_check(run, &results, &error) != SP_OK)
        fail_msg("%s", error.message);
    sp_run_free(run);
    return results;
}

static void refuses(sp_run *run, const char *message)
{
    sp_results *results = NULL;
    sp_error error;
    SP_INIT(error);
    assert_int_equal(sp_run_check(run, &results, &error), SP_E_USAGE);
    assert_string_equal(error.message, message);
    sp_run_free(run);
}

static void expect_json(const sp_results *results, const char *words)
{
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(sp_results_report(results, "json", NULL, &text, &size), SP_OK);
    if (strstr(text, words) == NULL)
        fail_msg("'%s' is not in:\n%s", words, text);
    sp_text_free(text);
}

/* The builds of the only finding, "; " after each. */
static void expect_builds(const sp_results *results, const char *expected)
{
    char builds[256] = "";
    sp_finding finding;
    SP_INIT(finding);
    assert_int_equal(sp_results_count(results), 1);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    for (uint32_t i = 0; i < finding.build_count; i++)
        snprintf(builds + strlen(builds), sizeof builds - strlen(builds), "%s; ", sp_results_build(results, 0, i));
    assert_null(sp_results_build(results, 0, finding.build_count));
    assert_string_equal(builds, expected);
}

static void names_the_builds_a_finding_holds_for(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/no-compiler", NULL));
    add(run, "Dockerfile", dev_and_prod);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "web", .target = "prod"}), SP_OK);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "debug", .target = "dev"}), SP_OK);
    sp_results *results = check(run);
    expect_builds(results, "debug; ");
    expect_json(results, "\"name\": \"web\"");
    sp_results_free(results);
}

static void names_no_builds_when_it_holds_for_all(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/no-compiler", NULL));
    add(run, "Dockerfile", dev_and_prod);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "a", .target = "dev"}), SP_OK);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "b", .target = "dev", .argument = "X=1"}),
                     SP_OK);
    sp_results *results = check(run);
    expect_builds(results, "");
    sp_results_free(results);
}

static void judges_equal_builds_once(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/no-compiler", NULL));
    add(run, "Dockerfile", dev_and_prod);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "a", .target = "dev"}), SP_OK);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "b", .target = "DEV"}), SP_OK);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "c", .target = "prod"}), SP_OK);
    sp_results *results = check(run);
    expect_builds(results, "a, b; ");
    sp_results_free(results);
}

static void gives_the_arguments_of_the_run_the_last_word(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/non-root", NULL));
    add(run, "Dockerfile", "FROM scratch\nARG WHO\nUSER $WHO\n");
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "a", .argument = "WHO=root"}), SP_OK);
    assert_int_equal(sp_run_arg(run, "WHO", "app"), SP_OK);
    sp_results *results = check(run);
    assert_int_equal(sp_results_count(results), 0);
    sp_results_free(results);
}

static void takes_stages_of_lending_builds_as_needed(void **state)
{
    (void)state;
    for (int lends = 0; lends < 2; lends++) {
        sp_run *run = run_of(engine_of("stages/no-dead", NULL));
        add(run, "Dockerfile", dev_and_prod);
        if (lends)
            assert_int_equal(declare(run, (declared){.path = "Dockerfile", .name = "dev", .target = "dev", .lends = 1}),
                             SP_OK);
        sp_results *results = check(run);
        assert_int_equal(sp_results_count(results), lends ? 0 : 1);
        sp_results_free(results);
    }
}

static void builds_once_for_each_platform(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/non-root", NULL));
    add(run, "Dockerfile", "FROM scratch\nCMD [\"/app\"]\n");
    assert_int_equal(sp_run_platform(run, "linux/amd64"), SP_OK);
    assert_int_equal(sp_run_platform(run, "linux/arm64"), SP_OK);
    sp_results *results = check(run);
    expect_builds(results, "");
    expect_json(results, "\"name\": \"linux/arm64\"");
    sp_results_free(results);
}

static void refuses_a_target_that_its_file_lacks(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/non-root", NULL));
    add(run, "api/Dockerfile", dev_and_prod);
    assert_int_equal(declare(run, (declared){.path = "api/Dockerfile", .name = "web", .target = "prd"}), SP_OK);
    refuses(run, "the build web: no stage of api/Dockerfile is called 'prd'; did you mean 'prod'?");
}

static void refuses_what_is_no_build(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of("shipped/non-root", NULL));
    add(run, "Dockerfile", dev_and_prod);
    assert_int_equal(declare(run, (declared){.path = "other"}), SP_E_USAGE);
    assert_int_equal(declare(run, (declared){.path = NULL}), SP_E_USAGE);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .argument = "NAME"}), SP_E_USAGE);
    assert_int_equal(declare(run, (declared){.path = "Dockerfile", .argument = "=value"}), SP_E_USAGE);
    sp_run_free(run);
}

/* A pack with one policy of scope "project". */
static void make_pack(char *folder, const char *body)
{
    char text[1024];
    pack_make(folder, "acme");
    snprintf(text, sizeof text,
             "return { id = \"acme/all\", title = \"T\", severity = \"warning\", help = \"H\", scope = \"project\",\n"
             "check = function(project, report, options) %s end }\n",
             body);
    pack_add(folder, "all", text);
}

static sp_results *judge_project(const char *body)
{
    char folder[64];
    make_pack(folder, body);
    sp_run *run = run_of(engine_of("acme/all", folder));
    add(run, "a/Dockerfile", "FROM alpine:3.20 AS one\n");
    add(run, "b/Dockerfile", "# b\nFROM debian:12 AS two\nRUN make\n");
    assert_int_equal(declare(run, (declared){.path = "b/Dockerfile", .name = "web"}), SP_OK);
    sp_results *results = check(run);
    pack_remove(folder);
    return results;
}

static void judges_a_project_over_all_files(void **state)
{
    (void)state;
    sp_results *results =
        judge_project("local first = project.builds[1].stages[1].root\n"
                      "for build in each(project.builds) do for stage in each(build.targets) do\n"
                      "  report { at = stage, message = ('%s of %s'):format(stage, build),\n"
                      "           unless = stage.root.image:is(first.image.repository and '*/alpine'),\n"
                      "           evidence = {{ at = first, message = 'the first base' }} }\n"
                      "end end");
    sp_finding finding;
    const char *message;
    sp_place place;
    SP_INIT(finding);
    assert_int_equal(sp_results_count(results), 1);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_string_equal(finding.message, "two of web");
    assert_string_equal(finding.at.path, "b/Dockerfile");
    assert_int_equal(finding.at.line, 2);
    assert_string_equal(finding.stage, "two");
    assert_int_equal(sp_results_step(results, 0, finding.step_count - 1, &message, &place), SP_OK);
    assert_string_equal(message, "the first base");
    assert_string_equal(place.path, "a/Dockerfile");
    assert_int_equal(place.line, 1);
    sp_results_free(results);
}

static void finds_about_the_project_itself(void **state)
{
    (void)state;
    sp_results *results = judge_project("report { at = project, message = ('%d builds, %d targets, %s line %d'):format("
                                        "#project.builds, #project.targets, project, project.at.line) }");
    sp_finding finding;
    SP_INIT(finding);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_string_equal(finding.message, "2 builds, 2 targets, . line 1");
    assert_string_equal(finding.at.path, ".");
    assert_int_equal(finding.at.line, 0);
    assert_null(finding.stage);
    sp_results_free(results);
}

static void keeps_the_builds_of_a_project_apart(void **state)
{
    (void)state;
    sp_results *results = judge_project(
        "local a, b = project.builds[1], project.builds[2]\n"
        "local one, two = a.stages[1], b.stages[1]\n"
        "local answer = two:depends_on(one)\n"
        "local run = two:all('RUN')[1]\n"
        "report { at = run, stage = one, message = ('%s %s %s %s %s %s'):format(one.build == a, two.build == b,\n"
        "         answer.no, run.at.path, one.at.line, #b:calls('make')) }");
    sp_finding finding;
    SP_INIT(finding);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_string_equal(finding.message, "true true true b/Dockerfile 1 1");
    assert_string_equal(finding.at.path, "b/Dockerfile");
    assert_string_equal(finding.stage, "one");
    sp_results_free(results);
}

static void a_failure_on_the_project_names_it(void **state)
{
    (void)state;
    sp_results *results = judge_project("error('no')");
    assert_int_equal(sp_results_verdict(results), SP_POLICY);
    expect_json(results, "\"path\": \".\"");
    sp_results_free(results);
}

static void judges_no_project_without_builds(void **state)
{
    char folder[64];
    (void)state;
    make_pack(folder, "report { at = project, message = 'never' }");
    sp_run *run = run_of(engine_of("acme/all", folder));
    add(run, "Dockerfile", "FORM alpine\n");
    sp_results *results = check(run);
    assert_int_equal(sp_results_count(results), 0);
    assert_int_equal(sp_results_verdict(results), SP_INPUT);
    sp_results_free(results);
    pack_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_builds_a_finding_holds_for),
        cmocka_unit_test(names_no_builds_when_it_holds_for_all),
        cmocka_unit_test(judges_equal_builds_once),
        cmocka_unit_test(gives_the_arguments_of_the_run_the_last_word),
        cmocka_unit_test(takes_stages_of_lending_builds_as_needed),
        cmocka_unit_test(builds_once_for_each_platform),
        cmocka_unit_test(refuses_a_target_that_its_file_lacks),
        cmocka_unit_test(refuses_what_is_no_build),
        cmocka_unit_test(judges_a_project_over_all_files),
        cmocka_unit_test(finds_about_the_project_itself),
        cmocka_unit_test(keeps_the_builds_of_a_project_apart),
        cmocka_unit_test(a_failure_on_the_project_names_it),
        cmocka_unit_test(judges_no_project_without_builds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
