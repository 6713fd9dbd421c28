/* Borrowed slices: comparing, trimming, searching. */
#include "base/str.h"

#include "base/ascii.h"

sp_str sp_str_from(const char *text)
{
    return (sp_str){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

sp_str sp_str_skip(sp_str text, size_t count)
{
    if (count > text.size)
        count = text.size;
    return count == 0 ? text : (sp_str){text.text + count, text.size - count}; /* an empty one may have no address */
}

sp_str sp_str_head(sp_str text, size_t count)
{
    return (sp_str){text.text, count < text.size ? count : text.size};
}

sp_str sp_str_brief(sp_str text, size_t most)
{
    if (text.size <= most)
        return text;
    while (most > 0 && ((unsigned char)text.text[most] & 0xC0) == 0x80)
        most--;
    return sp_str_head(text, most);
}

bool sp_str_equal_nocase(sp_str a, sp_str b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        if (sp_ascii_lower(a.text[i]) != sp_ascii_lower(b.text[i]))
            return false;
    }
    return true;
}

/* A letter of ASCII, or of those outside it that become one; its size. */
static size_t fold_letter(sp_str text, sp_folding folding, char *out)
{
    static const struct {
        sp_str written;
        char letter;
    } letters[][2] = {[SP_FOLD_LOWER] = {{{"\xE2\x84\xAA", 3}, 'k'}, {{"\xC4\xB0", 2}, 'i'}},
                      [SP_FOLD_UPPER] = {{{"\xC5\xBF", 2}, 's'}, {{"\xC4\xB1", 2}, 'i'}}};
    for (size_t i = 0; i < 2; i++) {
        if (sp_str_starts(text, letters[folding][i].written)) {
            *out = letters[folding][i].letter;
            return letters[folding][i].written.size;
        }
    }
    *out = text.text[0];
    return 1;
}

sp_str sp_str_fold(sp_str text, sp_folding folding, char out[SP_FOLDED_SIZE])
{
    sp_str rest = text;
    size_t size = 0;
    while (rest.size > 0 && size < SP_FOLDED_SIZE)
        rest = sp_str_skip(rest, fold_letter(rest, folding, &out[size++]));
    return rest.size == 0 && size < text.size ? (sp_str){out, size} : text;
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

bool sp_str_fits(sp_str text, sp_str shape, char star)
{
    size_t s = 0, t = 0, after_star = SIZE_MAX, resume = 0;
    while (t < text.size) {
        if (s < shape.size && shape.text[s] == star) {
            after_star = ++s;
            resume = t;
        } else if (s < shape.size && shape.text[s] == text.text[t]) {
            s++;
            t++;
        } else if (after_star != SIZE_MAX) {
            s = after_star;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (s < shape.size && shape.text[s] == star)
        s++;
    return s == shape.size;
}

sp_str sp_str_trim(sp_str text)
{
    while (text.size > 0 && sp_ascii_is_space(text.text[0]))
        text = sp_str_skip(text, 1);
    while (text.size > 0 && sp_ascii_is_space(text.text[text.size - 1]))
        text.size--;
    return text;
}

sp_str sp_str_take_word(sp_str *list)
{
    sp_str word = sp_str_head(*list, sp_str_find(*list, ' '));
    *list = sp_str_skip(*list, word.size + 1);
    return word;
}

bool sp_str_lists(sp_str list, sp_str word)
{
    while (list.size > 0) {
        if (sp_str_equal(sp_str_take_word(&list), word))
            return true;
    }
    return false;
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

bool sp_str_to_int(sp_str text, int64_t *out)
{
    bool minus = text.size > 0 && text.text[0] == '-';
    sp_str digits = minus || (text.size > 0 && text.text[0] == '+') ? sp_str_skip(text, 1) : text;
    uint64_t value;
    if (!sp_str_to_uint(digits, &value) || value > (uint64_t)INT64_MAX + minus)
        return false;
    if (minus)
        *out = value > INT64_MAX ? INT64_MIN : -(int64_t)value;
    else
        *out = (int64_t)value;
    return true;
}

bool sp_str_is_bool(sp_str text)
{
    static const char *const words[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                        "0", "f", "F", "FALSE", "false", "False"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (sp_str_is(text, words[i]))
            return true;
    }
    return false;
}

uint64_t sp_str_hash(sp_str text)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.text[i]) * 1099511628211u;
    return hash;
}
