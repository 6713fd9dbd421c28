/* The report for a person in front of a red pipeline. */
#include "report/report.h"

#include "report/cells.h"
#include "report/path.h"
#include "report/snippet.h"
#include "report/style.h"

/* One report under way. */
typedef struct writing {
    const struct sp_results *results;
    sp_buf *out;
    sp_str folder;
    bool color;
} writing;

static void style(const writing *text, sp_style style)
{
    sp_style_write(text->out, style, text->color);
}

/* "path:line:column: ", as compilers write it, so that editors and terminals jump there. */
static void write_place(const writing *text, sp_str path, const sp_located *at)
{
    if (path.size == 0)
        return;
    style(text, SP_STYLE_STRONG);
    sp_path_write(text->out, text->folder, path);
    if (at->placed)
        sp_buf_print(text->out, ":%u:%u", (unsigned)at->start.line, (unsigned)at->start.column);
    sp_buf_text(text->out, ":");
    style(text, SP_STYLE_PLAIN);
    sp_buf_text(text->out, " ");
}

static void write_word(const writing *text, sp_style of, const char *word)
{
    style(text, of);
    sp_buf_print(text->out, "%s:", word);
    style(text, SP_STYLE_PLAIN);
    sp_buf_text(text->out, " ");
}

/* " [pack/policy]" and the end of the line. */
static void write_id(const writing *text, sp_str folder, sp_str id)
{
    style(text, SP_STYLE_FAINT);
    sp_buf_text(text->out, " [");
    sp_cells_write(text->out, folder);
    sp_cells_write(text->out, id);
    sp_buf_text(text->out, "]");
    style(text, SP_STYLE_PLAIN);
    sp_buf_text(text->out, "\n");
}

/* "      = word: ": what belongs to the lines above it. */
static void write_aside(const writing *text, sp_style of, const char *word)
{
    sp_buf_text(text->out, "      = ");
    write_word(text, of, word);
}

static bool is_same_place(const sp_located *a, const sp_located *b)
{
    return a->placed && b->placed && a->span.start == b->span.start && a->span.end == b->span.end &&
           sp_str_equal(a->path, b->path);
}

/* A step about the place that was shown last needs no second picture of it. */
static void write_step(const writing *text, const sp_evidence *step, const sp_located *shown)
{
    bool aside = !step->at.placed || is_same_place(&step->at, shown);
    if (aside) {
        write_aside(text, SP_STYLE_NOTE, "note");
    } else {
        write_place(text, step->at.path, &step->at);
        write_word(text, SP_STYLE_NOTE, "note");
    }
    sp_cells_write(text->out, step->message);
    if (step->source.size > 0) {
        sp_buf_text(text->out, " (source: ");
        sp_cells_write(text->out, step->source);
        sp_buf_text(text->out, ")");
    }
    sp_buf_text(text->out, "\n");
    if (!aside)
        sp_snippet_write(text->out, &step->at, SP_STYLE_NOTE, text->color);
}

static void write_evidence(const writing *text, const sp_result_finding *finding)
{
    const sp_located *shown = &finding->at;
    for (uint32_t i = 0; i < finding->evidence_count; i++) {
        const sp_evidence *step = &finding->evidence[i];
        write_step(text, step, shown);
        if (step->at.placed)
            shown = &step->at;
    }
}

/* The builds that it holds for, where those are not all. */
static void write_builds(const writing *text, const sp_result_finding *finding)
{
    write_aside(text, SP_STYLE_NOTE, finding->build_count == 1 ? "build" : "builds");
    for (uint32_t i = 0; i < finding->build_count; i++) {
        sp_buf_text(text->out, i > 0 ? ", " : "");
        sp_cells_write(text->out, finding->builds[i]);
    }
    sp_buf_text(text->out, "\n");
}

static void write_finding(const writing *text, const sp_result_finding *finding)
{
    sp_style severity = sp_style_of(finding->severity);
    write_place(text, finding->at.path, &finding->at);
    write_word(text, severity, sp_severity_name(finding->severity));
    sp_cells_write(text->out, finding->message);
    write_id(text, SP_STR(""), finding->policy);
    sp_snippet_write(text->out, &finding->at, severity, text->color);
    write_evidence(text, finding);
    if (finding->build_count > 0)
        write_builds(text, finding);
    if (finding->help.size > 0 && !finding->undecided) {
        write_aside(text, SP_STYLE_HELP, "help");
        sp_cells_write(text->out, finding->help);
        sp_buf_text(text->out, "\n");
    }
    sp_buf_text(text->out, "\n");
}

static void write_diagnostic(const writing *text, const sp_result_file *file, const sp_result_diagnostic *diagnostic)
{
    sp_style severity = sp_style_of(diagnostic->severity);
    write_place(text, file->path, &diagnostic->at);
    write_word(text, severity, sp_severity_name(diagnostic->severity));
    sp_cells_write(text->out, diagnostic->message);
    write_id(text, SP_STR("dockerfile/"), diagnostic->id);
    sp_snippet_write(text->out, &diagnostic->at, severity, text->color);
}

static void write_file(const writing *text, const sp_result_file *file)
{
    for (uint32_t i = 0; i < file->diagnostics.count; i++)
        write_diagnostic(text, file, &file->diagnostics.items[i]);
    if (!file->judged) {
        write_aside(text, SP_STYLE_NOTE, "note");
        sp_buf_text(text->out, "no policy judged this file; mend the errors above first\n");
    }
    if (file->diagnostics.count > 0)
        sp_buf_text(text->out, "\n");
}

static void write_failure(const writing *text, const sp_result_failure *failure)
{
    write_word(text, SP_STYLE_ERROR, "error");
    sp_buf_text(text->out, "policy ");
    sp_cells_write(text->out, failure->policy);
    if (failure->path.size > 0) {
        sp_buf_text(text->out, " failed on ");
        sp_path_write(text->out, text->folder, failure->path);
    } else {
        sp_buf_text(text->out, " could not be loaded");
    }
    sp_buf_text(text->out, ": ");
    sp_cells_write(text->out, failure->message);
    write_id(text, SP_STR("policy-failure/"), failure->kind);
}

/* " 2 errors"; `first` has no comma before it. */
static void write_count(const writing *text, uint32_t count, const char *one, const char *many, bool *first)
{
    if (count == 0)
        return;
    sp_buf_print(text->out, "%s%u %s", *first ? " " : ", ", (unsigned)count, count == 1 ? one : many);
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
    sp_buf_print(text->out, "%u file%s, %u %s:", (unsigned)summary.files, summary.files == 1 ? "" : "s",
                 (unsigned)summary.policies, summary.policies == 1 ? "policy" : "policies");
    write_count(text, summary.errors, "error", "errors", &first);
    write_count(text, summary.warnings, "warning", "warnings", &first);
    write_count(text, summary.infos, "info", "infos", &first);
    write_count(text, count_refused(text->results), "file not judged", "files not judged", &first);
    write_count(text, summary.failures, "policy failure", "policy failures", &first);
    if (first)
        sp_buf_text(text->out, " no findings");
    style(text, SP_STYLE_PLAIN);
    sp_buf_text(text->out, "\n");
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
    sp_buf_text(text->out, "reproduce: ");
    sp_cells_write(text->out, sp_str_from(options->reproduce));
    sp_buf_text(text->out, "\n");
    if (worst == NULL || options->explain == NULL)
        return;
    sp_buf_text(text->out, "explain:   ");
    sp_cells_write(text->out, sp_str_from(options->explain));
    sp_buf_text(text->out, " ");
    sp_cells_write(text->out, worst->policy);
    sp_buf_text(text->out, "\n");
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
    writing text = {results, out, sp_str_from(options->folder), options->color != 0};
    write_files(&text);
    for (uint32_t i = 0; i < results->failures.count; i++)
        write_failure(&text, &results->failures.items[i]);
    if (results->failures.count > 0)
        sp_buf_text(out, "\n");
    write_summary(&text);
    if (options->reproduce != NULL)
        write_commands(&text, options);
}
