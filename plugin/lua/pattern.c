/* Lua's patterns: compiled to items, matched with backtracking within a budget. */
#include "lua/pattern.h"

/* What an item matches. The first four match one byte and may repeat. */
enum kind { BYTE, ANY, CLASS, SET, RUN, OPEN, POSITION, CLOSE, BACK, BALANCE, FRONTIER, END };

enum repeat { ONCE, GREEDY, GREEDY_SOME, LAZY, MAYBE };

/* Compiling */

typedef struct compiler {
    sp_pattern *out;
    size_t at;
    uint8_t open[SP_PATTERN_CAPTURES]; /* captures not closed yet, innermost last */
    unsigned open_count;
    const char *wrong;
    sp_pattern_item nowhere; /* takes what is added after an error */
} compiler;

size_t sp_pattern_size(size_t text_size)
{
    size_t items = text_size < SP_LIMIT_PATTERN_ITEMS ? text_size : SP_LIMIT_PATTERN_ITEMS;
    return sizeof(sp_pattern) + (items + 1) * sizeof(sp_pattern_item);
}

static bool is_over(const compiler *in)
{
    return in->at >= in->out->text.size;
}

static char byte_at(const compiler *in, size_t offset)
{
    return in->out->text.text[offset];
}

static sp_pattern_item *add(compiler *in, enum kind kind)
{
    if (in->out->count >= SP_LIMIT_PATTERN_ITEMS)
        in->wrong = "pattern has more than 200 items";
    if (in->wrong != NULL)
        return &in->nowhere;
    sp_pattern_item *item = &in->out->items[in->out->count++];
    *item = (sp_pattern_item){.kind = (uint8_t)kind, .start = (uint32_t)in->at};
    return item;
}

/* set = "[" ["^"] member {member} "]"; the first member may be "]" */
static size_t set_end(compiler *in)
{
    size_t at = in->at + 1, size = in->out->text.size;
    if (at < size && byte_at(in, at) == '^')
        at++;
    size_t first = at;
    while (at < size && (at == first || byte_at(in, at) != ']'))
        at += byte_at(in, at) == '%' ? 2 : 1;
    if (at >= size) {
        in->wrong = "malformed pattern (missing ']')";
        return size;
    }
    return at + 1;
}

static void read_set(compiler *in, enum kind kind)
{
    size_t end = set_end(in);
    sp_pattern_item *item = add(in, kind);
    item->size = (uint32_t)(end - in->at);
    in->at = end;
}

/* capture = "(" … ")" | "()" */
static void read_open(compiler *in)
{
    if (in->out->captures == SP_PATTERN_CAPTURES) {
        in->wrong = "too many captures";
        return;
    }
    bool is_position = in->at + 1 < in->out->text.size && byte_at(in, in->at + 1) == ')';
    uint8_t number = (uint8_t)in->out->captures++;
    add(in, is_position ? POSITION : OPEN)->byte = number;
    if (!is_position)
        in->open[in->open_count++] = number;
    in->at += is_position ? 2 : 1;
}

static void read_close(compiler *in)
{
    if (in->open_count == 0) {
        in->wrong = "invalid pattern capture";
        return;
    }
    add(in, CLOSE)->byte = in->open[--in->open_count];
    in->at++;
}

/* back = "%" digit, of a capture that is closed */
static void read_back(compiler *in, char digit)
{
    unsigned number = (unsigned)(digit - '1');
    bool is_open = digit == '0' || number >= in->out->captures;
    for (unsigned i = 0; i < in->open_count; i++)
        is_open |= in->open[i] == number;
    if (is_open) {
        in->wrong = "invalid capture index in pattern";
        return;
    }
    add(in, BACK)->byte = (uint8_t)number;
    in->at += 2;
}

/* balance = "%b" byte byte */
static void read_balance(compiler *in)
{
    if (in->at + 3 >= in->out->text.size) {
        in->wrong = "malformed pattern (missing arguments to '%b')";
        return;
    }
    sp_pattern_item *item = add(in, BALANCE);
    item->byte = (uint8_t)byte_at(in, in->at + 2);
    item->other = (uint8_t)byte_at(in, in->at + 3);
    in->at += 4;
}

/* frontier = "%f" set */
static void read_frontier(compiler *in)
{
    in->at += 2;
    if (is_over(in) || byte_at(in, in->at) != '[')
        in->wrong = "missing '[' after '%f' in pattern";
    else
        read_set(in, FRONTIER);
}

static bool is_class_letter(char byte)
{
    return memchr("acdglpsuwxACDGLPSUWX", byte, 20) != NULL;
}

/* single = "." | "%" byte | set | byte */
static void read_single(compiler *in)
{
    char byte = byte_at(in, in->at);
    if (byte == '[') {
        read_set(in, SET);
        return;
    }
    sp_pattern_item *item = add(in, byte == '.' ? ANY : BYTE);
    if (byte == '%') {
        byte = byte_at(in, ++in->at);
        item->kind = is_class_letter(byte) ? CLASS : BYTE;
    }
    item->byte = (uint8_t)byte;
    in->at++;
}

/* single ["*" | "+" | "-" | "?"] */
static void read_repeated(compiler *in)
{
    read_single(in);
    if (in->wrong != NULL || is_over(in))
        return;
    static const char suffixes[] = "*+-?";
    const char *suffix = memchr(suffixes, byte_at(in, in->at), 4);
    if (suffix == NULL)
        return;
    in->out->items[in->out->count - 1].repeat = (uint8_t)(GREEDY + (suffix - suffixes));
    in->at++;
}

static void read_item(compiler *in)
{
    char byte = byte_at(in, in->at);
    bool has_next = in->at + 1 < in->out->text.size;
    char next = has_next ? byte_at(in, in->at + 1) : '\0';
    if (byte == '(')
        read_open(in);
    else if (byte == ')')
        read_close(in);
    else if (byte == '$' && !has_next)
        add(in, END), in->at++;
    else if (byte == '%' && !has_next)
        in->wrong = "malformed pattern (ends with '%')";
    else if (byte == '%' && next == 'b')
        read_balance(in);
    else if (byte == '%' && next == 'f')
        read_frontier(in);
    else if (byte == '%' && next >= '0' && next <= '9')
        read_back(in, next);
    else
        read_repeated(in);
}

/* Joins the last item to the run before it, when both are plain bytes that stand side by side. A run's text is the
   pattern's own, so an escaped byte cannot be part of one. */
static void join_run(compiler *in, size_t start)
{
    sp_pattern_item *items = in->out->items;
    uint32_t count = in->out->count;
    if (in->wrong != NULL || count == 0 || items[count - 1].kind != BYTE || items[count - 1].repeat != ONCE ||
        in->at - start != 1)
        return;
    sp_pattern_item *last = &items[count - 1];
    if (count > 1 && items[count - 2].kind == RUN && items[count - 2].start + items[count - 2].size == start) {
        items[count - 2].size++;
        in->out->count--;
        return;
    }
    *last = (sp_pattern_item){.kind = RUN, .start = (uint32_t)start, .size = 1};
}

/* pattern = ["^"] {item} ["$"] */
const char *sp_pattern_compile(sp_pattern *out, sp_str text, bool literal_anchor)
{
    compiler in = {.out = out};
    *out = (sp_pattern){.text = text};
    out->anchored = !literal_anchor && text.size > 0 && text.text[0] == '^';
    in.at = out->anchored ? 1 : 0;
    while (!is_over(&in) && in.wrong == NULL) {
        size_t start = in.at;
        read_item(&in);
        join_run(&in, start);
    }
    if (in.wrong == NULL && in.open_count > 0)
        in.wrong = "unfinished capture";
    return in.wrong;
}

/* Matching */

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

static bool is_in_class(unsigned char letter, unsigned char byte)
{
    bool upper = byte >= 'A' && byte <= 'Z', lower = byte >= 'a' && byte <= 'z', digit = byte >= '0' && byte <= '9';
    bool graph = byte > ' ' && byte < 0x7F;
    bool is_in;
    switch (letter | 0x20) {
    case 'a': is_in = upper || lower; break;
    case 'c': is_in = byte < ' ' || byte == 0x7F; break;
    case 'd': is_in = digit; break;
    case 'g': is_in = graph; break;
    case 'l': is_in = lower; break;
    case 'p': is_in = graph && !upper && !lower && !digit; break;
    case 's': is_in = byte == ' ' || (byte >= '\t' && byte <= '\r'); break;
    case 'u': is_in = upper; break;
    case 'w': is_in = upper || lower || digit; break;
    default: is_in = digit || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F'); break;
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
            if (is_class_letter((char)escaped) ? is_in_class(escaped, byte) : escaped == byte)
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
    if (at >= in->subject.size || !pay(in, item->kind == SET ? item->size : 1))
        return false;
    unsigned char byte = (unsigned char)in->subject.text[at];
    switch (item->kind) {
    case ANY:
        return true;
    case CLASS:
        return is_in_class(item->byte, byte);
    case SET:
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
    case GREEDY:
        return match_greedy(in, index, at, 0, SIZE_MAX);
    case GREEDY_SOME:
        return match_greedy(in, index, at, 1, SIZE_MAX);
    case MAYBE:
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
    case RUN:
        return run_end(in, text_of(in, item), at);
    case BACK:
        return back_end(in, item, at);
    case BALANCE:
        return balance_end(in, item, at);
    case FRONTIER:
        return is_frontier(in, item, at) ? at : SIZE_MAX;
    case END:
        return at == in->subject.size ? at : SIZE_MAX;
    case OPEN:
        in->match->captures[item->byte].start = at;
        return at;
    case POSITION:
        in->match->captures[item->byte].start = at;
        in->match->captures[item->byte].size = SP_PATTERN_POSITION;
        return at;
    case CLOSE:
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
        if (item->repeat != ONCE)
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
    if (pattern->anchored || pattern->count == 0 || pattern->items[0].kind != RUN)
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

/* Plain texts */

bool sp_pattern_is_plain(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (memchr("^$*+?.([%-", text.text[i], 10) != NULL)
            return false;
    }
    return true;
}

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

static bool is_same(matcher *in, sp_str part, size_t at)
{
    return pay(in, 1 + part.size / 8) && memcmp(in->subject.text + at, part.text, part.size) == 0;
}

static size_t search_rolling(matcher *in, sp_str part, size_t from)
{
    const unsigned char *bytes = (const unsigned char *)in->subject.text;
    uint64_t wanted = hash_of(part.text, part.size), hash = hash_of(in->subject.text + from, part.size);
    uint64_t leading = 1;
    for (size_t i = 1; i < part.size; i++)
        leading = leading * RADIX % modulus;
    for (size_t at = from; !in->spent; at++) {
        if (hash == wanted && is_same(in, part, at))
            return at;
        if (at + part.size >= in->subject.size)
            break;
        uint64_t without = hash + modulus - leading * bytes[at] % modulus;
        hash = (without * RADIX + bytes[at + part.size]) % modulus;
    }
    return SIZE_MAX;
}

static size_t search_short(matcher *in, sp_str part, size_t from)
{
    const char *next = in->subject.text + from, *last = in->subject.text + in->subject.size - part.size;
    while (next <= last && !in->spent) {
        next = memchr(next, part.text[0], (size_t)(last - next) + 1);
        if (next == NULL)
            break;
        if (is_same(in, part, (size_t)(next - in->subject.text)))
            return (size_t)(next - in->subject.text);
        next++;
    }
    return SIZE_MAX;
}

sp_pattern_result sp_pattern_search(sp_str subject, sp_str part, size_t from, uint64_t *budget, size_t *out)
{
    enum { SHORT = 16 };
    matcher in = {.subject = subject, .budget = budget};
    *out = from;
    if (part.size == 0)
        return SP_PATTERN_FOUND;
    if (part.size > subject.size - from)
        return SP_PATTERN_NONE;
    bool is_short = part.size <= SHORT;
    if (!pay(&in, (subject.size - from) / (is_short ? 8 : 2)))
        return SP_PATTERN_SPENT;
    *out = is_short ? search_short(&in, part, from) : search_rolling(&in, part, from);
    if (*out != SIZE_MAX)
        return SP_PATTERN_FOUND;
    return in.spent ? SP_PATTERN_SPENT : SP_PATTERN_NONE;
}
