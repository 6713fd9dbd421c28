/* report{...}: which findings it makes, and what it refuses. */
#include "judge.h"

static const char file[] = "ARG X\n"
                           "FROM example.org/own:1 AS base\n"
                           "ENV A=$X B=b\n"
                           "FROM base\n"
                           "USER root\n";

/* Judges; the first finding. */
static const sp_result_finding *first(judged *out, const char *body)
{
    judge(out, file, body);
    if (out->results.failures.count > 0 || out->results.findings.count == 0) {
        judged_end(out);
        fail_msg("no finding");
    }
    return out->results.findings.items;
}

static void expect_text(sp_str got, const char *expected)
{
    if (!sp_str_equal(got, sp_str_from(expected)))
        fail_msg("expected '%s', got '%.*s'", expected, SP_STR_ARG(got));
}

static void expect_count(const char *body, uint32_t count)
{
    judged is;
    judge(&is, file, body);
    uint32_t found = is.results.findings.count;
    judged_end(&is);
    assert_int_equal(found, count);
}

static void expect_invalid(const char *body, const char *text)
{
    expect_failure(file, body, "invalid", text);
}

static void reports_always_without_condition(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding = first(&is, "report { at = build.stages[2].user, message = 'wrong' }");
    expect_text(finding->policy, "test/policy");
    expect_text(finding->message, "wrong");
    expect_text(finding->help, "The title");
    expect_text(finding->aliases, "DL1");
    expect_text(finding->stage, "stage 1");
    assert_int_equal(finding->severity, SP_SEVERITY_WARNING);
    assert_false(finding->undecided);
    assert_true(finding->at.placed);
    assert_int_equal(finding->at.span.start, strstr(file, "root") - file);
    assert_int_equal(finding->evidence_count, 0);
    judged_dispose(&is);
}

static void takes_booleans(void **state)
{
    (void)state;
    expect_count("report { when = true, at = build, message = 'a' }", 1);
    expect_count("report { when = false, at = build, message = 'a' }", 0);
    expect_count("report { unless = true, at = build, message = 'a' }", 0);
    expect_count("report { unless = false, at = build, message = 'a' }", 1);
    expect_count("report { when = nil, at = build, message = 'a' }", 1);
}

static void takes_answers(void **state)
{
    (void)state;
    const char *const value = "local value = build.stages[1].instructions[2].pairs[2]\n";
    char body[512];
    snprintf(body, sizeof body, "%sreport { when = value:is('b'), message = 'a' }", value);
    expect_count(body, 1);
    snprintf(body, sizeof body, "%sreport { when = value:is('c'), message = 'a' }", value);
    expect_count(body, 0);
    snprintf(body, sizeof body, "%sreport { unless = value:is('c'), message = 'a' }", value);
    expect_count(body, 1);
    snprintf(body, sizeof body, "%sreport { unless = value:is('b'), message = 'a' }", value);
    expect_count(body, 0);
}

static void says_what_cannot_be_told(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        judged is;
        const sp_result_finding *finding =
            first(&is, i == 0 ? "report { when = build.stages[1].instructions[2].pairs[1]:is('b'), message = 'a' }"
                              : "report { unless = build.stages[1].instructions[2].pairs[1]:is('b'), message = 'a' }");
        expect_text(finding->message, "cannot tell whether 'The title' holds: nothing here says what 'X' is");
        assert_true(finding->undecided);
        assert_int_equal(finding->severity, SP_SEVERITY_INFO);
        assert_int_equal(finding->evidence_count, 1);
        expect_text(finding->evidence[0].message, "nothing here says what 'X' is");
        expect_text(finding->stage, "base");
        judged_dispose(&is);
    }
}

static void shows_line_breaks_as_spaces(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding =
        first(&is, "report { at = build, message = 'a\\r\\nb', evidence = { { message = 'c\\nd' } } }");
    expect_text(finding->message, "a  b");
    expect_text(finding->evidence[0].message, "c d");
    judged_dispose(&is);
}

static void prefers_its_own_place(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding =
        first(&is, "report { when = build.stages[1].instructions[2].pairs[2]:is('b'), at = build.stages[2].from,\n"
                   "  message = 'a' }");
    assert_int_equal(finding->at.span.start, strstr(file, "FROM base") - file);
    expect_text(finding->stage, "stage 1");
    judged_dispose(&is);
}

static void adds_evidence(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding =
        first(&is, "report { at = build.stages[2], message = 'a', evidence = {\n"
                   "  { at = build.stages[1], message = 'built on this' }, { message = 'nowhere' } } }");
    assert_int_equal(finding->evidence_count, 2);
    expect_text(finding->evidence[0].message, "built on this");
    assert_true(finding->evidence[0].at.placed);
    assert_int_equal(finding->evidence[0].at.span.start, strstr(file, "FROM example") - file);
    assert_false(finding->evidence[1].at.placed);
    judged_dispose(&is);
}

static void takes_steps_of_answers_as_evidence(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding = first(&is, "local answer = build.stages[1].instructions[2].pairs[1]:is('b')\n"
                                                  "report { at = build, message = 'a', evidence = answer.evidence }");
    assert_int_equal(finding->evidence_count, 1);
    expect_text(finding->evidence[0].message, "nothing here says what 'X' is");
    judged_dispose(&is);
}

static void cuts_long_evidence(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding =
        first(&is, "local steps = {}\nfor i = 1, 200 do steps[i] = { message = 'step ' .. i } end\n"
                   "report { at = build, message = 'a', evidence = steps }");
    assert_int_equal(finding->evidence_count, 50);
    expect_text(finding->evidence[48].message, "step 49");
    expect_text(finding->evidence[49].message, "and 151 steps more");
    judged_dispose(&is);
}

static void takes_stage(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding = first(&is, "report { at = build, stage = build.stages[1], message = 'a' }");
    expect_text(finding->stage, "base");
    judged_dispose(&is);
    finding = first(&is, "report { at = build.instructions[1], message = 'a' }");
    expect_text(finding->stage, "");
    judged_dispose(&is);
}

static void only_lowers_severity(void **state)
{
    (void)state;
    judged is;
    const sp_result_finding *finding = first(&is, "report { at = build, severity = 'info', message = 'a' }");
    assert_int_equal(finding->severity, SP_SEVERITY_INFO);
    judged_dispose(&is);
    finding = first(&is, "report { at = build, severity = 'error', message = 'a' }");
    assert_int_equal(finding->severity, SP_SEVERITY_WARNING);
    judged_dispose(&is);
}

static void marks_assumptions(void **state)
{
    (void)state;
    judged is;
    judge(&is, "FROM scratch\nADD a.tar.gz /\n",
          "report { when = build:all('ADD')[1].sources[1].unpacked, message = \"'a' is unpacked\" }");
    assert_int_equal(is.results.findings.count, 1);
    expect_text(is.results.findings.items[0].message, "probably: 'a' is unpacked");
    judged_end(&is);
}

static void accepts_fix(void **state)
{
    (void)state;
    expect_count("report { at = build, message = 'a', fix = { title = 'do it',\n"
                 "  { replace = build.stages[1].at, with = 'x' }, { insert = 'y', after = build.stages[1] },\n"
                 "  { insert = 'y', before = build.stages[1] }, { delete = build.stages[1].from } } }",
                 1);
}

static void refuses_nonsense(void **state)
{
    (void)state;
    expect_invalid("report()", "report takes one table");
    expect_invalid("report(nil)", "report takes one table");
    expect_invalid("report(1, 'x')", "report takes one table");
    expect_invalid("report({}, {})", "report takes one table");
    expect_invalid("report(build)", "report takes one table");
    expect_invalid("report {}", "'message' must be a text, got nothing");
    expect_invalid("report { at = build, message = 1 }", "'message' must be a text, got number");
    expect_invalid("report { at = build, message = build }", "'message' must be a text, got build");
    expect_invalid("report { at = build, message = ' ' }", "'message' is empty");
    expect_invalid("report { message = 'a' }", "needs 'at'");
    expect_invalid("report { when = true, message = 'a' }", "needs 'at'");
    expect_invalid("report { at = {}, message = 'a' }", "'at' must be an object or a place, got a table");
    expect_invalid("report { at = 'x', message = 'a' }", "'at' must be an object or a place, got a string");
    expect_invalid("report { at = build.stages, message = 'a' }", "'at' is a list that stands nowhere");
    expect_invalid("report { at = build, messsage = 'a' }", "a report has no 'messsage'; did you mean 'message'?");
    expect_invalid("report { at = build, message = 'a', zz = 1, aa = 2 }", "a report has no 'aa'");
    expect_invalid("report { at = build, message = 'a', when = 1 }",
                   "'when' must be an answer or a boolean, got a number");
    expect_invalid("report { at = build, message = 'a', when = build.stages[2].user }", "got a setting");
    expect_invalid("report { at = build, message = 'a', when = true, unless = true }", "not both");
    expect_invalid("report { at = build, message = 'a', severity = 'fatal' }", "'severity' must be");
    expect_invalid("report { at = build, message = 'a', severity = 1 }", "'severity' must be a text");
    expect_invalid("report { at = build, message = 'a', stage = 'base' }", "'stage' must be a stage, got a string");
    expect_invalid("report { at = build, message = 'a', evidence = 'x' }", "'evidence' must be a list");
    expect_invalid("report { at = build, message = 'a', evidence = build }", "'evidence' must be a list");
    expect_invalid("report { at = build, message = 'a', evidence = { at = build } }", "'evidence' has no 'at'");
    expect_invalid("report { at = build, message = 'a', evidence = { {} } }", "must be a text, got nothing");
    expect_invalid("report { at = build, message = 'a', evidence = { build } }", "got a build");
    expect_invalid("report { at = build, message = 'a', evidence = { { message = 'b', at = 1 } } }", "got a number");
    expect_invalid("report { at = build, message = 'a', evidence = { { mesage = 'b' } } }", "did you mean 'message'?");
}

static void refuses_wrong_fixes(void **state)
{
    (void)state;
    expect_invalid("report { at = build, message = 'a', fix = 1 }", "'fix' must be a table");
    expect_invalid("report { at = build, message = 'a', fix = {} }", "the title of 'fix'");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x' } }", "no edits");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x', 1 } }",
                   "an edit of 'fix' must be a table");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x', { with = 'a' } } }",
                   "an edit of 'fix' is");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x', { replace = build } } }",
                   "an edit of 'fix' is");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x', { insert = 'a' } } }",
                   "an edit of 'fix' is");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x', { delete = 1 } } }", "must be an object");
    expect_invalid("report { at = build, message = 'a', fix = { title = 'x', { delet = build } } }",
                   "did you mean 'delete'?");
}

static void names_the_line_of_nonsense(void **state)
{
    (void)state;
    expect_invalid("\nreport { at = build }", "test/policy/policy.lua:17: 'message' must be");
}

static void keeps_findings_before_a_failure(void **state)
{
    (void)state;
    judged is;
    judge(&is, file, "report { at = build, message = 'a' }\nreport {}");
    assert_int_equal(is.results.findings.count, 1);
    assert_int_equal(is.results.failures.count, 1);
    judged_dispose(&is);
}

static void limits_findings(void **state)
{
    (void)state;
    expect_count("for i = 1, 1000 do report { at = build, message = 'a' } end", 1000);
    expect_failure(file, "for i = 1, 1001 do report { at = build, message = 'a' } end", "limit:findings", "1000");
    expect_failure(file, "for i = 1, 2000 do pcall(report, { at = build, message = 'a' }) end", "limit:findings",
                   "1000");
    expect_failure(file, "for i = 1, 12 do report { at = build, message = ('x'):rep(100000) } end", "limit:findings",
                   "1048576");
    expect_failure(
        file,
        "for i = 1, 12 do report { at = build, message = 'a', evidence = { { message = ('x'):rep(100000) } } } "
        "end",
        "limit:findings", "1048576");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_always_without_condition),
        cmocka_unit_test(takes_booleans),
        cmocka_unit_test(takes_answers),
        cmocka_unit_test(says_what_cannot_be_told),
        cmocka_unit_test(prefers_its_own_place),
        cmocka_unit_test(shows_line_breaks_as_spaces),
        cmocka_unit_test(adds_evidence),
        cmocka_unit_test(takes_steps_of_answers_as_evidence),
        cmocka_unit_test(cuts_long_evidence),
        cmocka_unit_test(takes_stage),
        cmocka_unit_test(only_lowers_severity),
        cmocka_unit_test(marks_assumptions),
        cmocka_unit_test(accepts_fix),
        cmocka_unit_test(refuses_nonsense),
        cmocka_unit_test(refuses_wrong_fixes),
        cmocka_unit_test(names_the_line_of_nonsense),
        cmocka_unit_test(keeps_findings_before_a_failure),
        cmocka_unit_test(limits_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
