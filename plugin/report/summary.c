/* Counts, the verdict and the commands that go on from there. */
#include "report/summary.h"

#include "report/cells.h"

/* " 2 errors"; `first` has no comma before it. */
static void say_count(sp_buf *out, uint32_t count, const char *one, const char *many, bool *first)
{
    if (count == 0)
        return;
    sp_buf_print(out, "%s%u %s", *first ? " " : ", ", (unsigned)count, count == 1 ? one : many);
    *first = false;
}

static uint32_t count_refused(const struct sp_results *results)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < results->files.count; i++)
        count += !results->files.items[i].judged;
    return count;
}

void sp_summary_say(sp_buf *out, const struct sp_results *results)
{
    sp_summary summary = sp_results_summary(results);
    bool first = true;
    sp_buf_print(out, "%u file%s, %u %s:", (unsigned)summary.files, summary.files == 1 ? "" : "s",
                 (unsigned)summary.policies, summary.policies == 1 ? "policy" : "policies");
    say_count(out, summary.errors, "error", "errors", &first);
    say_count(out, summary.warnings, "warning", "warnings", &first);
    say_count(out, summary.infos, "info", "infos", &first);
    say_count(out, count_refused(results), "file not judged", "files not judged", &first);
    say_count(out, summary.failures, "policy failure", "policy failures", &first);
    if (first)
        sp_buf_text(out, " no findings");
    if (summary.waived > 0)
        sp_buf_print(out, "; %u waived", (unsigned)summary.waived);
}

const char *sp_summary_verdict(const struct sp_results *results)
{
    switch (results->verdict) {
    case SP_PASS:
        return "passed";
    case SP_FAIL:
        return "failed: at least one finding is at or above the gate";
    case SP_INPUT:
        return "failed: at least one file could not be judged";
    default:
        return "failed: at least one policy could not judge";
    }
}

void sp_summary_explain(sp_buf *out, const sp_report_options *options, sp_str policy)
{
    if (options->explain == NULL)
        return;
    sp_cells_write(out, sp_str_from(options->explain));
    sp_buf_text(out, " ");
    sp_cells_write(out, policy);
}

/* The policy whose page helps most: of the first finding among the worst. */
static const sp_result_finding *worst_finding(const struct sp_results *results)
{
    const sp_result_finding *worst = NULL;
    for (uint32_t i = 0; i < results->findings.count; i++) {
        const sp_result_finding *finding = &results->findings.items[i];
        if (finding->waived == NULL && (worst == NULL || finding->severity > worst->severity))
            worst = finding;
    }
    return worst;
}

void sp_summary_commands(sp_buf *out, const struct sp_results *results, const sp_report_options *options)
{
    if (options->reproduce == NULL)
        return;
    const sp_result_finding *worst = worst_finding(results);
    sp_buf_text(out, "reproduce: ");
    sp_cells_write(out, sp_str_from(options->reproduce));
    sp_buf_text(out, "\n");
    if (worst == NULL || options->explain == NULL)
        return;
    sp_buf_text(out, "explain:   ");
    sp_summary_explain(out, options, worst->policy);
    sp_buf_text(out, "\n");
}
