/* What sources name in a context: a tree that is told, and what .dockerignore leaves of it. */
#include "unit/arena.h"

#include "base/limits.h"
#include "base/path.h"
#include "context/find.h"
#include "context/glob.h"

/* A tree as a list of paths; one that ends in '/' is a folder, in '@' a link that was followed. */
typedef struct tree {
    const char *const *paths;
    size_t looked, listed;
    uint32_t copies; /* each name of a folder comes so many times more, numbered */
} tree;

static void look(void *payload, sp_str path, sp_context_entry *out)
{
    tree *is = payload;
    is->looked++;
    assert_int_equal(path.text[path.size], '\0');
    out->kind = sp_str_is(path, ".") ? SP_CONTEXT_FOLDER : SP_CONTEXT_ABSENT;
    for (size_t i = 0; is->paths[i] != NULL && out->kind == SP_CONTEXT_ABSENT; i++) {
        sp_str one = sp_str_from(is->paths[i]), rest = sp_str_skip(one, path.size);
        if (!sp_str_starts(one, path))
            continue;
        out->followed = sp_str_is(rest, "@");
        if (rest.size == 0 || out->followed)
            out->kind = SP_CONTEXT_FILE;
        else if (rest.text[0] == '/')
            out->kind = SP_CONTEXT_FOLDER;
        else if (rest.text[0] == '?')
            out->kind = SP_CONTEXT_UNKNOWN;
    }
    out->bytes = out->kind == SP_CONTEXT_FILE ? 10 : 0;
}

static bool list(void *payload, sp_arena *to, sp_str path, size_t most, sp_context_entries *out)
{
    tree *is = payload;
    is->listed++;
    assert_int_equal(path.text[path.size], '\0');
    sp_str prefix = sp_str_is(path, ".") ? SP_STR("") : sp_arena_print(to, "%.*s/", SP_STR_ARG(path));
    for (size_t i = 0; is->paths[i] != NULL; i++) {
        sp_str one = sp_str_from(is->paths[i]), rest = sp_str_skip(one, prefix.size);
        if (!sp_str_starts(one, prefix) || rest.size == 0)
            continue;
        sp_str name = sp_str_head(rest, sp_str_find(rest, '/'));
        if (sp_str_is(name, "unreadable"))
            return false;
        if (out->count > 0 && sp_str_equal(out->items[out->count - 1].name, name))
            continue;
        if (out->count + is->copies > most)
            return false;
        sp_context_kind kind = name.size < rest.size ? SP_CONTEXT_FOLDER : SP_CONTEXT_FILE;
        *sp_list_add(to, out) = (sp_context_entry){.name = name, .kind = kind, .bytes = 10};
        for (uint32_t copy = 0; copy < is->copies; copy++) {
            sp_str again = sp_arena_print(to, "%.*s%u", SP_STR_ARG(name), copy);
            *sp_list_add(to, out) = (sp_context_entry){.name = again, .kind = SP_CONTEXT_FILE, .bytes = 10};
        }
    }
    return true;
}

static const char *const usual[] = {"Dockerfile", "lib/x.so", "lib/y.so",     "link@",         "odd?",
                                    "src/a.js",   "src/b.go", "src/sub/c.js", "src/sub/d.txt", NULL};

/* A folder with that tree, and patterns; NULL: no .dockerignore. */
static sp_context_folder *folder_of(tree *is, const char *patterns)
{
    sp_context_reader *reader = sp_arena_new(&arena, sp_context_reader);
    *reader = (sp_context_reader){look, list, is};
    sp_context_folder *folder = sp_arena_new(&arena, sp_context_folder);
    folder->arena = &arena;
    folder->path = SP_STR(".dockerignore");
    folder->reader = is != NULL ? reader : NULL;
    folder->ignore = patterns != NULL ? sp_ignore_read(&arena, sp_str_from(patterns)) : NULL;
    return folder;
}

/* Two letters: whether it exists and is excluded. */
static void expect(const char *patterns, const char *source, const char *wanted)
{
    tree is = {.paths = usual};
    sp_context_folder *folder = folder_of(&is, patterns);
    const sp_context_found *found = sp_context_find(folder, sp_path_below(&arena, sp_str_from(source)));
    char got[] = {"ny?"[found->exists], "ny?"[found->excluded], '\0'};
    if (strcmp(got, wanted) != 0)
        fail_msg("%s of '%s': %s, not %s (%.*s)", source, patterns, got, wanted, SP_STR_ARG(found->reason));
    if (found->exists == SP_CONTEXT_YES)
        assert_true(found->first.size > 0);
    if (found->excluded == SP_CONTEXT_YES)
        assert_true(found->left_out.size > 0 && found->by != NULL);
}

/* The same where nobody can look. */
static void expect_unseen(const char *patterns, const char *source, const char *wanted)
{
    sp_context_folder *folder = folder_of(NULL, patterns);
    const sp_context_found *found = sp_context_find(folder, sp_path_below(&arena, sp_str_from(source)));
    char got[] = {"ny?"[found->exists], "ny?"[found->excluded], '\0'};
    if (strcmp(got, wanted) != 0)
        fail_msg("%s of '%s': %s, not %s", source, patterns, got, wanted);
}

static void expect_size(const char *patterns, const char *source, int64_t wanted)
{
    tree is = {.paths = usual};
    uint64_t bytes = 0;
    bool known = sp_context_measure(folder_of(&is, patterns), sp_path_below(&arena, sp_str_from(source)), &bytes);
    if ((known ? (int64_t)bytes : -1) != wanted)
        fail_msg("%s of '%s': %d", source, patterns, known ? (int)bytes : -1);
}

static void finds_paths(void **state)
{
    (void)state;
    expect(NULL, "src", "yn");
    expect(NULL, "src/a.js", "yn");
    expect(NULL, "/src/../lib", "yn");
    expect(NULL, ".", "yn");
    expect(NULL, "none", "nn");
    expect(NULL, "odd", "?n");
    expect(NULL, "odd\\", "?n");
}

static void finds_what_wildcards_name(void **state)
{
    (void)state;
    expect(NULL, "*", "yn");
    expect(NULL, "src/*.js", "yn");
    expect(NULL, "*/*.so", "yn");
    expect(NULL, "s?c/[a-c].js", "yn");
    expect(NULL, "*/*/d.*", "yn");
    expect(NULL, "*.js", "nn");
    expect(NULL, "none/*", "nn");
    expect(NULL, "src/[", "??");
    expect(NULL, "odd/*", "??");
}

static void leaves_out_what_patterns_take(void **state)
{
    (void)state;
    expect("src", "src", "ny");
    expect("src", "src/a.js", "ny");
    expect("src", "src/*", "ny");
    expect("**/*.js", "src/*.js", "ny");
    expect("**/*.js", "src", "yn");
    expect("src/sub/*.js", "src/*/*", "yn");
    expect("none", "none", "ny");
    expect("a|b*", "src", "??");
    expect("!", "src", "??");
}

static void looks_for_what_exceptions_bring_back(void **state)
{
    (void)state;
    expect("src\n!src/sub", "src", "yn");
    expect("src\n!src/sub/*.js", "src", "yn");
    expect("src\n!src/*.py", "src", "ny");
    expect("src\n!source/x", "src", "ny");
    expect("*\n!lib/x.so", "*", "yn");
    expect("*\n!lib/x.so", "src", "ny");
    expect("*\n!src/none", "none", "ny");
}

static void follows_links_only_where_nothing_is_left_out(void **state)
{
    (void)state;
    expect(NULL, "link", "yn");
    expect("# nothing", "link", "yn");
    expect("x", "link", "?n");
    expect("link", "link", "ny");
}

static void knows_without_looking_what_patterns_say(void **state)
{
    (void)state;
    expect_unseen(NULL, "src", "?n");
    expect_unseen("src", "src", "ny");
    expect_unseen("src", "src/*", "ny");
    expect_unseen("*.js", "*.js", "??");
    expect_unseen("src\n!src/x", "src", "??");
    expect_unseen("src\n!srcs\n!s", "src", "ny");
    expect_unseen("src\n!*/x", "src", "??");
    expect_unseen("src\n!src/x", "src/*", "??");
}

static void measures_what_is_kept(void **state)
{
    (void)state;
    expect_size(NULL, ".", 90);
    expect_size(NULL, "src", 40);
    expect_size(NULL, "src/*.js", 10);
    expect_size(NULL, "none", -1);
    expect_size("**/*.js", "src", 20);
    expect_size("src/sub\n!**/*.js", "src", 30);
    expect_size("*\n!src/sub", ".", 20);
    expect_size("src", "src", -1);
    expect_size("x", "link", -1);
    expect_size(NULL, "odd", -1);
}

static void asks_once(void **state)
{
    (void)state;
    tree is = {.paths = usual};
    sp_context_folder *folder = folder_of(&is, NULL);
    const sp_context_found *found = sp_context_find(folder, SP_STR("src/*"));
    size_t looked = is.looked, listed = is.listed;
    assert_ptr_equal(sp_context_find(folder, SP_STR("src/*")), found);
    assert_int_equal(is.looked, looked);
    assert_int_equal(is.listed, listed);
}

static void says_that_a_folder_cannot_be_listed(void **state)
{
    (void)state;
    static const char *const paths[] = {"a/unreadable", NULL};
    tree is = {.paths = paths};
    uint64_t bytes;
    sp_context_folder *folder = folder_of(&is, NULL);
    const sp_context_found *found = sp_context_find(folder, SP_STR("a/*"));
    assert_int_equal(found->exists, SP_CONTEXT_UNTOLD);
    assert_true(sp_str_is(found->reason, "the folder 'a' cannot be listed"));
    assert_false(sp_context_measure(folder, SP_STR("a"), &bytes));
}

static void gives_up_on_too_many_files(void **state)
{
    (void)state;
    static const char *const paths[] = {"a/x", NULL};
    tree is = {.paths = paths, .copies = SP_LIMIT_CONTEXT_LISTED / 64 / 3};
    uint64_t bytes;
    sp_context_folder *folder = folder_of(&is, NULL);
    assert_true(sp_context_measure(folder, SP_STR("a"), &bytes));
    assert_int_equal(bytes, 10 * ((uint64_t)is.copies + 1));
    assert_true(sp_context_measure(folder, SP_STR("a"), &bytes));
    assert_false(sp_context_measure(folder, SP_STR("a"), &bytes));
    assert_false(sp_context_measure(folder, SP_STR("a"), &bytes));
    assert_int_equal(sp_context_find(folder, SP_STR("a/z*"))->exists, SP_CONTEXT_UNTOLD);
    assert_int_equal(sp_context_find(folder, SP_STR("a/x"))->exists, SP_CONTEXT_YES);
}

static void gives_up_on_too_much_comparing(void **state)
{
    (void)state;
    static const char *const paths[] = {"a/x", NULL};
    tree is = {.paths = paths, .copies = 10000};
    sp_str pattern = sp_arena_print(&arena, "a/*%02000d", 0);
    sp_context_folder *folder = folder_of(&is, NULL);
    for (int i = 0; i < 4; i++) {
        sp_str source = sp_arena_print(&arena, "%.*s%d", SP_STR_ARG(pattern), i);
        const sp_context_found *found = sp_context_find(folder, source);
        assert_int_equal(found->exists, i < 2 ? SP_CONTEXT_NO : SP_CONTEXT_UNTOLD);
    }
}

static void takes_names_as_go_does(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool taken;
    } rows[] = {
        {"", "", true},
        {"a", "a", true},
        {"a", "b", false},
        {"*", "", true},
        {"*", "abc", true},
        {"a*", "abc", true},
        {"*c", "abc", true},
        {"*b", "abc", false},
        {"a*b*c", "aXbYc", true},
        {"a*b*c", "acb", false},
        {"?", "\xC3\xA9", true},
        {"??", "\xC3\xA9", false},
        {"[a-c]", "b", true},
        {"[^a-c]", "b", false},
        {"[\\]]", "]", true},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"[\xC3\xA0-\xC3\xB0]", "\xC3\xA9", true},
        {"*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false},
        {"a[", "a", false},
        {"\\", "a", false},
        {"**", "x", true},
        {"*?", "", false},
        {"*\\", "a", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (sp_context__glob_takes(sp_str_from(rows[i].pattern), sp_str_from(rows[i].name)) != rows[i].taken)
            fail_msg("'%s' on '%s'", rows[i].pattern, rows[i].name);
    }
    assert_true(sp_context__is_wild(SP_STR("a/[b")));
    assert_false(sp_context__is_wild(SP_STR("a\\*b\\")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_paths),
        TEST(finds_what_wildcards_name),
        TEST(leaves_out_what_patterns_take),
        TEST(looks_for_what_exceptions_bring_back),
        TEST(follows_links_only_where_nothing_is_left_out),
        TEST(knows_without_looking_what_patterns_say),
        TEST(measures_what_is_kept),
        TEST(asks_once),
        TEST(says_that_a_folder_cannot_be_listed),
        TEST(gives_up_on_too_many_files),
        TEST(gives_up_on_too_much_comparing),
        TEST(takes_names_as_go_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
