/* The commands, one file each. */
#ifndef SP_CLI_COMMAND_H
#define SP_CLI_COMMAND_H

#include "cli/strings.h"

#include <stdbool.h>

/** A command gets its own name as argv[0] and gives the exit code. */
typedef int cli_command_run(int argc, char **argv);

cli_command_run cli_check, cli_parse, cli_policies, cli_explain, cli_test, cli_version;

/** Whether to colour what goes to standard output: `when` is "auto", "always" or "never", NULL is "auto", which asks
    the terminal and NO_COLOR. False, and said, for another word. */
bool cli_color(const char *when, bool *out);

/** Whether every --build-arg is NAME=VALUE; false, and said, for the first that is not. */
bool cli_arguments_check(const cli_strings *arguments);

#endif
