/* Reading arguments by a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/option.h"

typedef struct parsed {
    cli_parsed result;
    bool flag;
    const char *value;
    cli_strings list, operands;
} parsed;

/* Reads up to eight arguments, "command" put before them. */
static parsed parse(const char *const *arguments)
{
    static parsed out;
    out = (parsed){0};
    const cli_option options[] = {
        {"flag", CLI_OPTION_FLAG, &out.flag, NULL, "a flag"},
        {"value", CLI_OPTION_VALUE, &out.value, "X", "a value"},
        {"list", CLI_OPTION_LIST, &out.list, "X", "a list"},
        {0},
    };
    const cli_usage usage = {"command [OPTION…]", "Tries options.", options, NULL};
    static char texts[9][32] = {"command"};
    static char *argv[10];
    int argc = 1;
    argv[0] = texts[0];
    for (; *arguments != NULL; arguments++, argc++) {
        argv[argc] = texts[argc];
        strncpy(texts[argc], *arguments, sizeof texts[argc] - 1);
    }
    argv[argc] = NULL;
    out.result = cli_options_parse(&usage, argc, argv, &out.operands);
    return out;
}

static void release(parsed *out)
{
    cli_strings_dispose(&out->list);
    cli_strings_dispose(&out->operands);
}

static void reads_a_value_in_both_forms(void **state)
{
    (void)state;
    parsed out = parse((const char *const[]){"--value", "a", NULL});
    assert_string_equal(out.value, "a");
    out = parse((const char *const[]){"--value=b=c", NULL});
    assert_string_equal(out.value, "b=c");
    assert_int_equal(out.result, CLI_PARSED_RUN);
}

static void lets_the_last_value_win(void **state)
{
    (void)state;
    parsed out = parse((const char *const[]){"--value=a", "--value", "b", NULL});
    assert_string_equal(out.value, "b");
}

static void collects_a_list(void **state)
{
    (void)state;
    parsed out = parse((const char *const[]){"--list=a", "x", "--list", "b", NULL});
    assert_int_equal(out.list.count, 2);
    assert_string_equal(out.list.items[1], "b");
    assert_string_equal(out.operands.items[0], "x");
    release(&out);
}

static void takes_a_dash_as_operand(void **state)
{
    (void)state;
    parsed out = parse((const char *const[]){"-", NULL});
    assert_int_equal(out.operands.count, 1);
    release(&out);
}

static void ends_options_at_two_dashes(void **state)
{
    (void)state;
    parsed out = parse((const char *const[]){"--", "--flag", "-x", NULL});
    assert_false(out.flag);
    assert_int_equal(out.operands.count, 2);
    release(&out);
}

static void refuses_what_it_does_not_know(void **state)
{
    (void)state;
    assert_int_equal(parse((const char *const[]){"--valeu=a", NULL}).result, CLI_PARSED_WRONG);
    assert_int_equal(parse((const char *const[]){"-v", NULL}).result, CLI_PARSED_WRONG);
}

static void refuses_a_missing_value(void **state)
{
    (void)state;
    assert_int_equal(parse((const char *const[]){"--value", NULL}).result, CLI_PARSED_WRONG);
}

static void refuses_a_value_for_a_flag(void **state)
{
    (void)state;
    assert_int_equal(parse((const char *const[]){"--flag=yes", NULL}).result, CLI_PARSED_WRONG);
}

static void answers_help(void **state)
{
    (void)state;
    assert_int_equal(parse((const char *const[]){"--help", "--wrong", NULL}).result, CLI_PARSED_HELP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_value_in_both_forms),
        cmocka_unit_test(lets_the_last_value_win),
        cmocka_unit_test(collects_a_list),
        cmocka_unit_test(takes_a_dash_as_operand),
        cmocka_unit_test(ends_options_at_two_dashes),
        cmocka_unit_test(refuses_what_it_does_not_know),
        cmocka_unit_test(refuses_a_missing_value),
        cmocka_unit_test(refuses_a_value_for_a_flag),
        cmocka_unit_test(answers_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
