/* Reading the one file that a command is about. */
#include "cli/operand.h"

#include "cli/memory.h"
#include "cli/say.h"

#include <stdlib.h>
#include <string.h>

bool cli_operand_read(const cli_paths *paths, const char *path, cli_operand *out)
{
    bool is_stdin = strcmp(path, "-") == 0;
    *out = (cli_operand){.report = is_stdin ? cli_copy("<stdin>") : cli_paths_report(paths, path)};
    const char *reason = is_stdin ? cli_stdin_read(&out->text) : cli_file_read(path, false, &out->text);
    if (reason != NULL)
        cli_say("%s cannot be read: %s", out->report, reason);
    return reason == NULL;
}

void cli_operand_dispose(cli_operand *operand)
{
    cli_text_dispose(&operand->text);
    free(operand->report);
}
