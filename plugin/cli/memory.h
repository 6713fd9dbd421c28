/* Memory of the command: an allocation succeeds, or the process ends with exit code 2 and says so. */
#ifndef SP_CLI_MEMORY_H
#define SP_CLI_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

/** `size` zeroed bytes; free(). */
void *cli_allocate(size_t size);

/** `old` (or NULL) with room for `size` bytes; free(). */
void *cli_resize(void *old, size_t size);

/** A copy of a NUL-terminated text; free(). */
char *cli_copy(const char *text);

/** printf into a new text; free(). */
char *cli_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *cli_format_list(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

#endif
