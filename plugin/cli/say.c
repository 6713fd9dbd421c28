/* What the command says about itself, on standard error. */
#include "cli/say.h"

#include "cli/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void write_line(const char *line)
{
    cli_text visible = {0};
    cli_text_visible(&visible, line, strlen(line), false);
    fprintf(stderr, "%s\n", cli_text_string(&visible));
    cli_text_dispose(&visible);
}

void cli_say(const char *format, ...)
{
    char line[4096] = "stagepolicy: ";
    size_t prefix = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + prefix, sizeof line - prefix, format, arguments);
    va_end(arguments);
    write_line(line);
}

void cli_say_error(const sp_error *error)
{
    cli_text line = {0};
    if (error->path[0] == '\0')
        cli_text_print(&line, "stagepolicy: %s", error->message);
    else if (error->line == 0)
        cli_text_print(&line, "%s: error: %s", error->path, error->message);
    else
        cli_text_print(&line, "%s:%u:%u: error: %s", error->path, (unsigned)error->line, (unsigned)error->column,
                       error->message);
    write_line(cli_text_string(&line));
    cli_text_dispose(&line);
}
