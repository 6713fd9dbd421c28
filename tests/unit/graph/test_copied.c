/* Sources of COPY and ADD: paths, URLs, git repositories, inline files. */
#include "graph/copied.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_origin(const char *source, sp_origin expected)
{
    sp_origin found = sp_copied_origin(sp_str_from(source));
    if (found != expected)
        fail_msg("%s comes from %.*s", source, SP_STR_ARG(sp_origin_name(found)));
}

static void tells_paths_from_the_net(void **state)
{
    static const char *const paths[] = {"a",          "./https://x/y", "../git@h:p", "github.com/a/b", "ftp://x/y",
                                        "HTTP://x/y", "a:b",           "@h:p",       "u@:p",           "",
                                        "/a b",       "http:/x",       "u@h"};
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_origin(paths[i], SP_ORIGIN_CONTEXT);
}

static void tells_urls_from_repositories(void **state)
{
    static const char *const urls[] = {"http://x/y", "https://x", "https://x/y.git/z", "https://x?a=.git",
                                       "https://x.git"};
    static const char *const repositories[] = {"https://x/y.git",
                                               "https://x/y.git#main:sub",
                                               "https://x/y.git?ref=a",
                                               "HTTPS://x/y.git",
                                               "git://x/y",
                                               "ssh://git@x/y",
                                               "git@x:y",
                                               "u-1@h-x.y:p"};
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        assert_origin(urls[i], SP_ORIGIN_URL);
    for (size_t i = 0; i < sizeof repositories / sizeof *repositories; i++)
        assert_origin(repositories[i], SP_ORIGIN_GIT);
}

static void tells_what_the_known_beginning_allows(void **state)
{
    (void)state;
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"\0", 1}), SP_ORIGIN_UNKNOWN);
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"a\0", 2}), SP_ORIGIN_UNKNOWN);
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"./\0", 3}), SP_ORIGIN_CONTEXT);
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"a/\0", 3}), SP_ORIGIN_CONTEXT);
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"https://x/\0", 11}), SP_ORIGIN_URL);
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"https://x/\0.git", 15}), SP_ORIGIN_GIT);
    assert_int_equal(sp_copied__origin_of_shape((sp_str){"git@x:\0", 7}), SP_ORIGIN_GIT);
}

static void checks_the_options_of_a_repository(void **state)
{
    static const char *const good[] = {"git@h:r",
                                       "git@h:r?ref=a",
                                       "git@h:r?ref=a#a",
                                       "git@h:r?tag=a#refs/tags/a",
                                       "git@h:r?submodules",
                                       "git@h:r?keep-git-dir=0&fetch-by-commit=true",
                                       "git@h:r?mtime=commit&commit=0a&subdir=s#:s",
                                       "git@h:r?",
                                       "git@h:r#m:s"};
    static const char *const bad[] = {"git@h:r?x=1",         "git@h:r?ref",
                                      "git@h:r?ref=",        "git@h:r?ref=a#b",
                                      "git@h:r?ref=a&ref=a", "git@h:r?tag=a&branch=a",
                                      "git@h:r?tag=a#b",     "git@h:r?submodules=maybe",
                                      "git@h:r?mtime=now",   "git@h:r?subdir=a#:b"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (sp_copied__git_problem(sp_str_from(good[i])) != NULL)
            fail_msg("%s is refused", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (sp_copied__git_problem(sp_str_from(bad[i])) == NULL)
            fail_msg("%s is accepted", bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_paths_from_the_net),
        cmocka_unit_test(tells_urls_from_repositories),
        cmocka_unit_test(tells_what_the_known_beginning_allows),
        cmocka_unit_test(checks_the_options_of_a_repository),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
