/* Borrowed slices: comparing, trimming, searching. */
#include "base/str.h"

sp_str sp_str_from(const char *text)
{
    return (sp_str){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

sp_str sp_str_skip(sp_str text, size_t count)
{
    if (count > text.size)
        count = text.size;
    return (sp_str){text.text + count, text.size - count};
}

sp_str sp_str_head(sp_str text, size_t count)
{
    return (sp_str){text.text, count < text.size ? count : text.size};
}

static unsigned char lower(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

bool sp_str_equal_nocase(sp_str a, sp_str b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        if (lower(a.text[i]) != lower(b.text[i]))
            return false;
    }
    return true;
}

int sp_str_compare(sp_str a, sp_str b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.text, b.text, shared);
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool sp_str_starts(sp_str text, sp_str prefix)
{
    return text.size >= prefix.size && sp_str_equal(sp_str_head(text, prefix.size), prefix);
}

bool sp_str_ends(sp_str text, sp_str suffix)
{
    return text.size >= suffix.size && sp_str_equal(sp_str_skip(text, text.size - suffix.size), suffix);
}

size_t sp_str_find(sp_str text, char byte)
{
    const char *hit = text.size == 0 ? NULL : memchr(text.text, byte, text.size);
    return hit != NULL ? (size_t)(hit - text.text) : text.size;
}

size_t sp_str_search(sp_str text, sp_str part)
{
    for (size_t i = 0; i + part.size <= text.size; i++) {
        if (memcmp(text.text + i, part.text, part.size) == 0)
            return i;
    }
    return SIZE_MAX;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

sp_str sp_str_trim(sp_str text)
{
    while (text.size > 0 && is_blank(text.text[0]))
        text = sp_str_skip(text, 1);
    while (text.size > 0 && is_blank(text.text[text.size - 1]))
        text.size--;
    return text;
}

bool sp_str_to_uint(sp_str text, uint64_t *out)
{
    uint64_t value = 0;
    if (text.size == 0)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = (unsigned)(text.text[i] - '0');
        if (digit > 9 || value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

uint64_t sp_str_hash(sp_str text)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.text[i]) * 1099511628211u;
    return hash;
}
