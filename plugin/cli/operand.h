/* The one file that a command is about. */
#ifndef SP_CLI_OPERAND_H
#define SP_CLI_OPERAND_H

#include "cli/files.h"
#include "cli/paths.h"

typedef struct cli_operand {
    char *report; /* what reports call it */
    cli_text text;
} cli_operand;

/** Reads the file, or standard input for "-"; false, and it was said, where it cannot be read. Dispose in either case.
 */
bool cli_operand_read(const cli_paths *paths, const char *path, cli_operand *out);

void cli_operand_dispose(cli_operand *operand);

#endif
