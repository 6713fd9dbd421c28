/* `images:` of the configuration: what it may say, and how a mistake is named. */
#include "config/config.h"

#include "base/guard.h"

#include "unit/arena.h"

typedef struct reading {
    sp_str text;
    sp_config config;
    sp_error error;
} reading;

static sp_status read_guarded(void *payload)
{
    reading *file = payload;
    return sp_config_read(&arena, SP_STR(".stagepolicy.yaml"), file->text, &file->config, &file->error);
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

static void reads_mirrors(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "images:\n"
                                      "  mirrors:\n"
                                      "    registry.corp/dockerhub/: docker.io/\n"
                                      "    localhost/q/: quay.io/team/\n"),
                     SP_OK);
    const sp_config_mirrors *mirrors = &file.config.mirrors;
    assert_int_equal(mirrors->count, 2);
    assert_true(sp_str_is(mirrors->items[0].prefix, "registry.corp/dockerhub/"));
    assert_true(sp_str_is(mirrors->items[0].stands_for, "docker.io/"));
    assert_true(sp_str_is(mirrors->items[1].prefix, "localhost/q/"));
    assert_true(sp_str_is(mirrors->items[1].stands_for, "quay.io/team/"));
}

static void reads_names_of_catalogues(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "images: {catalogues: [images.yaml, /etc/acme/images.yaml]}\n"), SP_OK);
    assert_int_equal(file.config.catalogues.count, 2);
    assert_true(sp_str_is(file.config.catalogues.items[0], "images.yaml"));
    refuses("images: {catalogues: images.yaml}\n", 1, 22, "catalogues must be a list of files, [images.yaml]");
    refuses("images: {catalogues: ['']}\n", 1, 23, "catalogues must be a list of files, [images.yaml]");
}

static void takes_an_empty_list(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "images: {}\n"), SP_OK);
    assert_int_equal(file.config.mirrors.count, 0);
    assert_int_equal(read_text(&file, "images: {mirrors: {}}\n"), SP_OK);
    assert_int_equal(file.config.mirrors.count, 0);
}

static void says_what_a_key_was_meant_to_be(void **state)
{
    (void)state;
    refuses("image: {}\n", 1, 1, "unknown key 'image'; did you mean 'images'?");
    refuses("images:\n  mirors: {}\n", 2, 3, "unknown key 'mirors'; did you mean 'mirrors'?");
}

static void refuses_what_is_no_mapping(void **state)
{
    (void)state;
    refuses("images: [a]\n", 1, 9, "images must be a mapping (key: value)");
    refuses("images: {mirrors: [a]}\n", 1, 19, "mirrors must be a mapping, registry.example/dockerhub/: docker.io/");
}

static void refuses_what_names_no_registry(void **state)
{
    static const char *const message = "a mirror, and what it stands for, must be a registry or a part of one, ending "
                                       "with '/': registry.example/dockerhub/, docker.io/";
    (void)state;
    refuses("images: {mirrors: {team/: docker.io/}}\n", 1, 20, message);
    refuses("images: {mirrors: {registry.corp/a: docker.io/}}\n", 1, 20, message);
    refuses("images:\n  mirrors:\n    registry.corp/: docker.io\n", 3, 21, message);
    refuses("images:\n  mirrors:\n    registry.corp/: [docker.io/]\n", 3, 21, message);
    refuses("images: {mirrors: {'': docker.io/}}\n", 1, 20, message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_mirrors),
        TEST(reads_names_of_catalogues),
        TEST(takes_an_empty_list),
        TEST(says_what_a_key_was_meant_to_be),
        TEST(refuses_what_is_no_mapping),
        TEST(refuses_what_names_no_registry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
