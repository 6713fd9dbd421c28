/* The Markdown of a policy's help: read by people in a terminal, and by `test` as examples. */
#include "cli/markdown.h"

#include <string.h>

static const char *skip_blanks(const char *line, size_t *size)
{
    while (*size != 0 && (*line == ' ' || *line == '\t')) {
        line++;
        *size -= 1;
    }
    return line;
}

/* fence = blanks ( "```" | "~~~" ) anything */
static bool is_fence(const char *line, size_t size)
{
    line = skip_blanks(line, &size);
    return size >= 3 && (memcmp(line, "```", 3) == 0 || memcmp(line, "~~~", 3) == 0);
}

/* heading = "#"+ blank text; gives the text. */
static bool is_heading(const char *line, size_t size, const char **text, size_t *text_size)
{
    size_t marks = 0;
    while (marks < size && line[marks] == '#')
        marks++;
    if (marks == 0 || marks > 6 || marks == size || line[marks] != ' ')
        return false;
    *text_size = size - marks;
    *text = skip_blanks(line + marks, text_size);
    while (*text_size != 0 && ((*text)[*text_size - 1] == ' ' || (*text)[*text_size - 1] == '\r'))
        *text_size -= 1;
    return true;
}

static const char *next_line(const char *markdown, cli_markdown_cursor *at, size_t *size)
{
    const char *line = markdown + at->offset;
    *size = strcspn(line, "\n");
    at->offset += *size + (line[*size] == '\n');
    at->line++;
    return line;
}

bool cli_markdown_next(const char *markdown, cli_markdown_cursor *at, cli_block *out)
{
    bool inside = false;
    while (markdown[at->offset] != '\0') {
        size_t size;
        const char *line = next_line(markdown, at, &size);
        if (inside && is_fence(line, size)) {
            out->size = (size_t)(line - out->text);
            return true;
        }
        if (!inside && is_fence(line, size)) {
            *out = (cli_block){at->heading, at->heading_size, markdown + at->offset, 0, at->line + 1};
            inside = true;
        } else if (!inside) {
            is_heading(line, size, &at->heading, &at->heading_size);
        }
    }
    return false;
}

static void show_line(const char *line, size_t size, bool color, cli_text *out)
{
    const char *heading;
    size_t heading_size;
    if (!is_heading(line, size, &heading, &heading_size)) {
        cli_text_visible(out, line, size, true);
        return;
    }
    cli_text_put(out, color ? "\033[1m" : "");
    cli_text_visible(out, heading, heading_size, false);
    cli_text_put(out, color ? "\033[0m" : ":");
}

void cli_markdown_show(const char *markdown, bool color, cli_text *out)
{
    cli_markdown_cursor at = {0};
    bool code = false;
    while (markdown[at.offset] != '\0') {
        size_t size;
        const char *line = next_line(markdown, &at, &size);
        if (is_fence(line, size)) {
            code = !code;
            continue;
        }
        if (code && size != 0) {
            cli_text_put(out, "    ");
            cli_text_visible(out, line, size, true);
        } else if (!code) {
            show_line(line, size, color, out);
        }
        cli_text_put(out, "\n");
    }
}
