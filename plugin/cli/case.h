/* A Dockerfile that carries its own oracle in comments:

       # expect: ID[: TEXT]        the next instruction has a finding of policy ID whose message contains TEXT
       # expect-file: ID[: TEXT]   so has the file, anywhere
       # case: target=NAME arg:NAME=VALUE option:NAME=VALUE

   Several stack. A value with blanks stands in double quotes: arg:NAME="a b". */
#ifndef SP_CLI_CASE_H
#define SP_CLI_CASE_H

#include "cli/strings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cli_expectation {
    char *policy, *text;  /* text "" asks nothing of the message */
    uint32_t line;        /* of the comment */
    uint32_t first, last; /* lines of the instruction it binds to; 0 for the file */
    bool met;
} cli_expectation;

typedef struct cli_case {
    cli_expectation *expectations;
    size_t count;
    cli_strings targets;   /* NAME */
    cli_strings arguments; /* NAME=VALUE */
    cli_strings options;   /* NAME=VALUE */
    const char *mistake;   /* why the comments cannot be understood; NULL when they can */
    uint32_t mistake_line;
} cli_case;

/** Reads the comments of a NUL-terminated Dockerfile. */
void cli_case_read(const char *text, size_t size, cli_case *out);

void cli_case_dispose(cli_case *wanted);

#endif
