/* Which file names are Dockerfiles, and which declare builds. */
#ifndef SP_CLI_NAME_H
#define SP_CLI_NAME_H

typedef enum cli_name {
    CLI_NAME_OTHER,      /* something else */
    CLI_NAME_DOCKERFILE, /* Dockerfile, Dockerfile.*, Dockerfile-*, Dockerfile_*, *.Dockerfile, Containerfile* */
    CLI_NAME_SOURCE,     /* called so, but its ending is that of a source or a template: Dockerfile.j2 */
    CLI_NAME_BUILDS,     /* compose.yaml, docker-compose.yml, their overrides, docker-bake.json */
    CLI_NAME_BAKE_HCL    /* docker-bake.hcl, docker-bake.override.hcl: builds too, in a language that is not read */
} cli_name;

/** Judges the last component of a path; case does not count. */
cli_name cli_name_judge(const char *name);

#endif
