/* Lists of commands: pipelines, "&&" and "||", and what each leaves uncertain. */
#include "shell/reader.h"

static bool at_list_end(const sp_shell_text *text)
{
    static const char *const closers[] = {"}", "then", "else", "elif", "fi", "do", "done", "esac"};
    char first = sp_shell__peek(text, 0);
    if (sp_shell__at_end(text) || first == ')' ||
        (first == ';' && (sp_shell__peek(text, 1) == ';' || sp_shell__peek(text, 1) == '&')))
        return true;
    if (first != '}' && first != 't' && first != 'e' && first != 'f' && first != 'd')
        return false;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
        if (sp_shell__at_word(text, closers[i]))
            return true;
    }
    return false;
}

static void mark_uncertain(sp_shell *shell, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        shell->commands.items[i].certain = false;
        shell->commands.items[i].branch = SP_NO_BRANCH;
    }
}

/* pipeline = ["!"] command {("|" | "|&") newlines command} */
static void read_pipeline(sp_shell *shell, sp_shell_text *text)
{
    uint32_t first = shell->commands.count;
    sp_shell__skip_blanks(text);
    while (sp_shell__at_word(text, "!")) {
        text->at++;
        sp_shell__skip_blanks(text);
    }
    size_t start = text->at;
    sp_shell_scope outer = shell->scope;
    sp_shell__read_command(shell, text);
    sp_shell__skip_blanks(text);
    if (sp_shell__peek(text, 0) != '|' || sp_shell__peek(text, 1) == '|')
        return;
    size_t end = text->at;
    while (sp_shell__peek(text, 0) == '|' && sp_shell__peek(text, 1) != '|') {
        text->at += sp_shell__peek(text, 1) == '&' ? 2 : 1;
        sp_shell__skip_newlines(shell, text);
        shell->scope = outer;
        sp_shell__read_command(shell, text);
        end = text->at;
        sp_shell__skip_blanks(text);
    }
    shell->scope = outer;
    for (uint32_t i = first; i < shell->commands.count; i++) {
        if (shell->commands.items[i].pipe == UINT32_MAX)
            shell->commands.items[i].pipe = shell->pipes.count;
    }
    sp_str slice = sp_str_trim((sp_str){text->text.text + start, end - start});
    *sp_list_add(shell->arena, &shell->pipes) = (sp_pipe){.first = first,
                                                          .count = shell->commands.count - first,
                                                          .pipefail = outer.pipefail,
                                                          .span = sp_shell__span(shell, text, slice)};
}

static bool last_command_is(const sp_shell *shell, uint32_t first, const char *const *names, size_t count)
{
    if (shell->commands.count <= first)
        return false;
    sp_str name = shell->commands.items[shell->commands.count - 1].name;
    for (size_t i = 0; i < count; i++) {
        if (sp_str_is(name, names[i]))
            return true;
    }
    return false;
}

/* "… || exit 1": after it, what stands before the || has succeeded. */
static bool gives_up(const sp_shell *shell, uint32_t first)
{
    static const char *const names[] = {"exit", "false", "return"};
    return last_command_is(shell, first, names, 3);
}

static bool is_test(const sp_shell *shell, uint32_t first)
{
    static const char *const names[] = {"[", "test", "[["};
    return shell->commands.count == first + 1 && last_command_is(shell, first, names, 3);
}

/* alternative = newlines pipeline: the right side of ||. What the and-list before it did is uncertain too, unless this
   side ends the build; `doubted` is the first command of the list of which that is not said yet. */
static void read_alternative(sp_shell *shell, sp_shell_text *text, uint32_t *doubted)
{
    uint32_t first = shell->commands.count;
    sp_shell_region begun = sp_shell__begin_region(shell);
    sp_shell__skip_newlines(shell, text);
    read_pipeline(shell, text);
    sp_shell__end_region(shell, &begun);
    if (gives_up(shell, first))
        return;
    mark_uncertain(shell, *doubted, first);
    *doubted = first;
}

static bool more_follows(const sp_shell_text *text)
{
    size_t ahead = 0;
    while (sp_shell__peek(text, ahead) != '\0' && strchr("; \n\r", sp_shell__peek(text, ahead)) != NULL)
        ahead++;
    return text->at + ahead < text->text.size && sp_shell__peek(text, ahead) != ')';
}

/* and_or = pipeline {("&&" | "||") newlines pipeline}. "[ … ] && this; that" runs this or not, "[ … ] && this" at the
   end has run it or has failed the build. */
static void read_and_or(sp_shell *shell, sp_shell_text *text)
{
    uint32_t first = shell->commands.count;
    sp_shell_region begun = {shell->scope, shell->changed.count};
    read_pipeline(shell, text);
    uint32_t second = shell->commands.count, doubted = second;
    bool tested = is_test(shell, first), has_and = false;
    for (;;) {
        sp_shell__skip_blanks(text);
        if (sp_shell__at_text(text, SP_STR("&&"))) {
            text->at += 2;
            has_and = true;
            sp_shell__skip_newlines(shell, text);
            read_pipeline(shell, text);
        } else if (sp_shell__at_text(text, SP_STR("||"))) {
            text->at += 2;
            read_alternative(shell, text, &doubted);
        } else {
            break;
        }
    }
    if (tested && has_and && more_follows(text)) {
        mark_uncertain(shell, second, shell->commands.count);
        sp_shell__end_region(shell, &begun);
    }
}

/* list = {and_or | ";" | "&" | newline} */
void sp_shell__read_list(sp_shell *shell, sp_shell_text *text)
{
    for (;;) {
        sp_shell__skip_newlines(shell, text);
        if (at_list_end(text) || shell->failed)
            return;
        size_t start = text->at;
        read_and_or(shell, text);
        sp_shell__skip_blanks(text);
        bool separated = sp_shell__peek(text, 0) == ';' || sp_shell__peek(text, 0) == '&';
        if (separated && !at_list_end(text))
            text->at++;
        else if (text->at == start && !at_list_end(text))
            text->at++; /* nothing that begins a command */
    }
}

/* script = list {closer list}: what closes nothing is passed */
void sp_shell__read(sp_shell *shell, sp_shell_text *text)
{
    while (!sp_shell__at_end(text)) {
        sp_shell__read_list(shell, text);
        size_t closer = text->at; /* it closes nothing */
        while (!sp_shell__at_end(text) && !sp_shell__is_delimiter(sp_shell__peek(text, 0)))
            text->at++;
        text->at += text->at == closer && !sp_shell__at_end(text);
    }
}
