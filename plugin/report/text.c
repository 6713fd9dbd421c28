/* The report for a person in front of a red pipeline. */
#include "report/report.h"

#include "report/problem.h"
#include "report/summary.h"

static void write_finding(const sp_telling *text, const sp_result_finding *finding)
{
    if (finding->waived != NULL)
        return;
    sp_problem problem = sp_problem_of_finding(finding);
    sp_problem_tell(text, &problem);
    sp_buf_text(text->out, "\n");
}

static void write_file(const sp_telling *text, const sp_result_file *file)
{
    for (uint32_t i = 0; i < file->diagnostics.count; i++) {
        sp_problem problem = sp_problem_of_diagnostic(file, &file->diagnostics.items[i]);
        sp_problem_tell(text, &problem);
    }
    if (!file->judged) {
        sp_telling__aside(text, SP_STYLE_NOTE, "note");
        sp_buf_text(text->out, "no policy judged this file; mend the errors above first\n");
    }
    if (file->diagnostics.count > 0)
        sp_buf_text(text->out, "\n");
}

static void write_failures(const sp_telling *text, const struct sp_results *results)
{
    for (uint32_t i = 0; i < results->failures.count; i++) {
        sp_problem problem = sp_problem_of_failure(&results->failures.items[i]);
        sp_problem_tell(text, &problem);
    }
    if (results->failures.count > 0)
        sp_buf_text(text->out, "\n");
}

static void write_summary(const sp_telling *text, const struct sp_results *results)
{
    sp_style_write(text->out, SP_STYLE_STRONG, text->color);
    sp_summary_say(text->out, results);
    sp_style_write(text->out, SP_STYLE_PLAIN, text->color);
    sp_buf_text(text->out, "\n");
}

/* Files and findings are both in order of path: each file's diagnostics stand before its findings. */
static void write_files(const sp_telling *text, const struct sp_results *results)
{
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
    sp_telling text = {out, sp_str_from(options->folder), options->color != 0};
    write_files(&text, results);
    write_failures(&text, results);
    write_summary(&text, results);
    sp_summary_commands(out, results, options);
}
