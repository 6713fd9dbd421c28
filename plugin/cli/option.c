/* Options of a command: one table drives both how they are read and what --help prints. */
#include "cli/option.h"

#include "cli/memory.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cli_option help_option = {"help", CLI_OPTION_FLAG, NULL, NULL, "print this help"};

static const cli_option *find_option(const cli_usage *usage, const char *name, size_t size)
{
    for (const cli_option *option = usage->options; option->name != NULL; option++) {
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0)
            return option;
    }
    bool help = size == strlen(help_option.name) && memcmp(help_option.name, name, size) == 0;
    return help ? &help_option : NULL;
}

/* "check" of "check [OPTION…] [PATH…]". */
static int command_size(const cli_usage *usage)
{
    return (int)strcspn(usage->synopsis, " ");
}

static cli_parsed refuse_unknown(const cli_usage *usage, const char *name, size_t size)
{
    const char *names[64];
    size_t count = 0;
    for (const cli_option *option = usage->options; option->name != NULL && count + 2 < 64; option++)
        names[count++] = option->name;
    names[count++] = help_option.name;
    names[count] = NULL;
    char *wanted = cli_format("%.*s", (int)size, name);
    const char *near = sp_tool_suggest(wanted, names);
    if (near != NULL)
        cli_say("unknown option '--%s'; did you mean '--%s'?", wanted, near);
    else
        cli_say("unknown option '--%s'; 'stagepolicy %.*s --help' lists them", wanted, command_size(usage),
                usage->synopsis);
    free(wanted);
    return CLI_PARSED_WRONG;
}

static void store(const cli_option *option, char *value)
{
    if (option->kind == CLI_OPTION_LIST) {
        cli_strings_add(option->out, value);
        return;
    }
    const char **out = option->out;
    *out = value;
}

/* option = "--" name [ "=" value ] | "--" name value */
static cli_parsed parse_option(const cli_usage *usage, int argc, char **argv, int *at)
{
    char *name = argv[*at] + 2;
    size_t size = strcspn(name, "=");
    char *value = name[size] == '=' ? name + size + 1 : NULL;
    const cli_option *option = find_option(usage, name, size);
    if (option == NULL)
        return refuse_unknown(usage, name, size);
    if (option->kind == CLI_OPTION_FLAG) {
        if (value != NULL) {
            cli_say("option '--%s' takes no value", option->name);
            return CLI_PARSED_WRONG;
        }
        if (option == &help_option) {
            cli_options_help(usage);
            return CLI_PARSED_HELP;
        }
        *(bool *)option->out = true;
        return CLI_PARSED_RUN;
    }
    if (value == NULL && *at + 1 < argc)
        value = argv[++*at];
    if (value == NULL || *value == '\0') {
        cli_say("option '--%s' needs a value: --%s %s", option->name, option->name, option->value);
        return CLI_PARSED_WRONG;
    }
    store(option, value);
    return CLI_PARSED_RUN;
}

static cli_parsed refuse_short(const cli_usage *usage, const char *argument)
{
    cli_say("unknown option '%s'; 'stagepolicy %.*s --help' lists the options, and './%s' names a file", argument,
            command_size(usage), usage->synopsis, argument);
    return CLI_PARSED_WRONG;
}

cli_parsed cli_options_parse(const cli_usage *usage, int argc, char **argv, cli_strings *operands)
{
    bool only_operands = false;
    for (int at = 1; at < argc; at++) {
        const char *argument = argv[at];
        if (only_operands || argument[0] != '-' || argument[1] == '\0') {
            cli_strings_add(operands, argument);
            continue;
        }
        if (strcmp(argument, "--") == 0) {
            only_operands = true;
            continue;
        }
        if (strcmp(argument, "-h") == 0) {
            cli_options_help(usage);
            return CLI_PARSED_HELP;
        }
        cli_parsed parsed = argument[1] == '-' ? parse_option(usage, argc, argv, &at) : refuse_short(usage, argument);
        if (parsed != CLI_PARSED_RUN)
            return parsed;
    }
    return CLI_PARSED_RUN;
}

/* The column where help texts begin; a longer option puts its text on the next line. */
enum { HELP_COLUMN = 28 };

static void print_option(const cli_option *option)
{
    int width = printf("  --%s%s%s", option->name, option->value != NULL ? " " : "",
                       option->value != NULL ? option->value : "");
    if (width + 1 > HELP_COLUMN) {
        putchar('\n');
        width = 0;
    }
    for (const char *line = option->help; line != NULL;) {
        int size = (int)strcspn(line, "\n");
        printf("%*s%.*s\n", HELP_COLUMN - width, "", size, line);
        width = 0;
        line = line[size] == '\n' ? line + size + 1 : NULL;
    }
}

void cli_options_help(const cli_usage *usage)
{
    printf("Usage: stagepolicy %s\n\n%s\n\nOptions:\n", usage->synopsis, usage->summary);
    for (const cli_option *option = usage->options; option->name != NULL; option++)
        print_option(option);
    print_option(&help_option);
    if (usage->notes != NULL)
        printf("\n%s\n", usage->notes);
}
