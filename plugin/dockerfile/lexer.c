/* Quotes, escapes and word splitting of the expansion lexer. */
#include "dockerfile/lexer.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "dockerfile/blank.h"
#include "source/utf8.h"

static const sp_str replacement = {"\xEF\xBF\xBD", 3};

/* Bytes that may mean something, by who asks. */
enum { ALWAYS = 1, QUOTES = 2, BACKSLASH = 4, BACKTICK = 8 };

static const unsigned char meanings[256] = {
    ['$'] = ALWAYS, ['<'] = ALWAYS, ['\''] = QUOTES, ['"'] = QUOTES, ['\\'] = BACKSLASH, ['`'] = BACKTICK,
};

sp_lexer sp_lexer__new(sp_arena *arena, sp_str text, char escape, unsigned flags)
{
    sp_lexer lexer = {.arena = arena, .escape = escape, .flags = flags, .ceiling = SP_LIMIT_EXPANDED_BYTES};
    lexer.begin = lexer.next = text.text;
    lexer.end = text.text + text.size;
    lexer.capacity = text.size + 16; /* most results are about as long */
    lexer.out = sp_arena_alloc(arena, lexer.capacity);
    lexer.raw_escapes = (flags & SP_LEX_RAW_ESCAPES) != 0;
    lexer.meaningful = (unsigned char)(ALWAYS | (escape == '`' ? BACKTICK : BACKSLASH));
    if (!(flags & SP_LEX_PLAIN_QUOTES))
        lexer.meaningful |= QUOTES;
    return lexer;
}

bool sp_lexer__fail(sp_lexer *lexer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    lexer->error = sp_arena_vprint(lexer->arena, format, arguments);
    va_end(arguments);
    return false;
}

bool sp_lexer__may_take(const sp_lexer *lexer, size_t bytes)
{
    return bytes <= SP_LIMIT_EXPANDED_BYTES_THEN || lexer->arena->used <= SP_LIMIT_EXPANSION_MEMORY;
}

static bool make_room(sp_lexer *lexer, size_t wanted)
{
    if (lexer->ceiling == SP_LIMIT_EXPANDED_BYTES && !sp_lexer__may_take(lexer, wanted))
        return sp_lexer__fail(lexer, "the file's expanded texts take more than %u bytes; use smaller values",
                              SP_LIMIT_EXPANSION_MEMORY);
    size_t capacity = lexer->capacity * 2;
    while (capacity < wanted)
        capacity *= 2;
    lexer->out = sp_arena_grow(lexer->arena, lexer->out, lexer->size, capacity);
    lexer->capacity = capacity;
    return true;
}

bool sp_lexer__append(sp_lexer *lexer, sp_str text)
{
    if (text.size > lexer->ceiling - lexer->size)
        return sp_lexer__fail(lexer, "the expanded text would be longer than %u bytes; use smaller values",
                              (unsigned)SP_LIMIT_EXPANDED_BYTES);
    if (text.size > lexer->capacity - lexer->size && !make_room(lexer, lexer->size + text.size))
        return false;
    if (text.size > 0)
        memcpy(lexer->out + lexer->size, text.text, text.size);
    lexer->size += text.size;
    return true;
}

bool sp_lexer__append_unknown(sp_lexer *lexer)
{
    uint32_t count = lexer->unknowns.count;
    lexer->unknown_parts++;
    if (count > 0 && lexer->unknowns.items[count - 1] + 1u == lexer->size)
        return true;
    *sp_list_add(lexer->arena, &lexer->unknowns) = (uint32_t)lexer->size;
    return sp_lexer__append(lexer, (sp_str){"\0", 1});
}

sp_lexer_mark sp_lexer__mark(const sp_lexer *lexer)
{
    return (sp_lexer_mark){lexer->size, lexer->unknowns.count, lexer->unknown_parts, lexer->defaults};
}

void sp_lexer__cut(sp_lexer *lexer, sp_lexer_mark mark)
{
    lexer->size = mark.size;
    lexer->unknowns.count = mark.unknowns;
    lexer->unknown_parts = mark.unknown_parts;
    lexer->defaults = mark.defaults;
}

uint32_t sp_lexer__peek(const sp_lexer *lexer, uint32_t *size)
{
    *size = 0;
    return lexer->next == lexer->end ? UINT32_MAX : sp_utf8_decode(lexer->next, lexer->end, size);
}

/* Copies one character; a byte that is no UTF-8 becomes U+FFFD. */
static bool copy_character(sp_lexer *lexer)
{
    uint32_t size;
    uint32_t point = sp_lexer__peek(lexer, &size);
    sp_str text = {lexer->next, size};
    lexer->next += size;
    return sp_lexer__append(lexer, point == SP_UTF8_REPLACEMENT && size == 1 ? replacement : text);
}

/* Copies the byte at hand where it is wanted in the result; it is not passed. */
static bool copy_if(sp_lexer *lexer, bool wanted)
{
    return !wanted || sp_lexer__append(lexer, (sp_str){lexer->next, 1});
}

/* Copies a run of ASCII that ends at `end`, or the one character at its start when it is empty. */
static bool copy_run_to(sp_lexer *lexer, const char *end)
{
    if (end == lexer->next)
        return copy_character(lexer);
    sp_str run = sp_str_between(lexer->next, end);
    lexer->next = end;
    return sp_lexer__append(lexer, run);
}

/* Copies the longest run of ASCII without the three bytes; at least one character. */
static bool copy_run_without(sp_lexer *lexer, char a, char b, char c)
{
    const char *next = lexer->next;
    while (next < lexer->end && (unsigned char)*next < 0x80 && *next != a && *next != b && *next != c)
        next++;
    return copy_run_to(lexer, next);
}

static bool take_quote(sp_lexer *lexer)
{
    bool raw = (lexer->flags & SP_LEX_RAW_QUOTES) != 0;
    if (!copy_if(lexer, raw))
        return false;
    lexer->next++;
    return true;
}

static bool close_quote(sp_lexer *lexer, char quote)
{
    if (lexer->next < lexer->end)
        return take_quote(lexer);
    lexer->refusal = quote == '"' ? SP_STR("unexpected end of statement while looking for matching double-quote")
                                  : SP_STR("unexpected end of statement while looking for matching single-quote");
    return sp_lexer__fail(lexer, "a %s quote (%c) is not closed", quote == '"' ? "double" : "single", quote);
}

/* single = "'" { character } "'" */
static bool read_single_quotes(sp_lexer *lexer)
{
    if (!take_quote(lexer))
        return false;
    char doubled = lexer->pattern ? lexer->escape : '\'';
    while (lexer->next < lexer->end && *lexer->next != '\'') {
        if (!copy_if(lexer, *lexer->next == doubled) || !copy_run_without(lexer, '\'', doubled, doubled))
            return false;
    }
    return close_quote(lexer, '\'');
}

/* escape = the escape character [ character ], inside double quotes: it counts before '"', '$' and itself only. */
static bool read_quoted_escape(sp_lexer *lexer)
{
    char next = lexer->next + 1 < lexer->end ? lexer->next[1] : '\0';
    if (lexer->next + 1 == lexer->end) {
        lexer->next++;
        return true;
    }
    if (next == '"' || next == '$' || next == lexer->escape) {
        if (!copy_if(lexer, lexer->raw_escapes))
            return false;
        lexer->next++;
        return copy_character(lexer);
    }
    bool doubled = lexer->raw_escapes && (!(lexer->flags & SP_LEX_RAW_QUOTES) || lexer->pattern);
    return copy_if(lexer, doubled) && copy_character(lexer);
}

/* double = '"' { character | escape character | substitution } '"' */
static bool read_double_quotes(sp_lexer *lexer)
{
    if (!take_quote(lexer))
        return false;
    while (lexer->next < lexer->end && *lexer->next != '"') {
        bool done = *lexer->next == '$'             ? sp_lexer__substitute(lexer)
                    : *lexer->next == lexer->escape ? read_quoted_escape(lexer)
                                                    : copy_run_without(lexer, '"', '$', lexer->escape);
        if (!done)
            return false;
    }
    return close_quote(lexer, '"');
}

/* escape = the escape character [ character ] */
static bool read_escape(sp_lexer *lexer)
{
    if (!copy_if(lexer, lexer->raw_escapes))
        return false;
    lexer->next++;
    return lexer->next == lexer->end || copy_character(lexer);
}

/* angle = "<" [ "<" blanks ]: "<<" and the blanks after it are one piece, so that "<< EOF" is one word. */
static bool read_angle(sp_lexer *lexer)
{
    const char *start = lexer->next++;
    if (lexer->next < lexer->end && *lexer->next == '<') {
        lexer->next++;
        while (lexer->next < lexer->end && strchr("\t\r ", *lexer->next) != NULL && *lexer->next != '\0')
            lexer->next++;
    }
    return sp_lexer__append(lexer, sp_str_between(start, lexer->next));
}

static bool is_special(const sp_lexer *lexer, char byte)
{
    return (meanings[(unsigned char)byte] & lexer->meaningful) != 0;
}

/* run = character { character that means nothing } */
static bool copy_run(sp_lexer *lexer, char stop)
{
    const char *next = lexer->next;
    while (next < lexer->end && (unsigned char)*next < 0x80 && *next != stop && !is_special(lexer, *next))
        next++;
    return copy_run_to(lexer, next);
}

/* piece = run | escape | substitution | angle | single | double */
static bool read_piece(sp_lexer *lexer, char stop)
{
    char byte = *lexer->next;
    if (!is_special(lexer, byte))
        return copy_run(lexer, stop);
    if (byte == lexer->escape)
        return read_escape(lexer);
    if (byte == '$')
        return sp_lexer__substitute(lexer);
    if (byte == '<')
        return read_angle(lexer);
    return byte == '\'' ? read_single_quotes(lexer) : read_double_quotes(lexer);
}

static bool fail_without(sp_lexer *lexer, char stop)
{
    lexer->refusal = sp_arena_print(lexer->arena, "unexpected end of statement while looking for matching %c", stop);
    return sp_lexer__fail(lexer, "'%c' is missing", stop);
}

/* word = { piece } stop */
bool sp_lexer__run_until(sp_lexer *lexer, char stop, bool raw_escapes, bool pattern)
{
    bool outer_escapes = lexer->raw_escapes, outer_pattern = lexer->pattern;
    if (lexer->depth == SP_LIMIT_EXPANSION_DEPTH)
        return sp_lexer__fail(lexer, "more than %d expansions stand within each other", SP_LIMIT_EXPANSION_DEPTH);
    lexer->depth++;
    lexer->raw_escapes = raw_escapes;
    lexer->pattern = pattern;
    /* BuildKit collects words in one buffer for all levels and empties it here: what stood before in the same word is
       lost to splitting. */
    lexer->word.raw_start = NULL;
    bool done = true;
    while (done && lexer->next < lexer->end && *lexer->next != stop)
        done = read_piece(lexer, stop);
    if (done && lexer->next == lexer->end)
        done = fail_without(lexer, stop);
    lexer->next += done;
    lexer->word.raw_start = NULL;
    lexer->depth--;
    lexer->raw_escapes = outer_escapes;
    lexer->pattern = outer_pattern;
    return done;
}

static void end_word(sp_lexer *lexer)
{
    if (lexer->word.raw_start == NULL)
        return;
    *sp_list_add(lexer->arena, &lexer->words) = lexer->word;
    lexer->word.raw_start = NULL;
    lexer->in_word = false;
}

/* Adds the result's bytes from `start` on to the word being collected. */
static void add_to_word(sp_lexer *lexer, size_t start, size_t end, const char *raw_start)
{
    lexer->in_word = true;
    if (start == end)
        return;
    if (lexer->word.raw_start == NULL) {
        lexer->word.raw_start = raw_start;
        lexer->word.start = (uint32_t)start;
    }
    lexer->word.raw_end = lexer->next;
    lexer->word.end = (uint32_t)end;
}

/* Adds the result's bytes from `start` on, cutting words at spaces. */
static void add_splitting(sp_lexer *lexer, size_t start, const char *raw_start)
{
    const char *next = lexer->out + start, *end = lexer->out + lexer->size;
    for (uint32_t size; next < end; next += size) {
        uint32_t point = sp_utf8_decode(next, end, &size);
        if (!sp_is_space(point))
            add_to_word(lexer, (size_t)(next - lexer->out), (size_t)(next - lexer->out) + size, raw_start);
        else if (lexer->in_word)
            end_word(lexer);
    }
}

/* run = space | character { character that means nothing }: as copy_run, outside quotes of a text that is split */
static bool split_run(sp_lexer *lexer)
{
    const char *raw = lexer->next;
    uint32_t size;
    uint32_t point = sp_lexer__peek(lexer, &size);
    if (sp_is_space(point)) {
        if (lexer->in_word)
            end_word(lexer);
        return copy_character(lexer);
    }
    const char *next = raw;
    while (next < lexer->end && (unsigned char)*next < 0x80 && !sp_ascii_is_space(*next) && !is_special(lexer, *next))
        next++;
    size_t start = lexer->size;
    bool done = copy_run_to(lexer, next);
    add_to_word(lexer, start, lexer->size, raw);
    return done;
}

/* piece, with what it makes added to words; what a variable gives is split at its spaces */
static bool split_piece(sp_lexer *lexer)
{
    const char *raw = lexer->next;
    char byte = *raw;
    size_t start = lexer->size;
    if (!is_special(lexer, byte))
        return split_run(lexer);
    if (!read_piece(lexer, '\0'))
        return false;
    if (byte == '$')
        add_splitting(lexer, start, raw);
    else if (byte != lexer->escape || lexer->size > start)
        add_to_word(lexer, start, lexer->size, raw);
    return true;
}

/* text = [ byte order mark ] { piece } */
bool sp_lexer__run(sp_lexer *lexer)
{
    if (sp_str_starts(sp_str_between(lexer->next, lexer->end), SP_UTF8_BOM))
        lexer->next += SP_UTF8_BOM.size;
    while (lexer->next < lexer->end) {
        bool done = lexer->flags & SP_LEX_SPLIT ? split_piece(lexer) : read_piece(lexer, '\0');
        if (!done)
            return false;
    }
    end_word(lexer);
    return true;
}
