/* Whether standard output is coloured. */
#ifndef SP_CLI_COLOR_H
#define SP_CLI_COLOR_H

#include <stdbool.h>

/** What --color asks for: "auto", "always" or "never"; NULL is "auto", which asks the terminal and NO_COLOR. False, and
    said, for another word. */
bool cli_color(const char *when, bool *out);

#endif
