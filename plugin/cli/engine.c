/* The engine of a command: its packs, the configuration of the repository, the selection. */
#include "cli/engine.h"

#include "cli/files.h"
#include "cli/memory.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char config_name[] = ".stagepolicy.yaml";

char *cli_engine_config(const cli_engine_options *options, const cli_paths *paths)
{
    if (options->config != NULL)
        return cli_copy(options->config);
    char *found = cli_path_join(paths->root, config_name);
    struct stat status;
    bool exists = lstat(found, &status) == 0;
    free(found);
    return exists ? cli_paths_typed(paths, config_name) : NULL;
}

/* Reads the configuration, if there is one. False, and said, when it cannot be read. */
static bool read_config(const cli_engine_options *options, const cli_paths *paths, char **path, cli_text *text)
{
    const char *given = options->config;
    *path = cli_engine_config(options, paths);
    const char *reason = *path != NULL ? cli_file_read(*path, given == NULL, text) : NULL;
    if (reason == NULL && *path != NULL && strlen(cli_text_string(text)) != text->size)
        reason = "It holds a NUL byte";
    if (reason != NULL)
        cli_say("%s: %s", *path, reason);
    return reason == NULL;
}

/* The severity of --fail-on, SP_SEVERITY_OFF when it was not given; -1, and said, for anything else. */
static int32_t read_gate(const char *name)
{
    if (name == NULL)
        return SP_SEVERITY_OFF;
    if (strcmp(name, "never") == 0)
        return SP_SEVERITY_NEVER;
    int32_t severity = sp_tool_severity_from_name(name);
    if (severity >= SP_SEVERITY_INFO && severity <= SP_SEVERITY_ERROR)
        return severity;
    cli_say("--fail-on %s: it must be error, warning, info or never", name);
    return -1;
}

sp_engine *cli_engine_new(const cli_engine_options *options, const cli_paths *paths, const sp_host *host)
{
    sp_options made;
    SP_INIT(made);
    made.fail_on = read_gate(options->fail_on);
    char *path = NULL, *project = NULL;
    cli_text text = {0};
    sp_engine *engine = NULL;
    if (made.fail_on >= 0 && read_config(options, paths, &path, &text)) {
        made.config = path != NULL ? cli_text_string(&text) : NULL;
        made.config_path = path;
        made.project = project = path != NULL ? cli_paths_report(paths, path) : NULL;
        made.packs = cli_strings_array(&options->packs);
        made.policies = cli_strings_array(&options->policies);
        made.build_args_complete = options->build_args_complete;
        sp_error error;
        SP_INIT(error);
        if (sp_engine_new(&engine, &made, host, &error) != SP_OK) {
            engine = NULL;
            cli_say_error(&error);
        }
    }
    cli_text_dispose(&text);
    free(project);
    free(path);
    return engine;
}

sp_engine *cli_engine_here(const cli_engine_options *options)
{
    cli_paths paths;
    sp_engine *engine = cli_paths_init(&paths, NULL) ? cli_engine_new(options, &paths, NULL) : NULL;
    cli_paths_dispose(&paths);
    return engine;
}

void cli_engine_options_dispose(cli_engine_options *options)
{
    cli_strings_dispose(&options->packs);
    cli_strings_dispose(&options->policies);
}
