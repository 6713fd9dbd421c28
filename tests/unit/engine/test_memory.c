/* Memory: every allocation refused in turn gives SP_E_MEMORY, leaks nothing, and sizes are told truly. */
#include <stagepolicy/stagepolicy.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A host's memory that refuses once, at a chosen call, and knows the size of every block. */
typedef struct lender {
    size_t calls, refused_call, live, blocks;
} lender;

typedef union head {
    size_t size;
    max_align_t align;
} head;

static void *resize(void *payload, void *old, size_t old_size, size_t new_size)
{
    lender *lent = payload;
    head *block = old != NULL ? (head *)old - 1 : NULL;
    if (block != NULL)
        assert_int_equal(block->size, old_size);
    if (new_size == 0) {
        lent->live -= old_size;
        lent->blocks--;
        free(block);
        return NULL;
    }
    if (++lent->calls == lent->refused_call)
        return NULL;
    block = realloc(block, sizeof *block + new_size);
    assert_non_null(block);
    block->size = new_size;
    lent->live += new_size - (old != NULL ? old_size : 0);
    lent->blocks += old == NULL;
    return block + 1;
}

static const char text[] = "ARG V=1.22\nFROM golang:${V} AS build\nRUN apt-get update && apt-get install -y gcc\n"
                           "FROM build\nCOPY --from=0 /a /b\nRUN --mount=type=bind,from=build,target=/x true\n"
                           "ENTRYPOINT [\"/b\"]\n";

static sp_status judge(sp_engine *engine, sp_results **out)
{
    sp_run *run = NULL;
    sp_error error;
    SP_INIT(error);
    sp_status status = sp_run_new(&run, engine, NULL);
    if (status == SP_OK)
        status = sp_run_file(run, "a/Dockerfile", text, sizeof text - 1);
    if (status == SP_OK)
        status = sp_run_file(run, "b/Dockerfile", "FRM x\n", 6);
    if (status == SP_OK)
        status = sp_run_arg(run, "V", "1.21");
    if (status == SP_OK)
        status = sp_run_target(run, "build");
    if (status == SP_OK)
        status = sp_run_check(run, out, &error);
    if (error.status != SP_OK)
        assert_string_equal(error.message, "out of memory");
    sp_run_free(run);
    return status;
}

static sp_status check_with(lender *lent, char **report)
{
    sp_engine *engine = NULL;
    sp_results *results = NULL;
    sp_options options;
    sp_host host;
    SP_INIT(options);
    SP_INIT(host);
    host.payload = lent;
    host.realloc = resize;
    options.config = "policies: {stages/*: {severity: error}, stages/named: {options: {pattern: x}}}\n";
    sp_status status = sp_engine_new(&engine, &options, &host, NULL);
    if (status == SP_OK)
        status = judge(engine, &results);
    sp_engine_free(engine);
    if (status == SP_OK)
        status = sp_results_report(results, "json", NULL, report, NULL);
    sp_results_free(results);
    return status;
}

static void every_refusal_is_survived(void **state)
{
    lender whole = {0};
    char *wanted = NULL, *report = NULL;
    (void)state;
    assert_int_equal(check_with(&whole, &wanted), SP_OK);
    assert_int_equal(whole.live, 0);
    assert_int_equal(whole.blocks, 0);
    print_message("%zu allocations\n", whole.calls);
    for (size_t call = 1; call <= whole.calls; call++) {
        lender lent = {.refused_call = call};
        sp_status status = check_with(&lent, &report);
        if (status != SP_E_MEMORY)
            fail_msg("allocation %zu of %zu refused: status %d", call, whole.calls, (int)status);
        assert_int_equal(lent.live, 0);
        assert_int_equal(lent.blocks, 0);
    }
    sp_text_free(wanted);
}

static void a_lent_memory_changes_no_byte(void **state)
{
    lender one = {0}, other = {0};
    char *first = NULL, *second = NULL;
    (void)state;
    assert_int_equal(check_with(&one, &first), SP_OK);
    assert_int_equal(check_with(&other, &second), SP_OK);
    assert_string_equal(first, second);
    assert_int_equal(one.calls, other.calls);
    sp_text_free(first);
    sp_text_free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_is_survived),
        cmocka_unit_test(a_lent_memory_changes_no_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
