/* Dockerfiles that carry their own oracle in comments. */
#include "cli/case.h"

#include "cli/memory.h"
#include "engine/tool.h"

#include <stdlib.h>
#include <string.h>

typedef struct cli_lines {
    sp_tool_instruction *instructions;
    size_t count;
    size_t next;    /* the first instruction that ends at or after the line being read */
    size_t subject; /* whose lines they are */
} cli_lines;

static void add_mistake(cli_case *out, const cli_lines *lines, uint32_t line, const char *mistake)
{
    if (out->mistake == NULL) {
        out->mistake = mistake;
        out->mistake_subject = lines->subject;
        out->mistake_line = line;
    }
}

static char *copy_trimmed(const char *text, size_t size)
{
    while (size != 0 && strchr(" \t\r", text[size - 1]) != NULL)
        size--;
    while (size != 0 && strchr(" \t", *text) != NULL) {
        text++;
        size--;
    }
    return cli_format("%.*s", (int)size, text);
}

/* expectation = id [ ":" text ] */
static void read_expectation(cli_case *out, const char *text, size_t size, uint32_t line, const cli_lines *lines,
                             cli_scope scope)
{
    const char *colon = memchr(text, ':', size);
    size_t id_size = colon != NULL ? (size_t)(colon - text) : size;
    cli_expectation made = {.policy = copy_trimmed(text, id_size), .line = line};
    made.scope = scope;
    made.subject = lines->subject;
    made.text = colon != NULL ? copy_trimmed(colon + 1, size - id_size - 1) : cli_copy("");
    if (made.policy[0] == '\0')
        add_mistake(out, lines, line, "an expectation needs a policy id: # expect: pack/policy");
    if (scope == CLI_SCOPE_INSTRUCTION && lines->next < lines->count) {
        made.first = lines->instructions[lines->next].first_line;
        made.last = lines->instructions[lines->next].last_line;
    } else if (scope == CLI_SCOPE_INSTRUCTION) {
        add_mistake(out, lines, line, "no instruction follows this expectation; '# expect-file:' binds to none");
    }
    out->expectations = cli_resize(out->expectations, (out->count + 1) * sizeof *out->expectations);
    out->expectations[out->count++] = made;
}

/* Takes the next word off the text, its double quotes removed; NULL at the end. free(). */
static char *next_word(const char **text, const char *end)
{
    while (*text < end && strchr(" \t\r", **text) != NULL)
        *text += 1;
    if (*text == end)
        return NULL;
    char *word = cli_allocate((size_t)(end - *text) + 1);
    size_t size = 0;
    bool quoted = false;
    for (; *text < end && (quoted || strchr(" \t\r", **text) == NULL); *text += 1) {
        if (**text == '"')
            quoted = !quoted;
        else
            word[size++] = **text;
    }
    return word;
}

/* inputs = { "target=" name | "arg:" name "=" value | "option:" name "=" value } */
static void read_inputs(cli_case *out, const char *text, size_t size, uint32_t line, const cli_lines *lines)
{
    const char *end = text + size;
    for (char *word; (word = next_word(&text, end)) != NULL; free(word)) {
        const char *equals = strchr(word, '=');
        if (strncmp(word, "target=", 7) == 0)
            cli_strings_add(&out->targets, word + 7);
        else if (strncmp(word, "arg:", 4) == 0 && equals != NULL)
            cli_strings_add(&out->arguments, word + 4);
        else if (strncmp(word, "option:", 7) == 0 && equals != NULL)
            cli_strings_add(&out->options, word + 7);
        else
            add_mistake(out, lines, line, "a case has target=NAME, arg:NAME=VALUE and option:NAME=VALUE");
    }
}

/* comment = "#" ( "expect" | "expect-file" | "expect-project" | "case" ) ":" rest */
static void read_comment(cli_case *out, const char *text, size_t size, uint32_t line, const cli_lines *lines)
{
    static const char *const words[] = {"expect:", "expect-file:", "expect-project:", "case:"};
    const char *end = text + size;
    while (text < end && strchr(" \t", *text) != NULL)
        text++;
    if (text == end || *text++ != '#')
        return;
    while (text < end && strchr(" \t", *text) != NULL)
        text++;
    for (int i = 0; i < 4; i++) {
        size_t word = strlen(words[i]);
        if ((size_t)(end - text) < word || memcmp(text, words[i], word) != 0)
            continue;
        if (i == 3)
            read_inputs(out, text + word, (size_t)(end - text) - word, line, lines);
        else
            read_expectation(out, text + word, (size_t)(end - text) - word, line, lines, (cli_scope)i);
        return;
    }
}

static void read_subject(cli_case *out, const cli_subject *subject, size_t index)
{
    const char *text = subject->text;
    size_t size = subject->size;
    cli_lines lines = {.subject = index};
    if (sp_tool_instructions(text, size, &lines.instructions, &lines.count) != SP_OK) {
        add_mistake(out, &lines, 1, "out of memory");
        return;
    }
    uint32_t line = 0;
    for (size_t at = 0; at < size;) {
        const char *start = text + at;
        const char *feed = memchr(start, '\n', size - at);
        size_t length = feed != NULL ? (size_t)(feed - start) : size - at;
        at += length + 1;
        line++;
        while (lines.next < lines.count && lines.instructions[lines.next].last_line < line)
            lines.next++;
        bool inside = lines.next < lines.count && lines.instructions[lines.next].first_line <= line;
        if (!inside && memchr(start, '\0', length) == NULL)
            read_comment(out, start, length, line, &lines);
    }
    sp_text_free((char *)lines.instructions);
}

void cli_case_read(const cli_subject *subjects, size_t count, cli_case *out)
{
    *out = (cli_case){0};
    for (size_t i = 0; i < count; i++)
        read_subject(out, &subjects[i], i);
}

void cli_case_dispose(cli_case *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) {
        free(wanted->expectations[i].policy);
        free(wanted->expectations[i].text);
    }
    free(wanted->expectations);
    cli_strings_dispose(&wanted->targets);
    cli_strings_dispose(&wanted->arguments);
    cli_strings_dispose(&wanted->options);
}
