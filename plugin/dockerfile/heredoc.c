/* Heredocs: which words of a logical line open one, and the bodies in the lines that follow. */
#include "base/ascii.h"
#include "dockerfile/blank.h"
#include "dockerfile/lexer.h"
#include "dockerfile/parser.h"

/* words = { spaces word }, as the shell cuts them: variables left as written, '\' always the escape */
static bool lex(sp_arena *arena, sp_str text, unsigned flags, sp_lexer *out)
{
    *out = sp_lexer__new(arena, text, '\\', SP_LEX_SPLIT | SP_LEX_KEEP_UNSET | flags);
    out->ceiling = SIZE_MAX / 4;
    return sp_lexer__run(out);
}

static sp_str lexed_text(const sp_lexer *lexer, uint32_t index)
{
    const sp_lexed_word *word = &lexer->words.items[index];
    return (sp_str){lexer->out + word->start, word->end - word->start};
}

static uint32_t count_quotes(sp_str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.text[i] == '\'' || text.text[i] == '"';
    return count;
}

static bool is_plain_name(sp_str name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.text[i];
        if (byte <= ' ' || byte == 0x7F || strchr("'\"\\$", byte) != NULL)
            return false;
    }
    return true;
}

/* A word as an opener: it is none, it is one, or it would be one if its quotes were closed. */
typedef enum opener { NONE, OPENS, UNREADABLE } opener;

/* name = word: the one shell word of the text; quotes that vanish switch expansion off */
static opener read_name(sp_arena *arena, sp_str text, sp_heredoc *out)
{
    out->name = text;
    out->expands = true;
    if (is_plain_name(text))
        return OPENS;
    sp_lexer plain, raw;
    if (!lex(arena, text, 0, &plain))
        return UNREADABLE;
    if (plain.words.count != 1)
        return NONE;
    if (!lex(arena, text, SP_LEX_RAW_QUOTES, &raw))
        return UNREADABLE;
    if (raw.words.count != 1)
        return NONE;
    out->name = lexed_text(&plain, 0);
    out->expands = count_quotes(out->name) == count_quotes(lexed_text(&raw, 0));
    return OPENS;
}

/* opener = { digit } "<<" [ "-" ] blanks name; no '<' in the name */
static opener read_opener(sp_arena *arena, sp_str word, sp_heredoc *out)
{
    const char *next = word.text, *end = next + word.size;
    while (next < end && sp_ascii_is_digit(*next))
        next++;
    if (end - next < 3 || next[0] != '<' || next[1] != '<')
        return NONE;
    next += 2;
    *out = (sp_heredoc){.strip_tabs = *next == '-'};
    next += out->strip_tabs;
    while (next < end && sp_is_pattern_space(*next))
        next++;
    sp_str name = sp_str_between(next, end);
    if (name.size == 0 || sp_str_find(name, '<') < name.size)
        return NONE;
    return read_name(arena, name, out);
}

bool sp_heredoc__from_word(sp_arena *arena, sp_str word, sp_heredoc *out)
{
    return read_opener(arena, word, out) == OPENS;
}

static bool has_opener(sp_str text)
{
    const char *next = text.text, *end = next + text.size;
    while ((next = memchr(next, '<', (size_t)(end - next))) != NULL) {
        if (++next < end && *next == '<')
            return true;
    }
    return false;
}

static bool is_terminator(const sp_heredoc *heredoc, sp_physical_line line)
{
    if (heredoc->strip_tabs) {
        while (line.start < line.end && *line.start == '\t')
            line.start++;
    }
    return sp_str_equal(sp_str_between(line.start, line.end), heredoc->name);
}

static void refuse_unreadable(sp_parser *parser, sp_instruction *instruction, sp_span word)
{
    sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNTERMINATED_HEREDOC, word,
                      "'<<' opens a heredoc here, and its name has a quote or '${' that is not closed; put the word in "
                      "quotes if it is none");
}

static void refuse_unterminated(sp_parser *parser, sp_instruction *instruction, const sp_heredoc *heredoc)
{
    sp_parser__refuse(parser, instruction, SP_DIAGNOSTIC_UNTERMINATED_HEREDOC, heredoc->opener,
                      "no line with only '%.*s' ends this heredoc; add one, without blanks around it",
                      SP_STR_ARG(sp_parser__brief(heredoc->name)));
}

/* body = { line LF } terminator */
static void read_body(sp_parser *parser, sp_instruction *instruction, sp_heredoc *heredoc)
{
    const char *start = parser->next;
    sp_physical_line line = {start, start};
    bool ended = false;
    while (!ended && sp_line__read(parser, &line))
        ended = is_terminator(heredoc, line);
    const char *end = ended ? line.start : parser->next;
    heredoc->content = sp_str_between(start, end);
    heredoc->body = sp_line__raw_span(parser, start, end);
    instruction->span = sp_span_join(instruction->span, sp_line__raw_span(parser, start, ended ? line.end : end));
    instruction->last_line = parser->line_count;
    if (!ended)
        refuse_unterminated(parser, instruction, heredoc);
}

/* heredocs = { opener } LF { body }. Spaces that end the line count here, as an escaped one belongs to the name. */
void sp_heredoc__read(sp_parser *parser, sp_instruction *instruction, sp_heredocs *out)
{
    sp_str text = sp_str_between(instruction->line.text.text, parser->line_end);
    sp_lexer lexer;
    if (!has_opener(instruction->line.text) ||
        !lex(parser->arena, text, SP_LEX_RAW_QUOTES | SP_LEX_RAW_ESCAPES, &lexer))
        return;
    for (uint32_t i = 0; i < lexer.words.count; i++) {
        sp_heredoc heredoc;
        opener kind = read_opener(parser->arena, lexed_text(&lexer, i), &heredoc);
        if (kind == NONE)
            continue;
        const sp_lexed_word *word = &lexer.words.items[i];
        heredoc.opener = sp_line_span(&instruction->line, sp_str_between(word->raw_start, word->raw_end));
        if (kind == UNREADABLE) {
            refuse_unreadable(parser, instruction, heredoc.opener);
            return;
        }
        read_body(parser, instruction, &heredoc);
        *sp_list_add(parser->arena, out) = heredoc;
    }
}
