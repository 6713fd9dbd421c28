/* Searching plain text in linear time, within a budget. */
#include "lua/pattern.h"

typedef struct searcher {
    sp_str subject, part;
    uint64_t *budget;
    bool spent;
} searcher;

/* Rabin's rolling hash, so that the search is linear; equal hashes are verified, and that is paid for. */
enum { RADIX = 257 };
static const uint64_t modulus = 4294967291u;

static uint64_t hash_of(const char *bytes, size_t size)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < size; i++)
        hash = (hash * RADIX + (unsigned char)bytes[i]) % modulus;
    return hash;
}

/* Takes steps from the budget; false when it runs out. */
static bool pay(searcher *in, uint64_t steps)
{
    in->spent = *in->budget < steps;
    *in->budget -= in->spent ? *in->budget : steps;
    return !in->spent;
}

static bool is_same(searcher *in, size_t at)
{
    return pay(in, 1 + in->part.size / 8) && memcmp(in->subject.text + at, in->part.text, in->part.size) == 0;
}

static size_t search_rolling(searcher *in, size_t from)
{
    sp_str part = in->part;
    const unsigned char *bytes = (const unsigned char *)in->subject.text;
    uint64_t wanted = hash_of(part.text, part.size), hash = hash_of(in->subject.text + from, part.size);
    uint64_t leading = 1;
    for (size_t i = 1; i < part.size; i++)
        leading = leading * RADIX % modulus;
    for (size_t at = from; !in->spent; at++) {
        if (hash == wanted && is_same(in, at))
            return at;
        if (at + part.size >= in->subject.size)
            break;
        uint64_t without = hash + modulus - leading * bytes[at] % modulus;
        hash = (without * RADIX + bytes[at + part.size]) % modulus;
    }
    return SIZE_MAX;
}

static size_t search_short(searcher *in, size_t from)
{
    sp_str part = in->part;
    const char *next = in->subject.text + from, *last = in->subject.text + in->subject.size - part.size;
    while (next <= last && !in->spent) {
        next = memchr(next, part.text[0], (size_t)(last - next) + 1);
        if (next == NULL)
            break;
        if (is_same(in, (size_t)(next - in->subject.text)))
            return (size_t)(next - in->subject.text);
        next++;
    }
    return SIZE_MAX;
}

sp_pattern_result sp_pattern_search(sp_str subject, sp_str part, size_t from, uint64_t *budget, size_t *out)
{
    enum { SHORT = 16 };
    searcher in = {.subject = subject, .part = part, .budget = budget};
    *out = from;
    if (part.size == 0)
        return SP_PATTERN_FOUND;
    if (part.size > subject.size - from)
        return SP_PATTERN_NONE;
    bool is_short = part.size <= SHORT;
    if (!pay(&in, (subject.size - from) / (is_short ? 8 : 2)))
        return SP_PATTERN_SPENT;
    *out = is_short ? search_short(&in, from) : search_rolling(&in, from);
    if (*out != SIZE_MAX)
        return SP_PATTERN_FOUND;
    return in.spent ? SP_PATTERN_SPENT : SP_PATTERN_NONE;
}
