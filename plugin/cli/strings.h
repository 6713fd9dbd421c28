/* A growing list of texts that it owns. */
#ifndef SP_CLI_STRINGS_H
#define SP_CLI_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

/** Zero is the empty list. `items[count]` is always NULL once something was added. */
typedef struct cli_strings {
    char **items;
    size_t count, capacity;
} cli_strings;

/** Appends a text, which the list frees from now on. */
void cli_strings_take(cli_strings *strings, char *text);

/** Appends a copy of a text. */
void cli_strings_add(cli_strings *strings, const char *text);

/** Removes the last text and gives it to the caller: free(). NULL when there is none. */
char *cli_strings_pop(cli_strings *strings);

/** The texts with a NULL after the last, or NULL when there are none; they belong to the list. */
const char *const *cli_strings_array(const cli_strings *strings);

/** Whether a text is among them. */
bool cli_strings_has(const cli_strings *strings, const char *text);

/** Sorts them, byte by byte. */
void cli_strings_sort(cli_strings *strings);

void cli_strings_dispose(cli_strings *strings);

#endif
