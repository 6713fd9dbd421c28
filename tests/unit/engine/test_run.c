/* Runs: inputs, targets, arguments, cancelling, and what their results say. */
#include <stagepolicy/stagepolicy.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "unit/engine/packs.h"

static const char two_stages[] =
    "FROM golang:1.22 AS build\nRUN go build -o /app\nCMD [\"/app\"]\nFROM alpine:3.20 AS final\n"
    "COPY --from=0 /app /app\nUSER 1000\n";

static sp_engine *engine_of(const char *config, const char *const *policies, const char *const *packs)
{
    sp_options options;
    sp_error error;
    sp_engine *engine = NULL;
    SP_INIT(options);
    SP_INIT(error);
    options.config = config;
    options.policies = policies;
    options.packs = packs;
    options.no_builtin_packs = packs != NULL;
    if (sp_engine_new(&engine, &options, NULL, &error) != SP_OK)
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    return engine;
}

static sp_engine *engine_for(const char *policy)
{
    const char *const policies[] = {policy, NULL};
    return engine_of(NULL, policies, NULL);
}

static sp_run *run_of(sp_engine *engine)
{
    sp_run *run = NULL;
    assert_int_equal(sp_run_new(&run, engine, NULL), SP_OK);
    sp_engine_free(engine);
    return run;
}

static void add(sp_run *run, const char *path, const char *text)
{
    assert_int_equal(sp_run_file(run, path, text, strlen(text)), SP_OK);
}

/* Checks, and frees the run: results need neither it nor the engine. */
static sp_results *check(sp_run *run)
{
    sp_results *results = NULL;
    sp_error error;
    SP_INIT(error);
    if (sp_run_check(run, &results, &error) != SP_OK)
        fail_msg("%s", error.message);
    sp_run_free(run);
    return results;
}

static void refuses(sp_run *run, sp_status status, const char *message)
{
    sp_results *results = (sp_results *)run;
    sp_error error;
    SP_INIT(error);
    assert_int_equal(sp_run_check(run, &results, &error), status);
    assert_null(results);
    assert_string_equal(error.message, message);
    sp_run_free(run);
}

/* The report, to be freed by the caller. */
static char *report(const sp_results *results, const char *format)
{
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(sp_results_report(results, format, NULL, &text, &size), SP_OK);
    assert_int_equal(strlen(text), size);
    return text;
}

static void says(const sp_results *results, const char *words)
{
    char *text = report(results, "text");
    if (strstr(text, words) == NULL)
        fail_msg("'%s' is not in:\n%s", words, text);
    sp_text_free(text);
}

static void finds_with_place_and_fingerprint(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("stages/copy-by-name"));
    add(run, "a/Dockerfile", two_stages);
    sp_results *results = check(run);
    sp_finding finding;
    SP_INIT(finding);

    assert_int_equal(sp_results_count(results), 1);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_string_equal(finding.policy, "stages/copy-by-name");
    assert_string_equal(finding.at.path, "a/Dockerfile");
    assert_int_equal(finding.at.line, 5);
    assert_int_equal(finding.severity, SP_SEVERITY_WARNING);
    assert_int_equal(strlen(finding.fingerprint), 32);
    assert_string_equal(finding.stage, "final");
    assert_int_equal(sp_results_at(results, 1, &finding), SP_E_USAGE);
    assert_int_equal(sp_results_verdict(results), SP_PASS);
    sp_results_free(results);
}

static void a_fingerprint_outlives_new_lines_before_it(void **state)
{
    char fingerprints[2][64];
    (void)state;
    for (int i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", i == 0 ? "" : "# a comment\nFROM scratch AS other\n\n", two_stages);
        sp_run *run = run_of(engine_for("stages/copy-by-name"));
        add(run, "Dockerfile", text);
        sp_results *results = check(run);
        sp_finding finding;
        SP_INIT(finding);
        assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
        strcpy(fingerprints[i], finding.fingerprint);
        sp_results_free(results);
    }
    assert_string_equal(fingerprints[0], fingerprints[1]);
}

static void gives_the_steps_of_the_evidence(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, "Dockerfile", "FROM golang:1.22\nCMD [\"/app\"]\n");
    sp_results *results = check(run);
    sp_finding finding;
    const char *message = NULL;
    sp_place place;
    SP_INIT(finding);

    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_true(finding.step_count > 0);
    for (size_t i = 0; i < finding.step_count; i++) {
        assert_int_equal(sp_results_step(results, 0, i, &message, &place), SP_OK);
        assert_true(strlen(message) > 0);
        assert_true((place.path == NULL) == (place.line == 0));
    }
    assert_int_equal(sp_results_step(results, 0, finding.step_count, &message, &place), SP_E_USAGE);
    assert_int_equal(sp_results_step(results, 0, 0, NULL, NULL), SP_OK);
    assert_int_equal(sp_results_verdict(results), SP_FAIL);
    sp_results_free(results);
}

static void the_configuration_sets_the_gate(void **state)
{
    (void)state;
    const char *const policies[] = {"stages/copy-by-name", NULL};
    sp_run *run = run_of(engine_of("fail_on: warning\n", policies, NULL));
    add(run, "Dockerfile", two_stages);
    sp_results *results = check(run);
    assert_int_equal(sp_results_verdict(results), SP_FAIL);
    sp_results_free(results);
}

static void a_target_chooses_what_ships(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, "Dockerfile", two_stages);
    assert_int_equal(sp_run_target(run, "BUILD"), SP_OK);
    sp_results *results = check(run);
    assert_int_equal(sp_results_verdict(results), SP_FAIL);
    char *text = report(results, "json");
    assert_non_null(strstr(text, "\"targets\": [\n        \"build\"\n      ]"));
    sp_text_free(text);
    sp_results_free(results);
}

static void a_target_that_no_file_has_is_refused(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, "Dockerfile", two_stages);
    add(run, "b/Dockerfile", "FROM scratch AS release\n");
    assert_int_equal(sp_run_target(run, "finel"), SP_OK);
    refuses(run, SP_E_USAGE, "no stage is called 'finel'; did you mean 'final'?");
    run = run_of(engine_for("shipped/no-compiler"));
    add(run, "Dockerfile", two_stages);
    add(run, "b/Dockerfile", "FROM scratch AS release\n");
    assert_int_equal(sp_run_target(run, "xyz"), SP_OK);
    refuses(run, SP_E_USAGE, "no stage is called 'xyz'; there are: build, final, release");
}

static void a_file_without_the_target_is_judged_by_its_last_stage(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, "a/Dockerfile", two_stages);
    add(run, "b/Dockerfile", "FROM golang:1.22 AS other\n");
    assert_int_equal(sp_run_target(run, "final"), SP_OK);
    sp_results *results = check(run);
    sp_finding finding;
    SP_INIT(finding);
    assert_int_equal(sp_results_count(results), 1);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_string_equal(finding.at.path, "b/Dockerfile");
    says(results, "[dockerfile/target-missing]");
    sp_results_free(results);
}

static void the_last_value_of_an_argument_counts(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, "Dockerfile", "ARG BASE\nFROM $BASE\nCMD [\"/app\"]\n");
    assert_int_equal(sp_run_arg(run, "BASE", "alpine:3.20"), SP_OK);
    assert_int_equal(sp_run_arg(run, "BASE", "golang:1.22"), SP_OK);
    sp_results *results = check(run);
    assert_int_equal(sp_results_verdict(results), SP_FAIL);
    sp_results_free(results);
}

static void refuses_inputs_that_make_no_sense(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("stages/named"));
    add(run, "Dockerfile", "FROM scratch\n");
    assert_int_equal(sp_run_file(run, "Dockerfile", "x", 1), SP_E_USAGE);
    assert_int_equal(sp_run_unreadable(run, "Dockerfile", "gone"), SP_E_USAGE);
    assert_int_equal(sp_run_file(run, "", "x", 1), SP_E_USAGE);
    assert_int_equal(sp_run_file(run, "b", NULL, 1), SP_E_USAGE);
    assert_int_equal(sp_run_arg(run, "", "x"), SP_E_USAGE);
    assert_int_equal(sp_run_arg(run, "A", NULL), SP_E_USAGE);
    assert_int_equal(sp_run_target(run, ""), SP_E_USAGE);
    sp_run_free(run);
    sp_run_free(NULL);
}

static void bytes_are_copied(void **state)
{
    char text[] = "FROM golang:1.22\n", path[] = "Dockerfile";
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, path, text);
    memset(text, 'x', sizeof text - 1);
    memset(path, 'y', sizeof path - 1);
    sp_results *results = check(run);
    says(results, "Dockerfile:1:");
    sp_results_free(results);
}

static void any_bytes_are_an_input(void **state)
{
    static const char *const texts[] = {"", "\n", "\177ELF\x01\x02", "FRM x\n", "FROM a\nRUN <<EOF\n", "RUN x\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sp_run *run = run_of(engine_of(NULL, NULL, NULL));
        add(run, "Dockerfile", texts[i]);
        sp_results *results = check(run);
        assert_int_equal(sp_results_verdict(results), SP_INPUT);
        assert_int_equal(sp_results_count(results), 0);
        says(results, "no policy judged this file");
        sp_results_free(results);
    }
}

static void a_refused_file_does_not_stop_the_others(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("shipped/no-compiler"));
    add(run, "b/Dockerfile", "FROM golang:1.22\n");
    add(run, "a/Dockerfile", "FRM x\n");
    assert_int_equal(sp_run_unreadable(run, "c/Dockerfile", "Permission denied"), SP_OK);
    sp_results *results = check(run);
    assert_int_equal(sp_results_verdict(results), SP_INPUT);
    assert_int_equal(sp_results_count(results), 1);
    says(results, "c/Dockerfile: error: this file cannot be read: Permission denied [dockerfile/unreadable]");
    sp_results_free(results);
}

static void a_run_without_files_passes(void **state)
{
    (void)state;
    sp_results *results = check(run_of(engine_for("stages/named")));
    assert_int_equal(sp_results_verdict(results), SP_PASS);
    sp_results_free(results);
}

static void failed_policies_are_results(void **state)
{
    char folder[64];
    (void)state;
    pack_make(folder, "acme");
    pack_add(folder, "broken", "return {");
    pack_add(folder, "loops", POLICY("acme/loops", "while true do end"));
    pack_add(folder, "raises", POLICY("acme/raises", "error('no luck')"));
    pack_add(folder, "works",
             POLICY("acme/works", "for s in each(build.stages) do report { at = s, message = \"m\" } end"));
    const char *const packs[] = {folder, NULL};
    sp_run *run = run_of(engine_of("policies: {acme/works: error}\n", NULL, packs));
    add(run, "a", "FROM scratch\n");
    add(run, "b", "FROM scratch\n");
    sp_results *results = check(run);
    char *text = report(results, "json");

    assert_int_equal(sp_results_verdict(results), SP_POLICY);
    assert_int_equal(sp_results_count(results), 2);
    assert_non_null(strstr(text, "\"failures\": 5"));
    assert_non_null(strstr(text, "\"limit:steps\""));
    assert_non_null(strstr(text, "no luck"));
    sp_text_free(text);
    sp_results_free(results);
    pack_remove(folder);
}

static void the_order_of_adding_does_not_matter(void **state)
{
    static const char *const paths[] = {"b", "a", "c/d", "c"};
    char *texts[2];
    (void)state;
    for (size_t turn = 0; turn < 2; turn++) {
        sp_run *run = run_of(engine_of(NULL, NULL, NULL));
        for (size_t i = 0; i < 4; i++) {
            size_t file = turn == 0 ? i : 3 - i;
            add(run, paths[file], file % 2 == 0 ? two_stages : "FROM golang\n");
        }
        sp_results *results = check(run);
        texts[turn] = report(results, "json");
        sp_results_free(results);
    }
    assert_string_equal(texts[0], texts[1]);
    sp_text_free(texts[0]);
    sp_text_free(texts[1]);
}

static void a_run_can_be_checked_again(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_of(NULL, NULL, NULL));
    sp_results *results = NULL;
    add(run, "Dockerfile", two_stages);
    assert_int_equal(sp_run_check(run, &results, NULL), SP_OK);
    char *first = report(results, "json");
    sp_results_free(results);
    results = check(run);
    char *second = report(results, "json");
    assert_string_equal(first, second);
    sp_text_free(first);
    sp_text_free(second);
    sp_results_free(results);
}

static void a_cancelled_run_gives_nothing(void **state)
{
    (void)state;
    sp_run *run = run_of(engine_for("stages/named"));
    add(run, "Dockerfile", two_stages);
    sp_run_cancel(run);
    refuses(run, SP_E_CANCELLED, "cancelled");
}

/* A host that counts its calls, and stops at the third question. */
typedef struct counts {
    int asked, judged, logged;
    size_t total;
} counts;

static int32_t stop_soon(void *payload)
{
    counts *seen = payload;
    return ++seen->asked >= 3;
}

static void count_progress(void *payload, size_t done, size_t total)
{
    counts *seen = payload;
    seen->judged++;
    assert_int_equal(done, seen->judged);
    seen->total = total;
}

static void count_log(void *payload, const char *text, size_t size)
{
    counts *seen = payload;
    assert_memory_equal(text, "hello", 5);
    assert_true(size >= 5);
    seen->logged++;
}

static void a_host_can_stop_a_run(void **state)
{
    (void)state;
    counts seen = {0};
    sp_host host;
    SP_INIT(host);
    host.payload = &seen;
    host.is_cancelled = stop_soon;
    sp_engine *engine = engine_of(NULL, NULL, NULL);
    sp_run *run = NULL;
    assert_int_equal(sp_run_new(&run, engine, &host), SP_OK);
    sp_engine_free(engine);
    add(run, "Dockerfile", two_stages);
    refuses(run, SP_E_CANCELLED, "cancelled");
    assert_int_equal(seen.asked, 3);
}

static void a_host_sees_progress_and_log(void **state)
{
    (void)state;
    char folder[64];
    counts seen = {0};
    sp_host host;
    SP_INIT(host);
    host.payload = &seen;
    host.progress = count_progress;
    host.log = count_log;
    pack_make(folder, "acme");
    pack_add(folder, "talks", POLICY("acme/talks", "log('hello')"));
    const char *const packs[] = {folder, NULL};
    sp_engine *engine = engine_of(NULL, NULL, packs);
    sp_run *run = NULL;
    assert_int_equal(sp_run_new(&run, engine, &host), SP_OK);
    sp_engine_free(engine);
    add(run, "a", two_stages);
    add(run, "b", two_stages);
    sp_results *results = check(run);
    assert_int_equal(seen.judged, 2);
    assert_int_equal(seen.total, 2);
    assert_int_equal(seen.logged, 2);
    sp_results_free(results);
    pack_remove(folder);
}

static void formats_have_names(void **state)
{
    (void)state;
    sp_results *results = check(run_of(engine_for("stages/named")));
    char *text = (char *)results;
    assert_string_equal(sp_report_format_at(0), "text");
    assert_string_equal(sp_report_format_at(1), "json");
    assert_string_equal(sp_report_format_at(7), "markdown");
    assert_null(sp_report_format_at(8));
    assert_int_equal(sp_results_report(results, "xml", NULL, &text, NULL), SP_E_USAGE);
    assert_null(text);
    sp_results_free(results);
    sp_results_free(NULL);
    sp_text_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_with_place_and_fingerprint),
        cmocka_unit_test(a_fingerprint_outlives_new_lines_before_it),
        cmocka_unit_test(gives_the_steps_of_the_evidence),
        cmocka_unit_test(the_configuration_sets_the_gate),
        cmocka_unit_test(a_target_chooses_what_ships),
        cmocka_unit_test(a_target_that_no_file_has_is_refused),
        cmocka_unit_test(a_file_without_the_target_is_judged_by_its_last_stage),
        cmocka_unit_test(the_last_value_of_an_argument_counts),
        cmocka_unit_test(refuses_inputs_that_make_no_sense),
        cmocka_unit_test(bytes_are_copied),
        cmocka_unit_test(any_bytes_are_an_input),
        cmocka_unit_test(a_refused_file_does_not_stop_the_others),
        cmocka_unit_test(a_run_without_files_passes),
        cmocka_unit_test(failed_policies_are_results),
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(a_run_can_be_checked_again),
        cmocka_unit_test(a_cancelled_run_gives_nothing),
        cmocka_unit_test(a_host_can_stop_a_run),
        cmocka_unit_test(a_host_sees_progress_and_log),
        cmocka_unit_test(formats_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
