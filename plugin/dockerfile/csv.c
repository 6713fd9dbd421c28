/* One comma-separated record, as --mount and --device are written. */
#include "dockerfile/parser.h"

/* quoted = '"' { character | '""' } '"'; *next is after the first quote */
static bool read_quoted(sp_arena *arena, const char **next, const char *end, sp_str *out)
{
    const char *start = *next, *at = start;
    char *copy = sp_arena_alloc(arena, (size_t)(end - start) + 1), *last = copy;
    for (; at < end; at++) {
        if (*at == '"') {
            if (at + 1 == end || at[1] != '"')
                break;
            at++;
        }
        *last++ = *at;
    }
    *out = sp_str_between(copy, last);
    *next = at + 1;
    return at < end;
}

/* record = field { "," field }; field = quoted | { character but '"' and ',' } */
bool sp_csv__cut(sp_arena *arena, sp_str record, sp_words *fields, const char **why)
{
    const char *next = record.text, *end = next + record.size;
    *why = "is empty";
    for (bool more = record.size > 0; more;) {
        sp_str field = sp_str_between(next, end);
        if (next < end && *next == '"') {
            next++;
            *why = "has a quote that is not closed, or text after a closed one";
            if (!read_quoted(arena, &next, end, &field) || (next < end && *next != ','))
                return false;
        } else {
            field.size = sp_str_find(field, ',');
            next += field.size;
            *why = "has a quote inside a field; quote the whole field";
            if (sp_str_find(field, '"') < field.size)
                return false;
        }
        sp_list_add(arena, fields)->text = field;
        more = next < end;
        next += more;
    }
    return record.size > 0;
}
