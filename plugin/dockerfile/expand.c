/* Expanding words: what the lexer makes of them, as values with their places. */
#include "dockerfile/expand.h"

#include "dockerfile/lexer.h"
#include "source/utf8.h"

sp_value sp_value_literal(sp_word word)
{
    return (sp_value){.text = word.text, .span = word.span, .known = true, .value = word.text, .shape = word.text};
}

/* Whether expanding would change nothing: most words are like that. */
static bool is_literal(sp_str text, char escape, bool quotes)
{
    bool ascii = true;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        if (byte == '$' || byte == escape || (quotes && (byte == '"' || byte == '\'')))
            return false;
        ascii = ascii && (unsigned char)byte < 0x80;
    }
    return ascii || (sp_utf8_is_valid(text) && !sp_str_starts(text, SP_UTF8_BOM));
}

/* Where a part of a word stands: exact when the word's text is its raw bytes, else the whole word. */
static sp_span span_of(const sp_line *line, const sp_word *word, const char *start, const char *end)
{
    if (line != NULL && start >= line->text.text && end <= line->text.text + line->text.size)
        return sp_line_span(line, sp_str_between(start, end));
    if (word->text.size != word->span.end - word->span.start)
        return word->span;
    uint32_t offset = word->span.start + (uint32_t)(start - word->text.text);
    return (sp_span){offset, offset + (uint32_t)(end - start)};
}

static void take_uses(const sp_lexer *lexer, const sp_line *line, const sp_word *word, sp_value *value)
{
    for (uint32_t i = 0; i < lexer->uses.count; i++) {
        sp_span *at = &lexer->uses.items[i].at;
        *at = span_of(line, word, lexer->begin + at->start, lexer->begin + at->end);
    }
    value->variables = lexer->uses.items;
    value->variable_count = lexer->uses.count;
}

static sp_value failed_value(const sp_lexer *lexer, const sp_line *line, const sp_word *word)
{
    sp_value value = {.text = word->text, .span = word->span, .failed = true};
    value.error = lexer->error;
    value.refusal = lexer->refusal;
    take_uses(lexer, line, word, &value);
    return value;
}

/* Whether an unknown run stands between two places of the result. */
static bool has_unknown(const sp_lexer *lexer, uint32_t start, uint32_t end)
{
    uint32_t low = 0, high = lexer->unknowns.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lexer->unknowns.items[middle] < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < lexer->unknowns.count && lexer->unknowns.items[low] < end;
}

/* Sets what is known: the bytes from `start` to `end` of the result. */
static void take_result(const sp_lexer *lexer, uint32_t start, uint32_t end, sp_value *value)
{
    sp_str text = {lexer->out + start, end - start};
    value->known = !has_unknown(lexer, start, end);
    value->is_default = value->known && lexer->defaults > 0;
    value->shape = text;
    value->value = value->known ? text : SP_STR("");
    value->fails_unknown = lexer->fails_unknown;
}

sp_value sp_expand(sp_arena *arena, const sp_line *line, sp_word word, char escape, sp_expand_mode mode,
                   sp_lookup lookup, void *payload)
{
    bool body = mode == SP_EXPAND_BODY;
    escape = body ? '\\' : escape;
    if (is_literal(word.text, escape, !body))
        return sp_value_literal(word);
    sp_lexer lexer = sp_lexer__new(arena, word.text, escape, body ? SP_LEX_PLAIN_QUOTES : 0);
    lexer.lookup = lookup;
    lexer.payload = payload;
    if (!sp_lexer__run(&lexer))
        return failed_value(&lexer, line, &word);
    sp_value value = {.text = word.text, .span = word.span};
    take_uses(&lexer, line, &word, &value);
    take_result(&lexer, 0, (uint32_t)lexer.size, &value);
    return value;
}

void sp_expand_split(sp_arena *arena, const sp_line *line, sp_word word, char escape, sp_lookup lookup, void *payload,
                     sp_values *out)
{
    sp_lexer lexer = sp_lexer__new(arena, word.text, escape, SP_LEX_SPLIT);
    lexer.lookup = lookup;
    lexer.payload = payload;
    if (!sp_lexer__run(&lexer)) {
        *sp_list_add(arena, out) = failed_value(&lexer, line, &word);
        return;
    }
    sp_value uses = {.text = word.text, .span = word.span};
    take_uses(&lexer, line, &word, &uses);
    for (uint32_t i = 0; i < lexer.words.count; i++) {
        const sp_lexed_word *part = &lexer.words.items[i];
        sp_value value = uses;
        value.text = sp_str_between(part->raw_start, part->raw_end);
        value.span = span_of(line, &word, part->raw_start, part->raw_end);
        take_result(&lexer, part->start, part->end, &value);
        *sp_list_add(arena, out) = value;
    }
    if (lexer.words.count == 0 && lexer.fails_unknown) {
        uses.fails_unknown = true;
        *sp_list_add(arena, out) = uses;
    }
}
