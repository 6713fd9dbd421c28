/* JUnit, as GitLab and Jenkins read it: a suite a file, in it a test case a policy. A case fails when a finding is at
   or above the gate; what is found below it makes a skipped case, which both show. GitLab knows a case by its path and
   its name, so neither has words that change. */
#include "report/report.h"

#include "base/limits.h"
#include "report/cells.h"
#include "report/escape.h"
#include "report/problem.h"
#include "report/summary.h"

typedef enum outcome { PASSED, SKIPPED, FAILED, BROKEN, OUTCOMES } outcome;

/* One report under way. */
typedef struct writing {
    const struct sp_results *results;
    const sp_report_options *options;
    sp_buf *out;
    sp_str path;  /* of the suite under way; "" of what is about all files together */
    sp_buf cases; /* … its cases */
    sp_buf told;  /* what there is to say in the case under way */
    sp_buf plain; /* the value of the attribute under way */
    bool full;    /* there is no room for all cases that pass */
    uint32_t counts[OUTCOMES], left_out[OUTCOMES];
} writing;

static void add_escaped(sp_buf *to, sp_buf *text)
{
    sp_escape_cut(text, SP_LIMIT_TOLD_TEXT);
    sp_escape_xml(to, sp_buf_str(text));
    to->failed = to->failed || text->failed;
    text->size = 0;
}

static void add_attribute(writing *junit, sp_buf *to, const char *name, sp_str value)
{
    sp_cells_write(&junit->plain, value);
    sp_buf_print(to, " %s=\"", name);
    add_escaped(to, &junit->plain);
    sp_buf_text(to, "\"");
}

/* What to do next, below what is told. */
static void tell_commands(writing *junit, sp_str policy)
{
    sp_buf *told = &junit->told;
    if (junit->options->explain != NULL) {
        sp_buf_text(told, "explain:   ");
        sp_summary_explain(told, junit->options, policy);
        sp_buf_text(told, "\n");
    }
    if (junit->options->reproduce != NULL) {
        sp_buf_text(told, "reproduce: ");
        sp_cells_write(told, sp_str_from(junit->options->reproduce));
        sp_buf_text(told, "\n");
    }
}

static void write_outcome(writing *junit, outcome result, sp_str type)
{
    static const char *const elements[] = {[SKIPPED] = "skipped", [FAILED] = "failure", [BROKEN] = "error"};
    sp_buf_print(&junit->cases, ">\n      <%s", elements[result]);
    add_attribute(junit, &junit->cases, "type", type);
    sp_buf_text(&junit->cases, ">");
    add_escaped(&junit->cases, &junit->told);
    sp_buf_print(&junit->cases, "</%s>\n    </testcase>\n", elements[result]);
}

static sp_str suite_name(const writing *junit)
{
    return junit->path.size > 0 ? junit->path : SP_STR("project");
}

/* case = "<testcase …" ( "/>" | "><failure …>" told "</failure></testcase>" ) */
static void write_case(writing *junit, sp_str name, outcome result, sp_str type)
{
    bool room = junit->out->size + junit->cases.size < SP_LIMIT_JUNIT_BYTES;
    if (!room || (result == PASSED && junit->full)) {
        junit->left_out[result]++;
        junit->told.size = 0;
        return;
    }
    junit->counts[result]++;
    sp_buf_text(&junit->cases, "    <testcase");
    add_attribute(junit, &junit->cases, "classname", suite_name(junit));
    add_attribute(junit, &junit->cases, "name", name);
    if (junit->path.size > 0)
        add_attribute(junit, &junit->cases, "file", junit->path);
    if (result == PASSED)
        sp_buf_text(&junit->cases, "/>\n");
    else
        write_outcome(junit, result, type);
}

/* suite = "<testsuite …>" { case } "</testsuite>"; none without cases */
static void write_suite(writing *junit)
{
    uint32_t *counts = junit->counts, tests = counts[PASSED] + counts[SKIPPED] + counts[FAILED] + counts[BROKEN];
    if (tests > 0) {
        sp_buf_text(junit->out, "  <testsuite");
        add_attribute(junit, junit->out, "name", suite_name(junit));
        sp_buf_print(junit->out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n", (unsigned)tests,
                     (unsigned)counts[FAILED], (unsigned)counts[BROKEN], (unsigned)counts[SKIPPED]);
        sp_buf_add(junit->out, sp_buf_str(&junit->cases));
        sp_buf_text(junit->out, "  </testsuite>\n");
    }
    junit->out->failed = junit->out->failed || junit->cases.failed;
    junit->cases.size = 0;
    memset(junit->counts, 0, sizeof junit->counts);
}

static void tell(writing *junit, sp_problem problem)
{
    sp_telling text = {.out = &junit->told};
    sp_problem_tell(&text, &problem);
}

/* With a gate that nothing fails, errors still fail here: the job's exit code is what was opened. */
static outcome outcome_of(const struct sp_results *results, const sp_result_finding *finding)
{
    sp_severity gate = results->fail_on > SP_SEVERITY_ERROR ? SP_SEVERITY_ERROR : results->fail_on;
    if (finding->waived != NULL)
        return SKIPPED;
    return finding->severity >= gate ? FAILED : SKIPPED;
}

static outcome worse(outcome a, outcome b)
{
    return a > b ? a : b;
}

/* Tells the findings of a policy among some. */
static outcome tell_findings(writing *junit, const sp_result_policy *policy, const sp_result_finding *findings,
                             uint32_t count)
{
    outcome worst = PASSED;
    for (uint32_t i = 0; i < count; i++) {
        if (!sp_str_equal(findings[i].policy, policy->id))
            continue;
        worst = worse(worst, outcome_of(junit->results, &findings[i]));
        tell(junit, sp_problem_of_finding(&findings[i]));
    }
    return worst;
}

/* Failures are in order of policy and path. */
static int compare_failure(const writing *junit, const sp_result_failure *failure, sp_str policy)
{
    int order = sp_str_compare(failure->policy, policy);
    return order != 0 || junit->path.size == 0 ? order : sp_str_compare(failure->path, junit->path);
}

/* Tells the failures of a policy in the suite under way. */
static outcome tell_failures(writing *junit, sp_str policy)
{
    const sp_result_failure *failures = junit->results->failures.items;
    uint32_t low = 0, high = junit->results->failures.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_failure(junit, &failures[middle], policy) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t first = low;
    while (low < junit->results->failures.count && compare_failure(junit, &failures[low], policy) == 0)
        tell(junit, sp_problem_of_failure(&failures[low++]));
    return low > first ? BROKEN : PASSED;
}

static void write_policy(writing *junit, const sp_result_policy *policy, const sp_result_finding *findings,
                         uint32_t count)
{
    outcome found = tell_findings(junit, policy, findings, count);
    outcome result = worse(found, tell_failures(junit, policy->id));
    if (result != PASSED)
        tell_commands(junit, policy->id);
    write_case(junit, policy->id, result, policy->id);
}

/* That the file could be read is a case too. */
static void write_reading(writing *junit, const sp_result_file *file)
{
    outcome result = PASSED;
    for (uint32_t i = 0; i < file->diagnostics.count; i++) {
        const sp_result_diagnostic *diagnostic = &file->diagnostics.items[i];
        if (diagnostic->severity == SP_SEVERITY_INFO)
            continue;
        result = worse(result, diagnostic->fatal ? BROKEN : SKIPPED);
        tell(junit, sp_problem_of_diagnostic(file, diagnostic));
    }
    write_case(junit, SP_STR("dockerfile"), result, SP_STR("dockerfile/reading"));
}

static void write_file(writing *junit, const sp_result_file *file, const sp_result_finding *findings, uint32_t count)
{
    const struct sp_results *results = junit->results;
    junit->path = file->path;
    write_reading(junit, file);
    for (uint32_t i = 0; i < results->policies.count && file->judged; i++) {
        if (!results->policies.items[i].of_project)
            write_policy(junit, &results->policies.items[i], findings, count);
    }
    write_suite(junit);
}

/* Files and findings are both in order of path. */
static void write_files(writing *junit)
{
    const struct sp_results *results = junit->results;
    const sp_result_finding *findings = results->findings.items;
    uint32_t next = 0, end;
    for (uint32_t i = 0; i < results->files.count; i++, next = end) {
        sp_str path = results->files.items[i].path;
        while (next < results->findings.count && sp_str_compare(findings[next].at.path, path) < 0)
            next++;
        for (end = next; end < results->findings.count && sp_str_equal(findings[end].at.path, path);)
            end++;
        write_file(junit, &results->files.items[i], &findings[next], end - next);
    }
}

/* What was judged of all files together, and the policies that never did. */
static void write_project(writing *junit)
{
    const struct sp_results *results = junit->results;
    junit->path = SP_STR("");
    for (uint32_t i = 0; i < results->policies.count; i++) {
        if (results->policies.items[i].of_project)
            write_policy(junit, &results->policies.items[i], results->findings.items, results->findings.count);
    }
    for (uint32_t i = 0; i < results->failures.count; i++) {
        const sp_result_failure *failure = &results->failures.items[i];
        if (failure->path.size > 0)
            continue;
        tell(junit, sp_problem_of_failure(failure));
        tell_commands(junit, failure->policy);
        write_case(junit, failure->policy, BROKEN, failure->listed);
    }
    write_suite(junit);
}

/* A report that is cut says so in a case of its own, for which there is always room. */
static void write_rest(writing *junit)
{
    uint32_t others = junit->left_out[SKIPPED] + junit->left_out[FAILED] + junit->left_out[BROKEN];
    if (junit->left_out[PASSED] + others == 0)
        return;
    sp_buf_print(&junit->told, "left out, for there is no room: %u test cases that passed, and %u others\n",
                 (unsigned)junit->left_out[PASSED], (unsigned)others);
    sp_buf_text(junit->out,
                "  <testsuite name=\"stagepolicy\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">\n");
    sp_buf_text(junit->out, "    <testcase classname=\"stagepolicy\" name=\"report\"><skipped>");
    add_escaped(junit->out, &junit->told);
    sp_buf_text(junit->out, "</skipped></testcase>\n  </testsuite>\n");
}

/* report = head "<testsuites>" { suite } "</testsuites>" */
void sp_report_junit(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing junit = {.results = results, .options = options, .out = out};
    sp_buf *const bufs[] = {&junit.cases, &junit.told, &junit.plain};
    junit.full = (uint64_t)results->files.count * results->policies.count > SP_LIMIT_JUNIT_CASES;
    for (size_t i = 0; i < 3; i++)
        sp_buf_init(bufs[i], out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"stagepolicy\">\n");
    write_files(&junit);
    write_project(&junit);
    write_rest(&junit);
    sp_buf_text(out, "</testsuites>\n");
    for (size_t i = 0; i < 3; i++)
        sp_buf_dispose(bufs[i]);
}
