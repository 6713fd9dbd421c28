/* Compound commands: groups, conditions, loops, functions. */
#include "shell/reader.h"

/* function = name "(" ")" newlines command, with the cursor after the name */
bool sp_shell__read_function(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at++;
    sp_shell__skip_blanks(text);
    if (sp_shell__peek(text, 0) != ')') {
        text->at = start;
        return false;
    }
    text->at++;
    sp_shell__skip_newlines(shell, text);
    if (!sp_shell__enter(shell, text))
        return true;
    sp_shell_region begun = sp_shell__begin_region(shell);
    sp_shell__read_command(shell, text);
    sp_shell__end_region(shell, &begun);
    sp_shell__leave(shell);
    return true;
}

/* group = "{" list "}" | "(" list ")" */
static void read_group(sp_shell *shell, sp_shell_text *text)
{
    sp_shell_scope outer = shell->scope;
    bool is_subshell = text->text.text[text->at++] == '(';
    sp_shell__read_list(shell, text);
    if (sp_shell__peek(text, 0) == (is_subshell ? ')' : '}'))
        text->at++;
    if (is_subshell)
        shell->scope = outer;
}

/* if = "if" list "then" list {"elif" list "then" list} ["else" list] "fi" */
static void read_if(sp_shell *shell, sp_shell_text *text)
{
    text->at += 2;
    sp_shell__read_list(shell, text);
    sp_shell_region begun = sp_shell__begin_region(shell);
    if (sp_shell__take_word(shell, text, "then"))
        sp_shell__read_list(shell, text);
    while (sp_shell__at_word(text, "elif") || sp_shell__at_word(text, "else")) {
        text->at += 4;
        sp_shell__next_branch(shell, &begun);
        sp_shell__read_list(shell, text);
        if (sp_shell__take_word(shell, text, "then"))
            sp_shell__read_list(shell, text);
    }
    sp_shell__take_word(shell, text, "fi");
    sp_shell__end_region(shell, &begun);
}

/* loop body = [";"] "do" list "done" */
static void read_body_of_loop(sp_shell *shell, sp_shell_text *text)
{
    sp_shell__skip_newlines(shell, text);
    text->at += sp_shell__peek(text, 0) == ';';
    if (!sp_shell__take_word(shell, text, "do"))
        return;
    sp_shell__read_list(shell, text);
    sp_shell__take_word(shell, text, "done");
}

/* while = ("while" | "until") list "do" list "done" */
static void read_while(sp_shell *shell, sp_shell_text *text)
{
    text->at += 5;
    sp_shell_region begun = sp_shell__begin_region(shell);
    sp_shell__read_list(shell, text);
    read_body_of_loop(shell, text);
    sp_shell__end_region(shell, &begun);
}

/* for = ("for" | "select") (name ["in" {word}] | "((" … "))") body */
static void read_for(sp_shell *shell, sp_shell_text *text)
{
    text->at += sp_shell__at_word(text, "for") ? 3 : 6;
    sp_shell_region begun = sp_shell__begin_region(shell);
    sp_shell__skip_blanks(text);
    if (sp_shell__peek(text, 0) == '(') {
        sp_shell__skip_arithmetic(text);
    } else {
        sp_shell_word name = sp_shell__read_word(shell, text);
        sp_shell__assign(shell, name.value.text, (sp_str){"\0", 1}, false);
    }
    if (sp_shell__take_word(shell, text, "in")) {
        sp_shell__skip_blanks(text);
        while (!sp_shell__at_end(text) && !sp_shell__is_delimiter(sp_shell__peek(text, 0))) {
            sp_shell__read_word(shell, text);
            sp_shell__skip_blanks(text);
        }
    }
    read_body_of_loop(shell, text);
    sp_shell__end_region(shell, &begun);
}

/* item = ["("] word {"|" word} ")" list [";;" | ";&" | ";;&"] */
static void read_item(sp_shell *shell, sp_shell_text *text)
{
    text->at += sp_shell__peek(text, 0) == '(';
    while (!sp_shell__at_end(text) && sp_shell__peek(text, 0) != ')') {
        size_t before = text->at;
        sp_shell__read_word(shell, text);
        text->at += text->at == before;
    }
    text->at += !sp_shell__at_end(text);
    sp_shell__read_list(shell, text);
    while (sp_shell__peek(text, 0) == ';' || sp_shell__peek(text, 0) == '&')
        text->at++;
}

/* case = "case" word "in" {item} "esac" */
static void read_case(sp_shell *shell, sp_shell_text *text)
{
    text->at += 4;
    sp_shell__skip_blanks(text);
    sp_shell__read_word(shell, text);
    sp_shell_region begun = sp_shell__begin_region(shell);
    bool is_case = sp_shell__take_word(shell, text, "in");
    sp_shell__skip_newlines(shell, text);
    while (is_case && !sp_shell__at_end(text) && !sp_shell__at_word(text, "esac")) {
        sp_shell__next_branch(shell, &begun);
        read_item(shell, text);
        sp_shell__skip_newlines(shell, text);
    }
    sp_shell__take_word(shell, text, "esac");
    sp_shell__end_region(shell, &begun);
}

/* function = "function" name ["(" ")"] newlines command */
static void read_function_word(sp_shell *shell, sp_shell_text *text)
{
    text->at += 8;
    sp_shell__skip_blanks(text);
    sp_shell__read_word(shell, text);
    sp_shell__skip_blanks(text);
    if (sp_shell__peek(text, 0) == '(' && sp_shell__read_function(shell, text))
        return;
    sp_shell__skip_newlines(shell, text);
    sp_shell_region begun = sp_shell__begin_region(shell);
    sp_shell__read_command(shell, text);
    sp_shell__end_region(shell, &begun);
}

/* condition = "[[" {word | operator} "]]" */
static void read_condition(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at;
    sp_shell_words words = {0};
    bool closed = false;
    while (!closed && !sp_shell__at_end(text)) {
        closed = sp_shell__at_word(text, "]]");
        if (sp_shell__is_delimiter(sp_shell__peek(text, 0)))
            text->at++;
        else
            *sp_list_add(shell->arena, &words) = sp_shell__read_word(shell, text);
    }
    sp_str slice = {text->text.text + start, text->at - start};
    sp_command command = sp_shell__command(shell, text, slice, &words);
    command.name = SP_STR("[[");
    *sp_list_add(shell->arena, &shell->commands) = command;
}

/* arithmetic command = arithmetic | group: "((" may also open two groups */
static void read_arithmetic_command(sp_shell *shell, sp_shell_text *text)
{
    if (!sp_shell__skip_arithmetic(text))
        read_group(shell, text);
}

typedef struct compound {
    const char *word;
    void (*read)(sp_shell *shell, sp_shell_text *text);
} compound;

static const compound compounds[] = {
    {"{", read_group},      {"if", read_if},      {"while", read_while}, {"until", read_while},
    {"for", read_for},      {"select", read_for}, {"case", read_case},   {"function", read_function_word},
    {"[[", read_condition},
};

static void (*find_compound(const sp_shell_text *text))(sp_shell *, sp_shell_text *)
{
    if (sp_shell__at_text(text, SP_STR("((")))
        return read_arithmetic_command;
    if (sp_shell__peek(text, 0) == '(')
        return read_group;
    for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
        if (sp_shell__at_word(text, compounds[i].word))
            return compounds[i].read;
    }
    return NULL;
}

/* command = (group | if | while | for | case | function | condition) {redirect} | simple */
void sp_shell__read_command(sp_shell *shell, sp_shell_text *text)
{
    void (*read)(sp_shell *, sp_shell_text *) = find_compound(text);
    if (read == NULL) {
        sp_shell__read_simple(shell, text);
    } else if (sp_shell__enter(shell, text)) {
        read(shell, text);
        sp_shell__skip_redirects(shell, text);
        sp_shell__leave(shell);
    }
}
