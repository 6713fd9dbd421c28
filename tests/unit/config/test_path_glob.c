/* Path globs: what `paths:` of a configuration covers. */
#include "config/path_glob.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct row {
    const char *glob, *path;
    bool covers;
} row;

static const row rows[] = {
    /* A name at any depth, and everything below a folder of that name. */
    {"vendor", "vendor/Dockerfile", true},
    {"vendor", "a/vendor/b/Dockerfile", true},
    {"vendor", "a/vendors/Dockerfile", false},
    {"*.Dockerfile", "a/b/x.Dockerfile", true},
    {"*.Dockerfile", "a/b/Dockerfile.x", false},
    {"Dockerfile", "Dockerfile", true},
    {"vendor/", "vendor", false},
    {"vendor/", "x/vendor/Dockerfile", true},
    /* With '/', from the root. */
    {"/Dockerfile", "Dockerfile", true},
    {"/Dockerfile", "a/Dockerfile", false},
    {"./a/b", "a/b", true},
    {"a/*", "a/Dockerfile", true},
    {"a/*", "a/b/Dockerfile", true},
    {"a/*/Dockerfile", "a/b/c/Dockerfile", false},
    {"a/*/Dockerfile", "a/b/Dockerfile", true},
    {"a/?/Dockerfile", "a/b/Dockerfile", true},
    {"a/?/Dockerfile", "a//Dockerfile", false},
    /* Across folders. */
    {"a/**", "a/b/c", true},
    {"a/**", "b/a/c", false},
    {"**/x/Dockerfile", "x/Dockerfile", true},
    {"**/x/Dockerfile", "a/b/x/Dockerfile", true},
    {"**/x/Dockerfile", "a/yx/Dockerfile", false},
    {"a/**/d", "a/d", true},
    {"a/**/d", "a/b/c/d", true},
    {"a/**/*.d", "a/b/c/x.d", true},
    {"**", "any/thing", true},
    /* Classes and escapes. */
    {"[a-c]x", "bx", true},
    {"[!a-c]x", "bx", false},
    {"[]]x", "]x", true},
    {"[a", "[a", true},
    {"\\*", "*", true},
    {"\\*", "x", false},
    {"", "x", false},
};

static void covers_what_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (sp_path_glob_covers(sp_str_from(rows[i].glob), sp_str_from(rows[i].path)) != rows[i].covers)
            fail_msg("'%s' and '%s'", rows[i].glob, rows[i].path);
    }
}

static void many_stars_are_quick(void **state)
{
    char glob[200], path[4000];
    (void)state;
    for (size_t i = 0; i + 1 < sizeof glob; i += 2)
        memcpy(glob + i, "*a", 2);
    memset(path, 'a', sizeof path);
    assert_false(sp_path_glob_covers((sp_str){"**/*a*a*a*a*a*a*a*b", 19}, (sp_str){path, sizeof path}));
    assert_true(sp_path_glob_covers((sp_str){glob, sizeof glob}, (sp_str){path, sizeof path}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covers_what_the_table_says),
        cmocka_unit_test(many_stars_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
