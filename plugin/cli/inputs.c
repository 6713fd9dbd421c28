/* What is said about a build beside its Dockerfile. */
#include "cli/inputs.h"

#include "cli/files.h"
#include "cli/memory.h"
#include "cli/say.h"

#include <stdlib.h>
#include <string.h>

static bool check_pairs(const char *option, const cli_strings *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const char *pair = pairs->items[i];
        if (strchr(pair, '=') == NULL || pair[0] == '=') {
            cli_say("--%s %s: it must be NAME=VALUE", option, pair);
            return false;
        }
    }
    return true;
}

const char *cli_environment(void *payload, const char *name)
{
    (void)payload;
    return getenv(name);
}

static bool read_argument_file(const char *path, cli_strings *out)
{
    cli_text text = {0};
    const char *reason = cli_file_read(path, false, &text);
    sp_tool_text file = {path, cli_text_string(&text), text.size};
    sp_tool_declaring input = {.kind = SP_TOOL_ARGUMENTS, .files = &file, .count = 1, .environment = cli_environment};
    sp_tool_builds *builds = NULL;
    sp_error error;
    SP_INIT(error);
    bool fine = reason == NULL && sp_tool_builds_read(&input, &builds, &error) == SP_OK;
    if (reason != NULL)
        cli_say("--build-arg-file %s: %s", path, reason);
    else if (!fine)
        cli_say_error(&error);
    for (size_t i = 0; fine && i < sp_tool_builds_at(builds, 0)->argument_count; i++)
        cli_strings_add(out, sp_tool_builds_at(builds, 0)->arguments[i]);
    sp_tool_builds_free(builds);
    cli_text_dispose(&text);
    return fine;
}

bool cli_inputs_read(cli_inputs *inputs)
{
    if (!check_pairs("build-arg", &inputs->arguments) || !check_pairs("build-context", &inputs->contexts))
        return false;
    cli_strings all = {0};
    bool fine = true;
    for (size_t i = 0; i < inputs->argument_files.count && fine; i++)
        fine = read_argument_file(inputs->argument_files.items[i], &all);
    for (size_t i = 0; i < inputs->arguments.count; i++)
        cli_strings_add(&all, inputs->arguments.items[i]);
    cli_strings_dispose(&inputs->arguments);
    inputs->arguments = all;
    return fine;
}

/* Hands NAME=VALUE to a function of the run. */
static sp_status add_pair(sp_run *run, const char *pair,
                          sp_status (*give)(sp_run *run, const char *name, const char *value))
{
    char *name = cli_format("%.*s", (int)strcspn(pair, "="), pair);
    sp_status status = give(run, name, strchr(pair, '=') + 1);
    free(name);
    return status;
}

sp_status cli_arguments_add(sp_run *run, const cli_strings *arguments, const cli_strings *targets)
{
    sp_status status = SP_OK;
    for (size_t i = 0; i < arguments->count && status == SP_OK; i++)
        status = add_pair(run, arguments->items[i], sp_run_arg);
    for (size_t i = 0; i < targets->count && status == SP_OK; i++)
        status = sp_run_target(run, targets->items[i]);
    return status;
}

sp_status cli_inputs_add(sp_run *run, const cli_inputs *inputs)
{
    sp_status status = cli_arguments_add(run, &inputs->arguments, &inputs->targets);
    for (size_t i = 0; i < inputs->contexts.count && status == SP_OK; i++)
        status = add_pair(run, inputs->contexts.items[i], sp_run_context);
    for (size_t i = 0; i < inputs->platforms.count && status == SP_OK; i++)
        status = sp_run_platform(run, inputs->platforms.items[i]);
    return status;
}

sp_tool_inputs cli_inputs_tool(const cli_inputs *inputs, const char *platform, bool arguments_complete)
{
    return (sp_tool_inputs){
        .arguments = cli_strings_array(&inputs->arguments),
        .argument_count = inputs->arguments.count,
        .contexts = cli_strings_array(&inputs->contexts),
        .context_count = inputs->contexts.count,
        .targets = cli_strings_array(&inputs->targets),
        .target_count = inputs->targets.count,
        .platform = platform,
        .arguments_complete = arguments_complete,
    };
}

void cli_inputs_dispose(cli_inputs *inputs)
{
    cli_strings_dispose(&inputs->arguments);
    cli_strings_dispose(&inputs->argument_files);
    cli_strings_dispose(&inputs->targets);
    cli_strings_dispose(&inputs->platforms);
    cli_strings_dispose(&inputs->contexts);
}
