/* The text report, case by case; tests/golden/report/ holds what it must look like. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "unit/report/golden.h"
#include "unit/report/sample.h"

static void compare(const char *name, sp_report_options options)
{
    sp_buf out;
    sp_results_finish(&results);
    sp_buf_init(&out, sp_alloc_default(), 1u << 20);
    sp_report_text(&results, &options, &out);
    assert_false(out.failed);
    golden_compare(name, "expected.txt", sp_buf_str(&out));
    sp_buf_dispose(&out);
}

static void add_chain(void)
{
    sp_str text = SP_STR("FROM golang:1.22 AS build\nRUN go build\n\nFROM build\nCMD [\"/app\"]\n");
    sp_evidence *steps = sp_arena_zeroed(&results.arena, 2 * sizeof *steps);
    steps[0].message = SP_STR("'build' is built on golang:1.22");
    steps[0].at = sample_place(&results.arena, "a/Dockerfile", text, "golang:1.22");
    steps[1].message = SP_STR("golang:1.22 contains go");
    steps[1].source = SP_STR("the catalogue, seen in its SBOM");
    sample_file("a/Dockerfile");
    sp_result_finding *finding =
        sample_finding("a/Dockerfile", text, "build\nCMD", "'stage 2' contains go: stage 2 ← build ← golang:1.22");
    finding->at = sample_place(&results.arena, "a/Dockerfile", text, "FROM build");
    finding->evidence = steps;
    finding->evidence_count = 2;
}

static void shows_the_finding_with_its_evidence(void **state)
{
    (void)state;
    add_chain();
    compare("finding", (sp_report_options){.folder = "",
                                           .reproduce = "stagepolicy check --target final a",
                                           .explain = "stagepolicy explain"});
}

static void shows_a_place_once(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM a\nUSER root\n");
    sample_file("Dockerfile");
    sp_evidence *steps = sp_arena_zeroed(&results.arena, 3 * sizeof *steps);
    steps[0].message = SP_STR("it is the same place");
    steps[0].at = sample_place(&results.arena, "Dockerfile", text, "a");
    steps[1].message = SP_STR("this one is another");
    steps[1].at = sample_place(&results.arena, "Dockerfile", text, "root");
    steps[2].message = SP_STR("and the first again");
    steps[2].at = steps[0].at;
    sp_result_finding *finding = sample_finding("Dockerfile", text, "a", "it runs as root");
    finding->evidence = steps;
    finding->evidence_count = 3;
    compare("once", (sp_report_options){0});
}

static void shows_colours_when_asked(void **state)
{
    (void)state;
    add_chain();
    compare("colours", (sp_report_options){.color = 1});
}

static void shows_paths_as_seen_from_the_folder(void **state)
{
    (void)state;
    sample_file("a/Dockerfile");
    sample_finding("a/Dockerfile", SP_STR("FROM x"), "x", "inside");
    sample_finding("a/b/c/Dockerfile", SP_STR("FROM x"), "x", "below");
    sample_finding("ab/Dockerfile", SP_STR("FROM x"), "x", "beside");
    sample_finding("/tmp/Dockerfile", SP_STR("FROM x"), "x", "outside");
    compare("folder", (sp_report_options){.folder = "a/b"});
}

static void marks_what_could_not_be_told(void **state)
{
    (void)state;
    sample_file("Dockerfile");
    sp_result_finding *finding =
        sample_finding("Dockerfile", SP_STR("ARG B\nFROM $B\n"), "$B",
                       "cannot tell whether 'What ships contains no compiler' holds: the base is not known");
    finding->undecided = true;
    finding->severity = SP_SEVERITY_INFO;
    compare("undecided", (sp_report_options){0});
}

static void says_why_a_file_was_not_judged(void **state)
{
    (void)state;
    sp_result_file *file = sample_file("Dockerfile");
    sp_result_diagnostic diagnostic = {
        .id = SP_STR("unknown-flag"),
        .message = SP_STR("COPY has no flag --form; did you mean --from?"),
        .severity = SP_SEVERITY_ERROR,
        .fatal = true,
        .at = sample_place(&results.arena, "Dockerfile", SP_STR("FROM a\nCOPY --form=b /x /y\n"), "--form=b"),
    };
    file->judged = false;
    *sp_list_add(&results.arena, &file->diagnostics) = diagnostic;
    sp_result_file *unreadable = sample_file("z/Dockerfile");
    diagnostic = (sp_result_diagnostic){.id = SP_STR("unreadable"),
                                        .severity = SP_SEVERITY_ERROR,
                                        .fatal = true,
                                        .message = SP_STR("this file cannot be read: permission denied")};
    unreadable->judged = false;
    *sp_list_add(&results.arena, &unreadable->diagnostics) = diagnostic;
    compare("refused", (sp_report_options){.reproduce = "stagepolicy check"});
}

static void shows_policies_that_failed(void **state)
{
    (void)state;
    sample_file("Dockerfile");
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("acme/loop"),
                            .path = SP_STR("Dockerfile"),
                            .kind = SP_STR("limit:steps"),
                            .message = SP_STR("acme/loop/loop.lua:4: takes more than its 10000000 steps"),
                            .line = 4,
                            .limit = 10000000};
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("acme/broken"),
                            .kind = SP_STR("load"),
                            .message = SP_STR("acme/broken/broken.lua:1: unexpected symbol near 'x'"),
                            .line = 1};
    compare("failures", (sp_report_options){0});
}

static void passes_quietly(void **state)
{
    (void)state;
    sample_file("Dockerfile");
    compare("pass", (sp_report_options){.reproduce = "stagepolicy check"});
}

static void nothing_raw_reaches_the_terminal(void **state)
{
    (void)state;
    sample_file("a\033[2J/Dockerfile");
    sample_finding("a\033[2J/Dockerfile", SP_STR("FROM a\033]0;x\007b AS \xE2\x80\xAE\xff\x00z\n"), "AS",
                   "a\nb\r\033[31mc\xc2\x9b");
    compare("control",
            (sp_report_options){.reproduce = "stagepolicy check 'a\033[2J'", .explain = "stagepolicy explain"});
}

static void the_caret_stands_under_its_words(void **state)
{
    (void)state;
    sample_file("Dockerfile");
    sample_finding("1", SP_STR("\tRUN\tmake\tall\n"), "make", "tabs");
    sample_finding("2", SP_STR("RUN echo \xE6\x97\xA5\xE6\x9C\xAC e\xCC\x81 x\n"), "x", "wide and combining");
    sample_finding("3", SP_STR("RUN echo \xE6\x97\xA5\xE6\x9C\xAC\n"), "\xE6\x97\xA5\xE6\x9C\xAC", "wide words");
    sample_finding("4",
                   SP_STR("\xEF\xBB\xBF"
                          "FROM a\n"),
                   "FROM", "byte order mark");
    sample_finding("5", SP_STR("RUN a && \\\n  b\n"), "a && \\\n  b", "several lines");
    sample_finding("6", SP_STR("RUN\r\n"), "RUN", "carriage return");
    sample_finding("7", SP_STR("RUN \x01\x02 x\n"), "x", "escapes are wide");
    compare("caret", (sp_report_options){0});
}

static void cuts_long_lines_around_the_words(void **state)
{
    char *line = sp_arena_alloc(&results.arena, 60000);
    (void)state;
    for (size_t i = 0; i < 60000; i++)
        line[i] = (char)('a' + i % 7);
    memcpy(line, "RUN ", 4);
    memcpy(line + 50000, "HERE", 4);
    memcpy(line + 30, "EARLY", 5);
    memcpy(line + 59990, "THE LAST", 8);
    memcpy(line + 200, "LATER", 5);
    sp_str text = {line, 60000}, medium = {line, 300};
    sample_file("Dockerfile");
    sample_finding("1", text, "HERE", "in the middle");
    sample_finding("2", text, "EARLY", "at the front");
    sample_finding("3", text, "THE LAST", "at the end");
    sample_finding("4", medium, "LATER", "of 300 bytes");
    compare("long", (sp_report_options){0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(shows_the_finding_with_its_evidence),
        CASE(shows_a_place_once),
        CASE(shows_colours_when_asked),
        CASE(shows_paths_as_seen_from_the_folder),
        CASE(marks_what_could_not_be_told),
        CASE(says_why_a_file_was_not_judged),
        CASE(shows_policies_that_failed),
        CASE(passes_quietly),
        CASE(nothing_raw_reaches_the_terminal),
        CASE(the_caret_stands_under_its_words),
        CASE(cuts_long_lines_around_the_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
