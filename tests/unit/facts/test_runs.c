/* Whether a stage starts a program of its own, or may be an image to work in or to build on. */
#include "case.h"

static sp_answer runs(sp_facts *facts, uint32_t stage, const sp_str *names, size_t count)
{
    (void)names, (void)count;
    return sp_facts_runs(facts, stage);
}

static void finds_the_program(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"exec form", "FROM debian\nCMD [\"/srv/app\", \"-v\"]\n", "", "yes at 2: app"},
        {"shell form", "FROM debian\nCMD cd /srv && exec ./app\n", "", "yes at 2: app"},
        {"both", "FROM debian\nENTRYPOINT [\"python\"]\nCMD [\"app.py\"]\n", "", "yes at 3: python"},
        {"behind a wrapper", "FROM debian\nENTRYPOINT [\"/tini\", \"--\"]\nCMD [\"app\"]\n", "", "yes at 3: app"},
        {"a script of a shell", "FROM debian\nCMD [\"bash\", \"/srv/start.sh\"]\n", "", "yes at 2: start.sh"},
        {"of PowerShell", "FROM debian\nCMD [\"pwsh\", \"-ExecutionPolicy\", \"Bypass\", \"-File\", \"a.ps1\"]\n", "",
         "yes at 2: a.ps1"},
        {"an entrypoint alone", "FROM debian\nENTRYPOINT [\"/entrypoint.sh\"]\n", "", "yes at 2: "},
        {"inherited", "FROM debian AS a\nCMD [\"app\"]\nFROM a\n", "", "yes at 2: app"},
        {"a module", "FROM debian\nCMD [\"python\", \"-m\", \"http.server\"]\n", "", "yes at 2: python"},
        {"a shell that is not read", "FROM debian\nSHELL [\"/bin/tclsh\"]\nCMD app\n", "", "yes at 3: "},
        {"a task of a build tool that is none", "FROM debian\nCMD go run .\n", "", "yes at 2: go"},
    };
    CHECK_ANSWERS(runs, cases);
}

static void doubts_what_works_for_others(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"nothing", "FROM debian\n", "", "unknown at 1: ?"},
        {"an unknown image", "FROM example.org/a/b:1\n", "", "unknown at 1: ?"},
        {"an empty CMD", "FROM debian\nCMD []\n", "", "unknown at 1: ?"},
        {"a shell", "FROM debian\nCMD [\"bash\", \"--login\"]\n", "", "unknown at 2: bash?"},
        {"an interpreter", "FROM python:3.12\nCMD python3\n", "", "unknown at 2: python3?"},
        {"a build tool behind an entrypoint", "FROM debian\nENTRYPOINT [\"mvn-entrypoint.sh\"]\nCMD [\"mvn\"]\n", "",
         "unknown at 3: mvn?"},
        {"an entrypoint behind PowerShell",
         "FROM debian\nENTRYPOINT [\"powershell.exe\", \"-f\", \"C:/Maven/mvn-entrypoint.ps1\"]\nCMD [\"mvn\"]\n", "",
         "unknown at 3: mvn?"},
        {"tests", "FROM rust\nCMD cargo test --all\n", "", "unknown at 2: cargo?"},
        {"jobs", "FROM debian\nENTRYPOINT [\"/bin/bash\", \"/runner\"]\n", "", "unknown at 2: runner?"},
        {"waiting", "FROM debian\nCMD sleep infinity\n", "", "unknown at 2: sleep?"},
        {"waiting for days", "FROM debian\nCMD [\"sleep\", \"365d\"]\n", "", "unknown at 2: sleep?"},
        {"waiting for a file", "FROM debian\nCMD tail -f /dev/null\n", "", "unknown at 2: tail?"},
    };
    CHECK_ANSWERS(runs, cases);
}

static void asks_what_a_server_serves(void **state)
{
    (void)state;
#define SERVER "CMD [\"php-fpm\"]\n"
    static const named_case cases[] = {
        {"nothing", "FROM debian\n" SERVER, "", "unknown at 2: php-fpm?"},
        {"programs and settings", "FROM debian\nCOPY a.sh /usr/local/bin/\nCOPY conf/ /opt/app/\n" SERVER, "",
         "unknown at 4: php-fpm?"},
        {"files of an image", "FROM debian\nCOPY --from=composer:2 /usr/bin/composer /srv/\n" SERVER, "",
         "unknown at 3: php-fpm?"},
        {"files of the context", "FROM debian\nCOPY src /srv\n" SERVER, "", "yes at 3: php-fpm"},
        {"files of a stage", "FROM debian AS a\nFROM debian\nCOPY --from=a /srv /srv\n" SERVER, "",
         "yes at 4: php-fpm"},
        {"files of the stage below", "FROM debian AS a\nADD src /srv\nFROM a\n" SERVER, "", "yes at 4: php-fpm"},
    };
    CHECK_ANSWERS(runs, cases);
}

static void asks_the_image(void **state)
{
    (void)state;
    static const named_case cases[] = {
        {"a service", "FROM nginx:1.27\nCOPY html /usr/share/nginx/html\n", "", "yes at 1: "},
        {"nothing", "FROM scratch\nCOPY a /\n", "", "no"},
    };
    CHECK_ANSWERS(runs, cases);
}

static void knows_a_build_agent(void **state)
{
    (void)state;
#define AGENT "FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends "
    static const named_case cases[] = {
        {"compilers, git and docker", AGENT "gcc git docker.io\nCMD [\"app\"]\n", "", "unknown at 3: app?"},
        {"git and docker", AGENT "git docker.io\nCMD [\"app\"]\n", "", "yes at 3: app"},
        {"compilers and git", AGENT "gcc git\nCMD [\"app\"]\n", "", "yes at 3: app"},
    };
    CHECK_ANSWERS(runs, cases);
}

static sp_answer runs_in(const char *path)
{
    const sp_document *document = sp_document_parse(&arena, sp_str_from(path), SP_STR("FROM debian\nCMD [\"app\"]\n"));
    static const sp_build_input nothing = {0};
    return sp_facts_runs(sp_facts_new(sp_graph_build(document, &nothing)), 0);
}

static void reads_the_name_of_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        sp_truth runs;
    } cases[] = {
        {"dev/test/Dockerfile", SP_YES},          {"Dockerfile.devices", SP_YES},   {"Dockerfile.dev", SP_MAYBE},
        {"app-test.Dockerfile", SP_MAYBE},        {"a/Dockerfile_debug", SP_MAYBE}, {"Dockerfile", SP_YES},
        {"a/.devcontainer/Dockerfile", SP_MAYBE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sp_answer answer = runs_in(cases[i].path);
        if (sp_answer_truth(&answer) != cases[i].runs)
            fail_msg("%s", cases[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_the_program), TEST(doubts_what_works_for_others), TEST(asks_what_a_server_serves),
        TEST(asks_the_image),    TEST(knows_a_build_agent),          TEST(reads_the_name_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
