/* Memory of the command: an allocation succeeds, or the process ends. */
#include "cli/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stagepolicy/types.h>

static _Noreturn void give_up(void)
{
    static const char text[] = "stagepolicy: out of memory\n";
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(SP_USAGE);
    _exit(SP_USAGE);
}

void *cli_allocate(size_t size)
{
    void *memory = calloc(1, size != 0 ? size : 1);
    if (memory == NULL)
        give_up();
    return memory;
}

void *cli_resize(void *old, size_t size)
{
    void *memory = realloc(old, size != 0 ? size : 1);
    if (memory == NULL)
        give_up();
    return memory;
}

char *cli_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = cli_allocate(size);
    memcpy(copy, text, size);
    return copy;
}

char *cli_format_list(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = cli_allocate(size > 0 ? (size_t)size + 1 : 1);
    if (size > 0)
        vsnprintf(text, (size_t)size + 1, format, arguments);
    return text;
}

char *cli_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = cli_format_list(format, arguments);
    va_end(arguments);
    return text;
}
