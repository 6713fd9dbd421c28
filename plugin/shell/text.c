/* How far a shell text was read: blanks, line ends and the heredoc bodies behind them, the words of the grammar. */
#include "shell/reader.h"

#include "base/limits.h"

bool sp_shell__enter(sp_shell *shell, sp_shell_text *text)
{
    if (shell->depth >= SP_LIMIT_SHELL_DEPTH)
        shell->failed = true;
    if (shell->failed) {
        text->at = text->text.size;
        return false;
    }
    shell->depth++;
    return true;
}

void sp_shell__leave(sp_shell *shell)
{
    shell->depth--;
}

static bool is_line_end(const sp_shell_text *text, size_t ahead)
{
    return sp_shell__peek(text, ahead) == '\n' ||
           (sp_shell__peek(text, ahead) == '\r' && sp_shell__peek(text, ahead + 1) == '\n');
}

/* blanks = {" " | tab | return | "\" line-end} ["#" comment] */
void sp_shell__skip_blanks(sp_shell_text *text)
{
    while (!sp_shell__at_end(text)) {
        char byte = sp_shell__peek(text, 0);
        if (byte == ' ' || byte == '\t' || byte == '\r')
            text->at++;
        else if (byte == '\\' && is_line_end(text, 1))
            text->at += sp_shell__peek(text, 1) == '\n' ? 2 : 3;
        else
            break;
    }
    if (sp_shell__peek(text, 0) == '#')
        text->at += sp_str_find(sp_str_skip(text->text, text->at), '\n');
}

/* line = {byte} [return] newline; the cursor is behind it then */
static sp_str take_line(sp_shell_text *text)
{
    sp_str rest = sp_str_skip(text->text, text->at);
    size_t size = sp_str_find(rest, '\n');
    text->at += size < rest.size ? size + 1 : size;
    sp_str line = sp_str_head(rest, size);
    if (line.size > 0 && line.text[line.size - 1] == '\r')
        line.size--;
    return line;
}

void sp_shell__read_body(sp_shell *shell, const sp_shell_text *text, sp_str body)
{
    sp_shell_text inner = {.text = body, .line = text->line, .in_source = text->in_source, .whole = text->whole};
    sp_shell_scope outer = shell->scope;
    if (!sp_shell__enter(shell, &inner))
        return;
    sp_shell__read(shell, &inner);
    shell->scope = outer;
    sp_shell__leave(shell);
}

/* bodies = {{line} name}, one a heredoc of the line before */
static void take_bodies(sp_shell *shell, sp_shell_text *text)
{
    for (uint32_t i = 0; i < text->pending.count; i++) {
        sp_shell_heredoc heredoc = text->pending.items[i];
        size_t start = text->at, end = start;
        bool found = false;
        while (!found && !sp_shell__at_end(text)) {
            end = text->at;
            sp_str line = take_line(text);
            while (heredoc.strip_tabs && line.size > 0 && line.text[0] == '\t')
                line = sp_str_skip(line, 1);
            found = sp_str_equal(line, heredoc.name);
        }
        if (heredoc.is_script)
            sp_shell__read_body(shell, text, (sp_str){text->text.text + start, (found ? end : text->at) - start});
    }
    text->pending.count = 0;
}

/* newlines = {blanks newline bodies} blanks */
void sp_shell__skip_newlines(sp_shell *shell, sp_shell_text *text)
{
    for (;;) {
        sp_shell__skip_blanks(text);
        if (sp_shell__peek(text, 0) != '\n')
            return;
        text->at++;
        take_bodies(shell, text);
    }
}

/* arithmetic = "((" {byte} "))", its parentheses in pairs */
bool sp_shell__skip_arithmetic(sp_shell_text *text)
{
    size_t at = text->at;
    unsigned open = 0;
    if (text->no_arithmetic)
        return false;
    for (; at < text->text.size; at++) {
        if (text->text.text[at] == '(') {
            open++;
        } else if (text->text.text[at] == ')' && --open == 0) {
            text->at = at + 1;
            return true;
        }
    }
    text->no_arithmetic = true;
    return false;
}

/* Whether the word at the cursor is exactly this one, unquoted. */
bool sp_shell__at_word(const sp_shell_text *text, const char *word)
{
    if (sp_shell__peek(text, 0) != word[0])
        return false;
    size_t size = strlen(word);
    if (!sp_shell__at_text(text, (sp_str){word, size}))
        return false;
    return text->at + size >= text->text.size || sp_shell__is_delimiter(sp_shell__peek(text, size));
}

bool sp_shell__take_word(sp_shell *shell, sp_shell_text *text, const char *word)
{
    sp_shell__skip_newlines(shell, text);
    if (!sp_shell__at_word(text, word))
        return false;
    text->at += strlen(word);
    return true;
}
