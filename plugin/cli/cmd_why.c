/* stagepolicy why: explains a stage in words. */
#include "cli/command.h"

#include "cli/builds.h"
#include "cli/color.h"
#include "cli/discover.h"
#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/operand.h"
#include "cli/option.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_asking {
    const char *format, *color, *platform;
    cli_inputs inputs;
    cli_strings operands; /* FILE STAGE [ABOUT] */
    bool arguments_complete;
    cli_paths paths;
} cli_asking;

static cli_parsed parse_arguments(cli_asking *ask, int argc, char **argv)
{
    const cli_option options[] = {
        {"format", CLI_OPTION_VALUE, &ask->format, "FORMAT", "text or json [text]"},
        {"target", CLI_OPTION_LIST, &ask->inputs.targets, "STAGE", "a stage that is built; repeatable [the last]"},
        {"build-arg", CLI_OPTION_LIST, &ask->inputs.arguments, "NAME=VALUE", "as docker build has it; repeatable"},
        {"build-args-complete", CLI_OPTION_FLAG, &ask->arguments_complete, NULL,
         "no other build arguments will be given: what is not\nset is then as BuildKit sees it, not unknown"},
        {"build-arg-file", CLI_OPTION_LIST, &ask->inputs.argument_files, "FILE", "NAME=VALUE lines; repeatable"},
        {"build-context", CLI_OPTION_LIST, &ask->inputs.contexts, "NAME=VALUE",
         "a named context, as docker build has it; repeatable"},
        {"platform", CLI_OPTION_VALUE, &ask->platform, "PLATFORM", "what is built for, as in linux/arm64"},
        {"color", CLI_OPTION_VALUE, &ask->color, "WHEN", "auto, always or never: of text [auto]"},
        {0},
    };
    const cli_usage usage = {
        "why [OPTION…] FILE STAGE [CAPABILITY|PATH]",
        "Explains why a stage ships, is needed or is not; or why it contains something: a capability (c-compiler), a\n"
        "class of them (native-compiler), or a PATH that begins with '/'. STAGE is a name, an index from 0, or '.' "
        "for\n"
        "the target. FILE may be '-' for standard input.",
        options,
        "Exit codes: 0 it was explained, 2 usage, 3 the file is unreadable, or BuildKit would refuse it.",
    };
    return cli_options_parse(&usage, argc, argv, &ask->operands);
}

static bool check_format(const char *name)
{
    for (size_t i = 0; sp_tool_why_format_at(i) != NULL; i++) {
        if (strcmp(name, sp_tool_why_format_at(i)) == 0)
            return true;
    }
    cli_say("--format: there is no format '%s'; there are text, json", name);
    return false;
}

static bool check_options(const cli_asking *ask, bool *color)
{
    const cli_strings *operands = &ask->operands;
    bool fine = operands->count == 2 || operands->count == 3;
    for (size_t i = 0; i < operands->count; i++)
        fine = fine && operands->items[i][0] != '\0';
    if (!fine) {
        cli_say("'why' needs a FILE and a STAGE, and may be given a capability or a path");
        return false;
    }
    return check_format(ask->format) && cli_color(ask->color, color);
}

static int explain(const cli_asking *ask, const char *report, const cli_text *file, const cli_lent *lent, bool color)
{
    char *text = NULL, *folder = cli_paths_folder(&ask->paths);
    size_t size = 0;
    int32_t verdict = SP_PASS;
    sp_error error;
    SP_INIT(error);
    const sp_tool_why_options options = {
        .format = ask->format,
        .folder = folder,
        .stage = ask->operands.items[1],
        .about = ask->operands.count > 2 ? ask->operands.items[2] : NULL,
        .color = color,
        .inputs = cli_inputs_tool(&ask->inputs, ask->platform, ask->arguments_complete),
        .lent = lent->items,
        .lent_count = lent->count,
    };
    sp_status status = sp_tool_why(report, cli_text_string(file), file->size, &options, &text, &size, &verdict, &error);
    if (status != SP_OK)
        cli_say_error(&error);
    else
        fwrite(text, 1, size, stdout);
    sp_text_free(text);
    free(folder);
    return status == SP_OK ? verdict : SP_USAGE;
}

/* Compose and bake files beside the file have a say in what is needed, as in `check`. */
static int explain_beside(const cli_asking *ask, const char *report, const cli_text *file, bool color)
{
    cli_found found = {0};
    cli_builds builds = {0};
    cli_lent lent = {0};
    cli_strings operands = {0};
    if (ask->inputs.targets.count == 0) {
        cli_strings_add(&operands, ask->operands.items[0]);
        cli_discover(&ask->paths, &operands, NULL, &found);
        cli_builds_lend(&ask->paths, &found.declaring, &builds);
        cli_builds_lent(&builds, report, &lent);
    }
    int code = explain(ask, report, file, &lent, color);
    cli_lent_dispose(&lent);
    cli_builds_dispose(&builds);
    cli_found_dispose(&found);
    cli_strings_dispose(&operands);
    return code;
}

static int run_why(const cli_asking *ask, bool color)
{
    cli_operand operand;
    int code = SP_INPUT;
    if (cli_operand_read(&ask->paths, ask->operands.items[0], &operand))
        code = explain_beside(ask, operand.report, &operand.text, color);
    cli_operand_dispose(&operand);
    return code;
}

int cli_why(int argc, char **argv)
{
    cli_asking ask = {.format = "text"};
    bool color = false;
    cli_parsed parsed = parse_arguments(&ask, argc, argv);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN && check_options(&ask, &color) && cli_inputs_read(&ask.inputs) &&
        cli_paths_init(&ask.paths, NULL))
        code = run_why(&ask, color);
    cli_inputs_dispose(&ask.inputs);
    cli_strings_dispose(&ask.operands);
    cli_paths_dispose(&ask.paths);
    return code;
}
