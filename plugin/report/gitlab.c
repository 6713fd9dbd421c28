/* GitLab's code quality: one array, an entry a problem. GitLab drops all that follows an entry it cannot read, so each
   has every field it asks for. */
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
    sp_buf made; /* the text under way */
} writing;

static const char *severity_of(const sp_problem *problem)
{
    if (problem->stops)
        return "critical";
    if (problem->severity == SP_SEVERITY_ERROR)
        return "major";
    return problem->severity == SP_SEVERITY_WARNING ? "minor" : "info";
}

/* description = message [ ". " help ] [ " (" command ")" ] */
static void write_description(writing *report, const sp_problem *problem)
{
    const sp_result_finding *finding = problem->finding;
    sp_telling text = {.out = &report->made};
    sp_problem_say(&text, problem);
    if (finding != NULL && finding->help.size > 0 && !finding->undecided) {
        sp_buf_text(&report->made, ". ");
        sp_cells_write(&report->made, finding->help);
    }
    if (finding != NULL && report->options->explain != NULL) {
        sp_buf_text(&report->made, " (");
        sp_summary_explain(&report->made, report->options, problem->id);
        sp_buf_text(&report->made, ")");
    }
    sp_escape_cut(&report->made, SP_LIMIT_LISTED_TEXT);
    sp_json_made(&report->json, "description", &report->made);
}

/* What is found of no file is found in the project's folder. */
static void write_location(sp_json_out *json, const sp_problem *problem)
{
    sp_json_object(json, "location", SP_JSON_FLAT);
    sp_json_text(json, "path", problem->path.size > 0 ? problem->path : SP_STR("."));
    sp_json_object(json, "lines", SP_JSON_FLAT);
    sp_json_number(json, "begin", sp_problem_first_line(problem->at));
    sp_json_number(json, "end", sp_problem_last_line(problem->at));
    sp_json_end_object(json);
    sp_json_end_object(json);
}

static void write_entry(writing *report, const sp_problem *problem)
{
    sp_json_object(&report->json, NULL, SP_JSON_LINES);
    write_description(report, problem);
    sp_json_text(&report->json, "check_name", problem->id);
    sp_json_text(&report->json, "fingerprint", problem->fingerprint);
    sp_json_text(&report->json, "severity", sp_str_from(severity_of(problem)));
    write_location(&report->json, problem);
    sp_json_end_object(&report->json);
}

void sp_report_gitlab(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing report = {.options = options, .json = {.out = out}};
    sp_problems walk = {.results = results};
    sp_problem problem;
    sp_buf_init(&report.made, out->alloc, SP_LIMIT_REPORT_BYTES);
    sp_json_array(&report.json, NULL, SP_JSON_LINES);
    while (sp_problems_next(&walk, &problem))
        write_entry(&report, &problem);
    sp_json_end_array(&report.json);
    sp_buf_byte(out, '\n');
    sp_buf_dispose(&report.made);
}
