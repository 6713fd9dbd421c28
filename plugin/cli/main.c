/* The stagepolicy command: picks the command, and makes sure that its output arrived. */
#include "cli/command.h"

#include "cli/say.h"
#include "engine/tool.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <stagepolicy/stagepolicy.h>

typedef struct cli_entry {
    const char *name;
    cli_command_run *run;
    const char *summary;
} cli_entry;

static cli_command_run help;

static const cli_entry commands[] = {
    {"check", cli_check, "judge Dockerfiles by the policies"},
    {"parse", cli_parse, "show how a Dockerfile is read"},
    {"policies", cli_policies, "list the policies"},
    {"explain", cli_explain, "tell about one policy"},
    {"graph", cli_graph, "draw the stages of a Dockerfile"},
    {"why", cli_why, "explain why a stage ships, or contains something"},
    {"test", cli_test, "run the cases of policy packs"},
    {"lint", cli_lint, "tell what looks wrong in policy packs"},
    {"new", cli_new, "write a pack or a policy that works"},
    {"api", cli_api, "tell what policies can use"},
    {"version", cli_version, "print the version"},
    {"help", help, "print this, or the help of a command"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_commands(FILE *to)
{
    fputs("Usage: stagepolicy COMMAND [ARGUMENT…]\n\n"
          "Does a Dockerfile's stage graph obey your policies, and if not, where and why?\n\nCommands:\n",
          to);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-10s%s\n", commands[i].name, commands[i].summary);
    fputs("\n'stagepolicy COMMAND --help' tells more about one.\n", to);
}

static const cli_entry *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

static int refuse_command(const char *name)
{
    const char *names[COMMAND_COUNT + 1] = {0};
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    const char *near = sp_tool_suggest(name, names);
    if (near != NULL)
        cli_say("there is no command '%s'; did you mean '%s'?", name, near);
    else
        cli_say("there is no command '%s'; 'stagepolicy --help' lists them", name);
    return SP_USAGE;
}

static int help(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "help") == 0 || argv[1][0] == '-') {
        print_commands(stdout);
        return SP_PASS;
    }
    const cli_entry *command = find_command(argv[1]);
    if (command == NULL)
        return refuse_command(argv[1]);
    char flag[] = "--help";
    char *arguments[] = {argv[1], flag, NULL};
    return command->run(2, arguments);
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        print_commands(stderr);
        return SP_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_commands(stdout);
        return SP_PASS;
    }
    const cli_entry *command = find_command(strcmp(argv[1], "--version") == 0 ? "version" : argv[1]);
    return command != NULL ? command->run(argc - 1, argv + 1) : refuse_command(argv[1]);
}

/* A report that did not arrive is not a pass: a full disk, a closed pipe. */
static int finish(int code)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    failed = fflush(stdout) != 0 || failed;
    if (!failed)
        return code;
    cli_say("standard output cannot be written%s%s", errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
    return code > SP_USAGE ? code : SP_USAGE;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    return finish(dispatch(argc, argv));
}
