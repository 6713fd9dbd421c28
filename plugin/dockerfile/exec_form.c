/* The exec form: a JSON array of strings, as strict as Go's encoding/json. Anything else is shell text, so a wrong
   comma decides what a build runs. */
#include "base/ascii.h"
#include "dockerfile/blank.h"
#include "dockerfile/parser.h"
#include "source/utf8.h"

enum { DEEPEST = 10000 }; /* containers in containers: Go's limit */

typedef struct json_reader {
    const char *next, *end;
} json_reader;

/* blanks = { " " | TAB | CR | LF } */
static void skip_blanks(json_reader *json)
{
    while (json->next < json->end &&
           (*json->next == ' ' || *json->next == '\t' || *json->next == '\r' || *json->next == '\n'))
        json->next++;
}

static bool take(json_reader *json, char byte)
{
    if (json->next == json->end || *json->next != byte)
        return false;
    json->next++;
    return true;
}

/* hex = 4 hex digits; their number, or -1 */
static int32_t hex_number(const char *next, const char *end)
{
    int32_t number = 0;
    if (end - next < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = sp_ascii_hex(next[i]);
        if (digit < 0)
            return -1;
        number = number << 4 | digit;
    }
    return number;
}

/* string = '"' { character | "\" ( one of "\/bfnrt | "u" 4 hex digits ) } '"'; `content` is what stands between */
static bool read_string(json_reader *json, sp_str *content, bool *plain)
{
    if (!take(json, '"'))
        return false;
    const char *start = json->next;
    for (; json->next < json->end && *json->next != '"'; json->next++) {
        unsigned char byte = (unsigned char)*json->next;
        if (byte < 0x20)
            return false;
        if (byte >= 0x80)
            *plain = false;
        if (byte != '\\')
            continue;
        *plain = false;
        json->next++;
        if (json->next == json->end || *json->next == '\0' || strchr("\"\\/bfnrtu", *json->next) == NULL)
            return false;
        if (*json->next == 'u' && hex_number(json->next + 1, json->end) < 0)
            return false;
    }
    *content = sp_str_between(start, json->next);
    return take(json, '"');
}

/* The code point of "\uXXXX" at `next` (after the 'u'); a pair of surrogates is one, a lone one is U+FFFD. */
static uint32_t unescape_unicode(const char **next, const char *end)
{
    int32_t high = hex_number(*next, end);
    *next += 4;
    if (high < 0xD800 || high > 0xDFFF)
        return (uint32_t)high;
    if (high > 0xDBFF || end - *next < 6 || (*next)[0] != '\\' || (*next)[1] != 'u')
        return SP_UTF8_REPLACEMENT;
    int32_t low = hex_number(*next + 2, end);
    if (low < 0xDC00 || low > 0xDFFF)
        return SP_UTF8_REPLACEMENT;
    *next += 6;
    return 0x10000u + ((uint32_t)(high - 0xD800) << 10 | (uint32_t)(low - 0xDC00));
}

/* escape = one of "\/bfnrt | "u" hex, at `next`: the character it stands for */
static uint32_t unescape(const char **next, const char *end)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char byte = *(*next)++;
    if (byte == 'u')
        return unescape_unicode(next, end);
    const char *known = strchr(from, byte);
    return (unsigned char)(known != NULL ? to[known - from] : byte);
}

static sp_str decode_string(sp_arena *arena, sp_str content)
{
    char *out = sp_arena_alloc(arena, 3 * content.size + 1), *last = out;
    for (const char *next = content.text, *end = next + content.size; next < end;) {
        uint32_t size = 1;
        uint32_t point = sp_utf8_decode(next, end, &size);
        next += size;
        if (point == '\\')
            point = unescape(&next, end);
        last += sp_utf8_encode(point, last);
    }
    return sp_str_between(out, last);
}

/* digits = { digit }; how many */
static uint32_t take_digits(json_reader *json)
{
    const char *start = json->next;
    while (json->next < json->end && sp_ascii_is_digit(*json->next))
        json->next++;
    return (uint32_t)(json->next - start);
}

/* Whether significant digits (the first not zero) reach what rounds to infinity as a double, 2^1024 - 2^970. */
static bool reaches_infinity(const char *number, const char *end)
{
    static const char limit[] =
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286"
        "416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571"
        "366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";
    size_t position = 0;
    for (; number < end && *number != 'e' && *number != 'E'; number++) {
        if (!sp_ascii_is_digit(*number) || (position == 0 && *number == '0'))
            continue;
        char wanted = position < sizeof limit - 1 ? limit[position] : '0';
        if (*number != wanted)
            return *number > wanted;
        position++;
    }
    while (position < sizeof limit - 1 && limit[position] == '0')
        position++;
    return position >= sizeof limit - 1;
}

/* The place of the first significant digit: value = 0.d… times ten to that power; INT32_MIN for zero. */
static int64_t first_digit_power(const char *number, const char *end)
{
    int64_t power = 0;
    bool fraction = false;
    const char *next = number;
    while (next < end && (*next == '-' || *next == '0'))
        next++;
    if (next == end || *next == 'e' || *next == 'E')
        return INT32_MIN;
    for (; next < end && *next != 'e' && *next != 'E'; next++) {
        if (*next == '.')
            fraction = true;
        else if (!fraction)
            power++;
        else if (power <= 0 && *next == '0')
            power--;
        else
            return power;
    }
    return fraction && power <= 0 ? INT32_MIN : power;
}

static bool overflows(const char *number, const char *end)
{
    enum { LARGEST = 309 };
    int64_t power = first_digit_power(number, end), exponent = 0;
    const char *next = number;
    while (next < end && *next != 'e' && *next != 'E')
        next++;
    bool negative = end - next > 1 && next[1] == '-';
    for (; next < end; next++) {
        if (sp_ascii_is_digit(*next) && exponent < INT32_MAX / 16)
            exponent = exponent * 10 + (*next - '0');
    }
    power += negative ? -exponent : exponent;
    return power > LARGEST || (power == LARGEST && reaches_infinity(number, end));
}

/* number = [ "-" ] ( "0" | digits ) [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ], and a double holds it */
static bool read_number(json_reader *json)
{
    const char *start = json->next;
    take(json, '-');
    if (!take(json, '0') && take_digits(json) == 0)
        return false;
    if (take(json, '.') && take_digits(json) == 0)
        return false;
    if (json->next < json->end && (*json->next == 'e' || *json->next == 'E')) {
        json->next++;
        if (!take(json, '+'))
            take(json, '-');
        if (take_digits(json) == 0)
            return false;
    }
    return !overflows(start, json->next);
}

/* literal = "true" | "false" | "null" */
static bool take_literal(json_reader *json, sp_str literal)
{
    if (!sp_str_starts(sp_str_between(json->next, json->end), literal))
        return false;
    json->next += literal.size;
    return true;
}

/* scalar = string | number | "true" | "false" | "null" */
static bool read_scalar(json_reader *json)
{
    sp_str content;
    bool plain;
    if (json->next == json->end)
        return false;
    switch (*json->next) {
    case '"':
        return read_string(json, &content, &plain);
    case 't':
        return take_literal(json, SP_STR("true"));
    case 'f':
        return take_literal(json, SP_STR("false"));
    case 'n':
        return take_literal(json, SP_STR("null"));
    default:
        return read_number(json);
    }
}

/* Containers that are open: a bit each, set for an object. */
typedef struct json_nesting {
    unsigned char objects[DEEPEST / 8 + 1];
    uint32_t depth;
} json_nesting;

static bool open_container(json_nesting *nesting, bool object)
{
    if (nesting->depth == DEEPEST)
        return false;
    unsigned char bit = (unsigned char)(1u << nesting->depth % 8);
    unsigned char *byte = &nesting->objects[nesting->depth / 8];
    *byte = object ? *byte | bit : (unsigned char)(*byte & ~bit);
    nesting->depth++;
    return true;
}

static bool in_object(const json_nesting *nesting)
{
    uint32_t last = nesting->depth - 1;
    return nesting->objects[last / 8] >> last % 8 & 1;
}

/* key = string blanks ":" blanks */
static bool read_key(json_reader *json)
{
    sp_str content;
    bool plain;
    skip_blanks(json);
    if (!read_string(json, &content, &plain))
        return false;
    skip_blanks(json);
    return take(json, ':');
}

/* closings = blanks { ( "]" | "}" ) blanks }; true when the outermost container closed */
static bool close_containers(json_reader *json, json_nesting *nesting)
{
    skip_blanks(json);
    while (nesting->depth > 0 && take(json, in_object(nesting) ? '}' : ']')) {
        nesting->depth--;
        skip_blanks(json);
    }
    return nesting->depth == 0;
}

/* opening = "[" blanks [ "]" ] | "{" blanks ( "}" | key ); `closed` when the container is empty */
static bool read_opening(json_reader *json, json_nesting *nesting, bool *closed)
{
    bool object = *json->next++ == '{';
    if (!open_container(nesting, object))
        return false;
    skip_blanks(json);
    *closed = take(json, object ? '}' : ']');
    nesting->depth -= *closed;
    return *closed || !object || read_key(json);
}

/* rest = value { closings "," [ key ] value } closings: a value is next, and nothing but blanks follows the outermost
   container. */
static bool is_valid_rest(json_reader *json, json_nesting *nesting)
{
    for (;;) {
        bool whole = true;
        skip_blanks(json);
        if (json->next < json->end && (*json->next == '[' || *json->next == '{')) {
            if (!read_opening(json, nesting, &whole))
                return false;
        } else if (!read_scalar(json)) {
            return false;
        }
        if (!whole)
            continue;
        if (close_containers(json, nesting))
            return json->next == json->end;
        if (!take(json, ',') || (in_object(nesting) && !read_key(json)))
            return false;
    }
}

static sp_json judge_rest(json_reader *json)
{
    json_nesting nesting = {.depth = 0};
    open_container(&nesting, false);
    return is_valid_rest(json, &nesting) ? SP_JSON_OTHER : SP_JSON_NONE;
}

static void add_string(sp_parser *parser, const sp_line *line, sp_str content, bool plain, sp_words *out)
{
    sp_word *word = sp_list_add(parser->arena, out);
    *word = sp_line__word(line, content);
    if (!plain)
        word->text = decode_string(parser->arena, content);
}

/* array = "[" [ string { "," string } ] "]", nothing after it; blanks anywhere between */
sp_json sp_exec_form__read(sp_parser *parser, const sp_line *line, sp_str text, sp_words *out)
{
    const char *end = text.text + text.size;
    json_reader json = {sp_skip_spaces(text.text, end), end};
    uint32_t before = out->count;
    if (!take(&json, '['))
        return SP_JSON_NONE;
    skip_blanks(&json);
    bool closed = take(&json, ']');
    while (!closed) {
        sp_str content;
        bool plain = true;
        if (json.next == json.end || *json.next != '"') {
            out->count = before;
            return judge_rest(&json);
        }
        if (!read_string(&json, &content, &plain))
            break;
        add_string(parser, line, content, plain, out);
        skip_blanks(&json);
        closed = take(&json, ']');
        if (!closed && !take(&json, ','))
            break;
        skip_blanks(&json);
    }
    if (closed && json.next == json.end)
        return SP_JSON_STRINGS;
    out->count = before;
    return SP_JSON_NONE;
}

/* Skips a value of what is known to be JSON, and stands before the ',' or '}' that follows it. */
static void skip_value(json_reader *json)
{
    uint32_t depth = 0;
    while (depth > 0 || (*json->next != ',' && *json->next != '}')) {
        sp_str content;
        bool plain;
        char byte = *json->next;
        if (byte == '"') {
            read_string(json, &content, &plain);
            continue;
        }
        depth += byte == '[' || byte == '{';
        depth -= byte == ']' || byte == '}';
        json->next++;
    }
}

/* object = "{" [ string ":" value { "," string ":" value } ] "}" */
bool sp_exec_form__member(sp_arena *arena, sp_str text, sp_str name, sp_str *value, sp_str *raw)
{
    const char *end = text.text + text.size;
    json_reader json = {text.text, end}, whole = json;
    json_nesting nesting = {.depth = 0};
    bool found = false;
    skip_blanks(&json);
    if (!take(&json, '{') || !is_valid_rest(&whole, &nesting))
        return false;
    do {
        sp_str key;
        bool plain;
        skip_blanks(&json);
        if (!read_string(&json, &key, &plain))
            break;
        skip_blanks(&json);
        take(&json, ':');
        skip_blanks(&json);
        bool ours = sp_str_equal(decode_string(arena, key), name), string = *json.next == '"';
        if (ours && string)
            read_string(&json, raw, &plain);
        found = ours ? string : found;
        skip_value(&json);
    } while (take(&json, ','));
    if (found)
        *value = decode_string(arena, *raw);
    return found;
}
