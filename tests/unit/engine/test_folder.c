/* Folders that Dockerfiles are built from: told by the host, looked into through it, each build in its own. */
#include <stagepolicy/stagepolicy.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/engine/packs.h"

/* Each source with two letters and a size: whether it exists, whether it is excluded. */
#define SOURCES                                                                                                        \
    "local function letter(answer) return answer.yes and 'y' or answer.no and 'n' or '?' end\n"                        \
    "for copy in each(build:all('COPY')) do for source in each(copy.sources) do\n"                                     \
    "report { at = source, message = source.text .. ' ' .. letter(source.exists) .. letter(source.excluded) .. ' '\n"  \
    ".. tostring(source.size) }\n"                                                                                     \
    "end end"

static char pack[64];

static int make_pack(void **state)
{
    (void)state;
    pack_make(pack, "own");
    pack_add(pack, "sources", POLICY("own/sources", SOURCES));
    return 0;
}

static int remove_pack(void **state)
{
    (void)state;
    pack_remove(pack);
    return 0;
}

/* A host's folder: what the callbacks give, and how often they were asked. */
typedef struct host_folder {
    uint32_t looks, lists;
    int32_t kind;  /* of everything in it */
    int32_t fails; /* listing does */
    size_t known;  /* how much of an entry the host knows; 0: all of it */
} host_folder;

static void look(void *payload, const char *path, sp_entry *entry)
{
    host_folder *folder = payload;
    folder->looks++;
    entry->kind = strcmp(path, ".") == 0 ? SP_ENTRY_FOLDER : folder->kind;
    entry->bytes = 7;
}

/* Two names, the later first. */
static int32_t list(void *payload, const char *path, sp_entry_take *take, void *to)
{
    host_folder *folder = payload;
    sp_entry entry;
    SP_INIT(entry);
    folder->lists++;
    if (folder->fails != 0 || strcmp(path, ".") != 0)
        return 1;
    entry.kind = folder->kind;
    entry.bytes = 5;
    if (folder->known != 0)
        entry.size = folder->known;
    return take(to, "b", &entry) != 0 || take(to, "a", &entry) != 0;
}

/* A run of one Dockerfile, judged by the policy above; NULL when there is no memory. */
static sp_run *run_of(const char *text, const sp_host *host)
{
    const char *const packs[] = {pack, NULL}, *const policies[] = {"own/sources", NULL};
    sp_options options;
    sp_engine *engine = NULL;
    sp_run *run = NULL;
    SP_INIT(options);
    options.packs = packs;
    options.policies = policies;
    sp_status status = sp_engine_new(&engine, &options, host, NULL);
    if (status == SP_OK)
        status = sp_run_new(&run, engine, NULL);
    if (status == SP_OK)
        status = sp_run_file(run, "Dockerfile", text, strlen(text));
    sp_engine_free(engine);
    if (status == SP_OK)
        return run;
    sp_run_free(run);
    return NULL;
}

/* The parts of a folder that tests set. */
typedef struct telling {
    const char *name, *ignore;
    host_folder *host;
    int32_t assumed;
} telling;

static sp_status tell(sp_run *run, telling what)
{
    sp_folder folder;
    SP_INIT(folder);
    folder.path = "Dockerfile";
    folder.name = what.name;
    folder.assumed = what.assumed;
    folder.ignore_path = what.ignore != NULL ? ".dockerignore" : NULL;
    folder.ignore = what.ignore;
    folder.ignore_size = what.ignore != NULL ? strlen(what.ignore) : 0;
    folder.look = what.host != NULL ? look : NULL;
    folder.list = what.host != NULL ? list : NULL;
    folder.payload = what.host;
    return sp_run_folder(run, &folder);
}

static void declare(sp_run *run, const char *name, const char *folder)
{
    sp_build build;
    SP_INIT(build);
    build.path = "Dockerfile";
    build.name = name;
    build.folder = folder;
    assert_int_equal(sp_run_build(run, &build), SP_OK);
}

/* The findings, "; " after each, with the builds they hold for. */
static void expect(sp_run *run, const char *expected)
{
    char got[512] = "";
    sp_results *results = NULL;
    sp_finding finding;
    SP_INIT(finding);
    assert_int_equal(sp_run_check(run, &results, NULL), SP_OK);
    sp_run_free(run);
    for (size_t i = 0; sp_results_at(results, i, &finding) == SP_OK; i++) {
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s", finding.message);
        for (uint32_t k = 0; k < finding.build_count; k++)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", k == 0 ? " of " : ",",
                     sp_results_build(results, i, k));
        strcat(got, "; ");
    }
    sp_results_free(results);
    assert_string_equal(got, expected);
}

static const char copying[] = "FROM scratch\nCOPY a . * /x/\n";

static void knows_nothing_without_a_folder(void **state)
{
    (void)state;
    expect(run_of(copying, NULL), "a ?? nil; . ?? nil; * ?? nil; ");
}

static void looks_through_the_host(void **state)
{
    (void)state;
    host_folder host = {.kind = SP_ENTRY_FILE};
    sp_run *run = run_of(copying, NULL);
    assert_int_equal(tell(run, (telling){.host = &host}), SP_OK);
    expect(run, "a yn 7; . yn 10; * yn 10; ");
    assert_true(host.looks > 0 && host.lists > 0);
}

static void leaves_out_what_the_ignore_file_says(void **state)
{
    (void)state;
    host_folder host = {.kind = SP_ENTRY_FILE};
    sp_run *run = run_of(copying, NULL);
    assert_int_equal(tell(run, (telling){.host = &host, .ignore = "a\n"}), SP_OK);
    expect(run, "a ny nil; . yn 5; * yn 5; ");
}

static void does_not_look_into_an_assumed_folder(void **state)
{
    (void)state;
    host_folder host = {.kind = SP_ENTRY_ABSENT};
    sp_run *run = run_of(copying, NULL);
    assert_int_equal(tell(run, (telling){.host = &host, .ignore = "a\n", .assumed = 1}), SP_OK);
    expect(run, "a ?y nil; . ?? nil; * ?? nil; ");
    assert_int_equal(host.looks + host.lists, 0);
}

static void takes_what_cannot_be_told_as_unknown(void **state)
{
    (void)state;
    static const int32_t kinds[] = {SP_ENTRY_UNKNOWN, -1, 99};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        host_folder host = {.kind = kinds[i]};
        sp_run *run = run_of("FROM scratch\nCOPY a /x\nCOPY . /y\n", NULL);
        assert_int_equal(tell(run, (telling){.host = &host}), SP_OK);
        expect(run, "a ?n nil; . yn nil; ");
    }
}

static void takes_a_folder_that_cannot_be_listed_as_unknown(void **state)
{
    (void)state;
    host_folder host = {.kind = SP_ENTRY_FILE, .fails = 1};
    sp_run *run = run_of(copying, NULL);
    assert_int_equal(tell(run, (telling){.host = &host}), SP_OK);
    expect(run, "a yn 7; . yn nil; * ?? nil; ");
}

static void takes_entries_of_an_older_host(void **state)
{
    (void)state;
    host_folder host = {.kind = SP_ENTRY_FILE, .known = offsetof(sp_entry, bytes)};
    sp_run *run = run_of("FROM scratch\nCOPY * /x/\n", NULL);
    assert_int_equal(tell(run, (telling){.host = &host}), SP_OK);
    expect(run, "* yn 0; ");
}

static void judges_each_build_in_its_folder(void **state)
{
    (void)state;
    host_folder full = {.kind = SP_ENTRY_FILE}, empty = {.kind = SP_ENTRY_ABSENT};
    sp_run *run = run_of("FROM scratch\nCOPY a /x/\n", NULL);
    assert_int_equal(tell(run, (telling){.name = "full", .host = &full}), SP_OK);
    assert_int_equal(tell(run, (telling){.name = "empty", .host = &empty}), SP_OK);
    assert_int_equal(tell(run, (telling){.ignore = "a"}), SP_OK);
    declare(run, "one", "full");
    declare(run, "two", "empty");
    declare(run, "three", "full");
    declare(run, "four", "elsewhere");
    declare(run, "five", NULL);
    expect(run, "a ?? nil of four; a nn nil of two; a ny nil of five; a yn 7 of one, three; ");
}

static void refuses_folders_that_make_no_sense(void **state)
{
    (void)state;
    sp_run *run = run_of(copying, NULL);
    sp_folder folder;
    SP_INIT(folder);
    assert_int_equal(sp_run_folder(run, &folder), SP_E_USAGE);
    folder.path = "Other";
    assert_int_equal(sp_run_folder(run, &folder), SP_E_USAGE);
    folder.path = "Dockerfile";
    folder.ignore_size = 1;
    assert_int_equal(sp_run_folder(run, &folder), SP_E_USAGE);
    folder.ignore_size = 0;
    folder.look = look;
    assert_int_equal(sp_run_folder(run, &folder), SP_E_USAGE);
    folder.list = list;
    assert_int_equal(sp_run_folder(run, &folder), SP_OK);
    folder.size = 0;
    assert_int_equal(sp_run_folder(run, &folder), SP_E_USAGE);
    sp_run_free(run);
}

static void takes_a_folder_of_an_older_host(void **state)
{
    (void)state;
    sp_run *run = run_of(copying, NULL);
    sp_folder folder;
    SP_INIT(folder);
    folder.size = offsetof(sp_folder, name);
    folder.path = "Dockerfile";
    folder.name = "not read";
    assert_int_equal(sp_run_folder(run, &folder), SP_OK);
    expect(run, "a ?n nil; . ?n nil; * ?? nil; ");
}

/* A host's memory that refuses once, at a chosen call. */
typedef struct lender {
    size_t calls, refused_call, blocks;
} lender;

static void *resize(void *payload, void *old, size_t old_size, size_t new_size)
{
    lender *lent = payload;
    (void)old_size;
    if (new_size == 0) {
        lent->blocks--;
        free(old);
        return NULL;
    }
    if (++lent->calls == lent->refused_call)
        return NULL;
    lent->blocks += old == NULL;
    return realloc(old, new_size);
}

static sp_status check_with(lender *lent)
{
    host_folder seen = {.kind = SP_ENTRY_FILE};
    sp_host host;
    SP_INIT(host);
    host.payload = lent;
    host.realloc = resize;
    sp_run *run = run_of(copying, &host);
    if (run == NULL)
        return SP_E_MEMORY;
    sp_results *results = NULL;
    sp_status status = tell(run, (telling){.host = &seen, .ignore = "*\n!a\n"});
    if (status == SP_OK)
        status = sp_run_check(run, &results, NULL);
    sp_run_free(run);
    sp_results_free(results);
    return status;
}

static void every_refusal_is_survived(void **state)
{
    lender whole = {0};
    (void)state;
    assert_int_equal(check_with(&whole), SP_OK);
    assert_int_equal(whole.blocks, 0);
    for (size_t call = 1; call <= whole.calls; call++) {
        lender lent = {.refused_call = call};
        assert_int_equal(check_with(&lent), SP_E_MEMORY);
        assert_int_equal(lent.blocks, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_nothing_without_a_folder),
        cmocka_unit_test(looks_through_the_host),
        cmocka_unit_test(leaves_out_what_the_ignore_file_says),
        cmocka_unit_test(does_not_look_into_an_assumed_folder),
        cmocka_unit_test(takes_what_cannot_be_told_as_unknown),
        cmocka_unit_test(takes_a_folder_that_cannot_be_listed_as_unknown),
        cmocka_unit_test(takes_entries_of_an_older_host),
        cmocka_unit_test(judges_each_build_in_its_folder),
        cmocka_unit_test(refuses_folders_that_make_no_sense),
        cmocka_unit_test(takes_a_folder_of_an_older_host),
        cmocka_unit_test(every_refusal_is_survived),
    };
    return cmocka_run_group_tests(tests, make_pack, remove_pack);
}
