/* Whether standard output is coloured. */
#include "cli/color.h"

#include "cli/say.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cli_color(const char *when, bool *out)
{
    if (when == NULL || strcmp(when, "auto") == 0) {
        const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
        *out = isatty(STDOUT_FILENO) == 1 && (refused == NULL || refused[0] == '\0') &&
               (terminal == NULL || strcmp(terminal, "dumb") != 0);
        return true;
    }
    *out = strcmp(when, "always") == 0;
    if (!*out && strcmp(when, "never") != 0) {
        cli_say("--color %s: it must be auto, always or never", when);
        return false;
    }
    return true;
}
