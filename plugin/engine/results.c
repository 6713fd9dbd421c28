/* What hosts ask of results. */
#include "result/results.h"

#include "base/limits.h"
#include "engine/abi.h"
#include "report/report.h"

#include <stdlib.h>

#include <stagepolicy/results.h>

int32_t sp_results_verdict(const sp_results *results)
{
    return results->verdict;
}

size_t sp_results_count(const sp_results *results)
{
    return results->findings.count;
}

static sp_place place_of(const sp_located *at, sp_str path)
{
    if (!at->placed)
        return (sp_place){0};
    return (sp_place){
        .path = at->path.size > 0 ? at->path.text : path.text,
        .line = at->start.line,
        .column = at->start.column,
        .end_line = at->end.line,
        .end_column = at->end.column,
    };
}

sp_status sp_results_at(const sp_results *results, size_t index, sp_finding *out)
{
    if (index >= results->findings.count)
        return SP_E_USAGE;
    const sp_result_finding *finding = &results->findings.items[index];
    sp_finding given = {
        .size = sizeof given,
        .policy = finding->policy.text,
        .message = finding->message.text,
        .stage = finding->stage.size > 0 ? finding->stage.text : NULL,
        .fingerprint = finding->fingerprint.text,
        .at = place_of(&finding->at, finding->at.path),
        .severity = (int32_t)finding->severity,
        .undecided = finding->undecided,
        .step_count = finding->evidence_count,
        .build_count = finding->build_count,
        .waived = finding->waived != NULL,
    };
    if (finding->waived != NULL && finding->waived->reason.size > 0)
        given.reason = finding->waived->reason.text;
    given.at.path = finding->at.path.size > 0 ? finding->at.path.text : NULL;
    return sp_abi_give(out, &given, sizeof given);
}

const char *sp_results_build(const sp_results *results, size_t index, size_t build)
{
    if (index >= results->findings.count || build >= results->findings.items[index].build_count)
        return NULL;
    return results->findings.items[index].builds[build].text;
}

sp_status sp_results_step(const sp_results *results, size_t index, size_t step, const char **message, sp_place *at)
{
    if (index >= results->findings.count || step >= results->findings.items[index].evidence_count)
        return SP_E_USAGE;
    const sp_result_finding *finding = &results->findings.items[index];
    const sp_evidence *evidence = &finding->evidence[step];
    if (message != NULL)
        *message = evidence->message.text;
    if (at != NULL)
        *at = place_of(&evidence->at, finding->at.path);
    return SP_OK;
}

sp_status sp_results_report(const sp_results *results, const char *format, const sp_report_options *options, char **out,
                            size_t *size)
{
    sp_report_options known;
    *out = NULL;
    sp_status status = sp_abi_take(&known, sizeof known, options);
    const sp_report_format *writer = sp_report_format_find(sp_str_from(format));
    if (status != SP_OK)
        return status;
    if (writer == NULL)
        return SP_E_USAGE;
    sp_buf buf;
    sp_buf_init(&buf, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    writer->write(results, &known, &buf);
    if (buf.failed || buf.bytes == NULL) {
        sp_buf_dispose(&buf);
        return SP_E_MEMORY;
    }
    *out = buf.bytes;
    if (size != NULL)
        *size = buf.size;
    return SP_OK;
}

const char *sp_report_format_at(size_t index)
{
    const sp_report_format *format = sp_report_format_get(index);
    return format != NULL ? format->name : NULL;
}

void sp_text_free(char *text)
{
    free(text);
}

void sp_results_free(sp_results *results)
{
    if (results == NULL)
        return;
    sp_alloc alloc = results->arena.alloc;
    sp_arena_dispose(&results->arena);
    sp_alloc_free(alloc, results, sizeof *results);
}
