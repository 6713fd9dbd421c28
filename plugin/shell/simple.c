/* Simple commands: assignments, redirections and words. */
#include "shell/reader.h"

#include "base/ascii.h"

/* The length of the redirection operator at the cursor, its descriptor included; 0 when there is none. */
static size_t redirect_size(const sp_shell_text *text)
{
    static const char *const operators[] = {"<<<", "<<-", "&>>", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "<", ">"};
    size_t digits = 0;
    while (sp_ascii_is_digit(sp_shell__peek(text, digits)))
        digits++;
    char first = sp_shell__peek(text, digits);
    if ((first != '<' && first != '>' && first != '&') || (first != '&' && sp_shell__peek(text, digits + 1) == '('))
        return 0;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        sp_str operator= sp_str_from(operators[i]);
        if (sp_str_starts(sp_str_skip(text->text, text->at + digits), operator))
            return digits + operator.size;
    }
    return 0;
}

/* redirect = [digits] operator [blanks] word */
static void read_redirect(sp_shell *shell, sp_shell_text *text, size_t size, sp_redirects *out)
{
    sp_str operator= {text->text.text + text->at, size};
    text->at += size;
    sp_shell__skip_blanks(text);
    sp_redirect redirect = {operator, sp_shell__read_word(shell, text)};
    *sp_list_add(shell->arena, out) = redirect;
    bool strips = sp_str_ends(operator, SP_STR("<<-"));
    if (!strips && (!sp_str_ends(operator, SP_STR("<<")) || sp_str_ends(operator, SP_STR("<<<"))))
        return;
    if (text->heredoc_count == 0)
        *sp_list_add(shell->arena, &text->pending) =
            (sp_shell_heredoc){.name = redirect.target.value.shape, .strip_tabs = strips};
}

/* redirects = {redirect}, of a compound command: they change nothing that is asked for */
void sp_shell__skip_redirects(sp_shell *shell, sp_shell_text *text)
{
    sp_redirects dropped = {0};
    for (;;) {
        sp_shell__skip_blanks(text);
        size_t size = redirect_size(text);
        if (size == 0)
            return;
        read_redirect(shell, text, size, &dropped);
    }
}

/* name ["+"] "=" at the cursor: its length, or 0 */
static size_t assignment_size(const sp_shell_text *text)
{
    size_t size = 0;
    for (;; size++) {
        char byte = sp_shell__peek(text, size);
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (!letter && !(size > 0 && sp_ascii_is_digit(byte)))
            break;
    }
    if (size == 0)
        return 0;
    if (sp_shell__peek(text, size) == '+' && sp_shell__peek(text, size + 1) == '=')
        return size + 2;
    return sp_shell__peek(text, size) == '=' ? size + 1 : 0;
}

/* array = "(" {word | newline} ")": its value is unknown here */
static sp_shell_word read_array(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at++;
    for (;;) {
        sp_shell__skip_newlines(shell, text);
        if (sp_shell__at_end(text) || sp_shell__peek(text, 0) == ')')
            break;
        size_t before = text->at;
        sp_shell__read_word(shell, text);
        text->at += text->at == before;
    }
    text->at += !sp_shell__at_end(text);
    sp_str slice = {text->text.text + start, text->at - start};
    return (sp_shell_word){.value = {.text = slice, .span = sp_shell__span(shell, text, slice), .shape = {"\0", 1}}};
}

/* assignment = name ["+"] "=" [word | array] */
static void read_assignment(sp_shell *shell, sp_shell_text *text, size_t size, sp_shell_assignments *out)
{
    bool appends = text->text.text[text->at + size - 2] == '+';
    sp_shell_assignment one = {.name = {text->text.text + text->at, size - (appends ? 2 : 1)}};
    text->at += size;
    one.value = sp_shell__peek(text, 0) == '(' ? read_array(shell, text) : sp_shell__read_word(shell, text);
    const sp_shell_variable *old = appends ? sp_shell__variable(shell, one.name) : NULL;
    if (old != NULL && sp_shell__spend(shell, old->shape.size)) {
        sp_str parts[] = {old->shape, one.value.value.shape};
        one.value.value.shape = sp_arena_join(shell->arena, parts, 2);
    } else if (appends) {
        one.value.value.shape = (sp_str){"\0", 1};
    }
    sp_str shape = one.value.value.shape;
    one.value.value.known = sp_str_find(shape, '\0') == shape.size;
    one.value.value.value = one.value.value.known ? shape : (sp_str){0};
    *sp_list_add(shell->arena, out) = one;
}

/* The body of a heredoc that the Dockerfile's parser took out, when a shell reads it as its script. */
static void read_taken_body(sp_shell *shell, const sp_shell_text *text, sp_str name)
{
    for (uint32_t i = 0; i < text->heredoc_count; i++) {
        if (!sp_str_equal(text->heredocs[i].name, name))
            continue;
        sp_shell_text body = {.text = text->heredocs[i].content, .in_source = true};
        sp_shell__read_body(shell, &body, body.text);
        return;
    }
}

static void read_input_script(sp_shell *shell, sp_shell_text *text, const sp_command *command, uint32_t pending)
{
    if (!sp_shell__reads_input(command))
        return;
    for (uint32_t i = pending; i < text->pending.count; i++)
        text->pending.items[i].is_script = true;
    for (uint32_t i = 0; i < command->redirect_count && text->heredoc_count > 0; i++) {
        sp_str operator= command->redirects[i].operator;
        if (sp_str_search(operator, SP_STR("<<")) != SIZE_MAX)
            read_taken_body(shell, text, command->redirects[i].target.value.shape);
    }
}

/* What a simple command is put together from. */
typedef struct parts {
    sp_shell_words words;
    sp_redirects redirects;
    sp_shell_assignments assignments;
} parts;

/* Whether no part begins at the cursor; <( and >( begin a word. */
static bool at_simple_end(const sp_shell_text *text)
{
    char byte = sp_shell__peek(text, 0);
    bool opens = (byte == '<' || byte == '>') && sp_shell__peek(text, 1) == '(';
    return sp_shell__at_end(text) || (sp_shell__is_delimiter(byte) && !opens);
}

/* part = assignment | redirect | word, an assignment before the first word only; false where none is */
static bool read_part(sp_shell *shell, sp_shell_text *text, parts *out)
{
    sp_shell__skip_blanks(text);
    size_t size = redirect_size(text);
    size_t assigned = out->words.count == 0 && size == 0 ? assignment_size(text) : 0;
    if (size > 0)
        read_redirect(shell, text, size, &out->redirects);
    else if (assigned > 0)
        read_assignment(shell, text, assigned, &out->assignments);
    else if (at_simple_end(text))
        return false;
    else
        sp_shell__read_words(shell, text, &out->words);
    return true;
}

/* Assignments without a command stay. */
static void keep_assignments(sp_shell *shell, const parts *read)
{
    for (uint32_t i = 0; i < read->assignments.count && read->words.count == 0; i++) {
        const sp_value *value = &read->assignments.items[i].value.value;
        sp_shell__assign(shell, read->assignments.items[i].name, value->shape, value->is_default);
    }
}

/* simple = part {part} | name function */
void sp_shell__read_simple(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at, end = start;
    uint32_t pending = text->pending.count;
    parts read = {0};
    while (read_part(shell, text, &read))
        end = text->at;
    bool is_name = read.words.count == 1 && read.assignments.count == 0;
    if (is_name && sp_shell__peek(text, 0) == '(' && sp_shell__read_function(shell, text))
        return;
    if (end == start)
        return;
    sp_command command = sp_shell__command(shell, text, (sp_str){text->text.text + start, end - start}, &read.words);
    command.redirects = read.redirects.items;
    command.redirect_count = read.redirects.count;
    command.assignments = read.assignments.items;
    command.assignment_count = read.assignments.count;
    command = sp_shell__add_command(shell, text, &command);
    keep_assignments(shell, &read);
    read_input_script(shell, text, &command, pending);
}
