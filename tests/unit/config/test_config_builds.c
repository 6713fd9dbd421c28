/* `builds:` of .stagepolicy.yaml: builds, compose and bake files, and how a mistake is named. */
#include "config/config.h"

#include "base/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

typedef struct reading {
    sp_arena arena;
    sp_str text;
    sp_config config;
    sp_error error;
} reading;

static sp_status read_guarded(void *payload)
{
    reading *file = payload;
    return sp_config_read(&file->arena, SP_STR(".stagepolicy.yaml"), file->text, &file->config, &file->error);
}

static sp_status read_text(reading *file, const char *text)
{
    *file = (reading){.text = sp_str_from(text)};
    SP_INIT(file->error);
    sp_arena_init(&file->arena, sp_alloc_default());
    return sp_guard(&file->arena, read_guarded, file);
}

static void refuses(const char *text, unsigned line, unsigned column, const char *message)
{
    reading file;
    assert_int_equal(read_text(&file, text), SP_E_CONFIG);
    assert_string_equal(file.error.message, message);
    assert_int_equal(file.error.line, line);
    assert_int_equal(file.error.column, column);
    sp_arena_dispose(&file.arena);
}

static void reads_every_key_of_a_build(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "builds:\n"
                                      "  - name: web\n"
                                      "    context: services/web\n"
                                      "    dockerfile: docker/Dockerfile\n"
                                      "    target: final\n"
                                      "    args: {VERSION: 1.10, TOKEN: , EMPTY: ''}\n"
                                      "    contexts: {base: 'docker-image://alpine'}\n"
                                      "    platforms: [linux/amd64, linux/arm64]\n"),
                     SP_OK);
    assert_int_equal(file.config.builds.count, 1);
    const sp_config_build *entry = file.config.builds.items;
    const sp_declared_build *build = &entry->build;
    assert_int_equal(entry->kind, SP_CONFIG_BUILD);
    assert_int_equal(build->line, 2);
    assert_int_equal(build->column, 5);
    assert_true(sp_str_is(build->name, "web"));
    assert_true(sp_str_is(build->context, "services/web"));
    assert_true(sp_str_is(build->dockerfile, "docker/Dockerfile"));
    assert_true(sp_str_is(build->target, "final"));
    assert_int_equal(build->arguments.count, 3);
    assert_true(sp_str_is(build->arguments.items[0].value, "1.10"));
    assert_true(build->arguments.items[0].known);
    assert_false(build->arguments.items[1].known);
    assert_true(build->arguments.items[2].known);
    assert_true(sp_str_is(build->contexts.items[0].value, "docker-image://alpine"));
    assert_int_equal(build->platforms.count, 2);
    sp_arena_dispose(&file.arena);
}

static void what_is_not_said_is_as_docker_has_it(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "builds: [{name: x}]"), SP_OK);
    const sp_declared_build *build = &file.config.builds.items[0].build;
    assert_true(sp_str_is(build->context, "."));
    assert_true(sp_str_is(build->dockerfile, "Dockerfile"));
    assert_int_equal(build->target.size, 0);
    assert_int_equal(build->platforms.count, 0);
    sp_arena_dispose(&file.arena);
}

static void several_targets_are_several_builds(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "builds: [{name: x, targets: [test, final], platforms: linux/amd64}]"), SP_OK);
    assert_int_equal(file.config.builds.count, 2);
    assert_true(sp_str_is(file.config.builds.items[0].build.target, "test"));
    assert_true(sp_str_is(file.config.builds.items[1].build.target, "final"));
    assert_true(sp_str_is(file.config.builds.items[1].build.name, "x"));
    assert_int_equal(file.config.builds.items[1].build.platforms.count, 1);
    sp_arena_dispose(&file.arena);
}

static void names_files_that_declare_builds(void **state)
{
    reading file;
    (void)state;
    assert_int_equal(read_text(&file, "builds:\n"
                                      "- compose: compose.yaml\n"
                                      "- compose: [a.yaml, b.yaml]\n"
                                      "- bake: docker-bake.json\n"
                                      "- bake: a:b/docker-bake.json:release\n"
                                      "- bake: a:b/c\n"),
                     SP_OK);
    const sp_config_build *entries = file.config.builds.items;
    assert_int_equal(file.config.builds.count, 5);
    assert_int_equal(entries[0].kind, SP_CONFIG_COMPOSE);
    assert_int_equal(entries[0].line, 2);
    assert_int_equal(entries[1].files.count, 2);
    assert_true(sp_str_is(entries[1].files.items[1], "b.yaml"));
    assert_int_equal(entries[2].kind, SP_CONFIG_BAKE);
    assert_int_equal(entries[2].selected.size, 0);
    assert_true(sp_str_is(entries[3].files.items[0], "a:b/docker-bake.json"));
    assert_true(sp_str_is(entries[3].selected, "release"));
    assert_true(sp_str_is(entries[4].files.items[0], "a:b/c"));
    sp_arena_dispose(&file.arena);
}

static void names_an_unknown_key(void **state)
{
    (void)state;
    refuses("build: []\n", 1, 1, "unknown key 'build'; did you mean 'builds'?");
    refuses("builds:\n- dockerfle: x\n", 2, 3, "unknown key 'dockerfle'; did you mean 'dockerfile'?");
}

static void names_a_wrong_value(void **state)
{
    static const char list[] = "builds must be a list, each item a build, \"- compose: FILE\" or \"- bake: FILE\"";
    static const char item[] = "a build must be a mapping, as in \"dockerfile: web/Dockerfile\"";
    static const char bake[] = "bake must be a file, or a file and a target as in \"FILE:TARGET\"";
    (void)state;
    refuses("builds: {a: {}}\n", 1, 9, list);
    refuses("builds:\n", 1, 8, list);
    refuses("builds: [Dockerfile]\n", 1, 10, item);
    refuses("builds: [{}]\n", 1, 10, item);
    refuses("builds: [{context: ''}]\n", 1, 20, "context must be a text that is not empty");
    refuses("builds: [{context: [a]}]\n", 1, 20, "context must be a text");
    refuses("builds: [{args: [A=1]}]\n", 1, 17, "args must be a mapping (NAME: value)");
    refuses("builds: [{args: {A: [1]}}]\n", 1, 21, "A must be a text");
    refuses("builds: [{args: {'': 1}}]\n", 1, 18, "a name is missing here");
    refuses("builds: [{contexts: x}]\n", 1, 21, "contexts must be a mapping (name: folder, image or URL)");
    refuses("builds: [{targets: []}]\n", 1, 20, "targets must be a text that is not empty, or a list of such");
    refuses("builds: [{targets: [a, '']}]\n", 1, 24, "targets must be a text that is not empty, or a list of such");
    refuses("builds: [{target: a, targets: [b]}]\n", 1, 31, "targets and target say the same; leave one of them out");
    refuses("builds:\n- {name: a}\n- {name: a}\n", 3, 3, "a build is called 'a' already (on line 2)");
    refuses("builds: [{compose: x, name: y}]\n", 1, 10, "compose stands alone: its file says the rest");
    refuses("builds: [{bake: x, compose: y}]\n", 1, 10, "compose stands alone: its file says the rest");
    refuses("builds: [{bake: x, target: y}]\n", 1, 10, "bake stands alone: its file says the rest");
    refuses("builds: [{bake: [x]}]\n", 1, 17, bake);
    refuses("builds: [{bake: 'x:'}]\n", 1, 17, bake);
    refuses("builds: [{bake: ':x'}]\n", 1, 17, bake);
}

static void shared_arguments_count_each_time(void **state)
{
    static char text[100000];
    size_t size = (size_t)sprintf(text, "builds:\n- args: &a {");
    (void)state;
    for (unsigned i = 0; i < 1000; i++)
        size += (size_t)sprintf(text + size, "A%u: 1, ", i);
    size += (size_t)sprintf(text + size, "}\n");
    for (unsigned i = 0; i < 1000; i++)
        size += (size_t)sprintf(text + size, "- args: *a\n");
    refuses(text, 2, 9, "with what is shared counted each time, these builds have too many entries");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_key_of_a_build),
        cmocka_unit_test(what_is_not_said_is_as_docker_has_it),
        cmocka_unit_test(several_targets_are_several_builds),
        cmocka_unit_test(names_files_that_declare_builds),
        cmocka_unit_test(names_an_unknown_key),
        cmocka_unit_test(names_a_wrong_value),
        cmocka_unit_test(shared_arguments_count_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
