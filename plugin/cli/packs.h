/* The packs that a command's arguments name. */
#ifndef SP_CLI_PACKS_H
#define SP_CLI_PACKS_H

#include "cli/strings.h"

/** Adds each folder that is a pack, else every pack in it. False, and said, when there is none. */
bool cli_packs_find(const cli_strings *folders, cli_strings *out);

/** The entries of a folder, sorted, joined to its path; none of one that is not there. False, with errno, when it
   cannot be read. */
bool cli_packs_list(const char *folder, cli_strings *out);

#endif
