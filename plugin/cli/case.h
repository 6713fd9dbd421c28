/* Dockerfiles that carry their own oracle in comments:

       # expect: ID[: TEXT]          the next instruction has a finding of policy ID whose message contains TEXT
       # expect-file: ID[: TEXT]     so has the file, anywhere
       # expect-project: ID[: TEXT]  so has the project as a whole, which is no file
       # case: target=NAME arg:NAME=VALUE option:NAME=VALUE

   Several stack. A value with blanks stands in double quotes: arg:NAME="a b". A case is one file, or a folder of them
   that are judged together. */
#ifndef SP_CLI_CASE_H
#define SP_CLI_CASE_H

#include "cli/strings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A text under test. */
typedef struct cli_subject {
    const char *path, *text; /* the text is NUL-terminated */
    size_t size;
    uint32_t line_offset; /* added to a line of the text to give the line in the file */
} cli_subject;

typedef enum cli_scope { CLI_SCOPE_INSTRUCTION, CLI_SCOPE_FILE, CLI_SCOPE_PROJECT } cli_scope;

typedef struct cli_expectation {
    char *policy, *text; /* text "" asks nothing of the message */
    cli_scope scope;
    size_t subject;       /* whose comment it is */
    uint32_t line;        /* of the comment */
    uint32_t first, last; /* lines of the instruction it binds to */
    bool met;
} cli_expectation;

typedef struct cli_case {
    cli_expectation *expectations;
    size_t count;
    cli_strings targets;   /* NAME */
    cli_strings arguments; /* NAME=VALUE */
    cli_strings options;   /* NAME=VALUE */
    const char *mistake;   /* why the comments cannot be understood; NULL when they can */
    size_t mistake_subject;
    uint32_t mistake_line;
} cli_case;

/** Reads the comments of all subjects. */
void cli_case_read(const cli_subject *subjects, size_t count, cli_case *out);

void cli_case_dispose(cli_case *wanted);

#endif
