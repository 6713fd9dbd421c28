/* The JSON report: its fields and their order are a contract, so whole documents are compared. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>

#include <jansson.h>

#include <cmocka.h>

#include "unit/report/golden.h"
#include "unit/report/sample.h"

static void compare(const char *name)
{
    sp_buf out;
    sp_results_finish(&results);
    sp_buf_init(&out, sp_alloc_default(), 1u << 20);
    sp_report_json(&results, &(sp_report_options){0}, &out);
    assert_false(out.failed);
    golden_compare(name, "expected.json", sp_buf_str(&out));
    sp_buf_dispose(&out);
}

static void writes_every_field_in_order(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM golang:1.22 AS build\nFROM build\n");
    sp_evidence *steps = sp_arena_zeroed(&results.arena, 2 * sizeof *steps);
    steps[0] =
        (sp_evidence){SP_STR("here"), sample_place(&results.arena, "a/Dockerfile", text, "golang:1.22"), SP_STR("")};
    steps[1] = (sp_evidence){.message = SP_STR("golang contains go"), .source = SP_STR("the catalogue")};
    sp_result_file *file = sample_file("a/Dockerfile");
    sp_result_diagnostic diagnostic = {.id = SP_STR("target-defaulted"),
                                       .message = SP_STR("the last stage is taken"),
                                       .severity = SP_SEVERITY_INFO,
                                       .at = sample_place(&results.arena, "a/Dockerfile", text, "FROM build")};
    *sp_list_add(&results.arena, &file->diagnostics) = diagnostic;
    sp_result_finding *finding = sample_finding("a/Dockerfile", text, "FROM build", "contains go");
    finding->evidence = steps;
    finding->evidence_count = 2;
    finding->stage = SP_STR("stage 1");
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("acme/loop"),
                            .path = SP_STR("a/Dockerfile"),
                            .kind = SP_STR("limit:steps"),
                            .message = SP_STR("loop.lua:4: takes too long"),
                            .line = 4,
                            .limit = 10};
    *sp_list_add(&results.arena, &results.failures) =
        (sp_result_failure){.policy = SP_STR("acme/broken"), .kind = SP_STR("load"), .message = SP_STR("is not Lua")};
    compare("finding");
}

static void a_file_that_cannot_be_read_has_no_place(void **state)
{
    (void)state;
    sp_result_file *file = sample_file("Dockerfile");
    sp_result_diagnostic diagnostic = {.id = SP_STR("unreadable"),
                                       .severity = SP_SEVERITY_ERROR,
                                       .fatal = true,
                                       .message = SP_STR("this file cannot be read: permission denied")};
    file->judged = false;
    file->builds.count = file->stages = 0;
    *sp_list_add(&results.arena, &file->diagnostics) = diagnostic;
    compare("refused");
}

static void replaces_what_is_not_utf8(void **state)
{
    (void)state;
    sample_file("a\xff/Dockerfile");
    sample_finding("a\xff/Dockerfile", SP_STR("FROM x"), "x", "\xed\xa0\x80 \xc3\xa4 \033 \"q\" \\ \xf0\x9f\x90\xb3");
    compare("control");
}

static void is_json(void **state)
{
    sp_buf out;
    (void)state;
    sample_file("\x01\x80");
    sample_finding("\x01\x80", SP_STR("FROM \xc3"), "\xc3", "\x7f");
    sp_results_finish(&results);
    sp_buf_init(&out, sp_alloc_default(), 1u << 20);
    sp_report_json(&results, &(sp_report_options){0}, &out);

    json_t *root = json_loadb(out.bytes, out.size, 0, NULL);

    assert_non_null(root);
    assert_int_equal(json_array_size(json_object_get(root, "findings")), 1);
    json_decref(root);
    sp_buf_dispose(&out);
}

/* DEL, a C1 control, an override of direction, a tag character: they arrive, but not raw. */
static void escapes_what_a_terminal_obeys(void **state)
{
    static const char message[] = "a\x7f\xc2\x9b"
                                  "b\xe2\x80\xae"
                                  "c\xf3\xa0\x81\x81"
                                  "d\xc3\xa4\xf0\x9f\x90\xb3";
    sp_buf out;
    (void)state;
    sample_file("Dockerfile");
    sample_finding("Dockerfile", SP_STR("FROM x"), "x", message);
    sp_results_finish(&results);
    sp_buf_init(&out, sp_alloc_default(), 1u << 20);
    sp_report_json(&results, &(sp_report_options){0}, &out);
    sp_str text = {out.bytes, out.size};

    json_t *root = json_loadb(out.bytes, out.size, 0, NULL);

    const json_t *finding = json_array_get(json_object_get(root, "findings"), 0);
    assert_string_equal(json_string_value(json_object_get(finding, "message")), message);
    sp_str shown = SP_STR("a\\u007F\\u009Bb\\u202Ec\\uDB40\\uDC41d\xc3\xa4\xf0\x9f\x90\xb3");
    assert_int_not_equal(sp_str_search(text, shown), SIZE_MAX);
    json_decref(root);
    sp_buf_dispose(&out);
}

static void a_report_beyond_its_ceiling_fails(void **state)
{
    sp_buf out;
    (void)state;
    sample_file("Dockerfile");
    sp_buf_init(&out, sp_alloc_default(), 100);
    sp_report_json(&results, &(sp_report_options){0}, &out);
    assert_true(out.failed);
    sp_buf_dispose(&out);
}

static size_t calls, refused_call;

static void *refuse_once(size_t size)
{
    return ++calls == refused_call ? NULL : malloc(size);
}

static bool writes_without(size_t call)
{
    sp_buf out;
    calls = 0;
    refused_call = call;
    sp_buf_init(&out, sp_alloc_default(), 1u << 20);
    sp_report_json(&results, &(sp_report_options){0}, &out);
    bool written = !out.failed;
    sp_buf_dispose(&out);
    return written;
}

static void every_refused_allocation_fails_the_report(void **state)
{
    (void)state;
    sample_file("\xff/Dockerfile");
    sp_result_finding *finding = sample_finding("\xff/Dockerfile", SP_STR("FROM x"), "x", "y");
    finding->evidence = &(sp_evidence){.message = SP_STR("z"), .source = SP_STR("catalogue")};
    finding->evidence_count = 1;
    *sp_list_add(&results.arena, &results.failures) = (sp_result_failure){.policy = SP_STR("p"), .limit = 1, .line = 2};
    json_set_alloc_funcs(refuse_once, free);

    assert_true(writes_without(0));
    size_t whole = calls;
    for (size_t call = 1; call <= whole; call++) {
        if (writes_without(call))
            fail_msg("allocation %zu of %zu refused, and nobody noticed", call, whole);
    }
    json_set_alloc_funcs(malloc, free);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(writes_every_field_in_order),
        CASE(a_file_that_cannot_be_read_has_no_place),
        CASE(replaces_what_is_not_utf8),
        CASE(is_json),
        CASE(escapes_what_a_terminal_obeys),
        CASE(a_report_beyond_its_ceiling_fails),
        CASE(every_refused_allocation_fails_the_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
