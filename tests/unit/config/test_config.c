/* .stagepolicy.yaml: what it may say, and how a mistake is named. */
#include "config/config.h"

#include "base/guard.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct reading {
    sp_arena arena;
    sp_str text;
    sp_config config;
    sp_error error;
} reading;

static sp_status read_guarded(void *payload)
{
    reading *file = payload;
    return sp_config_read(&file->arena, SP_STR(".stagepolicy.yaml"), file->text, &file->config, &file->error);
}

static sp_status read_text(reading *file, const char *text)
{
    *file = (reading){.text = sp_str_from(text)};
    SP_INIT(file->error);
    sp_arena_init(&file->arena, sp_alloc_default());
    return sp_guard(&file->arena, read_guarded, file);
}

static void refuses(const char *text, unsigned line, unsigned column, const char *message)
{
    reading file;
    assert_int_equal(read_text(&file, text), SP_E_CONFIG);
    assert_string_equal(file.error.message, message);
    assert_string_equal(file.error.path, ".stagepolicy.yaml");
    assert_int_equal(file.error.line, line);
    assert_int_equal(file.error.column, column);
    sp_arena_dispose(&file.arena);
}

static void reads_everything_there_is(void **state)
{
    reading file;
    (void)state;

    assert_int_equal(read_text(&file, "version: 1\n"
                                      "fail_on: warning\n"
                                      "policies:\n"
                                      "  stages/*: info\n"
                                      "  stages/named: {severity: error, unknown: ignore, options: {pattern: x}}\n"
                                      "paths: {include: [a/**], exclude: ['*.old', b]}\n"),
                     SP_OK);

    const sp_config_policy *entries = file.config.policies.items;
    assert_int_equal(file.config.fail_on, SP_SEVERITY_WARNING);
    assert_int_equal(file.config.policies.count, 2);
    assert_string_equal(entries[0].glob.text, "stages/*");
    assert_int_equal(entries[0].severity, SP_SEVERITY_INFO);
    assert_null(entries[0].options);
    assert_int_equal(entries[1].severity, SP_SEVERITY_ERROR);
    assert_true(entries[1].has_unknown);
    assert_int_equal(entries[1].unknown, SP_SEVERITY_OFF);
    assert_string_equal(sp_yaml_find(entries[1].options, "pattern")->scalar.text, "x");
    assert_int_equal(entries[1].line, 5);
    assert_int_equal(entries[1].column, 3);
    assert_int_equal(file.config.exclude.count, 2);
    sp_arena_dispose(&file.arena);
}

static void off_without_quotes_is_a_severity(void **state)
{
    static const char *const texts[] = {"policies: {a/b: off}", "policies: {a/b: 'off'}",
                                        "policies: {a/b: {severity: off}}"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading file;
        assert_int_equal(read_text(&file, texts[i]), SP_OK);
        assert_true(file.config.policies.items[0].has_severity);
        assert_int_equal(file.config.policies.items[0].severity, SP_SEVERITY_OFF);
        sp_arena_dispose(&file.arena);
    }
}

static void an_empty_configuration_says_nothing(void **state)
{
    reading file;
    (void)state;

    assert_int_equal(read_text(&file, ""), SP_OK);

    assert_int_equal(file.config.fail_on, SP_SEVERITY_OFF);
    assert_true(sp_config_includes(&file.config, SP_STR("any/Dockerfile")));
    sp_arena_dispose(&file.arena);
}

static void an_entry_may_leave_the_severity_alone(void **state)
{
    reading file;
    (void)state;

    assert_int_equal(read_text(&file, "policies: {a/b: {options: {x: 1}}}"), SP_OK);

    assert_false(file.config.policies.items[0].has_severity);
    assert_non_null(file.config.policies.items[0].options);
    sp_arena_dispose(&file.arena);
}

static void exclude_wins_over_include(void **state)
{
    reading file;
    (void)state;

    assert_int_equal(read_text(&file, "paths: {include: [a], exclude: [a/b]}"), SP_OK);

    assert_true(sp_config_includes(&file.config, SP_STR("a/Dockerfile")));
    assert_false(sp_config_includes(&file.config, SP_STR("a/b/Dockerfile")));
    assert_false(sp_config_includes(&file.config, SP_STR("c/Dockerfile")));
    sp_arena_dispose(&file.arena);
}

static void names_an_unknown_key(void **state)
{
    (void)state;
    refuses("polices: {}\n", 1, 1, "unknown key 'polices'; did you mean 'policies'?");
    refuses("policies:\n  a/b: {sevrity: off}\n", 2, 9, "unknown key 'sevrity'; did you mean 'severity'?");
    refuses("paths: {only: []}\n", 1, 9, "unknown key 'only'");
}

static void names_a_wrong_value(void **state)
{
    (void)state;
    refuses("version: 2\n", 1, 10, "version must be 1, the only version there is");
    refuses("fail_on: warnings\n", 1, 10, "fail_on must be error, warning, info or never; did you mean 'warning'?");
    refuses("fail_on: off\n", 1, 10, "fail_on must be error, warning, info or never");
    refuses("policies: {a/b: {severity: never}}\n", 1, 28, "severity must be error, warning, info or off");
    refuses("policies: {a/b: [off]}\n", 1, 17, "a policy's entry must be a mapping (key: value)");
    refuses("policies: [a/b]\n", 1, 11, "policies must be a mapping (key: value)");
    refuses("policies: {a/b: {options: [x]}}\n", 1, 27, "options must be a mapping (key: value)");
    refuses("paths: {exclude: vendor}\n", 1, 18, "exclude must be a list of globs, [\"a/**\", \"b\"]");
    refuses("paths: {exclude: [{}]}\n", 1, 19, "a glob must be a text");
    refuses("- a\n", 1, 1, "the configuration must be a mapping (key: value)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_everything_there_is),
        cmocka_unit_test(off_without_quotes_is_a_severity),
        cmocka_unit_test(an_empty_configuration_says_nothing),
        cmocka_unit_test(an_entry_may_leave_the_severity_alone),
        cmocka_unit_test(exclude_wins_over_include),
        cmocka_unit_test(names_an_unknown_key),
        cmocka_unit_test(names_a_wrong_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
