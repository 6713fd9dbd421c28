/* The engine of a command: its packs, the configuration of the repository, the selection. */
#ifndef SP_CLI_ENGINE_H
#define SP_CLI_ENGINE_H

#include "cli/paths.h"
#include "cli/strings.h"

#include <stagepolicy/stagepolicy.h>

/** What the options said; zero is the default of each. */
typedef struct cli_engine_options {
    const char *config; /* a file; NULL: .stagepolicy.yaml at the root, if it is there */
    cli_strings packs, policies;
    const char *fail_on;
    bool build_args_complete;
} cli_engine_options;

/** The rows that commands share in their option tables. */
#define CLI_OPTION_CONFIG(options)                                                                                     \
    {                                                                                                                  \
        "config", CLI_OPTION_VALUE, &(options).config, "FILE",                                                         \
            "the configuration [.stagepolicy.yaml at the repository root]"                                             \
    }
#define CLI_OPTION_PACK(options)                                                                                       \
    {                                                                                                                  \
        "pack", CLI_OPTION_LIST, &(options).packs, "DIR", "a folder with pack.yaml, added to the built-in packs"       \
    }

/** The configuration's path as typed, when there is one: NULL otherwise. free(). */
char *cli_engine_config(const cli_engine_options *options, const cli_paths *paths);

/** Makes the engine; NULL, and said, when it cannot be: exit code 2. `host` may be NULL. */
sp_engine *cli_engine_new(const cli_engine_options *options, const cli_paths *paths, const sp_host *host);

/** The same for a command that reads no Dockerfile. */
sp_engine *cli_engine_here(const cli_engine_options *options);

void cli_engine_options_dispose(cli_engine_options *options);

#endif
