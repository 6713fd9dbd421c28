/* Filling a caller's sp_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

/* A path that is too long loses its front: the end says more. */
static void set_path(sp_error *error, sp_str path)
{
    size_t room = sizeof error->path - 1;
    if (path.size > room) {
        path = sp_str_skip(path, path.size - (room - 3));
        snprintf(error->path, sizeof error->path, "...%.*s", SP_STR_ARG(path));
    } else {
        snprintf(error->path, sizeof error->path, "%.*s", SP_STR_ARG(path));
    }
}

/* The first failure wins: false when there is nothing to fill, or something was said before. */
static bool fill(sp_error *error, sp_status status, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static bool fill(sp_error *error, sp_status status, const char *format, va_list arguments)
{
    if (error == NULL || error->status != SP_OK)
        return false;
    error->status = status;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    return true;
}

sp_status sp_error_set(sp_error *error, sp_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, format, arguments);
    va_end(arguments);
    return status;
}

sp_status sp_error_at(sp_error *error, sp_status status, sp_str path, uint32_t line, uint32_t column,
                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (fill(error, status, format, arguments)) {
        error->line = line;
        error->column = column;
        set_path(error, path);
    }
    va_end(arguments);
    return status;
}
