/* Results made by hand, for the tests of report writers: CASE(name) makes `results` before the test, and drops them
   after. */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include "result/results.h"
#include "source/excerpt.h"

static struct sp_results results;

static inline int set_up(void **state)
{
    (void)state;
    results = (struct sp_results){.fail_on = SP_SEVERITY_ERROR, .policy_count = 7};
    sp_arena_init(&results.arena, sp_alloc_default());
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    sp_arena_dispose(&results.arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
static inline sp_result_file *sample_file(const char *path)
{
    sp_result_file *file = sp_list_add(&results.arena, &results.files);
    sp_str *target = sp_arena_alloc(&results.arena, sizeof *target);
    *target = SP_STR("final");
    *file = (sp_result_file){.path = sp_str_from(path), .judged = true, .stages = 2};
    *sp_list_add(&results.arena, &file->builds) = (sp_result_build){.targets = target, .target_count = 1};
    return file;
}

/** An error at the first `words` of a text, added. */
static inline sp_result_finding *sample_finding(const char *path, sp_str text, const char *words, const char *message)
{
    sp_result_finding *finding = sp_list_add(&results.arena, &results.findings);
    *finding = (sp_result_finding){
        .policy = SP_STR("shipped/no-compiler"),
        .aliases = SP_STR("X1 X2"),
        .message = sp_str_from(message),
        .help = SP_STR("A shipped stage contains no compiler"),
        .severity = SP_SEVERITY_ERROR,
        .at = sample_place(&results.arena, path, text, words),
    };
    return finding;
}

#endif
