/* Results made by hand, for the tests of report writers. */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include "result/results.h"
#include "source/excerpt.h"

/** The place of the first `words` in a text called `path`; of nothing, when they are not there. */
static inline sp_located sample_place(sp_arena *arena, const char *path, sp_str text, const char *words)
{
    sp_source source = {.path = sp_str_from(path), .text = text};
    size_t start = sp_str_search(text, sp_str_from(words));
    if (start == SIZE_MAX)
        return (sp_located){.path = source.path};
    sp_source_index(&source, arena);
    sp_span span = {(uint32_t)start, (uint32_t)(start + strlen(words))};
    sp_excerpt excerpt = sp_excerpt_make(&source, span);
    return (sp_located){
        .placed = true,
        .path = source.path,
        .start = sp_source_point(&source, span.start),
        .end = sp_source_point(&source, span.end),
        .span = span,
        .excerpt = excerpt.text,
        .excerpt_column = excerpt.column,
        .excerpt_cut = excerpt.cut,
    };
}

/** A file that was judged, added. */
static inline sp_result_file *sample_file(struct sp_results *results, const char *path)
{
    sp_result_file *file = sp_list_add(&results->arena, &results->files);
    sp_str *target = sp_arena_alloc(&results->arena, sizeof *target);
    *target = SP_STR("final");
    *file =
        (sp_result_file){.path = sp_str_from(path), .judged = true, .stages = 2, .targets = target, .target_count = 1};
    return file;
}

/** An error at the first `words` of a text, added. */
static inline sp_result_finding *sample_finding(struct sp_results *results, const char *path, sp_str text,
                                                const char *words, const char *message)
{
    sp_result_finding *finding = sp_list_add(&results->arena, &results->findings);
    *finding = (sp_result_finding){
        .policy = SP_STR("shipped/no-compiler"),
        .aliases = SP_STR("X1 X2"),
        .message = sp_str_from(message),
        .help = SP_STR("A shipped stage contains no compiler"),
        .severity = SP_SEVERITY_ERROR,
        .at = sample_place(&results->arena, path, text, words),
    };
    return finding;
}

#endif
