/* stagepolicy graph: draws the stages of a Dockerfile. */
#include "cli/command.h"

#include "cli/color.h"
#include "cli/engine.h"
#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/operand.h"
#include "cli/option.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_graphing {
    cli_engine_options engine;
    const char *format, *color, *platform;
    cli_inputs inputs;
    cli_strings operands;
    bool findings;
    cli_paths paths;
} cli_graphing;

static cli_parsed parse_arguments(cli_graphing *graph, int argc, char **argv)
{
    const cli_option options[] = {
        {"format", CLI_OPTION_VALUE, &graph->format, "FORMAT",
         "text; mermaid, which GitLab and GitHub draw; dot, for\nGraphviz; svg; json [text]"},
        {"target", CLI_OPTION_LIST, &graph->inputs.targets, "STAGE",
         "a stage that is built, and shows only what it needs;\nrepeatable [the last, and all stages]"},
        {"build-arg", CLI_OPTION_LIST, &graph->inputs.arguments, "NAME=VALUE", "as docker build has it; repeatable"},
        {"build-args-complete", CLI_OPTION_FLAG, &graph->engine.build_args_complete, NULL,
         "no other build arguments will be given: what is not\nset is then as BuildKit sees it, not unknown"},
        {"build-arg-file", CLI_OPTION_LIST, &graph->inputs.argument_files, "FILE", "NAME=VALUE lines; repeatable"},
        {"build-context", CLI_OPTION_LIST, &graph->inputs.contexts, "NAME=VALUE",
         "a named context, as docker build has it; repeatable"},
        {"platform", CLI_OPTION_VALUE, &graph->platform, "PLATFORM", "what is built for, as in linux/arm64"},
        {"findings", CLI_OPTION_FLAG, &graph->findings, NULL, "judge the file, and mark each stage with what is found"},
        {"policy", CLI_OPTION_LIST, &graph->engine.policies, "ID",
         "with --findings: judge by this policy only; repeatable"},
        CLI_OPTION_PACK(graph->engine),
        CLI_OPTION_CONFIG(graph->engine),
        {"color", CLI_OPTION_VALUE, &graph->color, "WHEN", "auto, always or never: of text [auto]"},
        {0},
    };
    const cli_usage usage = {
        "graph [OPTION…] [FILE]",
        "Draws the stages of a Dockerfile: what each is built FROM and takes from others, what ships, what is needed.\n"
        "FILE may be '-' for standard input [Dockerfile].",
        options,
        "Exit codes: 0 it was drawn, 2 usage, 3 it is unreadable, or BuildKit would refuse it (it is drawn as far as\n"
        "it goes), 4 a policy failed, so findings may be missing.",
    };
    return cli_options_parse(&usage, argc, argv, &graph->operands);
}

static bool check_format(const char *name)
{
    cli_text formats = {0};
    bool found = false;
    for (size_t i = 0; sp_tool_graph_format_at(i) != NULL; i++) {
        found = found || strcmp(name, sp_tool_graph_format_at(i)) == 0;
        cli_text_print(&formats, "%s%s", i != 0 ? ", " : "", sp_tool_graph_format_at(i));
    }
    if (!found)
        cli_say("--format: there is no format '%s'; there are %s", name, cli_text_string(&formats));
    cli_text_dispose(&formats);
    return found;
}

/* Options that would change nothing are mistakes. */
static bool check_findings(const cli_graphing *graph)
{
    const cli_engine_options *engine = &graph->engine;
    if (graph->findings || (engine->policies.count == 0 && engine->packs.count == 0 && engine->config == NULL))
        return true;
    cli_say("--policy, --pack and --config need --findings; without it, no policy judges");
    return false;
}

static bool check_options(cli_graphing *graph, bool *color)
{
    if (graph->operands.count == 0)
        cli_strings_add(&graph->operands, "Dockerfile");
    if (graph->operands.count != 1 || graph->operands.items[0][0] == '\0') {
        cli_say("'graph' draws one FILE; '-' is standard input");
        return false;
    }
    return check_format(graph->format) && check_findings(graph) && cli_color(graph->color, color);
}

static int draw(const cli_graphing *graph, sp_engine *engine, const char *report, const cli_text *file, bool color)
{
    char *text = NULL;
    size_t size = 0;
    int32_t verdict = SP_PASS;
    sp_error error;
    SP_INIT(error);
    const sp_tool_graph_options options = {
        .format = graph->format,
        .color = color,
        .inputs = cli_inputs_tool(&graph->inputs, graph->platform, graph->engine.build_args_complete),
    };
    if (sp_tool_graph(engine, report, cli_text_string(file), file->size, &options, &text, &size, &verdict, &error) !=
        SP_OK) {
        cli_say_error(&error);
        return SP_USAGE;
    }
    fwrite(text, 1, size, stdout);
    sp_text_free(text);
    return verdict;
}

static int draw_with(const cli_graphing *graph, const char *report, const cli_text *file, bool color)
{
    if (!graph->findings)
        return draw(graph, NULL, report, file, color);
    sp_engine *engine = cli_engine_new(&graph->engine, &graph->paths, NULL);
    int code = engine != NULL ? draw(graph, engine, report, file, color) : SP_USAGE;
    sp_engine_free(engine);
    return code;
}

static int run_graph(cli_graphing *graph, bool color)
{
    cli_operand operand;
    int code = SP_INPUT;
    if (cli_operand_read(&graph->paths, graph->operands.items[0], &operand))
        code = draw_with(graph, operand.report, &operand.text, color);
    cli_operand_dispose(&operand);
    return code;
}

int cli_graph(int argc, char **argv)
{
    cli_graphing graph = {.format = "text"};
    bool color = false;
    cli_parsed parsed = parse_arguments(&graph, argc, argv);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    if (parsed == CLI_PARSED_RUN && check_options(&graph, &color) && cli_inputs_read(&graph.inputs) &&
        cli_paths_init(&graph.paths, NULL))
        code = run_graph(&graph, color);
    cli_engine_options_dispose(&graph.engine);
    cli_inputs_dispose(&graph.inputs);
    cli_strings_dispose(&graph.operands);
    cli_paths_dispose(&graph.paths);
    return code;
}
