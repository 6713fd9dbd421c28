/* Judging: what a judgement ends in, and that nothing carries over to the next. */
#include "machine.h"

static void open_machine(machine *m)
{
    machine_open(m, sp_alloc_default());
    assert_non_null(m->runtime);
}

static void expect_kind(const char *body, const char *kind)
{
    machine m;
    open_machine(&m);
    const sp_result_failure *failure = machine_run(&m, body);
    if (kind == NULL && failure != NULL)
        fail_msg("%.*s", SP_STR_ARG(failure->message));
    if (kind != NULL) {
        assert_non_null(failure);
        if (!sp_str_equal(failure->kind, sp_str_from(kind)))
            fail_msg("%.*s: %.*s", SP_STR_ARG(failure->kind), SP_STR_ARG(failure->message));
    }
    machine_close(&m);
}

static void passes_empty_check(void **state)
{
    (void)state;
    expect_kind("", NULL);
}

static void stops_endless_loop(void **state)
{
    (void)state;
    expect_kind("while true do end", "limit:steps");
}

static void stops_loop_inside_pcall(void **state)
{
    (void)state;
    expect_kind("while true do pcall(function() while true do end end) end", "limit:steps");
}

static void stops_endless_growth(void **state)
{
    (void)state;
    expect_kind("local t = {} while true do t[#t + 1] = {} end", "limit:memory");
}

static void denies_operating_system(void **state)
{
    (void)state;
    expect_kind("os.execute('true')", "denied");
}

static void fails_on_result(void **state)
{
    (void)state;
    expect_kind("return 1", "invalid");
}

static void fails_on_raised_table(void **state)
{
    (void)state;
    machine m;
    open_machine(&m);
    const sp_result_failure *failure = machine_run(&m, "error({})");
    assert_non_null(failure);
    assert_true(sp_str_equal(failure->message, SP_STR("test/policy/policy.lua:2: raised a table, not a message")));
    assert_int_equal(failure->line, 2);
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_empty_check),     cmocka_unit_test(stops_endless_loop),
        cmocka_unit_test(stops_loop_inside_pcall), cmocka_unit_test(stops_endless_growth),
        cmocka_unit_test(denies_operating_system), cmocka_unit_test(fails_on_result),
        cmocka_unit_test(fails_on_raised_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
