/* The quote-aware words of ENV, LABEL and ARG. */
#include "base/ascii.h"
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"
#include "source/utf8.h"

/* Whether a byte means nothing here: it neither ends nor quotes nor escapes, and is ASCII. */
static bool is_ordinary(char byte)
{
    return (unsigned char)byte > '\'' && (unsigned char)byte < 0x80 && byte != '\\' && byte != '`';
}

/* word = { quote { character } quote | escape character | character }, up to a space outside quotes: where it ends */
static const char *word_end(const char *next, const char *end, char escape, bool *plain)
{
    char quote = '\0';
    for (uint32_t size; next < end; next += size) {
        char byte = *next;
        size = 1;
        if (is_ordinary(byte))
            continue;
        if ((unsigned char)byte >= 0x80) {
            uint32_t point = sp_utf8_decode(next, end, &size);
            if (quote == '\0' && sp_is_space(point))
                break;
            *plain = *plain && (point != SP_UTF8_REPLACEMENT || size > 1);
        } else if (byte == escape && quote != '\'') {
            if (next + 1 < end)
                sp_utf8_decode(next + 1, end, &size);
            *plain = *plain && (next + 1 == end || sp_utf8_is_valid((sp_str){next + 1, size}));
            size = next + 1 < end ? size + 1 : 1;
        } else if (quote != '\0') {
            quote = byte == quote ? '\0' : quote;
        } else if (byte == '\'' || byte == '"') {
            quote = byte;
        } else if (sp_ascii_is_space(byte)) {
            break;
        }
    }
    return next;
}

/* A copy in which every byte that is no UTF-8 is U+FFFD. */
static sp_str repaired(sp_arena *arena, sp_str text)
{
    char *out = sp_arena_alloc(arena, 3 * text.size + 1), *last = out;
    for (const char *next = text.text, *end = next + text.size; next < end;) {
        uint32_t size;
        last += sp_utf8_encode(sp_utf8_decode(next, end, &size), last);
        next += size;
    }
    return sp_str_between(out, last);
}

/* Whether the text's last byte is an escape that escapes nothing: BuildKit drops it. */
static bool ends_in_escape(const char *start, const char *end, char escape)
{
    bool escaped = false;
    char quote = '\0';
    if (end == start || end[-1] != escape)
        return false;
    for (; start < end; start++) {
        if (escaped)
            escaped = false;
        else if (*start == escape && quote != '\'')
            escaped = true;
        else if (quote != '\0')
            quote = *start == quote ? '\0' : quote;
        else if (*start == '\'' || *start == '"')
            quote = *start;
    }
    return escaped;
}

/* words = { spaces ( quoted | escape character | character )+ } */
void sp_word__split(sp_parser *parser, const sp_line *line, sp_str text, sp_words *out)
{
    const char *next = text.text, *end = text.text + text.size;
    while ((next = sp_skip_spaces(next, end)) < end) {
        bool plain = true;
        const char *start = next;
        next = word_end(start, end, parser->escape, &plain);
        const char *stop = next == end && ends_in_escape(start, end, parser->escape) ? end - 1 : next;
        if (stop == start)
            continue;
        sp_word *word = sp_list_add(parser->arena, out);
        *word = sp_line__word(line, sp_str_between(start, stop));
        if (!plain)
            word->text = repaired(parser->arena, word->text);
    }
}

/* pair = name [ "=" value ] */
bool sp_word__cut_pair(const sp_line *line, sp_word word, sp_word *name, sp_word *value)
{
    size_t equals = sp_str_find(word.text, '=');
    *name = (sp_word){sp_str_head(word.text, equals), word.span};
    *value = (sp_word){sp_str_skip(word.text, equals + 1), word.span};
    bool is_slice = word.text.text >= line->text.text && word.text.text <= line->text.text + line->text.size;
    if (is_slice) {
        name->span = sp_line_span(line, name->text);
        value->span = sp_line_span(line, value->text);
    }
    return equals < word.text.size;
}
