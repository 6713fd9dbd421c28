/* Options: from a configuration with places, into check, and as text. */
#include "machine.h"

#include "lua/options.h"

static const char policy_text[] =
    "return { id = 'test/policy', title = 'T', severity = 'error',\n"
    "  options = { flag = { type = 'boolean', default = false, help = 'h' },\n"
    "    size = { type = 'integer', default = 3, help = 'h' },\n"
    "    word = { type = 'string', default = 'x y', help = 'h' },\n"
    "    mode = { type = 'enum', choices = { 'on', 'once' }, default = 'once', help = 'h' },\n"
    "    level = { type = 'severity', default = 'info', help = 'h' },\n"
    "    allow = { type = 'list', of = 'pattern', default = {}, help = 'h' },\n"
    "    ports = { type = 'map', of = 'integer', default = { http = 80 }, help = 'h' } },\n"
    "  check = function(build, report, o)\n"
    "    local t = {}\n"
    "    for name, value in pairs(o.ports) do t[#t + 1] = name .. value end\n"
    "    error(('%s %d %s %s %s %s %s'):format(o.flag, o.size, o.word, o.mode, o.level, table.concat(o.allow, '+'),\n"
    "      table.concat(t, '+')), 0)\n"
    "  end }";

/* Sets options from YAML; the error, if any, is in `error`. */
static sp_status set(machine *m, const char *yaml, sp_error *error)
{
    machine_open(m, sp_alloc_default());
    assert_int_equal(machine_load(m, sp_str_from(policy_text)), SP_OK);
    assert_null(m->policy.failure);
    SP_INIT(*error);
    jmp_buf here;
    const sp_yaml *options = NULL;
    jmp_buf *outer = sp_arena_recover(&m->arena, &here);
    assert_int_equal(setjmp(here), 0);
    assert_int_equal(sp_yaml_read(&m->arena, SP_STR("c.yaml"), sp_str_from(yaml), &options, error), SP_OK);
    sp_status status = sp_policy_set_options(&m->arena, &m->policy, options, SP_STR("c.yaml"), error);
    sp_arena_recover(&m->arena, outer);
    return status;
}

static void expect_seen(const char *yaml, const char *message)
{
    machine m;
    sp_error error;
    assert_int_equal(set(&m, yaml, &error), SP_OK);
    assert_int_equal(machine_judge(&m), SP_OK);
    assert_int_equal(m.results.failures.count, 1);
    sp_str seen = sp_str_skip(m.results.failures.items[0].message, strlen("test/policy/policy.lua:13: "));
    if (!sp_str_equal(seen, sp_str_from(message)))
        fail_msg("%.*s", SP_STR_ARG(seen));
    machine_close(&m);
}

static void expect_error(const char *yaml, uint32_t line, uint32_t column, const char *message)
{
    machine m;
    sp_error error;
    assert_int_equal(set(&m, yaml, &error), SP_E_CONFIG);
    assert_string_equal(error.message, message);
    assert_string_equal(error.path, "c.yaml");
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    machine_close(&m);
}

static void gives_defaults_to_check(void **state)
{
    (void)state;
    expect_seen("{}", "false 3 x y once info  http80");
}

static void gives_configured_values_to_check(void **state)
{
    (void)state;
    expect_seen(
        "flag: true\nsize: -1\nword: z\nmode: \"on\"\nlevel: error\nallow: [a*, b]\nports: {ssh: 22, dns: 53}\n",
        "true -1 z on error a*+b dns53+ssh22");
}

static void says_where_a_value_is_wrong(void **state)
{
    (void)state;
    expect_error("alow: []\n", 1, 1, "'test/policy' has no option 'alow'; did you mean 'allow'?");
    expect_error("flag: true\nmode: never\n", 2, 7, "option 'mode' must be one of on, once");
    expect_error("level: off\n", 1, 8, "option 'level' must be error, warning or info");
    expect_error("allow: a\n", 1, 8, "option 'allow' must be list of pattern");
    expect_error("ports: [1]\n", 1, 8, "option 'ports' must be map of integer");
    expect_error("- a\n", 1, 1, "options must be a mapping from option to value");
}

static void refuses_values_of_another_type(void **state)
{
    (void)state;
    static const char *const texts[] = {"flag: 1\n", "size: a\n", "word: []\n", "ports: {a: b}\n", "allow: [[]]\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        machine m;
        sp_error error;
        assert_int_equal(set(&m, texts[i], &error), SP_E_CONFIG);
        assert_int_equal(error.line, 1);
        assert_non_null(strstr(error.message, "option '"));
        machine_close(&m);
    }
}

static void expect_shown(machine *m, uint32_t index, const char *value, const char *type)
{
    jmp_buf here;
    jmp_buf *outer = sp_arena_recover(&m->arena, &here);
    assert_int_equal(setjmp(here), 0);
    sp_str shown = sp_option_show(&m->arena, &m->policy.options.items[index].value);
    sp_str kind = sp_option_type_show(&m->arena, &m->policy.options.items[index]);
    if (!sp_str_equal(shown, sp_str_from(value)) || !sp_str_equal(kind, sp_str_from(type)))
        fail_msg("%.*s, %.*s", SP_STR_ARG(shown), SP_STR_ARG(kind));
    sp_arena_recover(&m->arena, outer);
}

static void shows_values_as_yaml(void **state)
{
    (void)state;
    machine m;
    sp_error error;
    assert_int_equal(set(&m, "allow: [a/b, '*', 'on', \"q\\\"\\\\\"]\nmode: \"on\"\n", &error), SP_OK);
    expect_shown(&m, 0, "[a/b, \"*\", \"on\", \"q\\\"\\\\\"]", "list of pattern");
    expect_shown(&m, 1, "false", "boolean");
    expect_shown(&m, 2, "info", "severity");
    expect_shown(&m, 3, "\"on\"", "one of on, once");
    expect_shown(&m, 4, "{http: 80}", "map of integer");
    expect_shown(&m, 5, "3", "integer");
    expect_shown(&m, 6, "\"x y\"", "string");
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_defaults_to_check),     cmocka_unit_test(gives_configured_values_to_check),
        cmocka_unit_test(says_where_a_value_is_wrong), cmocka_unit_test(refuses_values_of_another_type),
        cmocka_unit_test(shows_values_as_yaml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
