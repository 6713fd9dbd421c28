/* Filling a caller's sp_error. The first error wins; a NULL error is allowed everywhere. */
#ifndef SP_BASE_ERROR_H
#define SP_BASE_ERROR_H

#include "base/str.h"

#include <stagepolicy/types.h>

/** Records a failure without a place and returns `status`, so that callers can `return sp_error_set(…)`. */
sp_status sp_error_set(sp_error *error, sp_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Records a failure at a place; `line` and `column` 0 when only the path is known. */
sp_status sp_error_at(sp_error *error, sp_status status, sp_str path, uint32_t line, uint32_t column,
                      const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
