/* Rewriting what a case expects to what was found: `stagepolicy test --update`. Lines of expectations that nothing
   meets go, and each finding that nobody expects gets one above its instruction. */
#include "cli/update.h"

#include "cli/files.h"
#include "cli/memory.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One file under way. */
typedef struct cli_rewriting {
    const cli_outcome *outcome;
    size_t subject;
    sp_tool_instruction *instructions;
    size_t count;
    cli_text text;
    bool changed;
} cli_rewriting;

static void show_change(cli_rewriting *file, char sign, uint32_t line, const char *text, size_t size)
{
    const cli_subject *subject = &file->outcome->subjects[file->subject];
    char *shown = cli_format("%s:%u: %c %.*s", subject->path, (unsigned)line, sign, (int)size, text);
    cli_print_visibly(shown);
    free(shown);
    file->changed = true;
}

/* Whether a line is an expectation that nothing met. */
static bool is_stale(const cli_rewriting *file, uint32_t line)
{
    const cli_case *wanted = file->outcome->wanted;
    for (size_t i = 0; i < wanted->count; i++) {
        const cli_expectation *expected = &wanted->expectations[i];
        if (expected->subject == file->subject && expected->line == line && !expected->met)
            return true;
    }
    return false;
}

/* The first line of the instruction that a finding stands in; 0 when it stands in none. */
static uint32_t instruction_line(const cli_rewriting *file, uint32_t line)
{
    for (size_t i = 0; i < file->count; i++) {
        if (line >= file->instructions[i].first_line && line <= file->instructions[i].last_line)
            return file->instructions[i].first_line;
    }
    return 0;
}

/* Where a finding's expectation is written, with the word for it: above its instruction, else above the first one; what
   is about the project, in the first file. 0 when it belongs to another file. */
static uint32_t line_for(const cli_rewriting *file, const sp_finding *finding, const char **word)
{
    const cli_outcome *outcome = file->outcome;
    bool here = strcmp(finding->at.path, outcome->subjects[file->subject].path) == 0, anywhere = here;
    for (size_t i = 0; i < outcome->count; i++)
        anywhere = anywhere || strcmp(finding->at.path, outcome->subjects[i].path) == 0;
    uint32_t top = file->count > 0 ? file->instructions[0].first_line : 1;
    uint32_t line = here ? instruction_line(file, finding->at.line) : 0;
    *word = line != 0 ? "expect" : here ? "expect-file" : "expect-project";
    if (line != 0)
        return line;
    return here || (!anywhere && file->subject == 0) ? top : 0;
}

static void add_expectations(cli_rewriting *file, uint32_t line)
{
    sp_finding finding;
    SP_INIT(finding);
    for (size_t i = 0; i < file->outcome->unexpected_count; i++) {
        const char *word;
        if (sp_results_at(file->outcome->results, file->outcome->unexpected[i], &finding) != SP_OK ||
            line_for(file, &finding, &word) != line)
            continue;
        char *added = cli_format("# %s: %s: %s", word, finding.policy, finding.message);
        show_change(file, '+', line, added, strlen(added));
        cli_text_print(&file->text, "%s\n", added);
        free(added);
    }
}

static void rewrite_lines(cli_rewriting *file)
{
    const cli_subject *subject = &file->outcome->subjects[file->subject];
    uint32_t line = 0;
    for (size_t at = 0; at < subject->size;) {
        const char *start = subject->text + at, *feed = memchr(start, '\n', subject->size - at);
        size_t size = feed != NULL ? (size_t)(feed - start) : subject->size - at;
        size_t whole = feed != NULL ? size + 1 : size;
        add_expectations(file, ++line);
        if (is_stale(file, line))
            show_change(file, '-', line, start, size);
        else
            cli_text_add(&file->text, start, whole);
        at += whole;
    }
}

static bool rewrite(cli_rewriting *file)
{
    const cli_subject *subject = &file->outcome->subjects[file->subject];
    const char *reason = "Out of memory";
    if (sp_tool_instructions(subject->text, subject->size, &file->instructions, &file->count) == SP_OK) {
        rewrite_lines(file);
        reason = file->changed ? cli_file_write(subject->path, cli_text_string(&file->text), file->text.size) : NULL;
    }
    sp_text_free((char *)file->instructions);
    cli_text_dispose(&file->text);
    if (reason != NULL)
        cli_say("%s cannot be written: %s", subject->path, reason);
    return reason == NULL;
}

bool cli_update_case(const cli_outcome *outcome)
{
    bool written = true;
    for (size_t i = 0; i < outcome->count; i++) {
        cli_rewriting file = {.outcome = outcome, .subject = i};
        written = rewrite(&file) && written;
    }
    return written;
}
