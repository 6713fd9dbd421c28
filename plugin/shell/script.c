/* From an instruction to its script: which text is shell text, and which shell would read it. */
#include "shell/script.h"

#include "base/limits.h"
#include "shell/reader.h"

sp_span sp_shell__span(const sp_shell *shell, const sp_shell_text *text, sp_str slice)
{
    if (text->in_source) {
        uint32_t start = (uint32_t)(slice.text - shell->document->source.text.text);
        return (sp_span){start, start + (uint32_t)slice.size};
    }
    return text->line != NULL ? sp_line_span(text->line, slice) : text->whole;
}

static sp_str base_name(sp_str path)
{
    for (size_t i = path.size; i > 0; i--) {
        if (path.text[i - 1] == '/')
            return sp_str_skip(path, i);
    }
    return path;
}

/* SHELL's words are ones we read when one of them is a POSIX shell, as in ["conda", "run", "/bin/bash", "-c"]. */
static bool is_read(const sp_words *shell)
{
    if (shell == NULL)
        return true;
    for (uint32_t i = 0; i < shell->count; i++) {
        if (sp_shell__is_posix(base_name(shell->items[i].text)))
            return true;
    }
    return false;
}

static bool sets_pipefail(const sp_words *shell)
{
    for (uint32_t i = 0; shell != NULL && i < shell->count; i++) {
        if (sp_str_equal(shell->items[i].text, SP_STR("pipefail")))
            return true;
    }
    return false;
}

/* "#!" [blanks] path {blanks word}: whether the body names an interpreter that is no shell */
static bool is_foreign(sp_str body)
{
    if (!sp_str_starts(body, SP_STR("#!")))
        return false;
    sp_str line = sp_str_trim(sp_str_head(sp_str_skip(body, 2), sp_str_find(sp_str_skip(body, 2), '\n')));
    while (line.size > 0) {
        size_t end = sp_str_find(line, ' ');
        sp_str name = base_name(sp_str_head(line, end));
        if (sp_shell__is_posix(name))
            return false;
        bool leads = sp_str_equal(name, SP_STR("env")) || sp_str_starts(name, SP_STR("-"));
        if (!leads)
            return true;
        line = sp_str_trim(sp_str_skip(line, end));
    }
    return true;
}

/* exec form: one command, whose words are as the array gives them */
static void read_exec(sp_shell *shell, const sp_instruction *instruction)
{
    sp_shell_words words = {0};
    sp_span span = instruction->span;
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        const sp_word *word = &instruction->arguments.items[i];
        *sp_list_add(shell->arena, &words) = (sp_shell_word){.value = sp_value_literal(*word), .quoted = true};
        span = i == 0 ? word->span : sp_span_join(span, word->span);
    }
    if (words.count == 0)
        return;
    sp_shell_text text = {.whole = span, .text = {"", 0}};
    sp_command command = sp_shell__command(shell, &text, text.text, &words);
    sp_shell__add_command(shell, &text, &command);
}

static void grant(sp_shell *shell, sp_str text)
{
    shell->budget += text.size * SP_LIMIT_SHELL_EXPANSION_FACTOR;
}

/* shell form: the text of the line, whose heredocs are cut out already */
static void read_shell_form(sp_shell *shell, const sp_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        sp_shell_text text = {.text = instruction->arguments.items[i].text,
                              .line = &instruction->line,
                              .whole = instruction->arguments.items[i].span,
                              .heredocs = instruction->heredocs.items,
                              .heredoc_count = instruction->heredocs.count};
        uintptr_t first = (uintptr_t)instruction->line.text.text, start = (uintptr_t)text.text.text;
        if (start < first || start > first + instruction->line.text.size)
            text.line = NULL;
        grant(shell, text.text);
        sp_shell__read(shell, &text);
    }
}

/* A RUN that is nothing but heredocs runs the last one's body. */
static void read_heredoc_form(sp_shell *shell, const sp_instruction *instruction)
{
    const sp_heredoc *heredoc = &instruction->heredocs.items[instruction->heredocs.count - 1];
    sp_shell_text text = {.text = heredoc->content, .in_source = true, .whole = heredoc->body};
    if (is_foreign(heredoc->content)) {
        shell->failed = true;
        return;
    }
    grant(shell, text.text);
    sp_shell__read(shell, &text);
}

const sp_script *sp_script_parse(sp_arena *arena, const sp_document *document, const sp_script_input *input)
{
    const sp_instruction *instruction = input->instruction;
    sp_script *script = sp_arena_new(arena, sp_script);
    sp_shell shell = {.arena = arena,
                      .document = document,
                      .input = input,
                      .scope = {.directory = {"", 0}, .directory_known = true},
                      .budget = SP_LIMIT_SHELL_EXPANSION_BYTES};
    shell.scope.pipefail = sets_pipefail(input->shell);
    if (instruction->form != SP_FORM_EXEC && !is_read(input->shell))
        return script;
    if (instruction->form == SP_FORM_EXEC)
        read_exec(&shell, instruction);
    else if (instruction->form == SP_FORM_HEREDOC && instruction->heredocs.count > 0)
        read_heredoc_form(&shell, instruction);
    else
        read_shell_form(&shell, instruction);
    if (shell.failed)
        return script;
    *script = (sp_script){.known = true,
                          .commands = shell.commands.items,
                          .command_count = shell.commands.count,
                          .pipes = shell.pipes.items,
                          .pipe_count = shell.pipes.count};
    return script;
}
