/* Which files of a checkout count: git is asked, but its repository is not trusted. */
#ifndef SP_CLI_GIT_H
#define SP_CLI_GIT_H

#include "cli/strings.h"

#include <stdbool.h>

/** Lists the files below `folder` that git tracks or would add, relative to it. False when git is missing or refuses;
    `reason` then says why, and otherwise what git warned of; it may be empty. free(*reason). */
bool cli_git_list(const char *folder, cli_strings *out, char **reason);

#endif
