/* JSON, as strict as Go's encoding/json. */
#include "dockerfile/json.h"

#include "base/ascii.h"
#include "source/utf8.h"

enum { DEEPEST = 10000 }; /* containers in containers: Go's limit */

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
bool sp_json__read_string(sp_json_reader *json, sp_str *content, bool *plain)
{
    if (!sp_json__take(json, '"'))
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
    return sp_json__take(json, '"');
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

sp_str sp_json__decode(sp_arena *arena, sp_str content)
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

/* literal = "true" | "false" | "null" */
static bool take_literal(sp_json_reader *json, sp_str literal)
{
    if (!sp_str_starts(sp_str_between(json->next, json->end), literal))
        return false;
    json->next += literal.size;
    return true;
}

/* scalar = string | number | "true" | "false" | "null" */
static bool read_scalar(sp_json_reader *json)
{
    sp_str content;
    bool plain;
    if (json->next == json->end)
        return false;
    switch (*json->next) {
    case '"':
        return sp_json__read_string(json, &content, &plain);
    case 't':
        return take_literal(json, SP_STR("true"));
    case 'f':
        return take_literal(json, SP_STR("false"));
    case 'n':
        return take_literal(json, SP_STR("null"));
    default:
        return sp_json__read_number(json);
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
static bool read_key(sp_json_reader *json)
{
    sp_str content;
    bool plain;
    sp_json__skip_blanks(json);
    if (!sp_json__read_string(json, &content, &plain))
        return false;
    sp_json__skip_blanks(json);
    return sp_json__take(json, ':');
}

/* closings = blanks { ( "]" | "}" ) blanks }; true when the outermost container closed */
static bool close_containers(sp_json_reader *json, json_nesting *nesting)
{
    sp_json__skip_blanks(json);
    while (nesting->depth > 0 && sp_json__take(json, in_object(nesting) ? '}' : ']')) {
        nesting->depth--;
        sp_json__skip_blanks(json);
    }
    return nesting->depth == 0;
}

/* opening = "[" blanks [ "]" ] | "{" blanks ( "}" | key ); `closed` when the container is empty */
static bool read_opening(sp_json_reader *json, json_nesting *nesting, bool *closed)
{
    bool object = *json->next++ == '{';
    if (!open_container(nesting, object))
        return false;
    sp_json__skip_blanks(json);
    *closed = sp_json__take(json, object ? '}' : ']');
    nesting->depth -= *closed;
    return *closed || !object || read_key(json);
}

/* rest = value { closings "," [ key ] value } closings: a value is next, and nothing but blanks follows the outermost
   container. */
static bool is_valid_rest(sp_json_reader *json, json_nesting *nesting)
{
    for (;;) {
        bool whole = true;
        sp_json__skip_blanks(json);
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
        if (!sp_json__take(json, ',') || (in_object(nesting) && !read_key(json)))
            return false;
    }
}

sp_json sp_json__judge_rest(sp_json_reader *json)
{
    json_nesting nesting = {.depth = 0};
    open_container(&nesting, false);
    return is_valid_rest(json, &nesting) ? SP_JSON_OTHER : SP_JSON_NONE;
}

/* Skips a value of what is known to be JSON, and stands before the ',' or '}' that follows it. */
static void skip_value(sp_json_reader *json)
{
    uint32_t depth = 0;
    while (depth > 0 || (*json->next != ',' && *json->next != '}')) {
        sp_str content;
        bool plain;
        char byte = *json->next;
        if (byte == '"') {
            sp_json__read_string(json, &content, &plain);
            continue;
        }
        depth += byte == '[' || byte == '{';
        depth -= byte == ']' || byte == '}';
        json->next++;
    }
}

/* object = "{" [ string ":" value { "," string ":" value } ] "}" */
bool sp_json__member(sp_arena *arena, sp_str text, sp_str name, sp_str *value, sp_str *raw)
{
    const char *end = text.text + text.size;
    sp_json_reader json = {text.text, end}, whole = json;
    json_nesting nesting = {.depth = 0};
    bool found = false;
    sp_json__skip_blanks(&json);
    if (!sp_json__take(&json, '{') || !is_valid_rest(&whole, &nesting))
        return false;
    do {
        sp_str key;
        bool plain;
        sp_json__skip_blanks(&json);
        if (!sp_json__read_string(&json, &key, &plain))
            break;
        sp_json__skip_blanks(&json);
        sp_json__take(&json, ':');
        sp_json__skip_blanks(&json);
        bool ours = sp_str_equal(sp_json__decode(arena, key), name), string = *json.next == '"';
        if (ours && string)
            sp_json__read_string(&json, raw, &plain);
        found = ours ? string : found;
        skip_value(&json);
    } while (sp_json__take(&json, ','));
    if (found)
        *value = sp_json__decode(arena, *raw);
    return found;
}
