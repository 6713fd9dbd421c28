/* Which lines of policy code the cases run: `stagepolicy test --coverage`. */
#ifndef SP_CLI_COVERAGE_H
#define SP_CLI_COVERAGE_H

#include "cli/strings.h"

#include <stdbool.h>
#include <stdint.h>

enum { CLI_LINE_CODE = 1, CLI_LINE_RUN = 2 };

typedef struct cli_covered {
    char *path;
    unsigned char *lines; /* of CLI_LINE_…, by number */
    size_t count;
} cli_covered;

/** Files of policy code; zero is none. */
typedef struct cli_coverage {
    cli_covered *files;
    size_t count;
    size_t last; /* the file of the line noted last */
} cli_coverage;

/** Adds a Lua file, once. One that cannot be read has no lines. */
void cli_coverage_add(cli_coverage *coverage, const char *path);

/** Notes that a line ran: an sp_tool_watch's. */
void cli_coverage_note(void *coverage, const char *path, uint32_t line);

/** Prints how many lines ran, and those that did not, with their text. */
void cli_coverage_show(const cli_coverage *coverage);

void cli_coverage_dispose(cli_coverage *coverage);

#endif
