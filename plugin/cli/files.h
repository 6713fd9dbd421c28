/* Files in one piece: read as far as the limit, or replaced whole. */
#ifndef SP_CLI_FILES_H
#define SP_CLI_FILES_H

#include "cli/text.h"

#include <stdbool.h>
#include <stddef.h>

/* One byte more than the library accepts, which is enough for it to say that the file is too large. */
#define CLI_READ_LIMIT 16777217u

/** Reads at most CLI_READ_LIMIT bytes of a file into `out`, which is emptied first. `regular` refuses what is not a
    regular file, so that a pipe in a checkout cannot block; without it pipes and devices are read too.
    NULL, or the reason for a person. */
const char *cli_file_read(const char *path, bool regular, cli_text *out);

/** The same from standard input. */
const char *cli_stdin_read(cli_text *out);

/** Writes a file whole or not at all: on failure an older one stays as it was. A device or pipe is written in place.
    NULL, or the reason for a person. */
const char *cli_file_write(const char *path, const char *bytes, size_t size);

#endif
