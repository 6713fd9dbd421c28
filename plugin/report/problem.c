/* Findings, diagnostics and failures alike, and what there is to say of one. */
#include "report/problem.h"

#include "report/cells.h"
#include "report/path.h"
#include "report/snippet.h"

static const sp_located nowhere;

sp_problem sp_problem_of_finding(const sp_result_finding *finding)
{
    return (sp_problem){
        .severity = finding->severity,
        .id = finding->policy,
        .message = finding->message,
        .fingerprint = finding->fingerprint,
        .path = finding->at.path,
        .stage = finding->stage,
        .at = &finding->at,
        .finding = finding,
    };
}

sp_problem sp_problem_of_diagnostic(const sp_result_file *file, const sp_result_diagnostic *diagnostic)
{
    return (sp_problem){
        .severity = diagnostic->severity,
        .stops = diagnostic->fatal,
        .id = diagnostic->listed,
        .message = diagnostic->message,
        .fingerprint = diagnostic->fingerprint,
        .path = file->path,
        .at = &diagnostic->at,
    };
}

sp_problem sp_problem_of_failure(const sp_result_failure *failure)
{
    return (sp_problem){
        .severity = SP_SEVERITY_ERROR,
        .stops = true,
        .id = failure->listed,
        .message = failure->message,
        .fingerprint = failure->fingerprint,
        .path = failure->path,
        .failed = failure->policy,
        .at = &nowhere,
    };
}

static bool next_failure(sp_problems *walk, sp_problem *out)
{
    const struct sp_results *results = walk->results;
    if (walk->severity != SP_SEVERITY_ERROR || walk->next >= results->failures.count)
        return false;
    *out = sp_problem_of_failure(&results->failures.items[walk->next++]);
    return true;
}

static bool next_diagnostic(sp_problems *walk, sp_problem *out)
{
    const struct sp_results *results = walk->results;
    for (; walk->file < results->files.count; walk->file++, walk->next = 0) {
        const sp_result_file *file = &results->files.items[walk->file];
        while (walk->next < file->diagnostics.count) {
            const sp_result_diagnostic *diagnostic = &file->diagnostics.items[walk->next++];
            if (diagnostic->severity != walk->severity || diagnostic->severity == SP_SEVERITY_INFO)
                continue;
            *out = sp_problem_of_diagnostic(file, diagnostic);
            return true;
        }
    }
    return false;
}

static bool next_finding(sp_problems *walk, sp_problem *out)
{
    const struct sp_results *results = walk->results;
    while (walk->next < results->findings.count) {
        const sp_result_finding *finding = &results->findings.items[walk->next++];
        if (finding->severity != walk->severity || (finding->waived != NULL && !walk->with_waived))
            continue;
        *out = sp_problem_of_finding(finding);
        return true;
    }
    return false;
}

bool sp_problems_next(sp_problems *walk, sp_problem *out)
{
    static bool (*const groups[])(sp_problems * walk, sp_problem * out) = {next_failure, next_diagnostic, next_finding};
    if (walk->severity == SP_SEVERITY_OFF)
        walk->severity = SP_SEVERITY_ERROR;
    for (;;) {
        if (groups[walk->group](walk, out))
            return true;
        walk->next = walk->file = 0;
        walk->group = (walk->group + 1) % 3;
        if (walk->group > 0)
            continue;
        if (walk->severity == SP_SEVERITY_INFO)
            return false;
        walk->severity--;
    }
}

void sp_problem_say(const sp_telling *text, const sp_problem *problem)
{
    if (problem->failed.size > 0) {
        sp_buf_text(text->out, "policy ");
        sp_cells_write(text->out, problem->failed);
        sp_buf_text(text->out, problem->path.size > 0 ? " failed on " : " could not be loaded");
        sp_path_write(text->out, text->folder, problem->path);
        sp_buf_text(text->out, ": ");
    }
    sp_cells_write(text->out, problem->message);
}

/* " [pack/policy]" and the end of the line. */
static void tell_id(const sp_telling *text, sp_str id)
{
    sp_style_write(text->out, SP_STYLE_FAINT, text->color);
    sp_buf_text(text->out, " [");
    sp_cells_write(text->out, id);
    sp_buf_text(text->out, "]");
    sp_style_write(text->out, SP_STYLE_PLAIN, text->color);
    sp_buf_text(text->out, "\n");
}

/* The builds that it holds for, where those are not all. */
static void tell_builds(const sp_telling *text, const sp_result_finding *finding)
{
    sp_telling__aside(text, SP_STYLE_NOTE, finding->build_count == 1 ? "build" : "builds");
    for (uint32_t i = 0; i < finding->build_count; i++) {
        sp_buf_text(text->out, i > 0 ? ", " : "");
        sp_cells_write(text->out, finding->builds[i]);
    }
    sp_buf_text(text->out, "\n");
}

/* waived = "waived: " place [ ", until " date ] [ ", by " owner ] [ ": " reason ] */
static void tell_waived(const sp_telling *text, const sp_result_waiver *waived)
{
    sp_telling__aside(text, SP_STYLE_NOTE, "waived");
    sp_path_write(text->out, text->folder, waived->at.path);
    sp_buf_print(text->out, ":%u", (unsigned)waived->at.start.line);
    if (waived->until.size > 0)
        sp_buf_print(text->out, ", until %.*s", SP_STR_ARG(waived->until));
    sp_buf_text(text->out, waived->owner.size > 0 ? ", by " : "");
    sp_cells_write(text->out, waived->owner);
    sp_buf_text(text->out, waived->reason.size > 0 ? ": " : "");
    sp_cells_write(text->out, waived->reason);
    sp_buf_text(text->out, "\n");
}

void sp_problem_tell_more(const sp_telling *text, const sp_result_finding *finding)
{
    sp_telling__steps(text, finding->evidence, finding->evidence_count, &finding->at);
    if (finding->build_count > 0)
        tell_builds(text, finding);
    if (finding->waived != NULL)
        tell_waived(text, finding->waived);
    if (finding->help.size == 0 || finding->undecided)
        return;
    sp_telling__aside(text, SP_STYLE_HELP, "help");
    sp_cells_write(text->out, finding->help);
    sp_buf_text(text->out, "\n");
}

void sp_problem_tell(const sp_telling *text, const sp_problem *problem)
{
    sp_style severity = sp_style_of(problem->severity);
    if (problem->failed.size == 0)
        sp_telling__place(text, problem->path, problem->at);
    sp_telling__word(text, severity, sp_severity_name(problem->severity));
    sp_problem_say(text, problem);
    tell_id(text, problem->id);
    sp_snippet_write(text->out, problem->at, severity, text->color);
    if (problem->finding != NULL)
        sp_problem_tell_more(text, problem->finding);
}

uint32_t sp_problem_first_line(const sp_located *at)
{
    return at->placed ? at->start.line : 1;
}

uint32_t sp_problem_last_line(const sp_located *at)
{
    if (!at->placed)
        return 1;
    bool before = at->end.column == 1 && at->end.line > at->start.line;
    return before ? at->end.line - 1 : at->end.line;
}
