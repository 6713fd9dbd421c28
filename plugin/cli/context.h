/* The build context: which .dockerignore applies to a Dockerfile, and what is in the folder. */
#ifndef SP_CLI_CONTEXT_H
#define SP_CLI_CONTEXT_H

#include "cli/builds.h"
#include "cli/discover.h"
#include "engine/tool.h"

#include <stagepolicy/stagepolicy.h>

/** What the options say. Declared builds have contexts of their own. */
typedef struct cli_context {
    const char *folder; /* --context; NULL: that of each Dockerfile, which is then only assumed */
    bool off;           /* --no-context: nothing is looked at */
    cli_strings opened; /* folders that the run looks into, until it is freed */
} cli_context;

/** Whether the options make sense; said when they do not. */
bool cli_context_check(const cli_context *context);

/** Tells the run of the folder of each of its files, and of each of their builds. Of the .dockerignore:
   NAME.dockerignore beside the Dockerfile, which applies whatever the context is; else the one at the root of the
   context. Into a folder that is only assumed the run does not look, nor into one that a declared build names outside
   of the repository. What cannot be read is said, and stays unknown. The context must outlive the run. */
sp_status cli_context_tell(cli_context *context, const cli_paths *paths, sp_run *run, const cli_found *found,
                           const cli_builds *builds);

void cli_context_dispose(cli_context *context);

#endif
