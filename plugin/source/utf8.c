/* Decoding and encoding of UTF-8, with the same idea of what is valid as Go: no surrogates, nothing overlong. */
#include "source/utf8.h"

/* Size and lowest code point of a sequence by its first byte; size 0 when no sequence begins so. */
static uint32_t sequence_size(unsigned char first, uint32_t *lowest)
{
    *lowest = first < 0xE0 ? 0x80 : first < 0xF0 ? 0x800 : 0x10000;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

uint32_t sp_utf8_decode(const char *text, const char *end, uint32_t *size)
{
    unsigned char first = (unsigned char)*text;
    *size = 1;
    if (first < 0x80)
        return first;
    uint32_t lowest;
    uint32_t wanted = sequence_size(first, &lowest);
    if (wanted == 0 || (size_t)(end - text) < wanted)
        return SP_UTF8_REPLACEMENT;
    uint32_t point = first & (0x7Fu >> wanted);
    for (uint32_t i = 1; i < wanted; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xC0) != 0x80)
            return SP_UTF8_REPLACEMENT;
        point = point << 6 | (byte & 0x3Fu);
    }
    if (point < lowest || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return SP_UTF8_REPLACEMENT;
    *size = wanted;
    return point;
}

uint32_t sp_utf8_encode(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    uint32_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (uint32_t i = size - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)((0xF00u >> size & 0xF0) | point);
    return size;
}

bool sp_utf8_is_valid(sp_str text)
{
    const char *next = text.text, *end = text.text + text.size;
    while (next < end) {
        uint32_t size;
        if (sp_utf8_decode(next, end, &size) == SP_UTF8_REPLACEMENT && size == 1)
            return false;
        next += size;
    }
    return true;
}
