/* Compiling Lua's patterns to items. */
#include "lua/pattern.h"

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

static sp_pattern_item *add(compiler *in, sp_pattern_kind kind)
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

static void read_set(compiler *in, sp_pattern_kind kind)
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
    add(in, is_position ? SP_PATTERN_AT : SP_PATTERN_OPEN)->byte = number;
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
    add(in, SP_PATTERN_CLOSE)->byte = in->open[--in->open_count];
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
    add(in, SP_PATTERN_BACK)->byte = (uint8_t)number;
    in->at += 2;
}

/* balance = "%b" byte byte */
static void read_balance(compiler *in)
{
    if (in->at + 3 >= in->out->text.size) {
        in->wrong = "malformed pattern (missing arguments to '%b')";
        return;
    }
    sp_pattern_item *item = add(in, SP_PATTERN_BALANCE);
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
        read_set(in, SP_PATTERN_FRONTIER);
}

bool sp_pattern_is_class(char letter)
{
    return memchr("acdglpsuwxACDGLPSUWX", letter, 20) != NULL;
}

/* single = "." | "%" byte | set | byte */
static void read_single(compiler *in)
{
    char byte = byte_at(in, in->at);
    if (byte == '[') {
        read_set(in, SP_PATTERN_SET);
        return;
    }
    sp_pattern_item *item = add(in, byte == '.' ? SP_PATTERN_ANY : SP_PATTERN_BYTE);
    if (byte == '%') {
        byte = byte_at(in, ++in->at);
        item->kind = sp_pattern_is_class(byte) ? SP_PATTERN_CLASS : SP_PATTERN_BYTE;
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
    in->out->items[in->out->count - 1].repeat = (uint8_t)(SP_PATTERN_GREEDY + (suffix - suffixes));
    in->at++;
}

/* end = "$", the pattern's last byte */
static void read_end(compiler *in)
{
    add(in, SP_PATTERN_END);
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
        read_end(in);
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
    if (in->wrong != NULL || count == 0 || items[count - 1].kind != SP_PATTERN_BYTE ||
        items[count - 1].repeat != SP_PATTERN_ONCE || in->at - start != 1)
        return;
    sp_pattern_item *last = &items[count - 1];
    if (count > 1 && items[count - 2].kind == SP_PATTERN_RUN &&
        items[count - 2].start + items[count - 2].size == start) {
        items[count - 2].size++;
        in->out->count--;
        return;
    }
    *last = (sp_pattern_item){.kind = SP_PATTERN_RUN, .start = (uint32_t)start, .size = 1};
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

bool sp_pattern_is_plain(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (memchr("^$*+?.([%-", text.text[i], 10) != NULL)
            return false;
    }
    return true;
}
