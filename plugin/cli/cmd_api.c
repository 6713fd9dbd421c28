/* stagepolicy api: tells what policies can use. */
#include "cli/command.h"

#include "cli/option.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdio.h>

static int show(const char *format)
{
    char *text = NULL;
    size_t size = 0;
    sp_error error;
    SP_INIT(error);
    if (sp_tool_api(format, &text, &size, &error) != SP_OK) {
        cli_say_error(&error);
        return SP_USAGE;
    }
    fwrite(text, 1, size, stdout);
    sp_text_free(text);
    return SP_PASS;
}

int cli_api(int argc, char **argv)
{
    cli_strings operands = {0};
    const char *format = "markdown";
    const cli_option options[] = {
        {"format", CLI_OPTION_VALUE, &format, "FORMAT",
         "markdown: a page for people; luals: annotations for editors with LuaLS [markdown]"},
        {0},
    };
    const cli_usage usage = {"api [OPTION…]", "Tells what policies can use: every object, field and method.", options,
                             NULL};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN && operands.count != 0)
        cli_say("'api' takes no argument");
    else if (parsed == CLI_PARSED_RUN)
        code = show(format);
    cli_strings_dispose(&operands);
    return code;
}
