/* The reports that consumers read, each case in each format; tests/golden/report/<case>/report.<format> holds what they
   must look like. tests/integration lets the consumers themselves read them. */
#include "report/report.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "unit/report/golden.h"
#include "unit/report/sample.h"

static const char *const formats[] = {"text", "sarif", "gitlab", "junit", "jenkins", "github", "markdown"};

static const sp_report_options options = {
    .folder = "", .reproduce = "stagepolicy check a", .explain = "stagepolicy explain"};

static void add_policy(const char *id, bool of_project)
{
    *sp_list_add(&results.arena, &results.policies) = (sp_result_policy){
        .id = sp_str_from(id),
        .title = SP_STR("What ships contains no compiler"),
        .remedy = SP_STR("Build in one stage, ship another"),
        .help = SP_STR("A compiler helps whoever breaks in.\n\nBuild in one stage, ship *another*."),
        .tags = SP_STR("security size"),
        .severity = SP_SEVERITY_ERROR,
        .of_project = of_project,
    };
}

static sp_buf written(const char *format)
{
    sp_buf out;
    sp_buf_init(&out, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    sp_report_format_find(sp_str_from(format))->write(&results, &options, &out);
    assert_false(out.failed);
    return out;
}

static void compare(const char *name)
{
    sp_results_finish(&results);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char file[32];
        sp_buf out = written(formats[i]);
        snprintf(file, sizeof file, "report.%s", formats[i]);
        golden_compare(name, file, sp_buf_str(&out));
        sp_buf_dispose(&out);
    }
}

static size_t count(sp_str text, const char *part)
{
    size_t found = 0;
    for (size_t at; (at = sp_str_search(text, sp_str_from(part))) != SIZE_MAX; found++)
        text = sp_str_skip(text, at + strlen(part));
    return found;
}

static void nothing_found(void **state)
{
    (void)state;
    add_policy("shipped/no-compiler", false);
    sample_file("a/Dockerfile");
    compare("format-pass");
}

static void a_finding_with_evidence(void **state)
{
    sp_str text = SP_STR("FROM golang:1.22 AS build\nRUN go build\n\nFROM build\nCMD [\"/app\"]\n");
    (void)state;
    add_policy("shipped/no-compiler", false);
    add_policy("stages/same-base", true);
    sample_file("a/Dockerfile");
    sample_file("b/Dockerfile");
    sp_evidence *steps = sp_arena_zeroed(&results.arena, 2 * sizeof *steps);
    steps[0].message = SP_STR("'build' is built on golang:1.22");
    steps[0].at = sample_place(&results.arena, "a/Dockerfile", text, "golang:1.22");
    steps[1].message = SP_STR("golang:1.22 contains go");
    steps[1].source = SP_STR("the catalogue");
    sp_result_finding *finding = sample_finding("a/Dockerfile", text, "FROM build", "'stage 2' contains go");
    finding->evidence = steps;
    finding->evidence_count = 2;
    finding->stage = SP_STR("stage 2");
    finding->line_hash = SP_STR("a7f2ff13bc495cf2:1");
    finding = sample_finding("b/Dockerfile", text, "golang:1.22", "cannot tell");
    finding->severity = SP_SEVERITY_WARNING;
    finding->undecided = true;
    finding = sample_finding("", SP_STR(""), "x", "the bases differ");
    finding->policy = SP_STR("stages/same-base");
    finding->severity = SP_SEVERITY_INFO;
    compare("format-finding");
}

static void what_could_not_be_judged(void **state)
{
    (void)state;
    add_policy("acme/all", true);
    add_policy("acme/loop", false);
    sample_file("a/Dockerfile");
    sp_result_file *file = sample_file("b/Dockerfile");
    sp_result_diagnostic refusal = {
        .id = SP_STR("unknown-flag"),
        .message = SP_STR("COPY has no flag --form"),
        .severity = SP_SEVERITY_ERROR,
        .fatal = true,
        .at = sample_place(&results.arena, "b/Dockerfile", SP_STR("FROM a\nCOPY --form=b /x /y\n"), "--form=b"),
    };
    file->judged = false;
    *sp_list_add(&results.arena, &file->diagnostics) = refusal;
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("acme/loop"),
                            .path = SP_STR("a/Dockerfile"),
                            .kind = SP_STR("limit:steps"),
                            .message = SP_STR("loop.lua:4: takes too long")};
    *sp_list_add(&results.arena, &results.failures) = (sp_result_failure){
        .policy = SP_STR("acme/all"), .path = SP_STR("."), .kind = SP_STR("error"), .message = SP_STR("all.lua:2: no")};
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("acme/broken"), .kind = SP_STR("load"), .message = SP_STR("is not Lua")};
    compare("format-failures");
}

/* Commands of CI systems, sequences of terminals, markup, what is not UTF-8: all in every text that is not ours. */
static void hostile_text(void **state)
{
    static const char path[] = "::error::p|`<b>\n&,:%0A\x1b[0m\xff/Dockerfile";
    static const char words[] = "\n::error::\r##[error]x ##vso[task] ##teamcity[x] \x1b[2Jsection_start:1:a "
                                "[l](1)[k](javascript:x) <script>'\"&amp;]]> |```` @all #1 \\| \xe2\x80\xae\xc2\x9b"
                                "\xed\xa0\x80\xff\xef\xbf\xbe";
    (void)state;
    add_policy("shipped/no-compiler", false);
    results.policies.items[0].title = results.policies.items[0].remedy = sp_str_from(words);
    sample_file(path);
    sp_result_finding *finding = sample_finding(path, sp_str_from(words), "##vso[task]", words);
    sp_evidence *step = sp_arena_zeroed(&results.arena, sizeof *step);
    step->message = step->source = finding->help = finding->stage = sp_str_from(words);
    finding->evidence = step;
    finding->evidence_count = 1;
    compare("format-hostile");
}

static void add_many(uint32_t findings)
{
    add_policy("shipped/no-compiler", false);
    sample_file("Dockerfile");
    for (uint32_t i = 0; i < findings; i++) {
        sp_str message = sp_arena_print(&results.arena, "number %u", (unsigned)i);
        sp_result_finding *finding = sample_finding("Dockerfile", SP_STR("FROM x\n"), "x", message.text);
        finding->severity = i % 2 == 0 ? SP_SEVERITY_WARNING : SP_SEVERITY_ERROR;
    }
    sp_results_finish(&results);
}

static void sarif_has_the_worst_and_says_so(void **state)
{
    (void)state;
    add_many(2 * SP_LIMIT_SARIF_RESULTS + 2);
    sp_buf out = written("sarif");
    assert_int_equal(count(sp_buf_str(&out), "\"ruleId\""), SP_LIMIT_SARIF_RESULTS);
    assert_int_equal(count(sp_buf_str(&out), "\"level\": \"warning\""), 1);
    assert_int_equal(count(sp_buf_str(&out), "5000 of 10002 findings are in this report"), 1);
    sp_buf_dispose(&out);
}

static void sarif_says_that_steps_are_missing(void **state)
{
    (void)state;
    enum { STEPS = SP_LIMIT_SARIF_STEPS + 1 };
    sp_evidence *steps = sp_arena_zeroed(&results.arena, STEPS * sizeof *steps);
    for (uint32_t i = 0; i < STEPS; i++)
        steps[i] = (sp_evidence){.message = SP_STR("a step"), .source = SP_STR("the catalogue")};
    add_many(1);
    results.findings.items[0].evidence = steps;
    results.findings.items[0].evidence_count = STEPS;
    sp_buf out = written("sarif");
    assert_int_equal(count(sp_buf_str(&out), "a step"), SP_LIMIT_SARIF_STEPS - 1);
    assert_int_equal(count(sp_buf_str(&out), "more steps are left out here"), 1);
    sp_buf_dispose(&out);
}

static void json_has_no_commands(void **state)
{
    static const char *const machine[] = {"json", "sarif", "gitlab", "jenkins"};
    (void)state;
    add_policy("shipped/no-compiler", false);
    sample_file("##[error]/##vso[task.x]/Dockerfile");
    sample_finding("##[error]/##vso[task.x]/Dockerfile", SP_STR("FROM x\n"), "x", "##[a] ##vso[b] ## [c]");
    sp_results_finish(&results);
    for (size_t i = 0; i < sizeof machine / sizeof *machine; i++) {
        sp_buf out = written(machine[i]);
        assert_int_equal(count(sp_buf_str(&out), "##[") + count(sp_buf_str(&out), "##vso["), 0);
        sp_buf_dispose(&out);
    }
}

static void github_has_ten_of_a_severity(void **state)
{
    (void)state;
    add_many(30);
    sp_buf out = written("github");
    assert_int_equal(count(sp_buf_str(&out), "::error "), 10);
    assert_int_equal(count(sp_buf_str(&out), "::warning "), 10);
    assert_int_equal(count(sp_buf_str(&out), "\n- Dockerfile:1:6: error: number "), 5);
    sp_buf_dispose(&out);
}

static void markdown_fits_a_comment(void **state)
{
    (void)state;
    add_many(3000);
    sp_buf out = written("markdown");
    assert_true(out.size < 65536);
    assert_true(count(sp_buf_str(&out), "<details>") > 50);
    assert_int_equal(count(sp_buf_str(&out), "<details>"), count(sp_buf_str(&out), "</details>"));
    assert_int_equal(count(sp_buf_str(&out), "2950 more problems are left out here"), 1);
    assert_int_equal(count(sp_buf_str(&out), "more details are left out here"), 1);
    sp_buf_dispose(&out);
}

static void junit_leaves_out_passes_first(void **state)
{
    (void)state;
    add_policy("shipped/no-compiler", false);
    for (uint32_t i = 0; i <= SP_LIMIT_JUNIT_CASES; i++)
        sample_file(sp_arena_print(&results.arena, "d/%u", (unsigned)i).text);
    sample_finding("d/7", SP_STR("FROM x\n"), "x", "found");
    sp_results_finish(&results);
    sp_buf out = written("junit");
    assert_int_equal(count(sp_buf_str(&out), "<testcase"), 2);
    assert_int_equal(count(sp_buf_str(&out), "<failure"), 1);
    assert_int_equal(count(sp_buf_str(&out), "100001 test cases that passed, and 0 others"), 1);
    sp_buf_dispose(&out);
}

static void long_texts_are_cut(void **state)
{
    static char message[5000];
    (void)state;
    memset(message, '[', sizeof message - 1);
    add_policy("shipped/no-compiler", false);
    sample_file("Dockerfile");
    sample_finding("Dockerfile", SP_STR("FROM x\n"), "x", message);
    sp_results_finish(&results);
    sp_buf out = written("sarif");
    assert_int_equal(count(sp_buf_str(&out), "[[["), 0);
    assert_true(count(sp_buf_str(&out), "\\\\[") < 500);
    sp_buf_dispose(&out);
    out = written("gitlab");
    assert_true(out.size < SP_LIMIT_LISTED_TEXT + 300);
    sp_buf_dispose(&out);
}

static void fails_beyond_its_ceiling(void **state)
{
    (void)state;
    add_many(3);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        sp_buf out;
        sp_buf_init(&out, sp_alloc_default(), 200);
        sp_report_format_find(sp_str_from(formats[i]))->write(&results, &options, &out);
        assert_true(out.failed);
        sp_buf_dispose(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing_found),
        CASE(a_finding_with_evidence),
        CASE(what_could_not_be_judged),
        CASE(hostile_text),
        CASE(sarif_has_the_worst_and_says_so),
        CASE(sarif_says_that_steps_are_missing),
        CASE(json_has_no_commands),
        CASE(github_has_ten_of_a_severity),
        CASE(markdown_fits_a_comment),
        CASE(junit_leaves_out_passes_first),
        CASE(long_texts_are_cut),
        CASE(fails_beyond_its_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
