/* Whether a text with "://" is a URL to BuildKit: what is none it takes as no git repository, whatever it looks like. */
#include "graph/copied.h"

#include "base/ascii.h"

static bool is_made_of(sp_str text, const char *others)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        if (!sp_ascii_is_letter_or_digit(byte) && (byte == '\0' || strchr(others, byte) == NULL))
            return false;
    }
    return true;
}

/* escaped = { byte | "%" hex hex }; in a host only bytes over 0x7F and '%' itself may be escaped */
static bool unescapes(sp_str text, bool host)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] != '%')
            continue;
        if (text.size - i < 3 || sp_ascii_hex(text.text[i + 1]) < 0 || sp_ascii_hex(text.text[i + 2]) < 0)
            return false;
        bool percent = text.text[i + 1] == '2' && text.text[i + 2] == '5';
        if (host && sp_ascii_hex(text.text[i + 1]) < 8 && !percent)
            return false;
    }
    return true;
}

static bool has_control(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.text[i] < ' ' || text.text[i] == 0x7F)
            return true;
    }
    return false;
}

/* port = "" | ":" { digit } */
static bool is_port(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (i == 0 ? text.text[i] != ':' : !sp_ascii_is_digit(text.text[i]))
            return false;
    }
    return true;
}

static size_t find_last(sp_str text, char byte)
{
    size_t at = text.size;
    while (at > 0 && text.text[at - 1] != byte)
        at--;
    return at > 0 ? at - 1 : text.size;
}

static bool is_host_name(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.text[i] < 0x80 &&
            !is_made_of((sp_str){text.text + i, 1}, "-_.~!$&'()*+,;=:[]<>\"%"))
            return false;
    }
    return unescapes(text, true);
}

/* host = "[" address "]" port | name port; with http a name has no colon */
static bool is_host(sp_str text, bool strict)
{
    size_t open = find_last(text, '[');
    if (open < text.size) {
        size_t close = find_last(text, ']');
        return open == 0 && close < text.size && is_port(sp_str_skip(text, close + 1));
    }
    size_t colon = strict ? sp_str_find(text, ':') : find_last(text, ':');
    return is_port(sp_str_skip(text, colon)) && is_host_name(text);
}

/* authority = [ user "@" ] host */
static bool is_authority(sp_str text, bool strict)
{
    size_t at = find_last(text, '@');
    if (at == text.size)
        return is_host(text, strict);
    sp_str user = sp_str_head(text, at);
    return is_made_of(user, "-._:~!$&'()*+,;=%@") && unescapes(user, false) && is_host(sp_str_skip(text, at + 1), strict);
}

/* url = scheme "://" authority path [ "?" query ] [ "#" fragment ] */
bool sp_copied__is_url(sp_str text, sp_str scheme)
{
    size_t hash = sp_str_find(text, '#');
    sp_str fragment = sp_str_skip(text, hash + 1);
    text = sp_str_head(text, hash);
    if (has_control(text))
        return false;
    text = sp_str_skip(sp_str_head(text, sp_str_find(text, '?')), scheme.size + 3);
    size_t slash = sp_str_find(text, '/');
    bool strict = sp_str_equal_nocase(sp_str_head(scheme, 4), SP_STR("http"));
    return is_authority(sp_str_head(text, slash), strict) && unescapes(sp_str_skip(text, slash), false) &&
           unescapes(fragment, false);
}
