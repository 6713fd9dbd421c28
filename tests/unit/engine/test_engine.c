/* Engines: options, packs, the configuration, the selection. */
#include <stagepolicy/stagepolicy.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "unit/engine/packs.h"

static sp_options options;
static sp_error error;

static int set_up(void **state)
{
    (void)state;
    SP_INIT(options);
    SP_INIT(error);
    return 0;
}

static sp_engine *make(void)
{
    sp_engine *engine = NULL;
    if (sp_engine_new(&engine, &options, NULL, &error) != SP_OK)
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    return engine;
}

static void refuses(sp_status status, const char *message)
{
    sp_engine *engine = (sp_engine *)&options;
    assert_int_equal(sp_engine_new(&engine, &options, NULL, &error), status);
    assert_null(engine);
    assert_int_equal(error.status, status);
    assert_string_equal(error.message, message);
}

static sp_policy_summary summary_of(const sp_engine *engine, const char *id)
{
    sp_policy_summary summary;
    SP_INIT(summary);
    for (size_t i = 0; sp_engine_policy_at(engine, i, &summary) == SP_OK; i++) {
        if (strcmp(summary.id, id) == 0)
            return summary;
    }
    fail_msg("there is no policy %s", id);
    return summary;
}

static void knows_the_built_in_policies_in_order(void **state)
{
    (void)state;
    sp_engine *engine = make();
    sp_policy_summary before, summary;
    SP_INIT(before);
    SP_INIT(summary);

    assert_true(sp_engine_policy_count(engine) >= 7);
    for (size_t i = 0; i < sp_engine_policy_count(engine); i++, before = summary) {
        assert_int_equal(sp_engine_policy_at(engine, i, &summary), SP_OK);
        if (summary.failure != NULL)
            fail_msg("%s: %s", summary.id, summary.failure);
        assert_true(i == 0 || strcmp(before.id, summary.id) < 0);
        assert_int_equal(summary.enabled, strcmp(summary.id, "shipped/no-package-manager") != 0);
        assert_true(strlen(summary.title) > 0);
    }
    assert_int_equal(sp_engine_policy_at(engine, sp_engine_policy_count(engine), &summary), SP_E_USAGE);
    sp_engine_free(engine);
}

static void can_leave_the_built_in_packs_out(void **state)
{
    (void)state;
    options.no_builtin_packs = 1;
    sp_engine *engine = make();
    assert_int_equal(sp_engine_policy_count(engine), 0);
    sp_engine_free(engine);
}

static void lives_as_long_as_it_has_owners(void **state)
{
    (void)state;
    sp_engine *engine = make();
    sp_engine_keep(engine);
    sp_engine_free(engine);
    assert_true(sp_engine_policy_count(engine) > 0);
    sp_engine_free(engine);
    sp_engine_free(NULL);
}

static void two_engines_do_not_know_each_other(void **state)
{
    (void)state;
    options.config = "policies: {stages/named: off}\n";
    sp_engine *one = make();
    options.config = "policies: {stages/named: error}\n";
    sp_engine *other = make();

    assert_false(summary_of(one, "stages/named").enabled);
    assert_true(summary_of(other, "stages/named").enabled);
    assert_int_equal(summary_of(other, "stages/named").severity, SP_SEVERITY_ERROR);
    sp_engine_free(one);
    sp_engine_free(other);
}

static void later_entries_of_the_configuration_win(void **state)
{
    (void)state;
    options.config = "policies:\n  stages/*: off\n  stages/named: {severity: info, unknown: error}\n";
    sp_engine *engine = make();

    assert_false(summary_of(engine, "stages/no-dead").enabled);
    assert_true(summary_of(engine, "stages/named").enabled);
    assert_int_equal(summary_of(engine, "stages/named").severity, SP_SEVERITY_INFO);
    assert_int_equal(summary_of(engine, "stages/named").unknown, SP_SEVERITY_ERROR);
    assert_true(summary_of(engine, "shipped/non-root").enabled);
    sp_engine_free(engine);
}

static void names_an_entry_that_no_policy_has(void **state)
{
    (void)state;
    options.config = "policies:\n  stages/namd: off\n";
    refuses(SP_E_CONFIG, "no policy is called 'stages/namd'; did you mean 'stages/named'?");
    assert_string_equal(error.path, ".stagepolicy.yaml");
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 3);
}

static void names_a_glob_that_matches_nothing(void **state)
{
    (void)state;
    options.config = "policies: {acme/*: off}\n";
    options.config_path = "x.yaml";
    refuses(SP_E_CONFIG, "no policy matches 'acme/*'");
    assert_string_equal(error.path, "x.yaml");
}

static void names_an_option_that_is_wrong(void **state)
{
    (void)state;
    sp_engine *engine = NULL;
    options.config = "policies:\n  stages/named:\n    options:\n      patern: x\n";
    assert_int_equal(sp_engine_new(&engine, &options, NULL, &error), SP_E_CONFIG);
    assert_int_equal(error.line, 4);
    assert_int_equal(error.column, 7);
}

static void selects_by_id_and_by_glob(void **state)
{
    (void)state;
    const char *const wanted[] = {"stages/named", "shipped/*", NULL};
    options.policies = wanted;
    sp_engine *engine = make();

    assert_true(summary_of(engine, "stages/named").enabled);
    assert_true(summary_of(engine, "shipped/non-root").enabled);
    assert_false(summary_of(engine, "stages/no-dead").enabled);
    sp_engine_free(engine);
}

static void an_id_wins_over_off_and_a_glob_does_not(void **state)
{
    (void)state;
    const char *const ids[] = {"stages/named", NULL}, *const globs[] = {"stages/*", NULL};
    options.config = "policies: {stages/named: off}\n";
    options.policies = ids;
    sp_engine *engine = make();
    assert_true(summary_of(engine, "stages/named").enabled);
    sp_engine_free(engine);
    options.policies = globs;
    engine = make();
    assert_false(summary_of(engine, "stages/named").enabled);
    assert_true(summary_of(engine, "stages/no-dead").enabled);
    sp_engine_free(engine);
}

static void refuses_a_policy_that_is_not_there(void **state)
{
    (void)state;
    const char *const wanted[] = {"stages/copy-by-nam", NULL};
    options.policies = wanted;
    refuses(SP_E_USAGE, "no policy is called 'stages/copy-by-nam'; did you mean 'stages/copy-by-name'?");
}

static void refuses_a_gate_that_is_none(void **state)
{
    (void)state;
    options.fail_on = 9;
    refuses(SP_E_USAGE, "fail_on is not a severity: 9");
}

static void refuses_a_struct_from_the_future(void **state)
{
    struct {
        sp_options known;
        int news;
    } future = {.news = 1};
    sp_engine *engine = NULL;
    (void)state;
    future.known.size = sizeof future;
    assert_int_equal(sp_engine_new(&engine, &future.known, NULL, &error), SP_E_VERSION);
    future.news = 0;
    assert_int_equal(sp_engine_new(&engine, &future.known, NULL, NULL), SP_OK);
    sp_engine_free(engine);
}

static void everything_may_be_null(void **state)
{
    sp_engine *engine = NULL;
    (void)state;
    assert_int_equal(sp_engine_new(&engine, NULL, NULL, NULL), SP_OK);
    sp_engine_free(engine);
}

static void the_same_id_twice_names_both_places(void **state)
{
    char one[64], other[64], message[512];
    (void)state;
    pack_make(one, "acme");
    pack_add(one, "ant", POLICY("acme/ant", ""));
    pack_make(other, "acme");
    pack_add(other, "ant", POLICY("acme/ant", ""));
    const char *const packs[] = {one, other, NULL};
    options.packs = packs;
    const char *first = strcmp(one, other) < 0 ? one : other, *second = first == one ? other : one;
    snprintf(message, sizeof message,
             "the policy 'acme/ant' is already in %s/ant/ant.lua; one of the two needs another id", first);
    refuses(SP_E_PACK, message);
    assert_non_null(strstr(error.path, second));
    pack_remove(one);
    pack_remove(other);
}

static void a_broken_policy_does_not_break_the_engine(void **state)
{
    char folder[64];
    (void)state;
    pack_make(folder, "acme");
    pack_add(folder, "ant", "return {");
    pack_add(folder, "bee", POLICY("acme/bee", ""));
    const char *const packs[] = {folder, NULL};
    options.packs = packs;
    sp_engine *engine = make();

    assert_non_null(summary_of(engine, "acme/ant").failure);
    assert_null(summary_of(engine, "acme/bee").failure);
    sp_engine_free(engine);
    pack_remove(folder);
}

static void tells_options_as_they_are_in_force(void **state)
{
    (void)state;
    sp_option_summary option;
    SP_INIT(option);
    options.config = "policies: {stages/named: {options: {pattern: 'x*'}}}\n";
    sp_engine *engine = make();
    size_t index = 0, found = 0;
    sp_policy_summary summary;
    SP_INIT(summary);
    while (sp_engine_policy_at(engine, index, &summary) == SP_OK && strcmp(summary.id, "stages/named") != 0)
        index++;
    for (size_t i = 0; i < sp_engine_option_count(engine, index); i++) {
        assert_int_equal(sp_engine_option_at(engine, index, i, &option), SP_OK);
        found += strcmp(option.name, "pattern") == 0 && strstr(option.value, "x*") != NULL;
    }
    assert_int_equal(found, 1);
    assert_int_equal(sp_engine_option_at(engine, index, 99, &option), SP_E_USAGE);
    assert_int_equal(sp_engine_option_count(engine, 9999), 0);
    sp_engine_free(engine);
}

#define CASE(test) cmocka_unit_test_setup(test, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(knows_the_built_in_policies_in_order),
        CASE(can_leave_the_built_in_packs_out),
        CASE(lives_as_long_as_it_has_owners),
        CASE(two_engines_do_not_know_each_other),
        CASE(later_entries_of_the_configuration_win),
        CASE(names_an_entry_that_no_policy_has),
        CASE(names_a_glob_that_matches_nothing),
        CASE(names_an_option_that_is_wrong),
        CASE(selects_by_id_and_by_glob),
        CASE(an_id_wins_over_off_and_a_glob_does_not),
        CASE(refuses_a_policy_that_is_not_there),
        CASE(refuses_a_gate_that_is_none),
        CASE(refuses_a_struct_from_the_future),
        CASE(everything_may_be_null),
        CASE(the_same_id_twice_names_both_places),
        CASE(a_broken_policy_does_not_break_the_engine),
        CASE(tells_options_as_they_are_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
