/* What is said about a build beside its Dockerfile: arguments, targets, platforms, named contexts. */
#ifndef SP_CLI_INPUTS_H
#define SP_CLI_INPUTS_H

#include "cli/strings.h"
#include "engine/tool.h"

/** As they were typed; zero is none. */
typedef struct cli_inputs {
    cli_strings arguments; /* NAME=VALUE */
    cli_strings argument_files;
    cli_strings targets, platforms;
    cli_strings contexts; /* NAME=VALUE */
} cli_inputs;

/** A variable of the process, for readers of files that name some: NULL when nobody gave it. The payload is not used. */
const char *cli_environment(void *payload, const char *name);

/** Whether every --build-arg and --build-context is NAME=VALUE; false, and said, for the first that is not. Puts what
    the argument files say before the arguments, which win. */
bool cli_inputs_read(cli_inputs *inputs);

/** Hands arguments, each of them NAME=VALUE, and targets to a run. Stops at the first that it refuses. */
sp_status cli_arguments_add(sp_run *run, const cli_strings *arguments, const cli_strings *targets);

/** The same for all inputs. */
sp_status cli_inputs_add(sp_run *run, const cli_inputs *inputs);

/** The same for a tool that shows one file, built for one platform (NULL: not known). It borrows them. */
sp_tool_inputs cli_inputs_tool(const cli_inputs *inputs, const char *platform, bool arguments_complete);

void cli_inputs_dispose(cli_inputs *inputs);

#endif
