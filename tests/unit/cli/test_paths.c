/* Paths by their letters and by the folders that are there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cli/paths.h"

static void assert_owned(char *text, const char *expected)
{
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void joins_with_one_slash(void **state)
{
    (void)state;
    assert_owned(cli_path_join("a", "b"), "a/b");
    assert_owned(cli_path_join("a/", "b"), "a/b");
    assert_owned(cli_path_join("/", "b"), "/b");
    assert_owned(cli_path_join(".", "b"), "b");
}

static void finds_what_is_inside(void **state)
{
    (void)state;
    assert_string_equal(cli_path_inside("/a/b/c", "/a"), "b/c");
    assert_string_equal(cli_path_inside("/a", "/a"), "");
    assert_string_equal(cli_path_inside("/a/b", "/"), "a/b");
    assert_null(cli_path_inside("/ab/c", "/a"));
    assert_null(cli_path_inside("/", "/a"));
}

static void resolves_a_path_that_is_not_there(void **state)
{
    (void)state;
    assert_owned(cli_path_resolve("/no/such/../folder/./x"), "/no/folder/x");
    assert_owned(cli_path_resolve("/../x"), "/x");
}

static void keeps_the_last_name_of_a_path(void **state)
{
    (void)state;
    assert_owned(cli_path_resolve("/dev/stdin"), "/dev/stdin"); /* a link, which stays */
    assert_owned(cli_path_resolve("/"), "/");
}

static void names_files_relative_to_the_base(void **state)
{
    (void)state;
    char working[] = "/usr/lib", root[] = "/usr", base[] = "/usr";
    cli_paths paths = {working, root, base};
    assert_owned(cli_paths_report(&paths, "/usr/lib/../Dockerfile"), "Dockerfile");
    assert_owned(cli_paths_report(&paths, "/usr/lib/x"), "lib/x");
    assert_owned(cli_paths_report(&paths, "/etc/Dockerfile"), "/etc/Dockerfile");
    assert_owned(cli_paths_folder(&paths), "lib");
    assert_owned(cli_paths_typed(&paths, "x.yaml"), "../x.yaml");
}

static void finds_no_ancestor_above_the_top(void **state)
{
    (void)state;
    assert_null(cli_path_ancestor_with("/usr/lib", "no-such-name-anywhere"));
    assert_owned(cli_path_ancestor_with("/usr/lib", "usr"), "/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_with_one_slash),
        cmocka_unit_test(finds_what_is_inside),
        cmocka_unit_test(resolves_a_path_that_is_not_there),
        cmocka_unit_test(keeps_the_last_name_of_a_path),
        cmocka_unit_test(names_files_relative_to_the_base),
        cmocka_unit_test(finds_no_ancestor_above_the_top),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
