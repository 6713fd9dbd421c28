/* .dockerignore: lines, patterns, and what they leave out. */
#include "unit/arena.h"

#include "base/limits.h"
#include "context/ignore.h"

#include <string.h>

/* One letter for a verdict, so that tables are readable. */
static char letter(sp_ignored ignored)
{
    return "nyr?"[ignored];
}

static sp_ignore *ignore_of(const char *patterns)
{
    return sp_ignore_read(&arena, sp_str_from(patterns));
}

static void expect(const char *file, const char *path, char wanted)
{
    char found = letter(sp_ignore_excludes(ignore_of(file), sp_str_from(path)).ignored);
    if (found != wanted)
        fail_msg("'%s' on '%s': %c, expected %c", file, path, found, wanted);
}

/* ---- lines ---- */

static void skips_comments_only_at_the_start_of_a_line(void **state)
{
    (void)state;
    expect("# a\n", "# a", 'n');
    expect(" # a\n", "# a", 'y');
    expect("\xEF\xBB\xBF# a\nb", "b", 'y');
}

static void trims_blanks_and_empty_lines(void **state)
{
    (void)state;
    expect("\n \t\n\n a \r\n", "a", 'y');
    expect("\xC2\xA0"
           "a\xE3\x80\x80",
           "a", 'y');
}

static void removes_one_byte_order_mark(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF"
           "a",
           "a", 'y');
    expect("\n\xEF\xBB\xBF"
           "a",
           "a", 'n');
}

static void cleans_patterns(void **state)
{
    (void)state;
    expect("/a", "a", 'y');
    expect("./a/../b//c/", "b/c", 'y');
    expect("! /a\n", "a", 'n');
    expect("/ a", "a", 'y');
    expect("./!a", "a", 'n');
}

static void refuses_an_exception_of_nothing(void **state)
{
    (void)state;
    const char *const files[] = {"!", "! ", "!/", "a\n!\nb"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_true(ignore_of(files[i])->refused);
        expect(files[i], "a", 'r');
    }
    assert_memory_equal(ignore_of("a\n!\n")->reason.text, "line 2: '!'", 11);
}

static void refuses_wrong_brackets_and_escapes(void **state)
{
    (void)state;
    const char *const wrong[] = {"[",  "[]a]", "[a-]", "[-a]",  "[^",     "[a",
                                 "a[", "\\",   "[\\",  "[a-\\", "[\xFF]", "[a-]]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_true(ignore_of(wrong[i])->refused);
    const char *const right[] = {"[a]", "[^a-c]", "[\\]]", "[\\-a]", "]", "a\\b", "[a]]", "[^^]", "\xFF"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_false(ignore_of(right[i])->refused);
}

/* A pattern is first compared with ".", and read as far as that takes. */
static void reads_a_wrong_pattern_as_far_as_buildkit(void **state)
{
    (void)state;
    const char *const wrong[] = {"*[", "?[", "[.][", ".*[", "*.*[", "[^a]*["};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_true(ignore_of(wrong[i])->refused);
    const char *const unread[] = {"a*[", "[a]*[", ".b*["};
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        assert_false(ignore_of(unread[i])->refused);
    expect("a*[", "b", 'r');
    expect("a*\\", "ab$c", 'y');
}

static void refuses_a_line_past_the_limit(void **state)
{
    (void)state;
    char *line = sp_arena_alloc(&arena, SP_LIMIT_IGNORE_LINE + 4);
    memset(line, 'a', SP_LIMIT_IGNORE_LINE + 4);
    line[SP_LIMIT_IGNORE_LINE] = '\n';
    assert_false(sp_ignore_read(&arena, (sp_str){line, SP_LIMIT_IGNORE_LINE + 1})->refused);
    line[SP_LIMIT_IGNORE_LINE] = '\r';
    line[SP_LIMIT_IGNORE_LINE + 1] = '\n';
    assert_true(sp_ignore_read(&arena, (sp_str){line, SP_LIMIT_IGNORE_LINE + 2})->refused);
}

static void reads_no_file_past_the_limit(void **state)
{
    (void)state;
    char *text = sp_arena_alloc(&arena, SP_LIMIT_IGNORE_BYTES + 1);
    memset(text, '\n', SP_LIMIT_IGNORE_BYTES + 1);
    text[0] = 'a';
    sp_ignore *most = sp_ignore_read(&arena, (sp_str){text, SP_LIMIT_IGNORE_BYTES});
    assert_int_equal(sp_ignore_excludes(most, SP_STR("a")).ignored, SP_IGNORED_YES);
    sp_ignore *more = sp_ignore_read(&arena, (sp_str){text, SP_LIMIT_IGNORE_BYTES + 1});
    assert_false(more->refused);
    assert_int_equal(sp_ignore_excludes(more, SP_STR("a")).ignored, SP_IGNORED_UNKNOWN);
}

/* ---- patterns ---- */

static void matches_only_from_the_root(void **state)
{
    (void)state;
    expect("x", "x", 'y');
    expect("x", "a/x", 'n');
    expect("**/x", "a/b/x", 'y');
    expect("**/x", "x", 'y');
    expect("a/**", "a", 'n');
    expect("a/**", "a/b", 'y');
    expect("foo**", "foobar/x", 'y');
    expect("**", "a", 'y');
    expect("a**/b", "ab", 'y');
    expect("a**b", "ax/b", 'y');
    expect("a**b", "axb", 'n');
}

static void wildcards_do_not_cross_folders(void **state)
{
    (void)state;
    expect("*.go", "a.go", 'y');
    expect("a/*.go", "a/b/c.go", 'n');
    expect("a?b",
           "a\xE2\x98\xBA"
           "b",
           'y');
    expect("a?b", "a/b", 'n');
    expect("[a-c]x", "bx", 'y');
    expect("[^a-c]x", "bx", 'n');
    expect("a.c*", "abc", 'n');
}

/* The quirks that a translation into regular expressions has. */
static void reads_escapes_as_regular_expressions_do(void **state)
{
    (void)state;
    expect("a\\*b", "a*b", 'y');
    expect("v\\d", "v7", 'y');
    expect("v\\d", "vd", 'n');
    expect("v\\D\\S\\W", "vab.", 'y');
    expect("\\x41\\101\\t", "AA\t", 'y');
    expect("foo\\bar", "foo\\bar", 'n');
    expect("a.\\b*", "a.b", 'y');
    expect("\\Aab\\z", "ab", 'y');
    expect("a\\Ab", "ab", 'n');
    expect("a^b*", "a^b", 'n');
    expect("a^b", "a^b", 'y');
    expect("[*]", "*", 'n');
    expect("[*]", "^]", 'y');
}

static void an_escape_nobody_knows_is_refused_when_it_is_compared(void **state)
{
    (void)state;
    expect("a\\e", "b", 'r');
    expect("a\\\xC3\xA9", "b", 'r');
    expect("b\na\\e", "b", 'y');
    expect("[b-a]*", "b", 'r');
}

static void what_is_not_read_is_unknown(void **state)
{
    (void)state;
    expect("\\Qa", "a", '?');
    expect("\\p{Greek}", "a", '?');
    expect("[[:alpha:]]x", "a", '?');
    expect("a|b*", "a", '?');
    expect("a{2}*", "a", '?');
    expect("[[:a]x", ":x", 'y');
    expect("*.{js,ts}", "a.{js,ts}", 'y');
}

/* ---- what is left out ---- */

static void the_last_decision_wins(void **state)
{
    (void)state;
    expect("*.md\n!README.md", "README.md", 'n');
    expect("*.md\n!README.md", "a.md", 'y');
    expect("!README.md\n*.md", "README.md", 'y');
    expect("docs\n!docs/README.md", "docs/README.md", 'n');
    expect("docs\n!docs/README.md", "docs/a", 'y');
}

static void a_folder_takes_along_what_is_in_it(void **state)
{
    (void)state;
    expect("a/b", "a/b/c/d", 'y');
    expect("*", "a/b", 'y');
    expect("*\n!a", "a/b", 'n');
    expect("*", ".", 'n');
}

/* In the walk an exception is not even asked about a folder that nothing leaves out. */
static void an_exception_of_a_folder_that_is_in_brings_nothing_back(void **state)
{
    (void)state;
    sp_ignore *ignore = ignore_of("a/x\n!a");
    assert_int_equal(sp_ignore_excludes(ignore, SP_STR("a/x")).ignored, SP_IGNORED_YES);
    assert_int_equal(sp_ignore_matches(ignore, SP_STR("a/x")).ignored, SP_IGNORED_NO);
}

static void says_which_pattern_decided(void **state)
{
    (void)state;
    sp_ignore *ignore = ignore_of("# c\n*.md\n\n!a.md");
    assert_int_equal(sp_ignore_excludes(ignore, SP_STR("b.md")).by->line, 2);
    assert_int_equal(sp_ignore_excludes(ignore, SP_STR("a.md")).by->line, 4);
    assert_null(sp_ignore_excludes(ignore, SP_STR("a")).by);
}

/* ---- work ---- */

static sp_ignore_verdict ask_stars(size_t stars, size_t size)
{
    char *pattern = sp_arena_alloc(&arena, 2 * stars + 1), *path = sp_arena_alloc(&arena, size);
    for (size_t i = 0; i < stars; i++)
        memcpy(pattern + 2 * i, "a*", 2);
    pattern[2 * stars] = 'b';
    memset(path, 'a', size);
    sp_ignore *ignore = sp_ignore_read(&arena, (sp_str){pattern, 2 * stars + 1});
    sp_ignore_pattern again = ignore->patterns.items[0]; /* is asked after the first */
    *sp_list_add(&arena, &ignore->patterns) = again;
    return sp_ignore_excludes(ignore, (sp_str){path, size});
}

static void a_question_past_the_limit_is_unknown(void **state)
{
    (void)state;
    size_t within = SP_LIMIT_IGNORE_STEPS / 2048 - 10, beyond = SP_LIMIT_IGNORE_STEPS / 2048 + 10;
    assert_int_equal(ask_stars(1023, within).ignored, SP_IGNORED_NO);
    assert_int_equal(ask_stars(1023, beyond).ignored, SP_IGNORED_UNKNOWN);
}

static void many_stars_cost_their_number(void **state)
{
    (void)state;
    uint64_t once = ask_stars(100, 1000).steps, twice = ask_stars(200, 1000).steps;
    assert_true(twice * 10 <= once * 22);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(skips_comments_only_at_the_start_of_a_line),
        TEST(trims_blanks_and_empty_lines),
        TEST(removes_one_byte_order_mark),
        TEST(cleans_patterns),
        TEST(refuses_an_exception_of_nothing),
        TEST(refuses_wrong_brackets_and_escapes),
        TEST(reads_a_wrong_pattern_as_far_as_buildkit),
        TEST(refuses_a_line_past_the_limit),
        TEST(reads_no_file_past_the_limit),
        TEST(matches_only_from_the_root),
        TEST(wildcards_do_not_cross_folders),
        TEST(reads_escapes_as_regular_expressions_do),
        TEST(an_escape_nobody_knows_is_refused_when_it_is_compared),
        TEST(what_is_not_read_is_unknown),
        TEST(the_last_decision_wins),
        TEST(a_folder_takes_along_what_is_in_it),
        TEST(an_exception_of_a_folder_that_is_in_brings_nothing_back),
        TEST(says_which_pattern_decided),
        TEST(a_question_past_the_limit_is_unknown),
        TEST(many_stars_cost_their_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
