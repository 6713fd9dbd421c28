/* YAML: the tree with its places, and every way in which a text is refused. */
#include "config/yaml.h"

#include "base/guard.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* One reading of a text, guarded as the engine guards it. */
typedef struct reading {
    sp_arena arena;
    sp_str text;
    const sp_yaml *root;
    sp_error error;
} reading;

static sp_status read_guarded(void *payload)
{
    reading *file = payload;
    return sp_yaml_read(&file->arena, SP_STR("c.yaml"), file->text, &file->root, &file->error);
}

static sp_status read_text(reading *file, sp_str text)
{
    *file = (reading){.text = text};
    SP_INIT(file->error);
    sp_arena_init(&file->arena, sp_alloc_default());
    return sp_guard(&file->arena, read_guarded, file);
}

static void refuses(sp_str text, unsigned line, unsigned column, const char *message)
{
    reading file;
    assert_int_equal(read_text(&file, text), SP_E_CONFIG);
    if (strstr(file.error.message, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, file.error.message);
    assert_string_equal(file.error.path, "c.yaml");
    assert_int_equal(file.error.line, line);
    assert_int_equal(file.error.column, column);
    sp_arena_dispose(&file.arena);
}

static void keeps_values_and_places(void **state)
{
    reading file;
    (void)state;

    assert_int_equal(read_text(&file, SP_STR("a: 1\nb:\n  - x\n  - \"y z\"\n")), SP_OK);

    const sp_yaml *list = sp_yaml_find(file.root, "b");
    assert_int_equal(file.root->kind, SP_YAML_MAPPING);
    assert_int_equal(list->kind, SP_YAML_SEQUENCE);
    assert_int_equal(list->items.count, 2);
    assert_string_equal(list->items.items[1]->scalar.text, "y z");
    assert_true(list->items.items[1]->quoted);
    assert_false(list->items.items[0]->quoted);
    assert_int_equal(list->items.items[1]->line, 4);
    assert_int_equal(list->items.items[1]->column, 5);
    sp_arena_dispose(&file.arena);
}

static void an_empty_text_is_an_empty_mapping(void **state)
{
    static const char *const texts[] = {"", "# nothing\n", "---\n", "~\n", "\xEF\xBB\xBF"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading file;
        assert_int_equal(read_text(&file, sp_str_from(texts[i])), SP_OK);
        assert_int_equal(file.root->kind, SP_YAML_MAPPING);
        assert_int_equal(file.root->keys.count, 0);
        sp_arena_dispose(&file.arena);
    }
}

static void an_alias_shares_the_tree_of_its_anchor(void **state)
{
    reading file;
    (void)state;

    assert_int_equal(read_text(&file, SP_STR("a: &x [1, 2]\nb: *x\n")), SP_OK);

    assert_ptr_equal(sp_yaml_find(file.root, "a"), sp_yaml_find(file.root, "b"));
    sp_arena_dispose(&file.arena);
}

static void an_anchor_bomb_costs_nothing(void **state)
{
    char text[4096] = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    (void)state;
    for (int i = 1; i < 40; i++) {
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1,
                 i - 1, i - 1, i - 1);
    }
    reading file;

    assert_int_equal(read_text(&file, sp_str_from(text)), SP_OK);

    assert_true(file.arena.used < 262144);
    sp_arena_dispose(&file.arena);
}

static void a_chain_of_aliases_counts_as_depth(void **state)
{
    char text[8192] = "- &a0 [x]\n";
    (void)state;
    for (int i = 1; i < 80; i++) {
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "- &a%d [*a%d]\n", i, i - 1);
    }
    refuses(sp_str_from(text), 64, 9, "nest too deeply");
}

static void a_value_may_not_hold_itself(void **state)
{
    (void)state;
    refuses(SP_STR("a: &x [1, *x]\n"), 1, 11, "no anchor '&x' ends before this alias");
    refuses(SP_STR("a: *y\n"), 1, 4, "no anchor '&y'");
}

static void refuses_deep_nesting(void **state)
{
    static char text[200000];
    (void)state;
    memset(text, '[', sizeof text);
    refuses((sp_str){text, sizeof text}, 1, SP_LIMIT_YAML_DEPTH + 1, "nest too deeply");
}

static void refuses_a_key_that_is_there_twice(void **state)
{
    (void)state;
    refuses(SP_STR("b: 1\na: 1\nb: 2\na: 2\n"), 3, 1, "the key 'b' is here for the second time (first on line 1)");
    refuses(SP_STR("x: {k: 1, 'k': 2}\n"), 1, 11, "the key 'k'");
}

static void refuses_many_keys_of_one_name_quickly(void **state)
{
    size_t count = 100000, size = 0;
    char *text = malloc(count * 10 + 1);
    (void)state;
    for (size_t i = 0; i < count; i++)
        size += (size_t)sprintf(text + size, "k%05zu: 1\n", i % (count - 1));
    refuses((sp_str){text, size}, (unsigned)count, 1, "the key 'k00000'");
    free(text);
}

static void names_the_tab(void **state)
{
    (void)state;
    refuses(SP_STR("a:\n\tb: 1\n"), 2, 1, "a tab indents this line");
    refuses(SP_STR("a:\n  \tb: 1\n"), 2, 3, "a tab indents this line");
}

static void refuses_a_second_document(void **state)
{
    (void)state;
    refuses(SP_STR("a: 1\n---\nb: 2\n"), 2, 1, "a second document begins here");
}

static void refuses_what_is_not_yaml(void **state)
{
    (void)state;
    refuses(SP_STR("a: [1, 2\nb: 3\n"), 2, 2, "this is not YAML");
    refuses(SP_STR("a: }\n"), 1, 4, "this is not YAML");
    refuses(SP_STR("a: 'x\n"), 2, 1, "this is not YAML");
    refuses(SP_STR("a: \xff\n"), 1, 4, "this is not UTF-8 text");
    refuses(SP_STR("a: 1\nb: \x01\n"), 2, 4, "this is not UTF-8 text");
}

static void refuses_what_has_no_meaning_here(void **state)
{
    (void)state;
    refuses(SP_STR("a: !!python/object x\n"), 1, 4, "tags are not used here");
    refuses(SP_STR("a: \"x\\0y\"\n"), 1, 4, "NUL");
    refuses(SP_STR("[a, b]: 1\n"), 1, 1, "a key must be a plain text");
}

static void refuses_too_many_bytes(void **state)
{
    char *text = calloc(1, SP_LIMIT_YAML_BYTES + 1);
    (void)state;
    memset(text, '#', SP_LIMIT_YAML_BYTES + 1);
    refuses((sp_str){text, SP_LIMIT_YAML_BYTES + 1}, 0, 0, "larger than 1048576 bytes");
    reading file;
    assert_int_equal(read_text(&file, (sp_str){text, SP_LIMIT_YAML_BYTES}), SP_OK);
    sp_arena_dispose(&file.arena);
    free(text);
}

static void refuses_too_many_anchors(void **state)
{
    char *text = malloc(20000);
    size_t size = 0;
    (void)state;
    for (unsigned i = 0; i <= SP_LIMIT_YAML_ANCHORS; i++)
        size += (size_t)sprintf(text + size, "- &a%u x\n", i);
    refuses((sp_str){text, size}, SP_LIMIT_YAML_ANCHORS + 1, 3, "more than 1000 anchors");
    free(text);
}

static void reads_what_a_value_must_be(void **state)
{
    reading file;
    bool boolean = false;
    int64_t integer = 0;
    sp_str text = SP_STR("");
    (void)state;
    assert_int_equal(read_text(&file, SP_STR("t: True\nq: 'true'\nn: -12\nm: 9223372036854775808\ne:\n")), SP_OK);

    assert_int_equal(sp_yaml_boolean(sp_yaml_find(file.root, "t"), SP_STR("c"), "t", &boolean, NULL), SP_OK);
    assert_true(boolean);
    assert_int_equal(sp_yaml_boolean(sp_yaml_find(file.root, "q"), SP_STR("c"), "q", &boolean, NULL), SP_E_CONFIG);
    assert_int_equal(sp_yaml_integer(sp_yaml_find(file.root, "n"), SP_STR("c"), "n", &integer, NULL), SP_OK);
    assert_true(integer == -12);
    assert_int_equal(sp_yaml_integer(sp_yaml_find(file.root, "m"), SP_STR("c"), "m", &integer, NULL), SP_E_CONFIG);
    assert_int_equal(sp_yaml_text(sp_yaml_find(file.root, "n"), SP_STR("c"), "n", &text, NULL), SP_OK);
    assert_string_equal(text.text, "-12");
    assert_int_equal(sp_yaml_text(sp_yaml_find(file.root, "e"), SP_STR("c"), "e", &text, &file.error), SP_E_CONFIG);
    assert_string_equal(file.error.message, "e must be a text");
    assert_int_equal(file.error.line, 5);
    sp_arena_dispose(&file.arena);
}

/* An allocator that refuses after some calls. */
static void *refuse(void *payload, void *old, size_t old_size, size_t new_size)
{
    unsigned *left = payload;
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return (*left)-- == 0 ? ((*left = 0), NULL) : realloc(old, new_size);
}

static void gives_everything_back_without_memory(void **state)
{
    char text[60000] = "";
    size_t size = 0;
    (void)state;
    for (unsigned i = 0; i < 1000; i++)
        size += (size_t)sprintf(text + size, "key%u: &a%u [value, 'other']\n", i, i % 50);
    for (unsigned allowed = 0; allowed < 4; allowed++) {
        unsigned left = allowed;
        reading file = {.text = {text, size}};
        sp_arena_init(&file.arena, (sp_alloc){refuse, &left});
        assert_int_equal(sp_guard(&file.arena, read_guarded, &file), SP_E_MEMORY);
        sp_arena_dispose(&file.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_values_and_places),
        cmocka_unit_test(an_empty_text_is_an_empty_mapping),
        cmocka_unit_test(an_alias_shares_the_tree_of_its_anchor),
        cmocka_unit_test(an_anchor_bomb_costs_nothing),
        cmocka_unit_test(a_chain_of_aliases_counts_as_depth),
        cmocka_unit_test(a_value_may_not_hold_itself),
        cmocka_unit_test(refuses_deep_nesting),
        cmocka_unit_test(refuses_a_key_that_is_there_twice),
        cmocka_unit_test(refuses_many_keys_of_one_name_quickly),
        cmocka_unit_test(names_the_tab),
        cmocka_unit_test(refuses_a_second_document),
        cmocka_unit_test(refuses_what_is_not_yaml),
        cmocka_unit_test(refuses_what_has_no_meaning_here),
        cmocka_unit_test(refuses_too_many_bytes),
        cmocka_unit_test(refuses_too_many_anchors),
        cmocka_unit_test(reads_what_a_value_must_be),
        cmocka_unit_test(gives_everything_back_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
