/* Growing text, with the ways in which the command quotes what others wrote. */
#include "cli/text.h"

#include "cli/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_text_add(cli_text *text, const char *bytes, size_t size)
{
    if (text->capacity - text->size <= size) {
        text->capacity = 2 * text->capacity + size + 64;
        text->bytes = cli_resize(text->bytes, text->capacity);
    }
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

void cli_text_put(cli_text *text, const char *more)
{
    cli_text_add(text, more, strlen(more));
}

void cli_text_print(cli_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *more = cli_format_list(format, arguments);
    va_end(arguments);
    cli_text_put(text, more);
    free(more);
}

const char *cli_text_string(const cli_text *text)
{
    return text->bytes != NULL ? text->bytes : "";
}

void cli_text_dispose(cli_text *text)
{
    free(text->bytes);
    *text = (cli_text){0};
}

/* Reads the code point at the start; gives its size in bytes, 0 when it is not UTF-8. */
static size_t read_code_point(const char *bytes, size_t size, uint32_t *out)
{
    unsigned char first = (unsigned char)bytes[0];
    size_t need = first < 0x80                    ? 1
                  : first >= 0xc2 && first < 0xe0 ? 2
                  : (first & 0xf0) == 0xe0        ? 3
                  : first >= 0xf0 && first < 0xf5 ? 4
                                                  : 0;
    if (need == 0 || need > size)
        return 0;
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t point = first & masks[need];
    for (size_t i = 1; i < need; i++) {
        if (((unsigned char)bytes[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | ((unsigned char)bytes[i] & 0x3f);
    }
    bool legal = point >= least[need] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    *out = point;
    return legal ? need : 0;
}

static bool is_utf8(const char *bytes, size_t size)
{
    uint32_t point;
    for (size_t at = 0; at < size;) {
        size_t step = read_code_point(bytes + at, size - at, &point);
        if (step == 0)
            return false;
        at += step;
    }
    return true;
}

/* Characters that steer a terminal, break a line, or make a line read in another order than it is stored. */
static bool steers_terminal(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x200e && point <= 0x200f) ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

void cli_text_json(cli_text *text, const char *value)
{
    size_t size = strlen(value);
    cli_text_put(text, "\"");
    for (size_t at = 0; at < size;) {
        uint32_t point = 0;
        size_t step = read_code_point(value + at, size - at, &point);
        if (step == 0) {
            cli_text_put(text, "\xef\xbf\xbd");
            step = 1;
        } else if (point == '"' || point == '\\') {
            cli_text_print(text, "\\%c", (int)point);
        } else if (point == '\n') {
            cli_text_put(text, "\\n");
        } else if (steers_terminal(point)) {
            cli_text_print(text, "\\u%04x", (unsigned)point);
        } else {
            cli_text_add(text, value + at, step);
        }
        at += step;
    }
    cli_text_put(text, "\"");
}

/* $'…': the only shell quoting that can say a control character in visible text. */
static void add_dollar_quoted(cli_text *text, const char *word, size_t size)
{
    cli_text_put(text, "$'");
    for (size_t at = 0; at < size;) {
        uint32_t point = 0;
        size_t step = read_code_point(word + at, size - at, &point);
        if (step == 0 || steers_terminal(point)) {
            step = step != 0 ? step : 1;
            for (size_t i = 0; i < step; i++)
                cli_text_print(text, "\\%03o", (unsigned)(unsigned char)word[at + i]);
        } else if (point == '\'' || point == '\\') {
            cli_text_print(text, "\\%c", (int)point);
        } else {
            cli_text_add(text, word + at, step);
        }
        at += step;
    }
    cli_text_put(text, "'");
}

static bool needs_dollar(const char *word, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t point = 0;
        size_t step = read_code_point(word + at, size - at, &point);
        if (step == 0 || steers_terminal(point))
            return true;
        at += step;
    }
    return false;
}

void cli_text_shell(cli_text *text, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
    size_t size = strlen(word);
    if (needs_dollar(word, size)) {
        add_dollar_quoted(text, word, size);
        return;
    }
    if (size != 0 && strspn(word, plain) == size) {
        cli_text_put(text, word);
        return;
    }
    cli_text_put(text, "'");
    for (const char *rest = word; *rest != '\0'; rest++)
        cli_text_add(text, *rest == '\'' ? "'\\''" : rest, *rest == '\'' ? 4 : 1);
    cli_text_put(text, "'");
}

void cli_text_visible(cli_text *text, const char *bytes, size_t size, bool lines)
{
    for (size_t at = 0; at < size;) {
        uint32_t point = 0;
        size_t step = read_code_point(bytes + at, size - at, &point);
        if (step == 0) {
            cli_text_print(text, "\\x%02x", (unsigned)(unsigned char)bytes[at]);
            step = 1;
        } else if (steers_terminal(point) && !(lines && (point == '\n' || point == '\t'))) {
            cli_text_print(text, point < 0x100 ? "\\x%02x" : "\\u{%x}", (unsigned)point);
        } else {
            cli_text_add(text, bytes + at, step);
        }
        at += step;
    }
}

void cli_text_name(cli_text *text, const char *name)
{
    size_t size = strlen(name);
    if (is_utf8(name, size) && strstr(name, "\\x") == NULL) {
        cli_text_put(text, name);
        return;
    }
    for (size_t at = 0; at < size;) {
        uint32_t point = 0;
        size_t step = read_code_point(name + at, size - at, &point);
        if (step == 0) {
            cli_text_print(text, "\\x%02x", (unsigned)(unsigned char)name[at]);
            step = 1;
        } else {
            cli_text_add(text, point == '\\' ? "\\\\" : name + at, point == '\\' ? 2 : step);
        }
        at += step;
    }
}
