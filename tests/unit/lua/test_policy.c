/* Loading: what a policy's table must be, and what is said when it is not. */
#include "machine.h"

#include "lua/options.h"

static void load(machine *m, const char *text)
{
    machine_open(m, sp_alloc_default());
    assert_non_null(m->runtime);
    assert_int_equal(machine_load(m, sp_str_from(text)), SP_OK);
}

static void expect_failure(const char *text, const char *kind, const char *message)
{
    machine m;
    load(&m, text);
    assert_non_null(m.policy.failure);
    assert_true(sp_str_equal(m.policy.id, SP_STR("test/policy")));
    if (!sp_str_equal(m.policy.failure->kind, sp_str_from(kind)) ||
        !sp_str_equal(m.policy.failure->message, sp_str_from(message)))
        fail_msg("%.*s: %.*s", SP_STR_ARG(m.policy.failure->kind), SP_STR_ARG(m.policy.failure->message));
    machine_close(&m);
}

/* A policy's table whose fields beside the needed ones are `fields`. */
#define POLICY(fields)                                                                                                 \
    "return { id = 'test/policy', title = 'T', severity = 'warning', check = function() end, " fields " }"
#define SAYS(fields, message) expect_failure(POLICY(fields), "load", "test/policy/policy.lua: " message)

static void reads_every_field(void **state)
{
    (void)state;
    machine m;
    load(&m, POLICY("unknown = 'ignore', scope = 'project', enabled = false, since = '1.2', help = 'H', "
                    "tags = { 'a', 'b' }, aliases = { 'DL3006' }"));
    assert_null(m.policy.failure);
    assert_true(sp_str_equal(m.policy.title, SP_STR("T")));
    assert_int_equal(m.policy.severity, SP_SEVERITY_WARNING);
    assert_int_equal(m.policy.unknown, SP_SEVERITY_OFF);
    assert_true(sp_str_equal(m.policy.scope, SP_STR("project")));
    assert_false(m.policy.enabled);
    assert_true(sp_str_equal(m.policy.since, SP_STR("1.2")));
    assert_true(sp_str_equal(m.policy.help, SP_STR("H")));
    assert_true(sp_str_equal(m.policy.tags, SP_STR("a b")));
    assert_true(sp_str_equal(m.policy.aliases, SP_STR("DL3006")));
    assert_true(m.policy.bytecode.size > 0);
    machine_close(&m);
}

static void fills_in_defaults(void **state)
{
    (void)state;
    machine m;
    load(&m, POLICY(""));
    assert_null(m.policy.failure);
    assert_int_equal(m.policy.unknown, SP_SEVERITY_INFO);
    assert_true(sp_str_equal(m.policy.scope, SP_STR("build")));
    assert_true(m.policy.enabled);
    assert_int_equal(m.policy.options.count, 0);
    machine_close(&m);
}

static void reads_options_in_order_of_name(void **state)
{
    (void)state;
    machine m;
    load(&m, POLICY("options = { zeta = { type = 'boolean', default = true, help = 'h' },\n"
                    "  allow = { type = 'list', of = 'pattern', default = { 'x*' }, help = 'h' },\n"
                    "  mode = { type = 'enum', choices = { 'a', 'b' }, default = 'b', help = 'h' },\n"
                    "  names = { type = 'map', of = 'integer', default = { y = 2, x = 1 }, help = 'h' } }"));
    assert_null(m.policy.failure);
    assert_int_equal(m.policy.options.count, 4);
    const sp_option *options = m.policy.options.items;
    assert_true(sp_str_equal(options[0].name, SP_STR("allow")));
    assert_int_equal(options[0].of, SP_OPTION_PATTERN);
    assert_true(sp_str_equal(options[0].value.items.items[0].text, SP_STR("x*")));
    assert_true(sp_str_equal(options[1].value.text, SP_STR("b")));
    assert_true(sp_str_equal(options[2].value.keys.items[0], SP_STR("x")));
    assert_int_equal(options[2].value.items.items[1].integer, 2);
    assert_true(options[3].value.boolean);
    machine_close(&m);
}

static void says_which_field_is_wrong(void **state)
{
    (void)state;
    expect_failure("return { title = 'T' }", "load",
                   "test/policy/policy.lua: id is missing; it should be \"test/policy\"");
    expect_failure("return { id = 'x/y' }", "load",
                   "test/policy/policy.lua: id is \"x/y\"; by its pack and file it should be \"test/policy\"");
    expect_failure("return { id = 'test/policy', severity = 'error' }", "load",
                   "test/policy/policy.lua: title is missing; it says in one line what is required");
    expect_failure("return { id = 'test/policy', title = 'a\\nb' }", "load",
                   "test/policy/policy.lua: title must be one line of text");
    expect_failure("return { id = 'test/policy', title = 'T', severity = 'high' }", "load",
                   "test/policy/policy.lua: severity must be \"error\", \"warning\" or \"info\"");
    expect_failure(
        "return { id = 'test/policy', title = 'T', severity = 'info' }", "load",
        "test/policy/policy.lua: check is missing; it is the function that judges: check(build, report, options)");
    SAYS("unknown = 'off'", "unknown must be \"error\", \"warning\", \"info\" or \"ignore\"");
    SAYS("scope = 'file'", "scope must be \"build\" or \"project\"");
    SAYS("enabled = 1", "enabled must be true or false");
    SAYS("tags = { 1 }", "tags must be a list of strings");
    SAYS("aliases = { 'a b' }", "aliases must be words without blanks");
    SAYS("help = {}", "help must be a string");
}

static void suggests_the_field_that_was_meant(void **state)
{
    (void)state;
    SAYS("severty = 'x'", "a policy has no field 'severty'; did you mean 'severity'?");
    SAYS("zzz = 1, aaa = 2", "a policy has no field 'aaa'");
    SAYS("'x'", "the policy's table has a field without a name");
}

static void says_which_option_is_wrong(void **state)
{
    (void)state;
    SAYS("options = { x = { typ = 'list' } }", "option 'x': no field 'typ'; did you mean 'type'?");
    SAYS("options = { x = { type = 'lst' } }",
         "option 'x': type must be boolean, integer, string, list, map, enum, severity or pattern");
    SAYS("options = { x = { type = 'list', of = 'list' } }", "option 'x': of cannot be a list or map");
    SAYS("options = { x = { type = 'string', of = 'string' } }", "option 'x': only a list or map has of");
    SAYS("options = { x = { type = 'list', of = 'integer', default = { 'a' } } }",
         "option 'x': default must be list of integer");
    SAYS("options = { x = { type = 'enum', choices = { 'a', 'b' }, default = 'c' } }",
         "option 'x': default must be one of a, b");
    SAYS("options = { x = { type = 'enum' } }", "option 'x': an enum needs choices, a list of strings");
    SAYS("options = { x = { type = 'boolean', default = false, help = 1 } }",
         "option 'x': help must be a text that says what it is for");
    SAYS("options = { ['a-b'] = {} }", "option 'a-b': a name is of lower-case letters, digits and _");
    SAYS("options = { 'x' }", "options must map each option's name to a table with type, default and help");
}

static void fails_when_the_chunk_does_not_run(void **state)
{
    (void)state;
    expect_failure("return {", "load", "test/policy/policy.lua:1: unexpected symbol near <eof>");
    expect_failure("error('no')", "load", "test/policy/policy.lua:1: no");
    expect_failure("return 1", "load", "test/policy/policy.lua: returns a number; a policy returns one table");
    expect_failure(
        "\nos.exit(0)", "denied",
        "test/policy/policy.lua:2: 'os' is not available to policies; a policy sees the build and nothing of "
        "the machine it runs on");
    expect_failure("while true do end", "limit:steps", "test/policy/policy.lua:1: takes more than its 10000000 steps");
    expect_failure("\033Lua", "load", "test/policy/policy.lua: attempt to load a binary chunk (mode is 't')");
}

static void refuses_a_source_that_is_too_large(void **state)
{
    (void)state;
    char *text = malloc(SP_LIMIT_POLICY_SOURCE + 2);
    memset(text, ' ', SP_LIMIT_POLICY_SOURCE + 1);
    text[SP_LIMIT_POLICY_SOURCE + 1] = '\0';
    expect_failure(text, "load", "test/policy/policy.lua: has more than 262144 bytes");
    free(text);
}

/* Whatever this Lua is: a wrong result must not come out. */
static void never_computes_bits_wrongly(void **state)
{
    (void)state;
    char *text = malloc(1 << 16);
    size_t size = (size_t)sprintf(text, "local t = {");
    for (int i = 0; i < 300; i++)
        size += (size_t)sprintf(text + size, "%d.5,", i);
    sprintf(text + size, "} assert((1|(2 or 3)) == 3) %s", POLICY(""));
    machine m;
    load(&m, text);
    if (m.policy.failure != NULL)
        assert_true(sp_str_search(m.policy.failure->message, SP_STR("compiles bit operations wrongly")) != SIZE_MAX);
    machine_close(&m);
    free(text);
}

static void requires_modules_of_its_pack(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    sp_pack_file modules[] = {
        {SP_STR("again"), SP_STR("test/lib/again.lua"), SP_STR("return require 'again'")},
        {SP_STR("broken"), SP_STR("test/lib/broken.lua"), SP_STR("x x")},
        {SP_STR("names"), SP_STR("test/lib/names.lua"), SP_STR("count = (count or 0) + 1 return { count = count }")},
    };
    m.pack.modules.items = modules;
    m.pack.modules.count = 3;
    const sp_result_failure *failure =
        machine_run(&m, "count = 0 assert(require 'names' == require 'names' and count == 1)");
    assert_null(failure);
    failure = machine_run(&m, "require 'name'");
    assert_true(sp_str_equal(failure->kind, SP_STR("denied")));
    assert_true(sp_str_search(failure->message, SP_STR("did you mean 'names'?")) != SIZE_MAX);
    failure = machine_run(&m, "require 'again'");
    assert_true(sp_str_search(failure->message, SP_STR("module 'again' requires itself")) != SIZE_MAX);
    failure = machine_run(&m, "\nrequire 'broken'");
    assert_true(sp_str_starts(failure->message, SP_STR("test/lib/broken.lua:1: syntax error")));
    assert_int_equal(failure->line, 3);
    machine_close(&m);
}

static void keeps_modules_that_the_chunk_requires(void **state)
{
    (void)state;
    machine m;
    machine_open(&m, sp_alloc_default());
    sp_pack_file modules[] = {
        {SP_STR("late"), SP_STR("test/lib/late.lua"), SP_STR("return 3")},
        {SP_STR("one"), SP_STR("test/lib/one.lua"), SP_STR("return require 'two' + 1")},
        {SP_STR("two"), SP_STR("test/lib/two.lua"), SP_STR("return 2")},
    };
    m.pack.modules.items = modules;
    m.pack.modules.count = 3;
    sp_str text = SP_STR("local one = require 'one' " MACHINE_HEAD
                         "assert(one == 3 and require 'two' == 2 and require 'late' == 4)" MACHINE_TAIL);
    assert_int_equal(machine_load(&m, text), SP_OK);
    assert_null(m.policy.failure);
    assert_int_equal(m.policy.loaded.count, 2);

    for (size_t i = 0; i < 3; i++)
        modules[i].text = SP_STR("return 4"); /* read only for the one that is not kept */
    assert_int_equal(machine_judge(&m), SP_OK);
    assert_int_equal(m.results.failures.count, 0);
    assert_int_equal(machine_judge(&m), SP_OK);
    assert_int_equal(m.results.failures.count, 0);
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_field),
        cmocka_unit_test(fills_in_defaults),
        cmocka_unit_test(reads_options_in_order_of_name),
        cmocka_unit_test(says_which_field_is_wrong),
        cmocka_unit_test(suggests_the_field_that_was_meant),
        cmocka_unit_test(says_which_option_is_wrong),
        cmocka_unit_test(fails_when_the_chunk_does_not_run),
        cmocka_unit_test(refuses_a_source_that_is_too_large),
        cmocka_unit_test(never_computes_bits_wrongly),
        cmocka_unit_test(requires_modules_of_its_pack),
        cmocka_unit_test(keeps_modules_that_the_chunk_requires),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
