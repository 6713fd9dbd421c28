/* Options of a command: one table drives both how they are read and what --help prints. */
#ifndef SP_CLI_OPTION_H
#define SP_CLI_OPTION_H

#include "cli/strings.h"

typedef enum cli_option_kind {
    CLI_OPTION_FLAG,  /* --name;        out is a bool * */
    CLI_OPTION_VALUE, /* --name VALUE;  out is a const char **; the last one given counts */
    CLI_OPTION_LIST   /* --name VALUE;  out is a cli_strings *; may be repeated */
} cli_option_kind;

typedef struct cli_option {
    const char *name; /* without the dashes */
    cli_option_kind kind;
    void *out;
    const char *value; /* what help calls the value; NULL for a flag */
    const char *help;  /* one line; '\n' starts another */
} cli_option;

/** A command, for its help. */
typedef struct cli_usage {
    const char *synopsis; /* "check [OPTION…] [PATH…]" */
    const char *summary;
    const cli_option *options; /* ends with a NULL name */
    const char *notes;         /* printed last; NULL for none */
} cli_usage;

/** What is to be done after reading the arguments. */
typedef enum cli_parsed { CLI_PARSED_RUN, CLI_PARSED_HELP, CLI_PARSED_WRONG } cli_parsed;

/** Reads `argv[1…]`: options into their places, the rest into `operands`. Prints help when asked, and what is wrong.
    `--` ends the options, "-" is an operand. Every command has --help. */
cli_parsed cli_options_parse(const cli_usage *usage, int argc, char **argv, cli_strings *operands);

/** Prints the help of a command to standard output. */
void cli_options_help(const cli_usage *usage);

#endif
