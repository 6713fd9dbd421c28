/* The native JSON of Jenkins' Warnings plugin, which alone keeps our identities and all four of its severities. Its
   texts are HTML. */
#include "report/report.h"

#include "base/limits.h"
#include "report/cells.h"
#include "report/escape.h"
#include "report/json_out.h"
#include "report/problem.h"
#include "report/summary.h"

/* One report under way. */
typedef struct writing {
    const sp_report_options *options;
    sp_json_out json;
    sp_buf plain, made; /* the text under way: as text, as HTML */
} writing;

static const char *severity_of(const sp_problem *problem)
{
    if (problem->stops)
        return "ERROR";
    if (problem->severity == SP_SEVERITY_ERROR)
        return "HIGH";
    return problem->severity == SP_SEVERITY_WARNING ? "NORMAL" : "LOW";
}

static void escape_plain(writing *report, size_t most)
{
    sp_escape_cut(&report->plain, most);
    report->made.failed = report->made.failed || report->plain.failed;
    sp_escape_xml(&report->made, sp_buf_str(&report->plain));
    report->plain.size = 0;
}

static void write_message(writing *report, const sp_problem *problem)
{
    sp_telling text = {.out = &report->plain};
    sp_problem_say(&text, problem);
    escape_plain(report, SP_LIMIT_LISTED_TEXT);
    sp_json_made(&report->json, "message", &report->made);
}

/* "<p>Why: <code>command</code></p>" of the command in `plain`. */
static void add_command(writing *report, const char *what)
{
    sp_buf_print(&report->made, "<p>%s: <code>", what);
    escape_plain(report, SP_LIMIT_LISTED_TEXT);
    sp_buf_text(&report->made, "</code></p>");
}

/* All there is to say, as a person in front of a terminal would see it. */
static void write_description(writing *report, const sp_problem *problem)
{
    sp_telling text = {.out = &report->plain};
    sp_problem_tell(&text, problem);
    sp_buf_text(&report->made, "<pre>");
    escape_plain(report, SP_LIMIT_TOLD_TEXT);
    sp_buf_text(&report->made, "</pre>");
    if (problem->finding != NULL && report->options->explain != NULL) {
        sp_summary_explain(&report->plain, report->options, problem->id);
        add_command(report, "Why");
    }
    if (report->options->reproduce != NULL) {
        sp_cells_write(&report->plain, sp_str_from(report->options->reproduce));
        add_command(report, "Reproduce");
    }
    sp_json_made(&report->json, "description", &report->made);
}

/* Jenkins' columns end with the last character. */
static void write_place(sp_json_out *json, const sp_problem *problem)
{
    const sp_located *at = problem->at;
    sp_json_text(json, "fileName", problem->path.size > 0 ? problem->path : SP_STR("-"));
    sp_json_number(json, "lineStart", at->placed ? at->start.line : 0);
    sp_json_number(json, "lineEnd", at->placed ? sp_problem_last_line(at) : 0);
    if (!at->placed || at->start.line != at->end.line)
        return;
    bool empty = at->end.column <= at->start.column;
    sp_json_number(json, "columnStart", at->start.column);
    sp_json_number(json, "columnEnd", empty ? at->start.column : at->end.column - 1);
}

static void write_entry(writing *report, const sp_problem *problem)
{
    sp_json_out *json = &report->json;
    sp_json_object(json, NULL, SP_JSON_LINES);
    write_place(json, problem);
    sp_json_text(json, "severity", sp_str_from(severity_of(problem)));
    sp_json_text(json, "category", sp_str_head(problem->id, sp_str_find(problem->id, '/')));
    sp_json_text(json, "type", problem->id);
    sp_json_text(json, "moduleName", SP_STR("stagepolicy"));
    sp_cells_write(&report->plain, problem->stage.size > 0 ? problem->stage : SP_STR("-"));
    escape_plain(report, SP_LIMIT_LISTED_TEXT);
    sp_json_made(json, "packageName", &report->made);
    write_message(report, problem);
    write_description(report, problem);
    sp_json_text(json, "fingerprint", problem->fingerprint);
    sp_json_end_object(json);
}

void sp_report_jenkins(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing report = {.options = options, .json = {.out = out}};
    sp_problems walk = {.results = results};
    sp_problem problem;
    sp_buf_init(&report.plain, out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_buf_init(&report.made, out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_json_object(&report.json, NULL, SP_JSON_LINES);
    sp_json_array(&report.json, "issues", SP_JSON_LINES);
    while (sp_problems_next(&walk, &problem))
        write_entry(&report, &problem);
    sp_json_end_array(&report.json);
    sp_json_end_object(&report.json);
    sp_buf_byte(out, '\n');
    sp_buf_dispose(&report.made);
    sp_buf_dispose(&report.plain);
}
