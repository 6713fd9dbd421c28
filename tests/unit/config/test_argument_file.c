/* Files of build arguments: what a line says, and which are refused. */
#include "config/argument_file.h"

#include "base/limits.h"
#include "unit/arena.h"

#include <stdio.h>
#include <stdlib.h>

static bool look_up(void *payload, sp_str name, sp_str *value)
{
    (void)payload;
    *value = SP_STR("outside");
    return sp_str_is(name, "GIVEN");
}

static sp_declared_pairs reads(sp_declared_pairs pairs, const char *text)
{
    sp_error error;
    SP_INIT(error);
    assert_int_equal(sp_argument_file_read(&arena, SP_STR("a.conf"), sp_str_from(text), look_up, NULL, &pairs, &error),
                     SP_OK);
    return pairs;
}

static void is(const sp_declared_pair *pair, const char *name, const char *value)
{
    assert_true(sp_str_is(pair->name, name));
    assert_true(sp_str_is(pair->value, value));
    assert_true(pair->known);
}

static void refuses(sp_str text, unsigned line, const char *message)
{
    sp_declared_pairs pairs = {0};
    sp_error error;
    SP_INIT(error);
    assert_int_equal(sp_argument_file_read(&arena, SP_STR("a.conf"), text, NULL, NULL, &pairs, &error), SP_E_CONFIG);
    assert_string_equal(error.message, message);
    assert_string_equal(error.path, "a.conf");
    assert_int_equal(error.line, line);
}

static void takes_values_to_the_letter(void **state)
{
    (void)state;
    sp_declared_pairs pairs = reads((sp_declared_pairs){0}, "\xEF\xBB\xBF"
                                                            "A=1\n# comment\n\n \t # comment\n"
                                                            "  B= x # y \r\nC=\"q\"=$A\nD=\nE=last");
    assert_int_equal(pairs.count, 5);
    is(&pairs.items[0], "A", "1");
    is(&pairs.items[1], "B", " x # y ");
    is(&pairs.items[2], "C", "\"q\"=$A");
    is(&pairs.items[3], "D", "");
    is(&pairs.items[4], "E", "last");
}

static void a_later_value_takes_the_place_of_an_earlier(void **state)
{
    (void)state;
    sp_declared_pairs pairs = reads((sp_declared_pairs){0}, "A=1\nB=2\nA=3\n");
    pairs = reads(pairs, "C=4\nB=5\n");
    assert_int_equal(pairs.count, 3);
    is(&pairs.items[0], "A", "3");
    is(&pairs.items[1], "B", "5");
    is(&pairs.items[2], "C", "4");
}

static void a_name_alone_is_what_is_given_outside(void **state)
{
    (void)state;
    sp_declared_pairs pairs = reads((sp_declared_pairs){0}, "GIVEN\nNOBODY\n");
    assert_int_equal(pairs.count, 1);
    is(&pairs.items[0], "GIVEN", "outside");
}

static void names_the_line_of_what_is_wrong(void **state)
{
    (void)state;
    refuses(SP_STR("A=1\n=2\n"), 2, "a name is missing before '='; write NAME=value");
    refuses(SP_STR("\n\nA B=1\n"), 3, "the name of an argument has no space; write NAME=value");
    refuses(SP_STR("A =1"), 1, "the name of an argument has no space; write NAME=value");
    refuses(SP_STR("A=1\0\n"), 1, "this line has a NUL; a file of arguments is text");
}

static void refuses_too_much(void **state)
{
    char *text = malloc(SP_LIMIT_YAML_BYTES + 1);
    size_t size = 0;
    (void)state;
    memset(text, '\n', SP_LIMIT_YAML_BYTES + 1);
    refuses((sp_str){text, SP_LIMIT_YAML_BYTES + 1}, 0, "larger than 1048576 bytes");
    for (unsigned i = 0; i <= SP_LIMIT_DOTENV_VARIABLES; i++)
        size += (size_t)sprintf(text + size, "A%u=1\n", i);
    refuses((sp_str){text, size}, SP_LIMIT_DOTENV_VARIABLES + 1, "too many arguments");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_values_to_the_letter),
        TEST(a_later_value_takes_the_place_of_an_earlier),
        TEST(a_name_alone_is_what_is_given_outside),
        TEST(names_the_line_of_what_is_wrong),
        TEST(refuses_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
