/* Files that say what images contain: what they may say, and how a mistake is named. */
#include "config/catalogue_file.h"

#include "base/guard.h"

#include "unit/arena.h"

typedef struct reading {
    sp_str text;
    sp_catalogue_entries entries;
    sp_error error;
} reading;

static sp_status read_guarded(void *payload)
{
    static const sp_str capabilities[] = {{"c-compiler", 10}, {"shell:sh", 8}};
    reading *file = payload;
    return sp_catalogue_file_read(&arena, SP_STR("images.yaml"), file->text, capabilities, 2, &file->entries,
                                  &file->error);
}

static sp_status read_text(reading *file, const char *text)
{
    *file = (reading){.text = sp_str_from(text)};
    SP_INIT(file->error);
    return sp_guard(&arena, read_guarded, file);
}

static void refuses(const char *text, unsigned line, unsigned column, const char *message)
{
    reading file;
    assert_int_equal(read_text(&file, text), SP_E_CONFIG);
    assert_string_equal(file.error.message, message);
    assert_int_equal(file.error.line, line);
    assert_int_equal(file.error.column, column);
}

#define HEAD "images:\n- image: a.example/b\n  tags: ['*']\n  family: os\n  confidence: observed\n  source: us\n"

static void reads_a_row_for_each_repository(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "images:\n"
                                      "- image: [a.example/b, localhost/c]\n"
                                      "  tags: ['1*', latest]\n"
                                      "  family: runtime\n"
                                      "  distro: debian\n"
                                      "  libc: glibc\n"
                                      "  user: app\n"
                                      "  contains: [shell:sh]\n"
                                      "  unknown: [c-compiler]\n"
                                      "  confidence: assumed\n"
                                      "  source: our team\n"),
                     SP_OK);
    assert_int_equal(file.entries.count, 2);
    const sp_catalogue_entry *entry = &file.entries.items[1];
    assert_true(sp_str_is(entry->repository, "localhost/c"));
    assert_string_equal(entry->tags[1], "latest");
    assert_null(entry->tags[2]);
    assert_string_equal(entry->contains[0], "shell:sh");
    assert_null(entry->lacks[0]);
    assert_string_equal(entry->unknown[0], "c-compiler");
    assert_string_equal(entry->family, "runtime");
    assert_string_equal(entry->libc, "glibc");
    assert_string_equal(entry->user, "app");
    assert_int_equal(entry->confidence, 2);
}

static void leaves_out_what_is_not_said(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, HEAD "  contains: []\n"), SP_OK);
    assert_null(file.entries.items[0].contains[0]);
    assert_null(file.entries.items[0].user);
    assert_null(file.entries.items[0].libc);
}

static void says_what_a_word_was_meant_to_be(void **state)
{
    (void)state;
    refuses(HEAD "  contians: []\n", 7, 3, "unknown key 'contians'; did you mean 'contains'?");
    refuses(HEAD "  contains: [c-compilr]\n", 7, 14, "'c-compilr' is no capability; did you mean 'c-compiler'?");
    refuses(HEAD "  contains: [git]\n", 7, 14, "'git' is no capability");
    refuses(HEAD "  contains: []\n  libc: gilbc\n", 8, 9, "'gilbc' is no libc; did you mean 'glibc'?");
}

static void needs_what_a_row_is_made_of(void **state)
{
    (void)state;
    refuses(HEAD, 2, 3, "a row needs 'contains'");
    refuses("images:\n- tags: [a]\n", 2, 3, "a row needs 'image'");
    refuses("images:\n- image: a.example/b\n  contains: []\n", 2, 3, "a row needs 'tags'");
    refuses("images:\n- image: a.example/b\n  tags: [a]\n  contains: []\n", 2, 3, "a row needs 'family'");
}

static void needs_a_registry(void **state)
{
    static const char *const message =
        "image must be a repository with its registry and without a tag, registry.example/team/base";
    static const char *const images[] = {"golang", "team/base", "a.example", "a.example/", "[x.example/y, golang]"};
    (void)state;
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        reading file;
        sp_str text = sp_arena_print(&arena,
                                     "images:\n- image: %s\n  tags: [a]\n  family: os\n  confidence: observed\n"
                                     "  source: us\n  contains: []\n",
                                     images[i]);
        assert_int_equal(read_text(&file, text.text), SP_E_CONFIG);
        assert_string_equal(file.error.message, message);
    }
}

static void refuses_other_shapes(void **state)
{
    (void)state;
    refuses("- a\n", 1, 1, "a catalogue must be a mapping (images: …)");
    refuses("images: {}\n", 1, 9, "images must be a list of rows");
    refuses("images: [a]\n", 1, 10, "a row of images must be a mapping (key: value)");
    refuses(HEAD "  contains: shell:sh\n", 7, 13, "contains must be a list");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_a_row_for_each_repository),
        TEST(leaves_out_what_is_not_said),
        TEST(says_what_a_word_was_meant_to_be),
        TEST(needs_what_a_row_is_made_of),
        TEST(needs_a_registry),
        TEST(refuses_other_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
