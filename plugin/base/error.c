/* Filling a caller's sp_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static bool is_free(const sp_error *error)
{
    return error != NULL && error->status == SP_OK;
}

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

sp_status sp_error_set(sp_error *error, sp_status status, const char *format, ...)
{
    if (!is_free(error))
        return status;
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

sp_status sp_error_at(sp_error *error, sp_status status, sp_str path, uint32_t line, uint32_t column,
                      const char *format, ...)
{
    if (!is_free(error))
        return status;
    error->status = status;
    error->line = line;
    error->column = column;
    set_path(error, path);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}
