/* A growing list of texts that it owns. */
#include "cli/strings.h"

#include "cli/memory.h"

#include <stdlib.h>
#include <string.h>

void cli_strings_take(cli_strings *strings, char *text)
{
    if (strings->count + 1 >= strings->capacity) {
        strings->capacity = strings->capacity != 0 ? 2 * strings->capacity : 8;
        strings->items = cli_resize(strings->items, strings->capacity * sizeof *strings->items);
    }
    strings->items[strings->count++] = text;
    strings->items[strings->count] = NULL;
}

void cli_strings_add(cli_strings *strings, const char *text)
{
    cli_strings_take(strings, cli_copy(text));
}

char *cli_strings_pop(cli_strings *strings)
{
    if (strings->count == 0)
        return NULL;
    char *last = strings->items[--strings->count];
    strings->items[strings->count] = NULL;
    return last;
}

const char *const *cli_strings_array(const cli_strings *strings)
{
    return (const char *const *)strings->items;
}

bool cli_strings_has(const cli_strings *strings, const char *text)
{
    for (size_t i = 0; i < strings->count; i++) {
        if (strcmp(strings->items[i], text) == 0)
            return true;
    }
    return false;
}

static int by_letters(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void cli_strings_sort(cli_strings *strings)
{
    if (strings->count > 0)
        qsort(strings->items, strings->count, sizeof *strings->items, by_letters);
}

void cli_strings_dispose(cli_strings *strings)
{
    for (size_t i = 0; i < strings->count; i++)
        free(strings->items[i]);
    free(strings->items);
    *strings = (cli_strings){0};
}
