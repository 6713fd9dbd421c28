/* Judging: what a judgement ends in, and that nothing carries over to the next. */
#include "machine.h"

#include "lua/memory.h"

#include <locale.h>

static void passes_empty_check(void **state)
{
    (void)state;
    PASSES("");
}

static void stops_endless_loop(void **state)
{
    (void)state;
    FAILS("\nwhile true do end", "limit:steps", "test/policy/policy.lua:3: takes more than its 10000000 steps");
}

static void stops_loop_inside_pcall(void **state)
{
    (void)state;
    FAILS("while true do pcall(function() while true do end end) end", "limit:steps", "policy.lua:2: ");
}

static void stops_endless_growth(void **state)
{
    (void)state;
    FAILS("local t = {} while true do t[#t + 1] = {} end", "limit:memory", "policy.lua:2: ");
    FAILS("local s = 'x' while true do s = s .. s end", "limit:memory", "one string may not exceed 1048576 bytes");
}

static void stops_flood_of_findings(void **state)
{
    (void)state;
    FAILS("for i = 1, 1001 do report(1, 'x') end", "limit:findings", "reports more than 1000 findings");
}

static void denies_withheld_names(void **state)
{
    (void)state;
    FAILS("os.execute('true')", "denied", "'os' is not available to policies");
    FAILS("pcall(function() return os end) error('later')", "error", "later");
}

static void fails_on_result(void **state)
{
    (void)state;
    FAILS("return 1", "invalid", "check returned a number; it should return nothing and call report");
}

static void fails_on_raised_values(void **state)
{
    (void)state;
    FAILS("error({})", "error", "test/policy/policy.lua:2: raised a table, not a message");
    FAILS("error()", "error", "raised nil, not a message");
    FAILS("error('plain', 0)", "error", "test/policy/policy.lua:2: plain");
    FAILS("local x = nil + 1", "error", "test/policy/policy.lua:2: attempt to perform arithmetic on a nil value");
}

static void cuts_long_messages(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    const sp_result_failure *failure = machine_run(&m, "error(('x'):rep(100000))");
    assert_true(failure->message.size <= SP_LIMIT_POLICY_MESSAGE);
    assert_true(sp_str_ends(failure->message, SP_STR("xxx...")));
    machine_close(&m);
}

static void tells_limit_and_line(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    m.steps = 50000;
    const sp_result_failure *failure = machine_run(&m, "\n\nlocal function f()\n  while true do end\nend\nf()");
    assert_int_equal(failure->limit, 50000);
    assert_int_equal(failure->line, 5);
    assert_true(sp_str_equal(failure->policy, SP_STR("test/policy")));
    assert_true(sp_str_equal(failure->path, SP_STR("Dockerfile")));
    m.memory = 1000000;
    m.steps = SP_LIMIT_POLICY_STEPS;
    failure = machine_run(&m, "local t = {}\nfor i = 1, 1e9 do t[i] = 'k' .. i end");
    assert_int_equal(failure->limit, 1000000);
    assert_int_equal(failure->line, 3);
    machine_close(&m);
}

static void gives_memory_that_is_not_held(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    m.memory = 1000000;
    assert_null(machine_run(&m, "for i = 1, 2000 do local t = {} for j = 1, 500 do t[j] = j end end"));
    machine_close(&m);
}

static void carries_nothing_over(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    const char *body = "assert(not pcall(function() return LEAK end)) LEAK = 1\n"
                       "assert(string.rep and ('x'):rep(2) == 'xx') string.rep = nil table.sort = 1 assert = nil";
    for (int i = 0; i < 3; i++)
        assert_null(machine_run(&m, body));
    assert_non_null(machine_run(&m, "while true do end"));
    assert_null(machine_run(&m, body));
    machine_close(&m);
}

static void repeats_itself_to_the_step(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    const char *body =
        "local t = {} for i = 1, 3000 do t['k' .. i] = { i } end for k, v in pairs(t) do local s = k .. v[1] end";
    uint64_t steps = 0;
    for (int i = 0; i < 3; i++) {
        /* the smallest budget that suffices is the same every time */
        uint64_t low = 0, high = 1000000;
        while (low + 1 < high) {
            m.steps = (low + high) / 2;
            if (machine_run(&m, body) == NULL)
                high = m.steps;
            else
                low = m.steps;
        }
        assert_true(steps == 0 || steps == high);
        steps = high;
    }
    machine_close(&m);
}

static void bounds_calls_through_library_functions(void **state)
{
    (void)state;
    FAILS("local function f() return (('a'):gsub('a', f)) end f()", "error",
          "more than 24 calls through library functions");
    PASSES("local function f(n) if n > 0 then local ok, m = pcall(f, n - 1) assert(ok, m) end end f(20)\n"
           "for i = 1, 100 do f(20) end pcall(error) f(20)");
}

static void ignores_the_locale_of_the_host(void **state)
{
    (void)state;
    char *before = setlocale(LC_ALL, NULL);
    char *saved = strdup(before);
    const char *names[] = {"de_DE.UTF-8", "de_DE", "tr_TR.UTF-8", "C.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(LC_ALL, names[i]) != NULL)
            PASSES("assert(tostring(0.5) == '0.5' and tonumber('0.5') == 0.5 and 'B' < 'a' and ('%.1f'):format(1.5) == "
                   "'1.5')");
    }
    setlocale(LC_ALL, saved);
    free(saved);
}

static void keep_log(void *payload, const char *text, size_t size)
{
    sp_buf *out = payload;
    sp_buf_add(out, (sp_str){text, size});
    sp_buf_byte(out, '\n');
}

static void hands_logs_to_the_host(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    char *text = machine_policy("log('a', 1, nil, {}) log()", 26);
    assert_int_equal(machine_load(&m, sp_str_from(text)), SP_OK);
    sp_buf out;
    sp_buf_init(&out, sp_alloc_default(), 1000);
    sp_judgement judgement = {.policy = &m.policy,
                              .place = SP_STR("Dockerfile"),
                              .steps = m.steps,
                              .memory = m.memory,
                              .log = keep_log,
                              .log_payload = &out,
                              .results = &m.results};
    assert_int_equal(sp_runtime_judge(m.runtime, &judgement), SP_OK);
    assert_true(sp_str_equal(sp_buf_str(&out), SP_STR("a 1 nil table\n\n")));
    sp_buf_dispose(&out);
    free(text);
    machine_close(&m);
}

/* An allocator that counts what it holds, and refuses from one call on, or that call alone. */
typedef struct failing {
    size_t held, calls, fail_at;
    bool for_good;
} failing;

static void *allocate_or_fail(void *payload, void *old, size_t old_size, size_t new_size)
{
    failing *host = payload;
    if (new_size == 0) {
        host->held -= old_size;
        free(old);
        return NULL;
    }
    size_t call = ++host->calls;
    if (host->fail_at != 0 && (call == host->fail_at || (host->for_good && call > host->fail_at)))
        return NULL;
    void *block = realloc(old, new_size);
    host->held += new_size - (old == NULL ? 0 : old_size);
    return block;
}

static const char greedy[] = "local t = {} for i = 1, 20000 do t[i] = { i, 'k' .. i } end\n"
                             "local s = ('x'):rep(300000) .. 'y' report(1, 'done') error('at the end')";

/* Loads and judges while the host refuses; whether everything went well. */
static bool runs_with(failing *host)
{
    machine m;
    machine_open(&m, (sp_alloc){allocate_or_fail, host});
    bool good = false;
    if (m.runtime != NULL) {
        char *text = machine_policy(greedy, sizeof greedy - 1);
        sp_status status = machine_load(&m, sp_str_from(text));
        assert_true(status == SP_OK || status == SP_E_MEMORY);
        if (status == SP_OK) {
            assert_null(m.policy.failure);
            status = machine_judge(&m);
            assert_true(status == SP_OK || status == SP_E_MEMORY);
            good = status == SP_OK;
        }
        /* whatever happened, the runtime can be used again */
        host->fail_at = 0;
        assert_int_equal(machine_load(&m, sp_str_from(text)), SP_OK);
        assert_int_equal(machine_judge(&m), SP_OK);
        sp_str kind = m.results.failures.items[m.results.failures.count - 1].kind;
        assert_true(sp_str_equal(kind, SP_STR("error")));
        free(text);
    }
    machine_close(&m);
    assert_int_equal(host->held, 0);
    return good;
}

static void survives_every_refused_allocation(void **state)
{
    (void)state;
    for (int for_good = 0; for_good < 2; for_good++) {
        size_t fail_at = 1;
        bool good = false;
        for (; !good && fail_at < 10000; fail_at++) {
            failing host = {.fail_at = fail_at, .for_good = for_good};
            good = runs_with(&host);
        }
        assert_true(good);
        assert_true(fail_at > 10);
    }
}

static void stops_when_results_have_no_memory(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    const char *body = "pcall(report, 1, options.never or 'refused')";
    char *text = machine_policy(body, strlen(body));
    assert_int_equal(machine_load(&m, sp_str_from(text)), SP_OK);

    assert_int_equal(machine_judge(&m), SP_E_MEMORY);

    assert_int_equal(m.results.failures.count, 0);
    assert_null(m.results.arena.recovery);
    assert_null(machine_run(&m, "report(1, 'x')"));
    free(text);
    machine_close(&m);
}

static void holds_a_megabyte_when_idle(void **state)
{
    (void)state;
    failing host = {0};
    machine m;
    machine_open(&m, (sp_alloc){allocate_or_fail, &host});
    machine_run(&m, greedy);
    machine_run(&m, "");
    assert_true(host.held < 1200000);
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_empty_check),
        cmocka_unit_test(stops_endless_loop),
        cmocka_unit_test(stops_loop_inside_pcall),
        cmocka_unit_test(stops_endless_growth),
        cmocka_unit_test(stops_flood_of_findings),
        cmocka_unit_test(denies_withheld_names),
        cmocka_unit_test(fails_on_result),
        cmocka_unit_test(fails_on_raised_values),
        cmocka_unit_test(cuts_long_messages),
        cmocka_unit_test(tells_limit_and_line),
        cmocka_unit_test(gives_memory_that_is_not_held),
        cmocka_unit_test(carries_nothing_over),
        cmocka_unit_test(repeats_itself_to_the_step),
        cmocka_unit_test(bounds_calls_through_library_functions),
        cmocka_unit_test(ignores_the_locale_of_the_host),
        cmocka_unit_test(hands_logs_to_the_host),
        cmocka_unit_test(survives_every_refused_allocation),
        cmocka_unit_test(stops_when_results_have_no_memory),
        cmocka_unit_test(holds_a_megabyte_when_idle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
