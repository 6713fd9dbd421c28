/* Errors: the first wins, a long path keeps its end, NULL is allowed. */
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void the_first_error_wins(void **state)
{
    sp_error error;
    (void)state;
    SP_INIT(error);

    sp_error_at(&error, SP_E_CONFIG, SP_STR("a.yaml"), 3, 4, "unknown key '%s'", "x");
    sp_error_set(&error, SP_E_MEMORY, "out of memory");

    assert_int_equal(error.status, SP_E_CONFIG);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 4);
    assert_string_equal(error.path, "a.yaml");
    assert_string_equal(error.message, "unknown key 'x'");
}

static void a_long_path_keeps_its_end(void **state)
{
    char path[400];
    sp_error error;
    (void)state;
    memset(path, 'x', sizeof path);
    memcpy(path + 390, "/config.y", 10);
    SP_INIT(error);

    sp_error_at(&error, SP_E_READ, sp_str_from(path), 0, 0, "no");

    assert_int_equal(strlen(error.path), 255);
    assert_memory_equal(error.path, "...", 3);
    assert_string_equal(error.path + 255 - 9, "/config.y");
}

static void no_error_is_allowed(void **state)
{
    (void)state;

    assert_int_equal(sp_error_set(NULL, SP_E_USAGE, "nobody listens"), SP_E_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(a_long_path_keeps_its_end),
        cmocka_unit_test(no_error_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
