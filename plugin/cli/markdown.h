/* The Markdown of a policy's help: read by people in a terminal, and by `test` as examples. */
#ifndef SP_CLI_MARKDOWN_H
#define SP_CLI_MARKDOWN_H

#include "cli/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Writes it plainly: headings stand out, code is indented, the rest is as written. */
void cli_markdown_show(const char *markdown, bool color, cli_text *out);

/** A fenced block below a heading. Pieces of the Markdown, not NUL-terminated. */
typedef struct cli_block {
    const char *heading; /* without its marks */
    size_t heading_size;
    const char *text;
    size_t size;
    uint32_t line; /* of its first line, in the Markdown, from 1 */
} cli_block;

/** Gives the next fenced block from `*at` on (offset and line, both 0 at first); false after the last. */
typedef struct cli_markdown_cursor {
    size_t offset;
    uint32_t line;
    const char *heading;
    size_t heading_size;
} cli_markdown_cursor;

bool cli_markdown_next(const char *markdown, cli_markdown_cursor *at, cli_block *out);

#endif
