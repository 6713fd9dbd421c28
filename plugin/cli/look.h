/* Looking into the folder that is built, without ever leaving it or reading a file. */
#ifndef SP_CLI_LOOK_H
#define SP_CLI_LOOK_H

#include <stagepolicy/stagepolicy.h>

/** The callbacks of sp_folder; the payload is the folder's path, a char *. A link is followed as long as it stays in
    the folder: what an absolute one, one that climbs out, or too long a chain of them leads to is unknown. */
void cli_look(void *payload, const char *path, sp_entry *entry);
int32_t cli_list(void *payload, const char *path, sp_entry_take *take, void *to);

#endif
