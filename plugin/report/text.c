/* The report for a person in front of a red pipeline. */
#include "report/report.h"

#include "report/cells.h"
#include "report/path.h"
#include "report/snippet.h"
#include "report/step.h"

/* One report under way. */
typedef struct writing {
    const struct sp_results *results;
    sp_telling to;
} writing;

static void style(const writing *text, sp_style style)
{
    sp_style_write(text->to.out, style, text->to.color);
}

/* " [pack/policy]" and the end of the line. */
static void write_id(const writing *text, sp_str folder, sp_str id)
{
    style(text, SP_STYLE_FAINT);
    sp_buf_text(text->to.out, " [");
    sp_cells_write(text->to.out, folder);
    sp_cells_write(text->to.out, id);
    sp_buf_text(text->to.out, "]");
    style(text, SP_STYLE_PLAIN);
    sp_buf_text(text->to.out, "\n");
}

/* The builds that it holds for, where those are not all. */
static void write_builds(const writing *text, const sp_result_finding *finding)
{
    sp_telling__aside(&text->to, SP_STYLE_NOTE, finding->build_count == 1 ? "build" : "builds");
    for (uint32_t i = 0; i < finding->build_count; i++) {
        sp_buf_text(text->to.out, i > 0 ? ", " : "");
        sp_cells_write(text->to.out, finding->builds[i]);
    }
    sp_buf_text(text->to.out, "\n");
}

static void write_finding(const writing *text, const sp_result_finding *finding)
{
    sp_style severity = sp_style_of(finding->severity);
    sp_telling__place(&text->to, finding->at.path, &finding->at);
    sp_telling__word(&text->to, severity, sp_severity_name(finding->severity));
    sp_cells_write(text->to.out, finding->message);
    write_id(text, SP_STR(""), finding->policy);
    sp_snippet_write(text->to.out, &finding->at, severity, text->to.color);
    sp_telling__steps(&text->to, finding->evidence, finding->evidence_count, &finding->at);
    if (finding->build_count > 0)
        write_builds(text, finding);
    if (finding->help.size > 0 && !finding->undecided) {
        sp_telling__aside(&text->to, SP_STYLE_HELP, "help");
        sp_cells_write(text->to.out, finding->help);
        sp_buf_text(text->to.out, "\n");
    }
    sp_buf_text(text->to.out, "\n");
}

static void write_diagnostic(const writing *text, const sp_result_file *file, const sp_result_diagnostic *diagnostic)
{
    sp_style severity = sp_style_of(diagnostic->severity);
    sp_telling__place(&text->to, file->path, &diagnostic->at);
    sp_telling__word(&text->to, severity, sp_severity_name(diagnostic->severity));
    sp_cells_write(text->to.out, diagnostic->message);
    write_id(text, SP_STR("dockerfile/"), diagnostic->id);
    sp_snippet_write(text->to.out, &diagnostic->at, severity, text->to.color);
}

static void write_file(const writing *text, const sp_result_file *file)
{
    for (uint32_t i = 0; i < file->diagnostics.count; i++)
        write_diagnostic(text, file, &file->diagnostics.items[i]);
    if (!file->judged) {
        sp_telling__aside(&text->to, SP_STYLE_NOTE, "note");
        sp_buf_text(text->to.out, "no policy judged this file; mend the errors above first\n");
    }
    if (file->diagnostics.count > 0)
        sp_buf_text(text->to.out, "\n");
}

static void write_failure(const writing *text, const sp_result_failure *failure)
{
    sp_telling__word(&text->to, SP_STYLE_ERROR, "error");
    sp_buf_text(text->to.out, "policy ");
    sp_cells_write(text->to.out, failure->policy);
    if (failure->path.size > 0) {
        sp_buf_text(text->to.out, " failed on ");
        sp_path_write(text->to.out, text->to.folder, failure->path);
    } else {
        sp_buf_text(text->to.out, " could not be loaded");
    }
    sp_buf_text(text->to.out, ": ");
    sp_cells_write(text->to.out, failure->message);
    write_id(text, SP_STR("policy-failure/"), failure->kind);
}

/* " 2 errors"; `first` has no comma before it. */
static void write_count(const writing *text, uint32_t count, const char *one, const char *many, bool *first)
{
    if (count == 0)
        return;
    sp_buf_print(text->to.out, "%s%u %s", *first ? " " : ", ", (unsigned)count, count == 1 ? one : many);
    *first = false;
}

static uint32_t count_refused(const struct sp_results *results)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < results->files.count; i++)
        count += !results->files.items[i].judged;
    return count;
}

/* "3 files, 7 policies: 2 errors, 1 warning" */
static void write_summary(const writing *text)
{
    sp_summary summary = sp_results_summary(text->results);
    bool first = true;
    style(text, SP_STYLE_STRONG);
    sp_buf_print(text->to.out, "%u file%s, %u %s:", (unsigned)summary.files, summary.files == 1 ? "" : "s",
                 (unsigned)summary.policies, summary.policies == 1 ? "policy" : "policies");
    write_count(text, summary.errors, "error", "errors", &first);
    write_count(text, summary.warnings, "warning", "warnings", &first);
    write_count(text, summary.infos, "info", "infos", &first);
    write_count(text, count_refused(text->results), "file not judged", "files not judged", &first);
    write_count(text, summary.failures, "policy failure", "policy failures", &first);
    if (first)
        sp_buf_text(text->to.out, " no findings");
    style(text, SP_STYLE_PLAIN);
    sp_buf_text(text->to.out, "\n");
}

/* The policy whose page helps most: of the first finding among the worst. */
static const sp_result_finding *worst_finding(const struct sp_results *results)
{
    const sp_result_finding *worst = NULL;
    for (uint32_t i = 0; i < results->findings.count; i++) {
        if (worst == NULL || results->findings.items[i].severity > worst->severity)
            worst = &results->findings.items[i];
    }
    return worst;
}

static void write_commands(const writing *text, const sp_report_options *options)
{
    const sp_result_finding *worst = worst_finding(text->results);
    sp_buf_text(text->to.out, "reproduce: ");
    sp_cells_write(text->to.out, sp_str_from(options->reproduce));
    sp_buf_text(text->to.out, "\n");
    if (worst == NULL || options->explain == NULL)
        return;
    sp_buf_text(text->to.out, "explain:   ");
    sp_cells_write(text->to.out, sp_str_from(options->explain));
    sp_buf_text(text->to.out, " ");
    sp_cells_write(text->to.out, worst->policy);
    sp_buf_text(text->to.out, "\n");
}

/* Files and findings are both in order of path: each file's diagnostics stand before its findings. */
static void write_files(const writing *text)
{
    const struct sp_results *results = text->results;
    uint32_t next = 0;
    for (uint32_t i = 0; i < results->files.count; i++) {
        const sp_result_file *file = &results->files.items[i];
        write_file(text, file);
        while (next < results->findings.count && sp_str_compare(results->findings.items[next].at.path, file->path) <= 0)
            write_finding(text, &results->findings.items[next++]);
    }
    while (next < results->findings.count)
        write_finding(text, &results->findings.items[next++]);
}

/* report = { file { diagnostic } { finding } } { failure } summary [ commands ] */
void sp_report_text(const struct sp_results *results, const sp_report_options *options, sp_buf *out)
{
    writing text = {results, {out, sp_str_from(options->folder), options->color != 0}};
    write_files(&text);
    for (uint32_t i = 0; i < results->failures.count; i++)
        write_failure(&text, &results->failures.items[i]);
    if (results->failures.count > 0)
        sp_buf_text(out, "\n");
    write_summary(&text);
    if (options->reproduce != NULL)
        write_commands(&text, options);
}
