/* SARIF 2.1.0, as GitHub, GitLab and Jenkins read it: results are findings, the worst first; evidence is a flow; what
   kept files and policies from being judged is a notification. */
#include "report/report.h"

#include "base/limits.h"
#include "report/cells.h"
#include "report/escape.h"
#include "report/json_out.h"
#include "report/problem.h"
#include "report/summary.h"

#include <stagepolicy/version.h>

/* One report under way. */
typedef struct writing {
    const struct sp_results *results;
    const sp_report_options *options;
    sp_json_out json;
    sp_buf plain, made; /* the text under way: as text, as SARIF writes it */
    uint32_t written;   /* results */
} writing;

static const char *level_of(sp_severity severity)
{
    if (severity == SP_SEVERITY_ERROR)
        return "error";
    return severity == SP_SEVERITY_WARNING ? "warning" : "note";
}

static void put_level(writing *log, sp_severity severity)
{
    sp_json_text(&log->json, "level", sp_str_from(level_of(severity)));
}

/* What is in `plain`, as the message `key`. */
static void put_made(writing *log, const char *key)
{
    sp_escape_cut(&log->plain, SP_LIMIT_SARIF_TEXT - SP_LIMIT_SARIF_TEXT / 10);
    sp_escape_sarif(&log->made, sp_buf_str(&log->plain));
    sp_escape_cut(&log->made, SP_LIMIT_SARIF_TEXT);
    log->made.failed = log->made.failed || log->plain.failed;
    log->plain.size = 0;
    sp_json_object(&log->json, key, SP_JSON_FLAT);
    sp_json_made(&log->json, "text", &log->made);
    sp_json_end_object(&log->json);
}

static void put_message(writing *log, const char *key, sp_str text)
{
    sp_cells_write(&log->plain, text);
    put_made(log, key);
}

/* ---- places ---- */

static void put_artifact(writing *log, const char *key, sp_str path)
{
    sp_json_object(&log->json, key, SP_JSON_FLAT);
    sp_escape_uri(&log->made, path);
    sp_json_made(&log->json, "uri", &log->made);
    if (!sp_str_starts(path, SP_STR("/")))
        sp_json_text(&log->json, "uriBaseId", SP_STR("%SRCROOT%"));
    sp_json_end_object(&log->json);
}

/* All four numbers: consumers guess what is missing. */
static void put_region(sp_json_out *json, const sp_located *at)
{
    sp_json_object(json, "region", SP_JSON_FLAT);
    sp_json_number(json, "startLine", at->placed ? at->start.line : 1);
    sp_json_number(json, "startColumn", at->placed ? at->start.column : 1);
    sp_json_number(json, "endLine", at->placed ? at->end.line : 1);
    sp_json_number(json, "endColumn", at->placed ? at->end.column : 1);
    sp_json_end_object(json);
}

static void put_place(writing *log, sp_str path, const sp_located *at)
{
    sp_json_object(&log->json, "physicalLocation", SP_JSON_FLAT);
    put_artifact(log, "artifactLocation", path);
    put_region(&log->json, at);
    sp_json_end_object(&log->json);
}

static void put_stage(writing *log, const sp_result_finding *finding)
{
    if (finding->stage.size == 0)
        return;
    sp_json_array(&log->json, "logicalLocations", SP_JSON_FLAT);
    sp_json_object(&log->json, NULL, SP_JSON_FLAT);
    sp_cells_write(&log->made, finding->stage);
    sp_json_made(&log->json, "name", &log->made);
    sp_json_text(&log->json, "kind", SP_STR("stage"));
    sp_json_end_object(&log->json);
    sp_json_end_array(&log->json);
}

/* Exactly one: Jenkins lists a finding once for each. */
static void put_locations(writing *log, const sp_result_finding *finding)
{
    sp_json_array(&log->json, "locations", SP_JSON_LINES);
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    put_place(log, finding->at.path.size > 0 ? finding->at.path : SP_STR("."), &finding->at);
    put_stage(log, finding);
    sp_json_end_object(&log->json);
    sp_json_end_array(&log->json);
}

/* ---- evidence ---- */

static uint32_t count_steps(const sp_result_finding *finding)
{
    return finding->evidence_count < SP_LIMIT_SARIF_STEPS ? finding->evidence_count : SP_LIMIT_SARIF_STEPS;
}

/* Steps beyond the limit are said to be missing where they would stand. */
static const sp_evidence *step_at(const sp_result_finding *finding, uint32_t index)
{
    static const sp_evidence cut = {.message = {"more steps are left out here; the json report has all", 53}};
    bool last = index + 1 == SP_LIMIT_SARIF_STEPS && finding->evidence_count > SP_LIMIT_SARIF_STEPS;
    return last ? &cut : &finding->evidence[index];
}

static void put_step_message(writing *log, const sp_evidence *step)
{
    sp_cells_write(&log->plain, step->message);
    if (step->source.size > 0) {
        sp_buf_text(&log->plain, " (source: ");
        sp_cells_write(&log->plain, step->source);
        sp_buf_text(&log->plain, ")");
    }
    put_made(log, "message");
}

static sp_str path_of(const sp_result_finding *finding, const sp_located *at)
{
    return at->path.size > 0 ? at->path : finding->at.path;
}

static void put_related(writing *log, const sp_result_finding *finding)
{
    sp_json_array(&log->json, "relatedLocations", SP_JSON_LINES);
    for (uint32_t i = 0; i < count_steps(finding); i++) {
        const sp_evidence *step = step_at(finding, i);
        if (!step->at.placed)
            continue;
        sp_json_object(&log->json, NULL, SP_JSON_LINES);
        sp_json_number(&log->json, "id", i + 1);
        put_step_message(log, step);
        put_place(log, path_of(finding, &step->at), &step->at);
        sp_json_end_object(&log->json);
    }
    sp_json_end_array(&log->json);
}

/* A step of the flow; what has no place of its own is said at the one before it. */
static void put_step(writing *log, const sp_result_finding *finding, const sp_evidence *step, const sp_located *at)
{
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_object(&log->json, "location", SP_JSON_LINES);
    put_step_message(log, step);
    put_place(log, path_of(finding, at), at);
    sp_json_end_object(&log->json);
    sp_json_text(&log->json, "importance", SP_STR("essential"));
    sp_json_end_object(&log->json);
}

/* One flow, from what was found to why it is so. */
static void put_flow(writing *log, const sp_result_finding *finding)
{
    const sp_located *at = &finding->at;
    const sp_evidence found = {.message = finding->message};
    sp_json_array(&log->json, "codeFlows", SP_JSON_LINES);
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_array(&log->json, "threadFlows", SP_JSON_LINES);
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_array(&log->json, "locations", SP_JSON_LINES);
    put_step(log, finding, &found, at);
    for (uint32_t i = 0; i < count_steps(finding); i++) {
        const sp_evidence *step = step_at(finding, i);
        at = step->at.placed ? &step->at : at;
        put_step(log, finding, step, at);
    }
    sp_json_end_array(&log->json);
    sp_json_end_object(&log->json);
    sp_json_end_array(&log->json);
    sp_json_end_object(&log->json);
    sp_json_end_array(&log->json);
}

/* ---- results ---- */

static void put_fingerprints(writing *log, const sp_result_finding *finding)
{
    sp_json_object(&log->json, "partialFingerprints", SP_JSON_LINES);
    if (finding->line_hash.size > 0)
        sp_json_text(&log->json, "primaryLocationLineHash", finding->line_hash);
    sp_json_text(&log->json, "stagepolicy/v1", finding->fingerprint);
    sp_json_end_object(&log->json);
}

static void put_builds(writing *log, const sp_result_finding *finding)
{
    sp_json_array(&log->json, "builds", SP_JSON_FLAT);
    for (uint32_t i = 0; i < finding->build_count; i++)
        sp_json_text(&log->json, NULL, finding->builds[i]);
    sp_json_end_array(&log->json);
}

static void put_properties(writing *log, const sp_result_finding *finding)
{
    if (!finding->undecided && finding->build_count == 0)
        return;
    sp_json_object(&log->json, "properties", SP_JSON_LINES);
    if (finding->undecided)
        sp_json_bool(&log->json, "undecided", true);
    if (finding->build_count > 0)
        put_builds(log, finding);
    sp_json_end_object(&log->json);
}

/* Policies are in order of id. */
static uint32_t index_of(const struct sp_results *results, sp_str id)
{
    uint32_t low = 0, high = results->policies.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sp_str_compare(results->policies.items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* GitHub takes a result with a suppression as one that was dismissed. */
static void put_suppression(writing *log, const sp_result_waiver *waived)
{
    sp_json_array(&log->json, "suppressions", SP_JSON_LINES);
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_text(&log->json, "kind", waived->inside ? SP_STR("inSource") : SP_STR("external"));
    sp_json_text(&log->json, "status", SP_STR("accepted"));
    if (waived->reason.size > 0) {
        sp_cells_write(&log->made, waived->reason);
        sp_json_made(&log->json, "justification", &log->made);
    }
    sp_json_object(&log->json, "location", SP_JSON_LINES);
    put_place(log, waived->at.path, &waived->at);
    sp_json_end_object(&log->json);
    sp_json_end_object(&log->json);
    sp_json_end_array(&log->json);
}

static void put_result(writing *log, const sp_result_finding *finding)
{
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_text(&log->json, "ruleId", finding->policy);
    sp_json_number(&log->json, "ruleIndex", index_of(log->results, finding->policy));
    sp_json_text(&log->json, "kind", SP_STR("fail"));
    put_level(log, finding->severity);
    put_message(log, "message", finding->message);
    put_locations(log, finding);
    if (finding->evidence_count > 0) {
        put_related(log, finding);
        put_flow(log, finding);
    }
    put_fingerprints(log, finding);
    if (finding->waived != NULL)
        put_suppression(log, finding->waived);
    put_properties(log, finding);
    sp_json_end_object(&log->json);
}

static void put_results(writing *log)
{
    sp_problems walk = {.results = log->results, .with_waived = true};
    sp_problem problem;
    sp_json_array(&log->json, "results", SP_JSON_LINES);
    while (log->written < SP_LIMIT_SARIF_RESULTS && sp_problems_next(&walk, &problem)) {
        if (problem.finding == NULL)
            continue;
        put_result(log, problem.finding);
        log->written++;
    }
    sp_json_end_array(&log->json);
}

/* ---- rules ---- */

static void put_help(writing *log, const sp_result_policy *policy)
{
    bool told = log->options->explain != NULL;
    sp_json_object(&log->json, "help", SP_JSON_LINES);
    sp_cells_write(&log->made, policy->remedy);
    sp_buf_text(&log->made, told ? " (" : "");
    sp_summary_explain(&log->made, log->options, policy->id);
    sp_buf_text(&log->made, told ? ")" : "");
    sp_json_made(&log->json, "text", &log->made);
    sp_buf_add(&log->made, policy->help);
    sp_escape_cut(&log->made, SP_LIMIT_SARIF_HELP);
    sp_buf_text(&log->made, told ? "\n\nMore: `" : "");
    sp_summary_explain(&log->made, log->options, policy->id);
    sp_buf_text(&log->made, told ? "`\n" : "");
    sp_json_made(&log->json, "markdown", &log->made);
    sp_json_end_object(&log->json);
}

/* At most ten: GitHub keeps no more. */
static void put_tags(sp_json_out *json, sp_str tags)
{
    sp_json_array(json, "tags", SP_JSON_FLAT);
    for (int count = 0; tags.size > 0 && count < 10;) {
        sp_str tag = sp_str_head(tags, sp_str_find(tags, ' '));
        if (tag.size > 0)
            sp_json_text(json, NULL, tag);
        count += tag.size > 0;
        tags = sp_str_skip(tags, tag.size + 1);
    }
    sp_json_end_array(json);
}

static const char *problem_severity(sp_severity severity)
{
    return severity == SP_SEVERITY_INFO ? "recommendation" : level_of(severity);
}

static void put_rule(writing *log, const sp_result_policy *policy)
{
    sp_str id = policy->id;
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_text(&log->json, "id", id);
    put_message(log, "shortDescription", policy->title.size > 0 ? policy->title : id);
    put_message(log, "fullDescription", policy->remedy.size > 0 ? policy->remedy : id);
    put_help(log, policy);
    sp_json_object(&log->json, "defaultConfiguration", SP_JSON_FLAT);
    put_level(log, policy->severity);
    sp_json_end_object(&log->json);
    sp_json_object(&log->json, "properties", SP_JSON_LINES);
    sp_json_text(&log->json, "category", sp_str_head(id, sp_str_find(id, '/')));
    put_tags(&log->json, policy->tags);
    sp_json_text(&log->json, "problem.severity", sp_str_from(problem_severity(policy->severity)));
    sp_json_end_object(&log->json);
    sp_json_end_object(&log->json);
}

static void put_tool(writing *log)
{
    sp_json_object(&log->json, "tool", SP_JSON_LINES);
    sp_json_object(&log->json, "driver", SP_JSON_LINES);
    sp_json_text(&log->json, "name", SP_STR("stagepolicy"));
    sp_json_text(&log->json, "organization", SP_STR("stagepolicy"));
    sp_json_text(&log->json, "version", SP_STR(SP_VERSION));
    sp_json_text(&log->json, "semanticVersion", SP_STR(SP_VERSION));
    sp_json_array(&log->json, "rules", SP_JSON_LINES);
    for (uint32_t i = 0; i < log->results->policies.count; i++)
        put_rule(log, &log->results->policies.items[i]);
    sp_json_end_array(&log->json);
    sp_json_end_object(&log->json);
    sp_json_end_object(&log->json);
}

/* ---- the run ---- */

/* The message is in `plain`. */
static void put_notification(writing *log, const sp_problem *problem)
{
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_object(&log->json, "descriptor", SP_JSON_FLAT);
    sp_json_text(&log->json, "id", problem->id);
    sp_json_end_object(&log->json);
    put_level(log, problem->severity);
    put_made(log, "message");
    if (problem->path.size > 0) {
        sp_json_array(&log->json, "locations", SP_JSON_LINES);
        sp_json_object(&log->json, NULL, SP_JSON_FLAT);
        put_place(log, problem->path, problem->at);
        sp_json_end_object(&log->json);
        sp_json_end_array(&log->json);
    }
    sp_json_end_object(&log->json);
}

static void put_problem(writing *log, sp_problem problem)
{
    sp_telling text = {.out = &log->plain};
    sp_problem_say(&text, &problem);
    put_notification(log, &problem);
}

static void put_left_out(writing *log)
{
    uint32_t count = log->results->findings.count;
    sp_problem left_out = {.severity = SP_SEVERITY_WARNING, .id = {"report/left-out", 15}};
    if (log->written == count)
        return;
    sp_buf_print(&log->plain, "%u of %u findings are in this report, the worst first; the json report has all",
                 (unsigned)log->written, (unsigned)count);
    put_notification(log, &left_out);
}

static void put_notifications(writing *log)
{
    const struct sp_results *results = log->results;
    sp_json_array(&log->json, "toolExecutionNotifications", SP_JSON_LINES);
    for (uint32_t i = 0; i < results->failures.count; i++)
        put_problem(log, sp_problem_of_failure(&results->failures.items[i]));
    for (uint32_t i = 0; i < results->files.count; i++) {
        const sp_result_file *file = &results->files.items[i];
        for (uint32_t k = 0; k < file->diagnostics.count; k++)
            put_problem(log, sp_problem_of_diagnostic(file, &file->diagnostics.items[k]));
    }
    put_left_out(log);
    sp_json_end_array(&log->json);
}

/* verdict [ "; reproduce: " command ] */
static void put_verdict(writing *log)
{
    sp_buf_text(&log->made, sp_summary_verdict(log->results));
    if (log->options->reproduce != NULL) {
        sp_buf_text(&log->made, "; reproduce: ");
        sp_cells_write(&log->made, sp_str_from(log->options->reproduce));
    }
    sp_json_made(&log->json, "exitCodeDescription", &log->made);
}

/* A run that judged only a part counts as failed: GitHub would close what it did not find this time. */
static void put_invocation(writing *log)
{
    bool complete = log->results->verdict == SP_PASS || log->results->verdict == SP_FAIL;
    sp_json_array(&log->json, "invocations", SP_JSON_LINES);
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    sp_json_bool(&log->json, "executionSuccessful", complete);
    sp_json_number(&log->json, "exitCode", (uint64_t)log->results->verdict);
    put_verdict(log);
    put_notifications(log);
    sp_json_end_object(&log->json);
    sp_json_end_array(&log->json);
}

static void put_files(writing *log)
{
    sp_json_array(&log->json, "artifacts", SP_JSON_LINES);
    for (uint32_t i = 0; i < log->results->files.count; i++) {
        sp_json_object(&log->json, NULL, SP_JSON_FLAT);
        put_artifact(log, "location", log->results->files.items[i].path);
        sp_json_array(&log->json, "roles", SP_JSON_FLAT);
        sp_json_text(&log->json, NULL, SP_STR("analysisTarget"));
        sp_json_end_array(&log->json);
        sp_json_end_object(&log->json);
    }
    sp_json_end_array(&log->json);
}

static void put_root(writing *log)
{
    sp_json_object(&log->json, "originalUriBaseIds", SP_JSON_LINES);
    sp_json_object(&log->json, "%SRCROOT%", SP_JSON_FLAT);
    put_message(log, "description", SP_STR("The root of the repository."));
    sp_json_end_object(&log->json);
    sp_json_end_object(&log->json);
}

static void put_run(writing *log)
{
    sp_json_object(&log->json, NULL, SP_JSON_LINES);
    put_tool(log);
    sp_json_object(&log->json, "automationDetails", SP_JSON_FLAT);
    sp_json_text(&log->json, "id", SP_STR("stagepolicy/"));
    sp_json_end_object(&log->json);
    sp_json_text(&log->json, "columnKind", SP_STR("unicodeCodePoints"));
    put_root(log);
    put_files(log);
    put_results(log);
    put_invocation(log);
    sp_json_end_object(&log->json);
}

void sp_report_sarif(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing log = {.results = results, .options = options, .json = {.out = out}};
    sp_buf_init(&log.plain, out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_buf_init(&log.made, out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_json_object(&log.json, NULL, SP_JSON_LINES);
    sp_json_text(&log.json, "$schema",
                 SP_STR("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"));
    sp_json_text(&log.json, "version", SP_STR("2.1.0"));
    sp_json_array(&log.json, "runs", SP_JSON_LINES);
    put_run(&log);
    sp_json_end_array(&log.json);
    sp_json_end_object(&log.json);
    sp_buf_byte(out, '\n');
    sp_buf_dispose(&log.made);
    sp_buf_dispose(&log.plain);
}
