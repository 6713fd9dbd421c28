/* The build context: which .dockerignore applies to a Dockerfile. */
#ifndef SP_CLI_CONTEXT_H
#define SP_CLI_CONTEXT_H

#include "cli/discover.h"
#include "engine/tool.h"

#include <stagepolicy/stagepolicy.h>

/** What the options say. */
typedef struct cli_context {
    const char *folder; /* --context; NULL: that of each Dockerfile, which is then only assumed */
    bool off;           /* --no-context: nothing is looked at */
} cli_context;

/** Whether the options make sense; said when they do not. */
bool cli_context_check(const cli_context *context);

/** Tells the run of the .dockerignore of each of its files: NAME.dockerignore beside it, which applies whatever the
    context is; else the one at the root of the context. What cannot be read is said, and stays unknown. */
sp_status cli_context_tell(const cli_context *context, const cli_paths *paths, sp_run *run, const sp_engine *engine,
                           const cli_found *found);

#endif
