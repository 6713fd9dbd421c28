/* Packs on disk: what counts as a policy, and how a broken pack is named. */
#include "config/pack.h"

#include "base/guard.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A pack in a folder of its own, and what reading it gave. */
typedef struct pack_trial {
    char folder[64];
    sp_arena arena;
    sp_pack pack;
    sp_error error;
} pack_trial;

static char *path_in(const pack_trial *trial, const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", trial->folder, name);
    return path;
}

static void make_file(const pack_trial *trial, const char *name, const char *text)
{
    char *path = path_in(trial, name);
    for (char *slash = strchr(path + strlen(trial->folder) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    pack_trial *trial = calloc(1, sizeof *trial);
    strcpy(trial->folder, "/tmp/sp-pack-XXXXXX");
    *state = trial;
    return mkdtemp(trial->folder) == NULL;
}

static int tear_down(void **state)
{
    char command[128];
    pack_trial *trial = *state;
    snprintf(command, sizeof command, "rm -rf '%s'", trial->folder);
    int status = system(command);
    sp_arena_dispose(&trial->arena);
    free(trial);
    return status;
}

static sp_status read_guarded(void *payload)
{
    pack_trial *trial = payload;
    return sp_pack_read(&trial->arena, sp_str_from(trial->folder), &trial->pack, &trial->error);
}

static sp_status read_pack(pack_trial *trial)
{
    SP_INIT(trial->error);
    sp_arena_init(&trial->arena, sp_alloc_default());
    return sp_guard(&trial->arena, read_guarded, trial);
}

static void refuses(pack_trial *trial, sp_status status, const char *name, unsigned line, unsigned column,
                    const char *message)
{
    assert_int_equal(read_pack(trial), status);
    assert_int_equal(trial->error.status, status);
    assert_string_equal(trial->error.message, message);
    assert_string_equal(trial->error.path, *name != '\0' ? path_in(trial, name) : trial->folder);
    assert_int_equal(trial->error.line, line);
    assert_int_equal(trial->error.column, column);
}

static void reads_policies_and_modules_in_order(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\nversion: 1.0\napi: 1\n");
    make_file(trial, "zebra/zebra.lua", "return 1");
    make_file(trial, "ant/ant.lua", "return 2");
    make_file(trial, "ant/cases/x.Dockerfile", "FROM scratch");
    make_file(trial, "lib/words.lua", "return 3");
    make_file(trial, "README.md", "hello");
    make_file(trial, "notes/text.md", "hello");

    assert_int_equal(read_pack(trial), SP_OK);

    assert_string_equal(trial->pack.name.text, "acme");
    assert_string_equal(trial->pack.version.text, "1.0");
    assert_int_equal(trial->pack.policies.count, 2);
    assert_string_equal(trial->pack.policies.items[0].name.text, "ant");
    assert_string_equal(trial->pack.policies.items[0].text.text, "return 2");
    assert_string_equal(trial->pack.policies.items[1].path.text, path_in(trial, "zebra/zebra.lua"));
    assert_int_equal(trial->pack.modules.count, 1);
    assert_string_equal(trial->pack.modules.items[0].name.text, "words");
}

static void does_not_follow_links(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\n");
    make_file(trial, "ant/ant.lua", "return 1");
    make_file(trial, "lib/words.lua", "return 1");
    assert_int_equal(symlink("ant", path_in(trial, "bee")), 0);
    assert_int_equal(symlink("words.lua", path_in(trial, "lib/other.lua")), 0);

    assert_int_equal(read_pack(trial), SP_OK);

    assert_int_equal(trial->pack.policies.count, 1);
    assert_int_equal(trial->pack.modules.count, 1);
}

static void a_misspelt_policy_is_not_silently_left_out(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\n");
    make_file(trial, "ant/ants.lua", "return 1");
    refuses(trial, SP_E_PACK, "ant", 0, 0, "the policy must be the regular file 'ant.lua'; here is 'ants.lua'");
}

static void a_fifo_does_not_hold_us_up(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\n");
    make_file(trial, "ant/x.md", "");
    assert_int_equal(mkfifo(path_in(trial, "ant/ant.lua"), 0600), 0);
    refuses(trial, SP_E_PACK, "ant", 0, 0, "the policy must be the regular file 'ant.lua'; here is 'ant.lua'");
}

static void refuses_a_folder_that_is_no_pack(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "ant/ant.lua", "return 1");
    refuses(trial, SP_E_PACK, "", 0, 0, "not a pack: there is no pack.yaml in this folder");
}

static void refuses_a_pack_without_policies(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\n");
    refuses(trial, SP_E_PACK, "", 0, 0, "this pack holds no policy (NAME/NAME.lua)");
}

static void refuses_a_folder_that_is_not_there(void **state)
{
    pack_trial *trial = *state;
    strcat(trial->folder, "x");
    refuses(trial, SP_E_READ, "", 0, 0, "cannot be read: No such file or directory");
}

static void names_an_unknown_key(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\nversoin: 1\n");
    refuses(trial, SP_E_PACK, "pack.yaml", 2, 1, "unknown key 'versoin'; did you mean 'version'?");
}

static void wants_a_name(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "version: 1\n");
    refuses(trial, SP_E_PACK, "pack.yaml", 1, 1, "the key 'name' is missing; policies of the pack are called NAME/…");
}

static void wants_a_plain_name(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: Acme Inc\n");
    refuses(trial, SP_E_PACK, "pack.yaml", 1, 7, "name must be lower-case letters, digits and '-', a letter first");
}

static void refuses_a_later_api(void **state)
{
    pack_trial *trial = *state;
    make_file(trial, "pack.yaml", "name: acme\napi: 2\n");
    refuses(trial, SP_E_PACK, "pack.yaml", 2, 6, "this version reads packs of api 1 only");
}

static void refuses_a_policy_that_is_too_large(void **state)
{
    pack_trial *trial = *state;
    char *text = calloc(1, SP_LIMIT_POLICY_SOURCE + 2);
    memset(text, ' ', SP_LIMIT_POLICY_SOURCE + 1);
    make_file(trial, "pack.yaml", "name: acme\n");
    make_file(trial, "ant/ant.lua", text);
    free(text);
    refuses(trial, SP_E_PACK, "ant/ant.lua", 0, 0, "larger than 262144 bytes");
}

#define TRIAL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL(reads_policies_and_modules_in_order),
        TRIAL(does_not_follow_links),
        TRIAL(a_misspelt_policy_is_not_silently_left_out),
        TRIAL(a_fifo_does_not_hold_us_up),
        TRIAL(refuses_a_folder_that_is_no_pack),
        TRIAL(refuses_a_pack_without_policies),
        TRIAL(refuses_a_folder_that_is_not_there),
        TRIAL(names_an_unknown_key),
        TRIAL(wants_a_name),
        TRIAL(wants_a_plain_name),
        TRIAL(refuses_a_later_api),
        TRIAL(refuses_a_policy_that_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
