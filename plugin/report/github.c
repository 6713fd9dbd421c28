/* GitHub's workflow commands: an annotation a problem, as many as GitHub keeps; then what the log of any run ends with.
 */
#include "report/report.h"

#include "base/limits.h"
#include "report/cells.h"
#include "report/escape.h"
#include "report/path.h"
#include "report/problem.h"
#include "report/summary.h"

/* One report under way. */
typedef struct writing {
    const sp_report_options *options;
    sp_buf *out;
    sp_buf plain;       /* the text under way */
    uint32_t annotated; /* of the severity that the walk is at */
    sp_severity severity;
} writing;

static const char *command_of(sp_severity severity)
{
    if (severity == SP_SEVERITY_ERROR)
        return "error";
    return severity == SP_SEVERITY_WARNING ? "warning" : "notice";
}

static void add_text(writing *log, const char *name, sp_str value)
{
    sp_cells_write(&log->plain, value);
    sp_buf_text(log->out, name);
    sp_escape_property(log->out, sp_buf_str(&log->plain));
    log->out->failed = log->out->failed || log->plain.failed;
    log->plain.size = 0;
}

static void add_number(writing *log, const char *name, uint32_t value)
{
    sp_buf_print(log->out, "%s%u", name, (unsigned)value);
}

/* properties = "title=" id [ ",file=" path [ ",line=" … ",endLine=" … [ ",col=" … ",endColumn=" … ] ] ] */
static void write_properties(writing *log, const sp_problem *problem)
{
    const sp_located *at = problem->at;
    add_text(log, " title=", problem->id);
    if (problem->path.size > 0)
        add_text(log, ",file=", problem->path);
    if (!at->placed)
        return;
    add_number(log, ",line=", at->start.line);
    add_number(log, ",endLine=", sp_problem_last_line(at));
    if (at->start.line != at->end.line)
        return;
    add_number(log, ",col=", at->start.column);
    add_number(log, ",endColumn=", at->end.column);
}

static void write_annotation(writing *log, const sp_problem *problem)
{
    sp_telling text = {.out = &log->plain};
    sp_buf_print(log->out, "::%s", command_of(problem->severity));
    write_properties(log, problem);
    sp_buf_text(log->out, "::");
    sp_problem_say(&text, problem);
    if (problem->finding != NULL) {
        sp_buf_text(&log->plain, "\n");
        sp_problem_tell_more(&text, problem->finding);
        sp_summary_explain(&log->plain, log->options, problem->id);
    }
    sp_escape_cut(&log->plain, SP_LIMIT_GITHUB_MESSAGE);
    sp_escape_command(log->out, sp_buf_str(&log->plain));
    log->plain.size = 0;
    sp_buf_text(log->out, "\n");
}

/* What GitHub would not keep is for those who read the log. */
static void write_line(writing *log, const sp_problem *problem)
{
    sp_telling text = {log->out, sp_str_from(log->options->folder), false};
    sp_buf_text(log->out, "- ");
    if (problem->failed.size == 0)
        sp_telling__place(&text, problem->path, problem->at);
    sp_telling__word(&text, SP_STYLE_PLAIN, sp_severity_name(problem->severity));
    sp_problem_say(&text, problem);
    sp_buf_text(log->out, " [");
    sp_cells_write(log->out, problem->id);
    sp_buf_text(log->out, "]\n");
}

static void write_problem(writing *log, const sp_problem *problem)
{
    if (problem->severity != log->severity)
        log->annotated = 0;
    log->severity = problem->severity;
    if (log->annotated == SP_LIMIT_GITHUB_ANNOTATIONS)
        sp_buf_print(log->out, "more of severity '%s', which GitHub would not keep as annotations:\n",
                     sp_severity_name(problem->severity));
    if (log->annotated++ < SP_LIMIT_GITHUB_ANNOTATIONS)
        write_annotation(log, problem);
    else
        write_line(log, problem);
}

/* log = { annotation | line } summary [ commands ] */
void sp_report_github(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing log = {.options = options, .out = out};
    sp_problems walk = {.results = results};
    sp_problem problem;
    sp_buf_init(&log.plain, out->alloc, SP_LIMIT_REPORT_BYTES);
    while (sp_problems_next(&walk, &problem))
        write_problem(&log, &problem);
    sp_buf_print(out, "stagepolicy %s: ", sp_summary_verdict(results));
    sp_summary_say(out, results);
    sp_buf_text(out, "\n");
    sp_summary_commands(out, results, options);
    sp_buf_dispose(&log.plain);
}
