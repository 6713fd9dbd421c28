/* Waivers: what each covers, what ends it, and what is found of waivers themselves. */
#include <stagepolicy/stagepolicy.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A run over one Dockerfile on 2026-06-15. */
typedef struct waiving {
    const char *name, *config, *dockerfile;
    const char *found; /* "line policy" of each finding, " waived" behind those that are, ", " between */
} waiving;

#define ROOT "FROM debian:12 AS app\nCMD [\"app\"]\n"
#define FOUND_ROOT "1 shipped/non-root"

static const waiving covering[] = {
    {"nothing is waived", "", ROOT, FOUND_ROOT},
    {"the next instruction", "", "# stagepolicy: waive shipped/non-root\n" ROOT, "2 shipped/non-root waived"},
    {"with blank lines and comments between", "", "# stagepolicy: waive shipped/non-root\n\n# why\n\n" ROOT,
     "5 shipped/non-root waived"},
    {"not the instruction after that", "", "# stagepolicy: waive shipped/non-root\nARG A\n" ROOT,
     "1 waiver/unused, 3 shipped/non-root"},
    {"inside the instruction", "",
     "FROM debian:12\nUSER app\nRUN true && \\\n# stagepolicy: waive stages/copy-by-name\n true\nUSER \\\n"
     "# stagepolicy: waive shipped/non-root\n root\n",
     "4 waiver/unused, 8 shipped/non-root waived"},
    {"a stage, above its FROM", "", "# stagepolicy: waive-stage shipped/non-root\n" ROOT, "2 shipped/non-root waived"},
    {"a stage, at its end", "", ROOT "# stagepolicy: waive-stage shipped/non-root\n", FOUND_ROOT " waived"},
    {"not another stage", "",
     "# stagepolicy: waive-stage stages/pinned-base\nFROM debian AS build\nFROM debian AS app\nCOPY --from=build /x "
     "/x\nUSER 1\n",
     "2 stages/pinned-base waived, 3 stages/pinned-base"},
    {"a stage before there is one", "", "# stagepolicy: waive-stage shipped/non-root\nARG A\n" ROOT,
     "1 waiver/malformed, 3 shipped/non-root"},
    {"what a base brings into a stage", "",
     "FROM debian:12 AS base\n# stagepolicy: waive shipped/non-root\nFROM base\n", FOUND_ROOT " waived"},
    {"not what the base brings into others", "",
     "# stagepolicy: waive stages/named\nFROM debian:12 AS base\nFROM base\nUSER 1\n", "1 waiver/unused"},
    {"the file", "", ROOT "# stagepolicy: waive-file shipped/non-root\n", FOUND_ROOT " waived"},
    {"several policies", "", "# stagepolicy: waive shipped/non-root, stages/pinned-base,stages/named\nFROM debian\n",
     "1 waiver/unused, 2 shipped/non-root waived, 2 stages/pinned-base waived"},
    {"a pack", "", "# stagepolicy: waive shipped/*\n" ROOT, "2 shipped/non-root waived"},
    {"an alias", "", "# stagepolicy: waive DL3006\nFROM debian\nUSER 1\n", "2 stages/pinned-base waived"},
    {"an undecided finding", "", "ARG B\n# stagepolicy: waive stages/pinned-base\nFROM $B\nUSER 1\n",
     "3 stages/pinned-base waived"},
    {"by the configuration", "waivers: [{policy: shipped/non-root}]", ROOT, FOUND_ROOT " waived"},
    {"by a list in the configuration", "waivers: [{policy: [stages/named, shipped/non-root]}]", ROOT,
     "1 waiver/unused, 1 shipped/non-root waived"},
    {"in some paths", "waivers: [{policy: shipped/non-root, path: 'svc/**'}]", ROOT, FOUND_ROOT " waived"},
    {"in other paths", "waivers: [{policy: shipped/non-root, path: 'web/**'}]", ROOT, FOUND_ROOT},
    {"in a stage", "waivers: [{policy: shipped/non-root, stage: app}]", ROOT, FOUND_ROOT " waived"},
    {"in another stage", "waivers: [{policy: shipped/non-root, stage: web}]", ROOT, "1 waiver/unused, " FOUND_ROOT},
    {"of some message", "waivers: [{policy: shipped/non-root, message: runs as root}]", ROOT, FOUND_ROOT " waived"},
    {"of another message", "waivers: [{policy: shipped/non-root, message: runs as me}]", ROOT,
     "1 waiver/unused, " FOUND_ROOT},
};

static const waiving ending[] = {
    {"the last day", "", "# stagepolicy: waive shipped/non-root until=2026-06-15\n" ROOT, "2 shipped/non-root waived"},
    {"the day after", "", "# stagepolicy: waive shipped/non-root until=2026-06-14\n" ROOT,
     "1 waiver/expired, 2 shipped/non-root"},
    {"in the configuration", "waivers: [{policy: shipped/non-root, until: 2026-06-14}]", ROOT,
     "1 waiver/expired, " FOUND_ROOT},
    {"another still holds", "waivers: [{policy: shipped/non-root}]",
     "# stagepolicy: waive shipped/non-root until=2026-06-14\n" ROOT, "1 waiver/expired, 2 shipped/non-root waived"},
    {"unused in a file that is not judged by that policy", "policies: {shipped/non-root: off}",
     "# stagepolicy: waive shipped/non-root until=2026-06-14\n" ROOT, ""},
    {"of a pack that is not here", "", "# stagepolicy: waive acme/labels\nFROM debian:12\nUSER 1\n", ""},
    {"unused is switched off", "policies: {waiver/unused: off}",
     "# stagepolicy: waive stages/pinned-base\nFROM debian:12\nUSER 1\n", ""},
};

static const waiving malformed[] = {
    {"another verb", "", "# stagepolicy: wave shipped/non-root\n" ROOT, "1 waiver/malformed, 2 shipped/non-root"},
    {"no colon", "", "# stagepolicy waive shipped/non-root\n" ROOT, "1 waiver/malformed, 2 shipped/non-root"},
    {"no policy", "", "# stagepolicy: waive\n" ROOT, "1 waiver/malformed, 2 shipped/non-root"},
    {"a setting for a policy", "", "# stagepolicy: waive until=2026-06-15\n" ROOT,
     "1 waiver/malformed, 2 shipped/non-root"},
    {"a policy that does not exist", "", "# stagepolicy: waive shipped/non-rot\n" ROOT,
     "1 waiver/malformed, 2 shipped/non-root"},
    {"a day that does not exist", "", "# stagepolicy: waive shipped/non-root until=2026-02-29\n" ROOT,
     "1 waiver/malformed, 2 shipped/non-root"},
    {"an open quote", "", "# stagepolicy: waive shipped/non-root reason=\"so\n" ROOT,
     "1 waiver/malformed, 2 shipped/non-root"},
    {"another setting", "", "# stagepolicy: waive shipped/non-root untill=2026-07-01\n" ROOT,
     "1 waiver/malformed, 2 shipped/non-root"},
    {"a setting twice", "", "# stagepolicy: waive shipped/non-root owner=a owner=b\n" ROOT,
     "1 waiver/malformed, 2 shipped/non-root"},
    {"nothing follows", "", ROOT "# stagepolicy: waive shipped/non-root\n", FOUND_ROOT ", 3 waiver/malformed"},
    {"no annotation at all", "", "# stagepolicy is strict here\n" ROOT, "2 shipped/non-root"},
};

#define TERMS "waiver_terms: {require: [reason, owner, until]}"

static const waiving terms[] = {
    {"all are kept", TERMS, "# stagepolicy: waive shipped/non-root until=2026-07-01 owner=me reason=\"it must\"\n" ROOT,
     "2 shipped/non-root waived"},
    {"no reason", TERMS, "# stagepolicy: waive shipped/non-root until=2026-07-01 owner=me\n" ROOT,
     "1 waiver/refused, 2 shipped/non-root"},
    {"no owner in the configuration", TERMS "\nwaivers: [{policy: shipped/non-root, until: 2026-07-01, reason: so}]",
     ROOT, "2 waiver/refused, " FOUND_ROOT},
    {"a policy that nobody waives", "policies: {shipped/non-root: {waivable: false}}",
     "# stagepolicy: waive shipped/non-root\n" ROOT, "1 waiver/refused, 2 shipped/non-root"},
    {"one of a pack", "policies: {shipped/non-root: {waivable: false}}",
     "# stagepolicy: waive-file shipped/*, stages/*\nFROM debian\n",
     "1 waiver/refused, 2 shipped/non-root, 2 stages/pinned-base waived"},
    {"comments are forbidden", "waiver_terms: {forbid: [inline]}\nwaivers: [{policy: stages/*}]",
     "# stagepolicy: waive shipped/non-root\nFROM debian\n",
     "1 waiver/refused, 2 shipped/non-root, 2 stages/pinned-base waived"},
};

static const waiving others[] = {
    {"hadolint, a line", "", "# hadolint ignore=DL3007,DL3006 # the mirror pins\nFROM debian\nUSER 1\n",
     "2 stages/pinned-base waived"},
    {"hadolint, a stage", "", "# hadolint stage ignore=DL3006\nFROM debian\nUSER 1\n", "2 stages/pinned-base waived"},
    {"hadolint, the file", "", "FROM debian\nUSER 1\n# hadolint global ignore=DL3006\n", "1 stages/pinned-base waived"},
    {"hadolint knows no ids of ours", "", "# hadolint ignore=stages/pinned-base\nFROM debian\nUSER 1\n",
     "2 stages/pinned-base"},
    {"hadolint, unused or unknown", "", "# hadolint ignore=DL3006,DL9999\nFROM debian:12\nUSER 1\n", ""},
    {"hadolint, forbidden", "waiver_terms: {forbid: [hadolint]}", "# hadolint ignore=DL3006\nFROM debian\nUSER 1\n",
     "1 waiver/refused, 2 stages/pinned-base"},
    {"hadolint, something else", "", "# hadolint shell=bash\nFROM debian:12\nUSER 1\n", ""},
    {"BuildKit, the file", "", "# check=skip=StageNameCasing\nFROM debian:12 AS Build\nUSER 1\n", ""},
    {"BuildKit, all that it checks", "", "# check=skip=all\nFROM debian\nUSER root\n",
     "2 stages/pinned-base, 3 shipped/non-root"},
};

static sp_run *run_of(const waiving *test)
{
    sp_options options;
    sp_error error;
    sp_engine *engine = NULL;
    sp_run *run = NULL;
    static const char *const policies[] = {"shipped/non-root",    "stages/pinned-base", "stages/named",
                                           "stages/copy-by-name", "waiver/*",           NULL};
    SP_INIT(options);
    SP_INIT(error);
    options.config = test->config;
    options.project = "conf.yaml";
    if (strstr(test->config, "off") == NULL)
        options.policies = policies;
    if (sp_engine_new(&engine, &options, NULL, &error) != SP_OK)
        fail_msg("%s: %u: %s", test->name, error.line, error.message);
    assert_int_equal(sp_run_new(&run, engine, NULL), SP_OK);
    sp_engine_free(engine);
    return run;
}

static void check(const waiving *test)
{
    sp_run *run = run_of(test);
    sp_results *results = NULL;
    char found[512] = "";
    assert_int_equal(sp_run_today(run, "2026-06-15"), SP_OK);
    assert_int_equal(sp_run_file(run, "svc/Dockerfile", test->dockerfile, strlen(test->dockerfile)), SP_OK);
    assert_int_equal(sp_run_check(run, &results, NULL), SP_OK);
    for (size_t i = 0; i < sp_results_count(results); i++) {
        sp_finding finding;
        SP_INIT(finding);
        assert_int_equal(sp_results_at(results, i, &finding), SP_OK);
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%u %s%s", i > 0 ? ", " : "", finding.at.line,
                 finding.policy, finding.waived ? " waived" : "");
    }
    if (strcmp(found, test->found) != 0)
        fail_msg("%s:\n  expected %s\n  found    %s", test->name, test->found, found);
    sp_results_free(results);
    sp_run_free(run);
}

#define CHECK_ALL(table)                                                                                               \
    for (size_t i = 0; i < sizeof(table) / sizeof *(table); i++)                                                       \
    check(&(table)[i])

static void covers_what_it_says(void **state)
{
    (void)state;
    CHECK_ALL(covering);
}

static void ends_and_is_said_to_be_unused(void **state)
{
    (void)state;
    CHECK_ALL(ending);
}

static void says_what_cannot_be_read(void **state)
{
    (void)state;
    CHECK_ALL(malformed);
}

static void keeps_to_the_terms(void **state)
{
    (void)state;
    CHECK_ALL(terms);
}

static void reads_the_comments_of_other_tools(void **state)
{
    (void)state;
    CHECK_ALL(others);
}

/* Beyond the limit one is said not to count, and the first ones do. */
static void counts_so_many_and_no_more(void **state)
{
    (void)state;
    static char text[64 * 1024];
    size_t size = 0;
    for (int i = 0; i < 1001; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "# stagepolicy: waive shipped/non-root\n");
    snprintf(text + size, sizeof text - size, "%s", ROOT);
    const waiving many = {"1001 of them", "", text, "1001 waiver/malformed, 1002 shipped/non-root waived"};
    check(&many);
    memmove(text, strchr(text, '\n') + 1, strlen(strchr(text, '\n') + 1) + 1);
    const waiving enough = {"1000 of them", "", text, "1001 shipped/non-root waived"};
    check(&enough);
}

static void does_not_end_where_nobody_says_the_day(void **state)
{
    (void)state;
    static const char text[] = "# stagepolicy: waive shipped/non-root until=1999-12-31\n" ROOT;
    const waiving test = {"", "", text, ""};
    sp_run *run = run_of(&test);
    sp_results *results = NULL;
    assert_int_equal(sp_run_today(run, "2026-06-31"), SP_E_USAGE);
    assert_int_equal(sp_run_file(run, "Dockerfile", text, strlen(text)), SP_OK);
    assert_int_equal(sp_run_check(run, &results, NULL), SP_OK);
    sp_finding finding;
    SP_INIT(finding);
    assert_int_equal(sp_results_count(results), 1);
    assert_int_equal(sp_results_at(results, 0, &finding), SP_OK);
    assert_true(finding.waived);
    assert_int_equal(sp_results_verdict(results), SP_PASS);
    sp_results_free(results);
    sp_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covers_what_it_says),
        cmocka_unit_test(ends_and_is_said_to_be_unused),
        cmocka_unit_test(says_what_cannot_be_read),
        cmocka_unit_test(keeps_to_the_terms),
        cmocka_unit_test(reads_the_comments_of_other_tools),
        cmocka_unit_test(counts_so_many_and_no_more),
        cmocka_unit_test(does_not_end_where_nobody_says_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
