/* The grammar of shell text, from lists down to simple commands. */
#include "shell/reader.h"

#include "base/ascii.h"
#include "base/limits.h"

static char peek(const sp_shell_text *text, size_t ahead)
{
    return text->at + ahead < text->text.size ? text->text.text[text->at + ahead] : '\0';
}

static bool at_end(const sp_shell_text *text)
{
    return text->at >= text->text.size;
}

static bool at_text(const sp_shell_text *text, sp_str part)
{
    return sp_str_starts(sp_str_skip(text->text, text->at), part);
}

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
    return peek(text, ahead) == '\n' || (peek(text, ahead) == '\r' && peek(text, ahead + 1) == '\n');
}

/* blanks = {" " | tab | return | "\" line-end} ["#" comment] */
void sp_shell__skip_blanks(sp_shell_text *text)
{
    while (!at_end(text)) {
        char byte = peek(text, 0);
        if (byte == ' ' || byte == '\t' || byte == '\r')
            text->at++;
        else if (byte == '\\' && is_line_end(text, 1))
            text->at += peek(text, 1) == '\n' ? 2 : 3;
        else
            break;
    }
    if (peek(text, 0) == '#')
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

static void read_body(sp_shell *shell, const sp_shell_text *text, sp_str body)
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
        while (!found && !at_end(text)) {
            end = text->at;
            sp_str line = take_line(text);
            while (heredoc.strip_tabs && line.size > 0 && line.text[0] == '\t')
                line = sp_str_skip(line, 1);
            found = sp_str_equal(line, heredoc.name);
        }
        if (heredoc.is_script)
            read_body(shell, text, (sp_str){text->text.text + start, (found ? end : text->at) - start});
    }
    text->pending.count = 0;
}

/* newlines = {blanks newline bodies} blanks */
static void skip_newlines(sp_shell *shell, sp_shell_text *text)
{
    for (;;) {
        sp_shell__skip_blanks(text);
        if (peek(text, 0) != '\n')
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
static bool at_word(const sp_shell_text *text, const char *word)
{
    if (peek(text, 0) != word[0])
        return false;
    size_t size = strlen(word);
    if (!at_text(text, (sp_str){word, size}))
        return false;
    return text->at + size >= text->text.size || sp_shell__is_delimiter(peek(text, size));
}

static bool take_word(sp_shell *shell, sp_shell_text *text, const char *word)
{
    skip_newlines(shell, text);
    if (!at_word(text, word))
        return false;
    text->at += strlen(word);
    return true;
}

static bool at_list_end(const sp_shell_text *text)
{
    static const char *const closers[] = {"}", "then", "else", "elif", "fi", "do", "done", "esac"};
    char first = peek(text, 0);
    if (at_end(text) || first == ')' || (first == ';' && (peek(text, 1) == ';' || peek(text, 1) == '&')))
        return true;
    if (first != '}' && first != 't' && first != 'e' && first != 'f' && first != 'd')
        return false;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
        if (at_word(text, closers[i]))
            return true;
    }
    return false;
}

/* A region that may not run, from here to end_region. */
typedef struct region {
    sp_shell_scope before;
    uint32_t changed;
} region;

static region begin_region(sp_shell *shell)
{
    region begun = {shell->scope, shell->changed.count};
    shell->scope.uncertain = true;
    shell->scope.branch = ++shell->branches;
    return begun;
}

static void end_region(sp_shell *shell, const region *begun)
{
    sp_shell__forget(shell, begun->changed, &begun->before);
}

/* Another branch of a region: it does not see what the one before it set. */
static void next_branch(sp_shell *shell, const region *begun)
{
    shell->scope = begun->before;
    shell->scope.uncertain = true;
    shell->scope.branch = ++shell->branches;
}

static void mark_uncertain(sp_shell *shell, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        shell->commands.items[i].certain = false;
        shell->commands.items[i].branch = SP_NO_BRANCH;
    }
}

static bool read_command(sp_shell *shell, sp_shell_text *text);

/* pipeline = ["!"] command {("|" | "|&") newlines command} */
static void read_pipeline(sp_shell *shell, sp_shell_text *text)
{
    uint32_t first = shell->commands.count;
    sp_shell__skip_blanks(text);
    while (at_word(text, "!")) {
        text->at++;
        sp_shell__skip_blanks(text);
    }
    size_t start = text->at;
    sp_shell_scope outer = shell->scope;
    read_command(shell, text);
    sp_shell__skip_blanks(text);
    if (peek(text, 0) != '|' || peek(text, 1) == '|')
        return;
    size_t end = text->at;
    while (peek(text, 0) == '|' && peek(text, 1) != '|') {
        text->at += peek(text, 1) == '&' ? 2 : 1;
        skip_newlines(shell, text);
        shell->scope = outer;
        read_command(shell, text);
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
    region begun = begin_region(shell);
    skip_newlines(shell, text);
    read_pipeline(shell, text);
    end_region(shell, &begun);
    if (gives_up(shell, first))
        return;
    mark_uncertain(shell, *doubted, first);
    *doubted = first;
}

static bool more_follows(const sp_shell_text *text)
{
    size_t ahead = 0;
    while (peek(text, ahead) != '\0' && strchr("; \n\r", peek(text, ahead)) != NULL)
        ahead++;
    return text->at + ahead < text->text.size && peek(text, ahead) != ')';
}

/* and_or = pipeline {("&&" | "||") newlines pipeline}. "[ … ] && this; that" runs this or not, "[ … ] && this" at the
   end has run it or has failed the build. */
static void read_and_or(sp_shell *shell, sp_shell_text *text)
{
    uint32_t first = shell->commands.count, changed = shell->changed.count;
    sp_shell_scope before = shell->scope;
    read_pipeline(shell, text);
    uint32_t second = shell->commands.count, doubted = second;
    bool tested = is_test(shell, first), has_and = false;
    for (;;) {
        sp_shell__skip_blanks(text);
        if (at_text(text, SP_STR("&&"))) {
            text->at += 2;
            has_and = true;
            skip_newlines(shell, text);
            read_pipeline(shell, text);
        } else if (at_text(text, SP_STR("||"))) {
            text->at += 2;
            read_alternative(shell, text, &doubted);
        } else {
            break;
        }
    }
    if (tested && has_and && more_follows(text)) {
        mark_uncertain(shell, second, shell->commands.count);
        sp_shell__forget(shell, changed, &before);
    }
}

/* list = {and_or | ";" | "&" | newline} */
void sp_shell__read_list(sp_shell *shell, sp_shell_text *text)
{
    for (;;) {
        skip_newlines(shell, text);
        if (at_list_end(text) || shell->failed)
            return;
        size_t start = text->at;
        read_and_or(shell, text);
        sp_shell__skip_blanks(text);
        bool separated = peek(text, 0) == ';' || peek(text, 0) == '&';
        if (separated && !at_list_end(text))
            text->at++;
        else if (text->at == start && !at_list_end(text))
            text->at++; /* nothing that begins a command */
    }
}

/* script = list {closer list}: what closes nothing is passed */
void sp_shell__read(sp_shell *shell, sp_shell_text *text)
{
    while (!at_end(text)) {
        sp_shell__read_list(shell, text);
        size_t closer = text->at; /* it closes nothing */
        while (!at_end(text) && !sp_shell__is_delimiter(peek(text, 0)))
            text->at++;
        text->at += text->at == closer && !at_end(text);
    }
}

/* The length of the redirection operator at the cursor, its descriptor included; 0 when there is none. */
static size_t redirect_size(const sp_shell_text *text)
{
    static const char *const operators[] = {"<<<", "<<-", "&>>", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "<", ">"};
    size_t digits = 0;
    while (sp_ascii_is_digit(peek(text, digits)))
        digits++;
    char first = peek(text, digits);
    if ((first != '<' && first != '>' && first != '&') || (first != '&' && peek(text, digits + 1) == '('))
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
static void skip_redirects(sp_shell *shell, sp_shell_text *text)
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
        char byte = peek(text, size);
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (!letter && !(size > 0 && sp_ascii_is_digit(byte)))
            break;
    }
    if (size == 0)
        return 0;
    if (peek(text, size) == '+' && peek(text, size + 1) == '=')
        return size + 2;
    return peek(text, size) == '=' ? size + 1 : 0;
}

/* array = "(" {word | newline} ")": its value is unknown here */
static sp_shell_word read_array(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at++;
    for (;;) {
        skip_newlines(shell, text);
        if (at_end(text) || peek(text, 0) == ')')
            break;
        size_t before = text->at;
        sp_shell__read_word(shell, text);
        text->at += text->at == before;
    }
    text->at += !at_end(text);
    sp_str slice = {text->text.text + start, text->at - start};
    return (sp_shell_word){.value = {.text = slice, .span = sp_shell__span(shell, text, slice), .shape = {"\0", 1}}};
}

/* assignment = name ["+"] "=" [word | array] */
static void read_assignment(sp_shell *shell, sp_shell_text *text, size_t size, sp_shell_assignments *out)
{
    bool appends = text->text.text[text->at + size - 2] == '+';
    sp_shell_assignment one = {.name = {text->text.text + text->at, size - (appends ? 2 : 1)}};
    text->at += size;
    one.value = peek(text, 0) == '(' ? read_array(shell, text) : sp_shell__read_word(shell, text);
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
        read_body(shell, &body, body.text);
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

/* function = name "(" ")" newlines command, with the cursor after the name */
static bool read_function(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at++;
    sp_shell__skip_blanks(text);
    if (peek(text, 0) != ')') {
        text->at = start;
        return false;
    }
    text->at++;
    skip_newlines(shell, text);
    if (!sp_shell__enter(shell, text))
        return true;
    region begun = begin_region(shell);
    read_command(shell, text);
    end_region(shell, &begun);
    sp_shell__leave(shell);
    return true;
}

/* simple = {assignment | redirect | word}, the assignments before the first word */
static void read_simple(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at, end = start;
    uint32_t pending = text->pending.count;
    sp_shell_words words = {0};
    sp_redirects redirects = {0};
    sp_shell_assignments assignments = {0};
    for (;; end = text->at) {
        sp_shell__skip_blanks(text);
        size_t size = redirect_size(text);
        size_t assigned = words.count == 0 && size == 0 ? assignment_size(text) : 0;
        if (size > 0)
            read_redirect(shell, text, size, &redirects);
        else if (assigned > 0)
            read_assignment(shell, text, assigned, &assignments);
        else if (peek(text, 0) == '(' && words.count == 1 && assignments.count == 0 && read_function(shell, text))
            return;
        else if (at_end(text) || (sp_shell__is_delimiter(peek(text, 0)) && peek(text, 1) != '('))
            break;
        else if (sp_shell__is_delimiter(peek(text, 0)) && peek(text, 0) != '<' && peek(text, 0) != '>')
            break;
        else
            sp_shell__read_words(shell, text, &words);
    }
    if (end == start)
        return;
    sp_command command = {.words = words.items,
                          .word_count = words.count,
                          .name = {"", 0},
                          .certain = !shell->scope.uncertain,
                          .branch = shell->scope.branch,
                          .pipe = UINT32_MAX,
                          .redirects = redirects.items,
                          .redirect_count = redirects.count,
                          .assignments = assignments.items,
                          .assignment_count = assignments.count,
                          .directory = shell->scope.directory,
                          .directory_known = shell->scope.directory_known,
                          .span = sp_shell__span(shell, text, (sp_str){text->text.text + start, end - start})};
    command = sp_shell__add_command(shell, text, &command);
    for (uint32_t i = 0; i < assignments.count && words.count == 0; i++) {
        const sp_value *value = &assignments.items[i].value.value;
        sp_shell__assign(shell, assignments.items[i].name, value->shape, value->is_default);
    }
    read_input_script(shell, text, &command, pending);
}

/* group = "{" list "}" | "(" list ")" */
static void read_group(sp_shell *shell, sp_shell_text *text)
{
    sp_shell_scope outer = shell->scope;
    bool is_subshell = text->text.text[text->at++] == '(';
    sp_shell__read_list(shell, text);
    if (peek(text, 0) == (is_subshell ? ')' : '}'))
        text->at++;
    if (is_subshell)
        shell->scope = outer;
}

/* if = "if" list "then" list {"elif" list "then" list} ["else" list] "fi" */
static void read_if(sp_shell *shell, sp_shell_text *text)
{
    text->at += 2;
    sp_shell__read_list(shell, text);
    region begun = begin_region(shell);
    if (take_word(shell, text, "then"))
        sp_shell__read_list(shell, text);
    while (at_word(text, "elif") || at_word(text, "else")) {
        text->at += 4;
        next_branch(shell, &begun);
        sp_shell__read_list(shell, text);
        if (take_word(shell, text, "then"))
            sp_shell__read_list(shell, text);
    }
    take_word(shell, text, "fi");
    end_region(shell, &begun);
}

/* loop body = [";"] "do" list "done" */
static void read_body_of_loop(sp_shell *shell, sp_shell_text *text)
{
    skip_newlines(shell, text);
    text->at += peek(text, 0) == ';';
    if (!take_word(shell, text, "do"))
        return;
    sp_shell__read_list(shell, text);
    take_word(shell, text, "done");
}

/* while = ("while" | "until") list "do" list "done" */
static void read_while(sp_shell *shell, sp_shell_text *text)
{
    text->at += 5;
    region begun = begin_region(shell);
    sp_shell__read_list(shell, text);
    read_body_of_loop(shell, text);
    end_region(shell, &begun);
}

/* for = ("for" | "select") (name ["in" {word}] | "((" … "))") body */
static void read_for(sp_shell *shell, sp_shell_text *text)
{
    text->at += at_word(text, "for") ? 3 : 6;
    region begun = begin_region(shell);
    sp_shell__skip_blanks(text);
    if (peek(text, 0) == '(') {
        sp_shell__skip_arithmetic(text);
    } else {
        sp_shell_word name = sp_shell__read_word(shell, text);
        sp_shell__assign(shell, name.value.text, (sp_str){"\0", 1}, false);
    }
    if (take_word(shell, text, "in")) {
        sp_shell__skip_blanks(text);
        while (!at_end(text) && !sp_shell__is_delimiter(peek(text, 0))) {
            sp_shell__read_word(shell, text);
            sp_shell__skip_blanks(text);
        }
    }
    read_body_of_loop(shell, text);
    end_region(shell, &begun);
}

/* item = ["("] word {"|" word} ")" list [";;" | ";&" | ";;&"] */
static void read_item(sp_shell *shell, sp_shell_text *text)
{
    text->at += peek(text, 0) == '(';
    while (!at_end(text) && peek(text, 0) != ')') {
        size_t before = text->at;
        sp_shell__read_word(shell, text);
        text->at += text->at == before;
    }
    text->at += !at_end(text);
    sp_shell__read_list(shell, text);
    while (peek(text, 0) == ';' || peek(text, 0) == '&')
        text->at++;
}

/* case = "case" word "in" {item} "esac" */
static void read_case(sp_shell *shell, sp_shell_text *text)
{
    text->at += 4;
    sp_shell__skip_blanks(text);
    sp_shell__read_word(shell, text);
    region begun = begin_region(shell);
    bool is_case = take_word(shell, text, "in");
    skip_newlines(shell, text);
    while (is_case && !at_end(text) && !at_word(text, "esac")) {
        next_branch(shell, &begun);
        read_item(shell, text);
        skip_newlines(shell, text);
    }
    take_word(shell, text, "esac");
    end_region(shell, &begun);
}

/* function = "function" name ["(" ")"] newlines command */
static void read_function_word(sp_shell *shell, sp_shell_text *text)
{
    text->at += 8;
    sp_shell__skip_blanks(text);
    sp_shell__read_word(shell, text);
    sp_shell__skip_blanks(text);
    if (peek(text, 0) == '(' && read_function(shell, text))
        return;
    skip_newlines(shell, text);
    region begun = begin_region(shell);
    read_command(shell, text);
    end_region(shell, &begun);
}

/* condition = "[[" {word | operator} "]]" */
static void read_condition(sp_shell *shell, sp_shell_text *text)
{
    size_t start = text->at;
    sp_shell_words words = {0};
    bool closed = false;
    while (!closed && !at_end(text)) {
        closed = at_word(text, "]]");
        if (sp_shell__is_delimiter(peek(text, 0)))
            text->at++;
        else
            *sp_list_add(shell->arena, &words) = sp_shell__read_word(shell, text);
    }
    sp_command command = {.words = words.items,
                          .word_count = words.count,
                          .name = SP_STR("[["),
                          .certain = !shell->scope.uncertain,
                          .branch = shell->scope.branch,
                          .pipe = UINT32_MAX,
                          .directory = shell->scope.directory,
                          .directory_known = shell->scope.directory_known,
                          .span = sp_shell__span(shell, text, (sp_str){text->text.text + start, text->at - start})};
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
    if (at_text(text, SP_STR("((")))
        return read_arithmetic_command;
    if (peek(text, 0) == '(')
        return read_group;
    for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
        if (at_word(text, compounds[i].word))
            return compounds[i].read;
    }
    return NULL;
}

/* command = (group | if | while | for | case | function | condition) {redirect} | simple */
static bool read_command(sp_shell *shell, sp_shell_text *text)
{
    void (*read)(sp_shell *, sp_shell_text *) = find_compound(text);
    if (read == NULL) {
        read_simple(shell, text);
        return true;
    }
    if (!sp_shell__enter(shell, text))
        return false;
    read(shell, text);
    skip_redirects(shell, text);
    sp_shell__leave(shell);
    return true;
}
