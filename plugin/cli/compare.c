/* What a case expects against what was found. */
#include "cli/compare.h"

#include "cli/memory.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show_line(const cli_subject *subject, uint32_t line)
{
    const char *text = subject->text, *end = text + subject->size;
    for (uint32_t at = 1; at < line && text != NULL && text < end; at++) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        text = feed != NULL ? feed + 1 : end;
    }
    if (line == 0 || text >= end)
        return;
    const char *feed = memchr(text, '\n', (size_t)(end - text));
    cli_text shown = {0};
    cli_text_visible(&shown, text, (size_t)((feed != NULL ? feed : end) - text), false);
    printf("%6u | %s\n", (unsigned)(line + subject->line_offset), cli_text_string(&shown));
    cli_text_dispose(&shown);
}

void cli_print_visibly(const char *line)
{
    cli_text shown = {0};
    cli_text_visible(&shown, line, strlen(line), false);
    printf("%s\n", cli_text_string(&shown));
    cli_text_dispose(&shown);
}

void cli_complain(const cli_subject *subject, uint32_t line, const char *what, const char *policy, const char *text)
{
    char *shown =
        cli_format("%s:%u: %s %s%s%s", subject->path, (unsigned)((line != 0 ? line : 1) + subject->line_offset), what,
                   policy, text[0] != '\0' ? ": " : "", text);
    cli_print_visibly(shown);
    free(shown);
    show_line(subject, line);
}

/* The file a finding stands in; NULL when it is about the project. */
static const cli_subject *subject_of(const cli_outcome *outcome, const sp_finding *finding)
{
    for (size_t i = 0; i < outcome->count; i++) {
        if (strcmp(outcome->subjects[i].path, finding->at.path) == 0)
            return &outcome->subjects[i];
    }
    return NULL;
}

/* Whether a finding stands where an expectation looks for it, and is of its policy. */
static bool is_meant(const cli_outcome *outcome, const cli_expectation *expected, const sp_finding *finding)
{
    const cli_subject *subject = subject_of(outcome, finding);
    if (strcmp(expected->policy, finding->policy) != 0)
        return false;
    if (expected->scope == CLI_SCOPE_PROJECT)
        return subject == NULL;
    bool here = finding->at.line >= expected->first && finding->at.line <= expected->last;
    return subject == &outcome->subjects[expected->subject] && (here || expected->scope == CLI_SCOPE_FILE);
}

/* Expectations with a text choose first, so that one without cannot take their finding away. */
static cli_expectation *find_expectation(const cli_outcome *outcome, const sp_finding *finding)
{
    for (int without_text = 0; without_text < 2; without_text++) {
        for (size_t i = 0; i < outcome->wanted->count; i++) {
            cli_expectation *expected = &outcome->wanted->expectations[i];
            bool turn = (expected->text[0] == '\0') == (without_text == 1);
            if (turn && !expected->met && is_meant(outcome, expected, finding) &&
                strstr(finding->message, expected->text) != NULL)
                return expected;
        }
    }
    return NULL;
}

void cli_compare(cli_outcome *outcome)
{
    outcome->unexpected = cli_allocate((sp_results_count(outcome->results) + 1) * sizeof *outcome->unexpected);
    sp_finding finding;
    SP_INIT(finding);
    for (size_t i = 0; sp_results_at(outcome->results, i, &finding) == SP_OK; i++) {
        cli_expectation *expected = find_expectation(outcome, &finding);
        if (expected != NULL)
            expected->met = true;
        else
            outcome->unexpected[outcome->unexpected_count++] = i;
    }
    outcome->right = outcome->unexpected_count == 0;
    for (size_t i = 0; i < outcome->wanted->count; i++)
        outcome->right = outcome->right && outcome->wanted->expectations[i].met;
}

/* The expectation that a finding fails to meet only by its message, or NULL. */
static const cli_expectation *find_near(const cli_outcome *outcome, const sp_finding *finding)
{
    for (size_t i = 0; i < outcome->wanted->count; i++) {
        const cli_expectation *expected = &outcome->wanted->expectations[i];
        if (!expected->met && is_meant(outcome, expected, finding))
            return expected;
    }
    return NULL;
}

static void show_found(const cli_outcome *outcome, const sp_finding *finding)
{
    const cli_expectation *near = find_near(outcome, finding);
    const cli_subject project = {.path = finding->at.path, .text = ""}, *subject = subject_of(outcome, finding);
    subject = subject != NULL ? subject : &project;
    if (near == NULL) {
        cli_complain(subject, finding->at.line, "found, and not expected:", finding->policy, finding->message);
        return;
    }
    cli_complain(subject, finding->at.line, "another message than expected:", finding->policy, "");
    char *wanted = cli_format("       = expected: %s", near->text),
         *found = cli_format("       = found: %s", finding->message);
    cli_print_visibly(wanted);
    cli_print_visibly(found);
    free(found);
    free(wanted);
}

/* Whether the finding that misses an expectation by its message was shown with it. */
static bool was_shown(const cli_outcome *outcome, const cli_expectation *expected)
{
    sp_finding finding;
    SP_INIT(finding);
    for (size_t i = 0; i < outcome->unexpected_count; i++) {
        if (sp_results_at(outcome->results, outcome->unexpected[i], &finding) == SP_OK &&
            find_near(outcome, &finding) == expected)
            return true;
    }
    return false;
}

void cli_outcome_show(const cli_outcome *outcome)
{
    sp_finding finding;
    SP_INIT(finding);
    for (size_t i = 0; i < outcome->unexpected_count; i++) {
        if (sp_results_at(outcome->results, outcome->unexpected[i], &finding) == SP_OK)
            show_found(outcome, &finding);
    }
    for (size_t i = 0; i < outcome->wanted->count; i++) {
        const cli_expectation *expected = &outcome->wanted->expectations[i];
        if (!expected->met && !was_shown(outcome, expected))
            cli_complain(&outcome->subjects[expected->subject],
                         expected->scope == CLI_SCOPE_INSTRUCTION ? expected->first : expected->line,
                         "expected, and not found:", expected->policy, expected->text);
    }
}

void cli_outcome_dispose(cli_outcome *outcome)
{
    free(outcome->unexpected);
}
