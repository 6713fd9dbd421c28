/* Finishing results: order, equal findings, ordinals, the verdict. */
#include "result/results.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct sp_results results;

static int set_up(void **state)
{
    (void)state;
    results = (struct sp_results){.fail_on = SP_SEVERITY_ERROR};
    sp_arena_init(&results.arena, sp_alloc_default());
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sp_arena_dispose(&results.arena);
    return 0;
}

static sp_result_finding *add(const char *path, uint32_t start, const char *policy, const char *message)
{
    sp_result_finding *finding = sp_list_add(&results.arena, &results.findings);
    *finding = (sp_result_finding){
        .policy = sp_str_from(policy),
        .message = sp_str_from(message),
        .severity = SP_SEVERITY_WARNING,
        .at = {.placed = true, .path = sp_str_from(path), .span = {start, start + 1}},
    };
    return finding;
}

static void add_file(const char *path, bool judged)
{
    sp_result_file *file = sp_list_add(&results.arena, &results.files);
    *file = (sp_result_file){.path = sp_str_from(path), .judged = judged, .stages = 2};
}

static void sorts_by_path_place_policy_and_message(void **state)
{
    static const char *const wanted[] = {"1", "2", "3", "4", "5"};
    (void)state;
    add("b", 0, "p", "5");
    add("a", 9, "p", "4");
    add("a", 3, "q", "2");
    add("a", 3, "q", "3");
    add("a", 3, "p", "1");

    sp_results_finish(&results);

    assert_int_equal(results.findings.count, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_string_equal(results.findings.items[i].message.text, wanted[i]);
}

static void equal_findings_are_one_with_the_worst_severity(void **state)
{
    (void)state;
    add("a", 3, "p", "m")->stage = SP_STR("first");
    add("a", 3, "p", "m")->severity = SP_SEVERITY_ERROR;
    add("a", 3, "p", "other");

    sp_results_finish(&results);

    assert_int_equal(results.findings.count, 2);
    assert_string_equal(results.findings.items[0].stage.text, "first");
    assert_int_equal(results.findings.items[0].severity, SP_SEVERITY_ERROR);
}

static void every_finding_has_a_fingerprint_of_its_own(void **state)
{
    (void)state;
    add("a", 3, "p", "m");
    add("a", 9, "p", "m");
    add("a", 9, "p", "other");

    sp_results_finish(&results);

    const sp_result_finding *findings = results.findings.items;
    assert_int_equal(strlen(findings[0].fingerprint.text), 32);
    assert_string_not_equal(findings[0].fingerprint.text, findings[1].fingerprint.text);
    assert_string_not_equal(findings[1].fingerprint.text, findings[2].fingerprint.text);
    assert_string_not_equal(findings[0].fingerprint.text, findings[2].fingerprint.text);
}

static void the_order_of_reporting_does_not_matter(void **state)
{
    char before[2][40];
    (void)state;
    add("a", 3, "p", "x");
    add("a", 9, "p", "y");
    sp_results_finish(&results);
    for (int i = 0; i < 2; i++)
        strcpy(before[i], results.findings.items[i].fingerprint.text);
    tear_down(NULL);
    set_up(NULL);
    add("a", 9, "p", "y");
    add("a", 3, "p", "x");

    sp_results_finish(&results);

    for (int i = 0; i < 2; i++)
        assert_string_equal(results.findings.items[i].fingerprint.text, before[i]);
}

static void the_gate_decides_between_pass_and_fail(void **state)
{
    (void)state;
    add("a", 0, "p", "m");
    sp_results_finish(&results);
    assert_int_equal(results.verdict, SP_PASS);
    results.fail_on = SP_SEVERITY_WARNING;
    sp_results_finish(&results);
    assert_int_equal(results.verdict, SP_FAIL);
    results.fail_on = SP_SEVERITY_NEVER;
    sp_results_finish(&results);
    assert_int_equal(results.verdict, SP_PASS);
}

static void the_largest_verdict_wins(void **state)
{
    (void)state;
    results.fail_on = SP_SEVERITY_NEVER;
    add_file("a", true);
    add_file("b", false);
    sp_results_finish(&results);
    assert_int_equal(results.verdict, SP_INPUT);
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("p"), .kind = SP_STR("error")};
    sp_results_finish(&results);
    assert_int_equal(results.verdict, SP_POLICY);
}

static void counts_for_the_summary(void **state)
{
    (void)state;
    results.policy_count = 7;
    add_file("a", true);
    add_file("b", true);
    add("a", 1, "p", "m")->severity = SP_SEVERITY_ERROR;
    add("a", 2, "p", "m")->severity = SP_SEVERITY_INFO;
    add("a", 3, "p", "m")->severity = SP_SEVERITY_INFO;

    sp_summary summary = sp_results_summary(&results);

    assert_int_equal(summary.files, 2);
    assert_int_equal(summary.stages, 4);
    assert_int_equal(summary.policies, 7);
    assert_int_equal(summary.errors, 1);
    assert_int_equal(summary.warnings, 0);
    assert_int_equal(summary.infos, 2);
}

static void severities_have_names(void **state)
{
    (void)state;
    for (int i = SP_SEVERITY_OFF; i <= SP_SEVERITY_NEVER; i++)
        assert_int_equal(sp_severity_from_name(sp_str_from(sp_severity_name((sp_severity)i))), i);
    assert_true(sp_severity_from_name(SP_STR("Error")) < 0);
}

#define WITH_RESULTS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RESULTS(sorts_by_path_place_policy_and_message),
        WITH_RESULTS(equal_findings_are_one_with_the_worst_severity),
        WITH_RESULTS(every_finding_has_a_fingerprint_of_its_own),
        WITH_RESULTS(the_order_of_reporting_does_not_matter),
        WITH_RESULTS(the_gate_decides_between_pass_and_fail),
        WITH_RESULTS(the_largest_verdict_wins),
        WITH_RESULTS(counts_for_the_summary),
        cmocka_unit_test(severities_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
