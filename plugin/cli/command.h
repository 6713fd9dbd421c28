/* The commands, one file each. */
#ifndef SP_CLI_COMMAND_H
#define SP_CLI_COMMAND_H

/** A command gets its own name as argv[0] and gives the exit code. */
typedef int cli_command_run(int argc, char **argv);

cli_command_run cli_check, cli_parse, cli_policies, cli_explain, cli_graph, cli_why, cli_test, cli_new, cli_lint,
    cli_api, cli_version;

#endif
