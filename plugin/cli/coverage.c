/* Which lines of policy code the cases run: `stagepolicy test --coverage`. */
#include "cli/coverage.h"

#include "cli/compare.h"
#include "cli/files.h"
#include "cli/memory.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void mark(cli_covered *file, uint32_t line, unsigned char what)
{
    if (line >= file->count) {
        size_t count = (size_t)line + 64;
        file->lines = cli_resize(file->lines, count);
        memset(file->lines + file->count, 0, count - file->count);
        file->count = count;
    }
    file->lines[line] |= what;
}

static void mark_code(void *payload, uint32_t line)
{
    mark(payload, line, CLI_LINE_CODE);
}

void cli_coverage_add(cli_coverage *coverage, const char *path)
{
    for (size_t i = 0; i < coverage->count; i++) {
        if (strcmp(coverage->files[i].path, path) == 0)
            return;
    }
    coverage->files = cli_resize(coverage->files, (coverage->count + 1) * sizeof *coverage->files);
    cli_covered *file = &coverage->files[coverage->count++];
    *file = (cli_covered){.path = cli_copy(path)};
    cli_text text = {0};
    bool read = cli_file_read(path, true, &text) == NULL;
    if (read && sp_tool_code_lines(path, cli_text_string(&text), text.size, mark_code, file) != SP_OK)
        file->count = 0;
    cli_text_dispose(&text);
}

void cli_coverage_note(void *payload, const char *path, uint32_t line)
{
    cli_coverage *coverage = payload;
    for (size_t i = 0; i < coverage->count; i++) {
        size_t at = (coverage->last + i) % coverage->count;
        if (strcmp(coverage->files[at].path, path) == 0) {
            coverage->last = at;
            mark(&coverage->files[at], line, CLI_LINE_RUN);
            return;
        }
    }
}

/* The lines of a file that did not run, with their text. */
static void show_missed(const cli_covered *file)
{
    cli_text text = {0};
    if (cli_file_read(file->path, true, &text) != NULL)
        return;
    uint32_t line = 0;
    for (size_t at = 0; at < text.size;) {
        const char *start = cli_text_string(&text) + at, *feed = memchr(start, '\n', text.size - at);
        size_t size = feed != NULL ? (size_t)(feed - start) : text.size - at;
        line++;
        if (line < file->count && file->lines[line] == CLI_LINE_CODE) {
            char *shown = cli_format("%6u | %.*s", (unsigned)line, (int)size, start);
            cli_print_visibly(shown);
            free(shown);
        }
        at += size + 1;
    }
    cli_text_dispose(&text);
}

void cli_coverage_show(const cli_coverage *coverage)
{
    for (size_t i = 0; i < coverage->count; i++) {
        const cli_covered *file = &coverage->files[i];
        size_t code = 0, run = 0;
        for (size_t line = 0; line < file->count; line++) {
            code += (file->lines[line] & CLI_LINE_CODE) != 0;
            run += file->lines[line] == (CLI_LINE_CODE | CLI_LINE_RUN);
        }
        char *shown =
            cli_format("%s: %zu of %zu lines run%s", file->path, run, code, run < code ? "; these do not:" : "");
        cli_print_visibly(shown);
        free(shown);
        if (run < code)
            show_missed(file);
    }
}

void cli_coverage_dispose(cli_coverage *coverage)
{
    for (size_t i = 0; i < coverage->count; i++) {
        free(coverage->files[i].path);
        free(coverage->files[i].lines);
    }
    free(coverage->files);
}
