/* Which file names are Dockerfiles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/name.h"

static void assert_all(cli_name kind, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (cli_name_judge(*names) != kind) {
            fail_msg("%s is %d", *names, (int)cli_name_judge(*names));
        }
    }
}

static void accepts_the_usual_names(void **state)
{
    (void)state;
    assert_all(CLI_NAME_DOCKERFILE,
               (const char *const[]){"Dockerfile", "Dockerfile.dev", "Dockerfile-prod", "Dockerfile_arm",
                                     "web.Dockerfile", "Containerfile", "Containerfile.dev", "Containerfile-x", NULL});
}

static void ignores_case(void **state)
{
    (void)state;
    assert_all(CLI_NAME_DOCKERFILE,
               (const char *const[]){"dockerfile", "DOCKERFILE.Dev", "api.dockerfile", "containerFILE", NULL});
}

static void passes_over_other_names(void **state)
{
    (void)state;
    assert_all(CLI_NAME_OTHER, (const char *const[]){"Dockerfiles", "MyDockerfile", "my-compose.yml", "README.md",
                                                     "Dockerfile.dockerignore", "web.dockerfile.dockerignore",
                                                     "Containerfile.containerignore", "", NULL});
}

static void recognises_sources_and_templates(void **state)
{
    (void)state;
    assert_all(CLI_NAME_SOURCE, (const char *const[]){"Dockerfile.j2", "dockerfile.go", "Dockerfile.in",
                                                      "Dockerfile.orig", "dockerfile_test.PY", "Dockerfile.tmpl",
                                                      "Containerfile.md", "Dockerfile~", "Dockerfile.dev~", NULL});
}

static void recognises_files_that_declare_builds(void **state)
{
    (void)state;
    assert_all(CLI_NAME_BUILDS,
               (const char *const[]){"compose.yaml", "docker-compose.override.yml", "docker-bake.json", NULL});
    assert_all(CLI_NAME_BAKE_HCL, (const char *const[]){"docker-bake.hcl", "docker-bake.override.hcl", NULL});
    assert_all(CLI_NAME_OTHER, (const char *const[]){"Compose.yaml", "docker-compose", "bake.json", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_the_usual_names),
        cmocka_unit_test(ignores_case),
        cmocka_unit_test(passes_over_other_names),
        cmocka_unit_test(recognises_sources_and_templates),
        cmocka_unit_test(recognises_files_that_declare_builds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
