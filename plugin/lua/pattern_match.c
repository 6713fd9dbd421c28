/* Matching compiled patterns, with backtracking, within a budget. */
#include "lua/pattern.h"

typedef struct matcher {
    const sp_pattern *pattern;
    sp_str subject;
    uint64_t *budget;
    sp_pattern_match *match;
    bool spent;
} matcher;

/* Takes steps from the budget; false, and for good, when it runs out. */
static bool pay(matcher *in, uint64_t steps)
{
    if (*in->budget < steps) {
        *in->budget = 0;
        in->spent = true;
        return false;
    }
    *in->budget -= steps;
    return true;
}

bool sp_pattern_class_has(unsigned char letter, unsigned char byte)
{
    bool upper = byte >= 'A' && byte <= 'Z', lower = byte >= 'a' && byte <= 'z', digit = byte >= '0' && byte <= '9';
    bool graph = byte > ' ' && byte < 0x7F;
    bool is_in;
    switch (letter | 0x20) {
    case 'a':
        is_in = upper || lower;
        break;
    case 'c':
        is_in = byte < ' ' || byte == 0x7F;
        break;
    case 'd':
        is_in = digit;
        break;
    case 'g':
        is_in = graph;
        break;
    case 'l':
        is_in = lower;
        break;
    case 'p':
        is_in = graph && !upper && !lower && !digit;
        break;
    case 's':
        is_in = byte == ' ' || (byte >= '\t' && byte <= '\r');
        break;
    case 'u':
        is_in = upper;
        break;
    case 'w':
        is_in = upper || lower || digit;
        break;
    default:
        is_in = digit || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
        break;
    }
    bool negated = letter < 'a';
    return is_in != negated;
}

/* member = "%" byte | byte "-" byte | byte; `set` with its brackets */
static bool is_in_set(sp_str set, unsigned char byte)
{
    size_t at = 1, end = set.size - 1;
    bool negated = set.text[at] == '^';
    if (negated)
        at++;
    for (; at < end; at++) {
        unsigned char one = (unsigned char)set.text[at];
        if (one == '%') {
            unsigned char escaped = (unsigned char)set.text[++at];
            if (sp_pattern_is_class((char)escaped) ? sp_pattern_class_has(escaped, byte) : escaped == byte)
                return !negated;
        } else if (at + 2 < end && set.text[at + 1] == '-') {
            at += 2;
            if (one <= byte && byte <= (unsigned char)set.text[at])
                return !negated;
        } else if (one == byte) {
            return !negated;
        }
    }
    return negated;
}

static sp_str text_of(const matcher *in, const sp_pattern_item *item)
{
    return (sp_str){in->pattern->text.text + item->start, item->size};
}

/* Whether the byte of the subject at `at` is one that the item stands for. */
static bool matches_one(matcher *in, const sp_pattern_item *item, size_t at)
{
    if (at >= in->subject.size || !pay(in, item->kind == SP_PATTERN_SET ? item->size : 1))
        return false;
    unsigned char byte = (unsigned char)in->subject.text[at];
    switch (item->kind) {
    case SP_PATTERN_ANY:
        return true;
    case SP_PATTERN_CLASS:
        return sp_pattern_class_has(item->byte, byte);
    case SP_PATTERN_SET:
        return is_in_set(text_of(in, item), byte);
    default:
        return item->byte == byte;
    }
}

static bool match_items(matcher *in, uint32_t index, size_t at);

static bool match_greedy(matcher *in, uint32_t index, size_t at, size_t least, size_t most)
{
    const sp_pattern_item *item = &in->pattern->items[index];
    size_t count = 0;
    while (count < most && matches_one(in, item, at + count))
        count++;
    for (; count >= least && !in->spent; count--) {
        if (match_items(in, index + 1, at + count))
            return true;
        if (count == 0)
            break;
    }
    return false;
}

static bool match_lazy(matcher *in, uint32_t index, size_t at)
{
    const sp_pattern_item *item = &in->pattern->items[index];
    while (!match_items(in, index + 1, at)) {
        if (in->spent || !matches_one(in, item, at))
            return false;
        at++;
    }
    return true;
}

static bool match_repeated(matcher *in, uint32_t index, size_t at)
{
    switch (in->pattern->items[index].repeat) {
    case SP_PATTERN_GREEDY:
        return match_greedy(in, index, at, 0, SIZE_MAX);
    case SP_PATTERN_GREEDY_SOME:
        return match_greedy(in, index, at, 1, SIZE_MAX);
    case SP_PATTERN_MAYBE:
        return match_greedy(in, index, at, 0, 1);
    default:
        return match_lazy(in, index, at);
    }
}

/* Where a %b that starts at `at` ends, or SIZE_MAX. */
static size_t balance_end(matcher *in, const sp_pattern_item *item, size_t at)
{
    if (at >= in->subject.size || (unsigned char)in->subject.text[at] != item->byte)
        return SIZE_MAX;
    size_t depth = 1;
    while (++at < in->subject.size && pay(in, 1)) {
        unsigned char byte = (unsigned char)in->subject.text[at];
        if (byte == item->other && --depth == 0)
            return at + 1;
        if (byte == item->byte && byte != item->other)
            depth++;
    }
    return SIZE_MAX;
}

static bool is_frontier(matcher *in, const sp_pattern_item *item, size_t at)
{
    if (!pay(in, 2 * (uint64_t)item->size))
        return false;
    sp_str set = text_of(in, item);
    unsigned char before = at == 0 ? '\0' : (unsigned char)in->subject.text[at - 1];
    unsigned char here = at == in->subject.size ? '\0' : (unsigned char)in->subject.text[at];
    return !is_in_set(set, before) && is_in_set(set, here);
}

/* Where the bytes of `text` at `at` of the subject end, or SIZE_MAX when others stand there. */
static size_t run_end(matcher *in, sp_str text, size_t at)
{
    if (text.size > in->subject.size - at || !pay(in, 1 + text.size / 8))
        return SIZE_MAX;
    return memcmp(in->subject.text + at, text.text, text.size) == 0 ? at + text.size : SIZE_MAX;
}

static size_t back_end(matcher *in, const sp_pattern_item *item, size_t at)
{
    size_t size = in->match->captures[item->byte].size;
    if (size == SP_PATTERN_POSITION)
        return SIZE_MAX;
    return run_end(in, (sp_str){in->subject.text + in->match->captures[item->byte].start, size}, at);
}

/* Where an item that takes a fixed piece of the subject ends, or SIZE_MAX. */
static size_t fixed_end(matcher *in, const sp_pattern_item *item, size_t at)
{
    switch (item->kind) {
    case SP_PATTERN_RUN:
        return run_end(in, text_of(in, item), at);
    case SP_PATTERN_BACK:
        return back_end(in, item, at);
    case SP_PATTERN_BALANCE:
        return balance_end(in, item, at);
    case SP_PATTERN_FRONTIER:
        return is_frontier(in, item, at) ? at : SIZE_MAX;
    case SP_PATTERN_END:
        return at == in->subject.size ? at : SIZE_MAX;
    case SP_PATTERN_OPEN:
        in->match->captures[item->byte].start = at;
        return at;
    case SP_PATTERN_AT:
        in->match->captures[item->byte].start = at;
        in->match->captures[item->byte].size = SP_PATTERN_POSITION;
        return at;
    case SP_PATTERN_CLOSE:
        in->match->captures[item->byte].size = at - in->match->captures[item->byte].start;
        return at;
    default:
        return matches_one(in, item, at) ? at + 1 : SIZE_MAX;
    }
}

/* Matches the items from `index` on at `at`. Captures need no undoing: an attempt sets each one that it passes, and a
   later attempt passes them again before anything reads them. */
static bool match_items(matcher *in, uint32_t index, size_t at)
{
    for (; index < in->pattern->count; index++) {
        const sp_pattern_item *item = &in->pattern->items[index];
        if (!pay(in, 1))
            return false;
        if (item->repeat != SP_PATTERN_ONCE)
            return match_repeated(in, index, at);
        at = fixed_end(in, item, at);
        if (at == SIZE_MAX)
            return false;
    }
    in->match->end = at;
    return true;
}

/* The next place at `from` or later where the pattern may begin: that of its first byte, when it begins with a run. */
static size_t next_start(matcher *in, size_t from)
{
    const sp_pattern *pattern = in->pattern;
    if (pattern->anchored || pattern->count == 0 || pattern->items[0].kind != SP_PATTERN_RUN)
        return from;
    const char *start = in->subject.text + from;
    const char *found = memchr(start, pattern->text.text[pattern->items[0].start], in->subject.size - from);
    size_t distance = found == NULL ? in->subject.size - from : (size_t)(found - start);
    pay(in, distance / 8);
    return found == NULL ? SIZE_MAX : from + distance;
}

sp_pattern_result sp_pattern_find(const sp_pattern *pattern, sp_str subject, size_t from, uint64_t *budget,
                                  sp_pattern_match *out)
{
    matcher in = {.pattern = pattern, .subject = subject, .budget = budget, .match = out};
    for (size_t at = next_start(&in, from); at <= subject.size && !in.spent; at = next_start(&in, at + 1)) {
        out->start = at;
        if (match_items(&in, 0, at))
            return SP_PATTERN_FOUND;
        if (pattern->anchored || at == subject.size)
            break;
    }
    return in.spent ? SP_PATTERN_SPENT : SP_PATTERN_NONE;
}
