/* What is said about a build beside its Dockerfile: arguments (NAME=VALUE) and targets. */
#ifndef SP_CLI_INPUTS_H
#define SP_CLI_INPUTS_H

#include "cli/strings.h"

#include <stagepolicy/run.h>

/** Whether every --build-arg is NAME=VALUE; false, and said, for the first that is not. */
bool cli_arguments_check(const cli_strings *arguments);

/** Hands arguments, each of them NAME=VALUE, and targets to a run. Stops at the first that it refuses. */
sp_status cli_inputs_add(sp_run *run, const cli_strings *arguments, const cli_strings *targets);

#endif
