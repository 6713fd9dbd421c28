/* Growing text, with the ways in which the command quotes what others wrote. */
#ifndef SP_CLI_TEXT_H
#define SP_CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** Zero is the empty text. `bytes` is NUL-terminated once something was added. */
typedef struct cli_text {
    char *bytes;
    size_t size, capacity;
} cli_text;

void cli_text_add(cli_text *text, const char *bytes, size_t size);
/** A NUL-terminated text. */
void cli_text_put(cli_text *text, const char *more);
void cli_text_print(cli_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** A JSON string, quotes included; bytes that are not UTF-8 become U+FFFD. */
void cli_text_json(cli_text *text, const char *value);

/** One word for a POSIX shell, quoted only where it must be. */
void cli_text_shell(cli_text *text, const char *word);

/** For a terminal: control characters, characters that reorder a line and bytes that are not UTF-8 are escaped.
    Line feeds and tabs stay when `lines` is true. */
void cli_text_visible(cli_text *text, const char *bytes, size_t size, bool lines);

/** A file name as UTF-8: a valid one as it is, else (or if it holds \x already) with its odd bytes as \xNN
    and its backslashes doubled: different names stay different. */
void cli_text_name(cli_text *text, const char *name);

/** The text, never NULL; good until the next append. */
const char *cli_text_string(const cli_text *text);

void cli_text_dispose(cli_text *text);

#endif
