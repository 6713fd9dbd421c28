/* Which file names are Dockerfiles. */
#ifndef SP_CLI_NAME_H
#define SP_CLI_NAME_H

typedef enum cli_name {
    CLI_NAME_OTHER,      /* something else */
    CLI_NAME_DOCKERFILE, /* Dockerfile, Dockerfile.*, Dockerfile-*, Dockerfile_*, *.Dockerfile, Containerfile* */
    CLI_NAME_SOURCE      /* called so, but its ending is that of a source or a template: Dockerfile.j2 */
} cli_name;

/** Judges the last component of a path; case does not count. */
cli_name cli_name_judge(const char *name);

#endif
