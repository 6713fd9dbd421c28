/* The words of a Lua file. */
#include "lua/token.h"

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The '=' signs of a long bracket that begins at `at`; SIZE_MAX when none does. */
static size_t bracket_level(sp_str text, size_t at)
{
    size_t level = 0;
    while (at + 1 + level < text.size && text.text[at + 1 + level] == '=')
        level++;
    bool opens = at + 1 + level < text.size && text.text[at] == '[' && text.text[at + 1 + level] == '[';
    return opens ? level : SIZE_MAX;
}

/* long-bracket = "[" { "=" } "[" anything "]" { "=" } "]"; gives the offset behind it. */
static size_t end_of_bracket(sp_str text, size_t at, size_t level)
{
    for (at += level + 2; at < text.size; at++) {
        size_t equals = 0;
        if (text.text[at] != ']')
            continue;
        while (at + 1 + equals < text.size && text.text[at + 1 + equals] == '=')
            equals++;
        if (equals == level && at + 1 + level < text.size && text.text[at + 1 + level] == ']')
            return at + level + 2;
    }
    return text.size;
}

static size_t end_of_line(sp_str text, size_t at)
{
    while (at < text.size && text.text[at] != '\n')
        at++;
    return at;
}

/* blanks = { white space | "--" comment } */
static size_t skip_blanks(sp_str text, size_t at)
{
    for (;;) {
        while (at < text.size && (unsigned char)text.text[at] <= ' ')
            at++;
        if (at + 1 >= text.size || text.text[at] != '-' || text.text[at + 1] != '-')
            return at;
        size_t level = at + 2 < text.size ? bracket_level(text, at + 2) : SIZE_MAX;
        at = level != SIZE_MAX ? end_of_bracket(text, at + 2, level) : end_of_line(text, at);
    }
}

/* quoted = quote { "\" any | any } quote */
static sp_token read_quoted(sp_str text, size_t *at)
{
    size_t start = *at + 1, end = start;
    while (end < text.size && text.text[end] != text.text[*at])
        end += text.text[end] == '\\' ? 2 : 1;
    end = end < text.size ? end : text.size;
    sp_token token = {SP_TOKEN_STRING, (uint32_t)*at, {text.text + start, end - start}};
    *at = end < text.size ? end + 1 : end;
    return token;
}

static sp_token read_long(sp_str text, size_t *at, size_t level)
{
    size_t end = end_of_bracket(text, *at, level), inner = level + 2;
    sp_token token = {SP_TOKEN_STRING, (uint32_t)*at, {text.text + *at + inner, 0}};
    token.text.size = end - *at > 2 * inner ? end - *at - 2 * inner : 0;
    *at = end;
    return token;
}

/* An exponent's sign belongs to the number. */
static size_t end_of_number(sp_str text, size_t at)
{
    for (; at < text.size; at++) {
        char byte = text.text[at], before = text.text[at - 1];
        bool exponent = before == 'e' || before == 'E' || before == 'p' || before == 'P';
        if (!is_letter(byte) && !is_digit(byte) && byte != '.' && !((byte == '+' || byte == '-') && exponent))
            break;
    }
    return at;
}

static size_t sign_size(sp_str rest)
{
    static const char *const signs[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (sp_str_starts(rest, sp_str_from(signs[i])))
            return strlen(signs[i]);
    return 1;
}

static sp_token read_token(sp_str text, size_t *at)
{
    char first = text.text[*at], second = *at + 1 < text.size ? text.text[*at + 1] : '\0';
    size_t start = *at, end = start + 1;
    sp_token_kind kind = SP_TOKEN_SIGN;
    if (first == '"' || first == '\'')
        return read_quoted(text, at);
    if (bracket_level(text, start) != SIZE_MAX)
        return read_long(text, at, bracket_level(text, start));
    if (is_letter(first)) {
        kind = SP_TOKEN_NAME;
        while (end < text.size && (is_letter(text.text[end]) || is_digit(text.text[end])))
            end++;
    } else if (is_digit(first) || (first == '.' && is_digit(second))) {
        kind = SP_TOKEN_NUMBER;
        end = end_of_number(text, end);
    } else {
        end = start + sign_size(sp_str_skip(text, start));
    }
    *at = end;
    return (sp_token){kind, (uint32_t)start, {text.text + start, end - start}};
}

void sp_tokens_read(sp_arena *arena, sp_str text, sp_tokens *out)
{
    for (size_t at = skip_blanks(text, 0); at < text.size; at = skip_blanks(text, at))
        *sp_list_add(arena, out) = read_token(text, &at);
    *sp_list_add(arena, out) = (sp_token){SP_TOKEN_END, (uint32_t)text.size, SP_STR("")};
}
