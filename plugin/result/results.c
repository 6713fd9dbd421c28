/* Finishing results: the order of everything, equal findings once, fingerprints, the verdict. */
#include "result/results.h"

#include "result/fingerprint.h"

#include <stdlib.h>

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Path, place, policy, message: what makes two reports the same finding. One without a place comes first. */
static int compare_identity(const sp_result_finding *a, const sp_result_finding *b)
{
    int order = sp_str_compare(a->at.path, b->at.path);
    if (order == 0)
        order = compare_numbers(a->at.placed, b->at.placed);
    if (order == 0)
        order = compare_numbers(a->at.span.start, b->at.span.start);
    if (order == 0)
        order = compare_numbers(a->at.span.end, b->at.span.end);
    if (order == 0)
        order = sp_str_compare(a->policy, b->policy);
    return order != 0 ? order : sp_str_compare(a->message, b->message);
}

/* Items of one array, so that the order of reporting decides between equals: qsort need not be stable. */
static int compare_findings(const void *a, const void *b)
{
    const sp_result_finding *first = *(const sp_result_finding *const *)a;
    const sp_result_finding *second = *(const sp_result_finding *const *)b;
    int order = compare_identity(first, second);
    return order != 0 ? order : (first > second) - (first < second);
}

static int compare_fingerprints(const void *a, const void *b)
{
    sp_result_finding *const *first = a, *const *second = b;
    int order = sp_fingerprint_compare(*first, *second);
    return order != 0 ? order : (*first > *second) - (*first < *second);
}

static int compare_files(const void *a, const void *b)
{
    return sp_str_compare(((const sp_result_file *)a)->path, ((const sp_result_file *)b)->path);
}

static int compare_failures(const void *a, const void *b)
{
    const sp_result_failure *first = a, *second = b;
    int order = sp_str_compare(first->policy, second->policy);
    if (order == 0)
        order = sp_str_compare(first->path, second->path);
    if (order == 0)
        order = sp_str_compare(first->kind, second->kind);
    return order != 0 ? order : sp_str_compare(first->message, second->message);
}

/* Several builds of a file may make a policy fail in the same way. */
static void sort_failures(struct sp_results *results)
{
    sp_result_failure *items = results->failures.items;
    uint32_t kept = 0;
    if (results->failures.count > 1)
        qsort(items, results->failures.count, sizeof *items, compare_failures);
    for (uint32_t i = 0; i < results->failures.count; i++) {
        if (kept == 0 || compare_failures(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    }
    results->failures.count = kept;
}

/* Says which builds of a file some equal findings hold for, unless it is all of them. A file's builds are judged in
   order, so each build's findings stand together. */
static void name_builds(sp_arena *arena, const sp_result_file *file, const sp_result_finding *const *equal,
                        uint32_t count, sp_result_finding *out)
{
    sp_str *names = sp_arena_alloc(arena, count * sizeof *names);
    uint32_t named = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || equal[i]->build != equal[i - 1]->build)
            names[named++] = file->builds.items[equal[i]->build].name;
    }
    out->builds = names;
    out->build_count = named < file->builds.count ? named : 0;
}

/* The file of a finding, and of those after it: `next` is where the last one was found. */
static const sp_result_file *file_of(const struct sp_results *results, const sp_result_finding *finding, uint32_t *next)
{
    while (*next < results->files.count && sp_str_compare(results->files.items[*next].path, finding->at.path) < 0)
        *next += 1;
    bool found = *next < results->files.count && sp_str_equal(results->files.items[*next].path, finding->at.path);
    return found ? &results->files.items[*next] : NULL;
}

/* One finding of equal ones: the first reported, with the worst severity. */
static sp_result_finding merge_findings(struct sp_results *results, const sp_result_finding *const *equal,
                                        uint32_t count, uint32_t *next_file)
{
    sp_result_finding merged = *equal[0];
    for (uint32_t i = 1; i < count; i++) {
        if (equal[i]->severity > merged.severity)
            merged.severity = equal[i]->severity;
        if (equal[i]->waived == NULL)
            merged.waived = NULL;
    }
    const sp_result_file *file = file_of(results, &merged, next_file);
    if (file != NULL && file->builds.count > 1 && merged.build != SP_RESULT_NO_BUILD)
        name_builds(&results->arena, file, equal, count, &merged);
    return merged;
}

/* Puts the findings in order, equal ones once. */
static void sort_findings(struct sp_results *results)
{
    uint32_t count = results->findings.count, kept = 0, next_file = 0;
    if (count == 0)
        return;
    const sp_result_finding **sorted = sp_arena_alloc(&results->arena, count * sizeof *sorted);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &results->findings.items[i];
    qsort(sorted, count, sizeof *sorted, compare_findings);
    sp_result_finding *findings = sp_arena_alloc(&results->arena, count * sizeof *findings);
    for (uint32_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && compare_identity(sorted[i], sorted[end]) == 0;)
            end++;
        findings[kept++] = merge_findings(results, &sorted[i], end - i, &next_file);
    }
    results->findings.items = findings;
    results->findings.count = results->findings.capacity = kept;
}

static void set_fingerprints(sp_arena *arena, sp_result_finding *findings, uint32_t count)
{
    uint32_t ordinal = 0;
    if (count == 0)
        return;
    sp_result_finding **sorted = sp_arena_alloc(arena, count * sizeof *sorted);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &findings[i];
    qsort(sorted, count, sizeof *sorted, compare_fingerprints);
    for (uint32_t i = 0; i < count; i++) {
        bool again = i > 0 && sp_fingerprint_compare(sorted[i - 1], sorted[i]) == 0;
        ordinal = again ? ordinal + 1 : 0;
        sorted[i]->fingerprint = sp_fingerprint_make(arena, sorted[i], ordinal);
    }
}

static void name_diagnostics(sp_arena *arena, sp_result_file *file)
{
    uint32_t count = file->diagnostics.count;
    sp_result_finding *like = sp_arena_zeroed(arena, count * sizeof *like);
    for (uint32_t i = 0; i < count; i++) {
        sp_result_diagnostic *diagnostic = &file->diagnostics.items[i];
        diagnostic->listed = sp_arena_join(arena, (sp_str[]){SP_STR("dockerfile/"), diagnostic->id}, 2);
        like[i].policy = diagnostic->listed;
        like[i].at.path = file->path;
        like[i].subject = sp_fingerprint_digest(arena, diagnostic->at.excerpt, '\\');
    }
    set_fingerprints(arena, like, count);
    for (uint32_t i = 0; i < count; i++)
        file->diagnostics.items[i].fingerprint = like[i].fingerprint;
}

static void name_failures(struct sp_results *results)
{
    sp_arena *arena = &results->arena;
    uint32_t count = results->failures.count;
    sp_result_finding *like = sp_arena_zeroed(arena, count * sizeof *like);
    for (uint32_t i = 0; i < count; i++) {
        sp_result_failure *failure = &results->failures.items[i];
        failure->listed = sp_arena_join(arena, (sp_str[]){SP_STR("policy-failure/"), failure->kind}, 2);
        like[i].policy = failure->listed;
        like[i].at.path = failure->path;
        like[i].stage_key = failure->policy;
    }
    set_fingerprints(arena, like, count);
    for (uint32_t i = 0; i < count; i++)
        results->failures.items[i].fingerprint = like[i].fingerprint;
}

static int32_t verdict_of(const struct sp_results *results)
{
    if (results->failures.count > 0)
        return SP_POLICY;
    for (uint32_t i = 0; i < results->files.count; i++) {
        if (!results->files.items[i].judged)
            return SP_INPUT;
    }
    for (uint32_t i = 0; i < results->findings.count; i++) {
        const sp_result_finding *finding = &results->findings.items[i];
        if (finding->waived == NULL && finding->severity >= results->fail_on)
            return SP_FAIL;
    }
    return SP_PASS;
}

void sp_results_finish(struct sp_results *results)
{
    if (results->files.count > 1)
        qsort(results->files.items, results->files.count, sizeof *results->files.items, compare_files);
    sort_failures(results);
    sort_findings(results);
    set_fingerprints(&results->arena, results->findings.items, results->findings.count);
    for (uint32_t i = 0; i < results->files.count; i++)
        name_diagnostics(&results->arena, &results->files.items[i]);
    name_failures(results);
    results->verdict = verdict_of(results);
}

sp_summary sp_results_summary(const struct sp_results *results)
{
    sp_summary summary = {
        .files = results->files.count,
        .policies = results->policy_count,
        .failures = results->failures.count,
    };
    for (uint32_t i = 0; i < results->files.count; i++)
        summary.stages += results->files.items[i].stages;
    for (uint32_t i = 0; i < results->findings.count; i++) {
        const sp_result_finding *finding = &results->findings.items[i];
        sp_severity severity = finding->waived == NULL ? finding->severity : SP_SEVERITY_OFF;
        summary.waived += finding->waived != NULL;
        summary.errors += severity == SP_SEVERITY_ERROR;
        summary.warnings += severity == SP_SEVERITY_WARNING;
        summary.infos += severity == SP_SEVERITY_INFO;
    }
    return summary;
}
