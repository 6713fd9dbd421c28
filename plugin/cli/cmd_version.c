/* stagepolicy version: prints the version, and those of what is built in. */
#include "cli/command.h"

#include "cli/option.h"
#include "engine/tool.h"

#include <stdio.h>

#include <stagepolicy/stagepolicy.h>

int cli_version(int argc, char **argv)
{
    static const cli_option options[] = {{0}};
    static const cli_usage usage = {"version", "Prints the version, and those of what is built in.", options, NULL};
    cli_strings operands = {0};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    cli_strings_dispose(&operands);
    if (parsed != CLI_PARSED_RUN)
        return parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    printf("stagepolicy %s\n%s\nimage catalogue %s of %s, %zu entries\n", sp_version(), sp_tool_lua_version(),
           sp_tool_catalogue_version(), sp_tool_catalogue_date(), sp_tool_catalogue_count());
    return SP_PASS;
}
