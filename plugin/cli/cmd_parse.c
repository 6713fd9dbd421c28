/* stagepolicy parse: shows how a Dockerfile is read. */
#include "cli/command.h"

#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/operand.h"
#include "cli/option.h"
#include "cli/paths.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_parsing {
    const char *format, *platform;
    cli_inputs inputs;
    cli_strings operands;
    bool expand, refusal, arguments_complete;
} cli_parsing;

static cli_parsed parse_arguments(cli_parsing *parse, int argc, char **argv)
{
    const cli_option options[] = {
        {"format", CLI_OPTION_VALUE, &parse->format, "FORMAT",
         "json, or sexp: the dump of BuildKit's own parser [json]"},
        {"expand", CLI_OPTION_FLAG, &parse->expand, NULL,
         "with what each word becomes: known, default or unknown,\nand by which variables (json)"},
        {"errors-as-buildkit", CLI_OPTION_FLAG, &parse->refusal, NULL,
         "nothing but the message that BuildKit has for a file it\nrefuses, with its line"},
        {"build-arg", CLI_OPTION_LIST, &parse->inputs.arguments, "NAME=VALUE",
         "as docker build has it, for the two above; repeatable"},
        {"build-args-complete", CLI_OPTION_FLAG, &parse->arguments_complete, NULL,
         "no other build arguments will be given: what is not\nset is then as BuildKit sees it, not unknown"},
        {"build-arg-file", CLI_OPTION_LIST, &parse->inputs.argument_files, "FILE",
         "NAME=VALUE lines, for the same; repeatable"},
        {"build-context", CLI_OPTION_LIST, &parse->inputs.contexts, "NAME=VALUE",
         "a named context, as docker build has it, for the same;\nrepeatable"},
        {"platform", CLI_OPTION_VALUE, &parse->platform, "PLATFORM",
         "what is built for, as in linux/arm64, for the same"},
        {"target", CLI_OPTION_LIST, &parse->inputs.targets, "STAGE",
         "a stage that is built, for the same; repeatable [the last]"},
        {0},
    };
    const cli_usage usage = {
        "parse [OPTION…] FILE",
        "Shows how a Dockerfile is read: instructions, words and their places, and what is wrong with it.\n"
        "FILE may be '-' for standard input.",
        options,
        "Exit codes: 0 it was read, 2 usage, 3 it is unreadable, or BuildKit would refuse it (it is shown as far as\n"
        "it goes).",
    };
    return cli_options_parse(&usage, argc, argv, &parse->operands);
}

static bool check_format(const char *name)
{
    cli_text formats = {0};
    bool found = false;
    for (size_t i = 0; sp_tool_parse_format_at(i) != NULL; i++) {
        found = found || strcmp(name, sp_tool_parse_format_at(i)) == 0;
        cli_text_print(&formats, "%s%s", i != 0 ? ", " : "", sp_tool_parse_format_at(i));
    }
    if (!found)
        cli_say("--format: there is no format '%s'; there are %s", name, cli_text_string(&formats));
    cli_text_dispose(&formats);
    return found;
}

/* Options that would change nothing are mistakes. */
static bool check_expansion(const cli_parsing *parse)
{
    bool is_json = strcmp(parse->format, "json") == 0;
    const cli_inputs *inputs = &parse->inputs;
    bool given = inputs->arguments.count + inputs->argument_files.count + inputs->contexts.count > 0 ||
                 inputs->targets.count > 0 || parse->platform != NULL || parse->arguments_complete;
    if (parse->refusal && (parse->expand || parse->arguments_complete || !is_json))
        cli_say("--errors-as-buildkit writes one message; no format, no values of words, and no world but its own");
    else if (parse->expand && !is_json)
        cli_say("--expand needs --format json; a dump of BuildKit's parser has words as they are written");
    else if (given && !parse->expand && !parse->refusal)
        cli_say("arguments, contexts, platforms and targets need --expand; without it, words are shown as they are "
                "written");
    else
        return true;
    return false;
}

static bool check_options(const cli_parsing *parse)
{
    if (parse->operands.count != 1 || parse->operands.items[0][0] == '\0') {
        cli_say("'parse' needs one FILE; '-' is standard input");
        return false;
    }
    return check_format(parse->format) && check_expansion(parse);
}

static int show(const cli_parsing *parse, const char *report, const cli_text *file)
{
    char *text = NULL;
    size_t size = 0;
    int32_t verdict = SP_PASS;
    const sp_tool_parse_options options = {
        .format = parse->format,
        .expand = parse->expand,
        .refusal = parse->refusal,
        .inputs = cli_inputs_tool(&parse->inputs, parse->platform, parse->arguments_complete),
    };
    sp_error error;
    SP_INIT(error);
    if (sp_tool_parse(report, cli_text_string(file), file->size, &options, &text, &size, &verdict, &error) != SP_OK) {
        cli_say_error(&error);
        return SP_USAGE;
    }
    if (text != NULL)
        fwrite(text, 1, size, stdout);
    sp_text_free(text);
    return verdict;
}

static int run_parse(const cli_parsing *parse)
{
    cli_paths paths;
    cli_operand operand;
    int code = SP_INPUT;
    if (!cli_paths_init(&paths, NULL))
        return SP_USAGE;
    if (cli_operand_read(&paths, parse->operands.items[0], &operand))
        code = show(parse, operand.report, &operand.text);
    cli_operand_dispose(&operand);
    cli_paths_dispose(&paths);
    return code;
}

int cli_parse(int argc, char **argv)
{
    cli_parsing parse = {.format = "json"};
    cli_parsed parsed = parse_arguments(&parse, argc, argv);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN && check_options(&parse) && cli_inputs_read(&parse.inputs))
        code = run_parse(&parse);
    cli_inputs_dispose(&parse.inputs);
    cli_strings_dispose(&parse.operands);
    return code;
}
