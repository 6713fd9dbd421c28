/* JSON as it is written, without a tree of it in memory. */
#include "report/json_out.h"

#include "report/cells.h"
#include "source/utf8.h"

/* [ LF { "  " } ]: nothing in a container that is written on one line. */
static void break_line(sp_json_out *json)
{
    sp_buf_byte(json->out, '\n');
    for (uint32_t i = 0; i < json->depth; i++)
        sp_buf_text(json->out, "  ");
}

/* What stands before an item: comma, line or blank, key. */
static void start_item(sp_json_out *json, const char *key)
{
    if (json->filled)
        sp_buf_byte(json->out, ',');
    if (json->depth > 0 && json->flat == 0)
        break_line(json);
    else if (json->filled)
        sp_buf_byte(json->out, ' ');
    if (key != NULL)
        sp_buf_print(json->out, "\"%s\": ", key);
    json->filled = true;
}

static void open_container(sp_json_out *json, const char *key, sp_json_layout layout, char byte)
{
    start_item(json, key);
    sp_buf_byte(json->out, byte);
    json->depth++;
    json->filled = false;
    if (layout == SP_JSON_FLAT && json->flat == 0)
        json->flat = json->depth;
}

static void close_container(sp_json_out *json, char byte)
{
    bool flat = json->flat != 0;
    json->depth--;
    if (json->flat > json->depth)
        json->flat = 0;
    if (json->filled && !flat)
        break_line(json);
    sp_buf_byte(json->out, byte);
    json->filled = true;
}

void sp_json_object(sp_json_out *json, const char *key, sp_json_layout layout)
{
    open_container(json, key, layout, '{');
}

void sp_json_array(sp_json_out *json, const char *key, sp_json_layout layout)
{
    open_container(json, key, layout, '[');
}

void sp_json_end_object(sp_json_out *json)
{
    close_container(json, '}');
}

void sp_json_end_array(sp_json_out *json)
{
    close_container(json, ']');
}

static bool is_plain(const char *next, const char *end)
{
    if (*next == '#')
        return !sp_text_is_command(sp_str_between(next, end));
    return *next >= ' ' && *next < 0x7F && *next != '"' && *next != '\\';
}

/* escape = "\u" 4 hex [ "\u" 4 hex ]; beyond the first plane, two of them stand for a character */
static void add_escaped(sp_buf *out, uint32_t point)
{
    if (point > 0xFFFF) {
        sp_buf_print(out, "\\u%04x", (unsigned)(0xD7C0 + (point >> 10)));
        point = 0xDC00 | (point & 0x3FF);
    }
    sp_buf_print(out, "\\u%04x", (unsigned)point);
}

/* What a terminal would obey is escaped too, and what would be a command in a log. */
static void add_character(sp_buf *out, uint32_t point)
{
    char encoded[4];
    if (point == '"' || point == '\\')
        sp_buf_print(out, "\\%c", (int)point);
    else if (point == '\n')
        sp_buf_text(out, "\\n");
    else if (point == '\t')
        sp_buf_text(out, "\\t");
    else if (point < ' ' || point == '#' || sp_point_is_unsafe(point))
        add_escaped(out, point);
    else
        sp_buf_add(out, (sp_str){encoded, sp_utf8_encode(point, encoded)});
}

void sp_json_text(sp_json_out *json, const char *key, sp_str text)
{
    start_item(json, key);
    sp_buf_byte(json->out, '"');
    const char *next = text.text, *end = text.size > 0 ? next + text.size : next; /* an empty one may have no address */
    while (next < end) {
        const char *start = next;
        while (next < end && is_plain(next, end))
            next++;
        sp_buf_add(json->out, sp_str_between(start, next));
        if (next == end)
            break;
        uint32_t size;
        add_character(json->out, sp_utf8_decode(next, end, &size));
        next += size;
    }
    sp_buf_byte(json->out, '"');
}

void sp_json_number(sp_json_out *json, const char *key, uint64_t number)
{
    start_item(json, key);
    sp_buf_print(json->out, "%llu", (unsigned long long)number);
}

void sp_json_bool(sp_json_out *json, const char *key, bool value)
{
    start_item(json, key);
    sp_buf_text(json->out, value ? "true" : "false");
}

void sp_json_null(sp_json_out *json, const char *key)
{
    start_item(json, key);
    sp_buf_text(json->out, "null");
}

void sp_json_made(sp_json_out *json, const char *key, sp_buf *made)
{
    json->out->failed = json->out->failed || made->failed;
    sp_json_text(json, key, sp_buf_str(made));
    made->size = 0;
}
