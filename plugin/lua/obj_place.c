/* place: path line column end_line end_column text. That of a project is its configuration or folder: there is no text,
   and it begins at its first line. */
#include "lua/object.h"

static sp_span span_of(const void *subject)
{
    return *(const sp_span *)subject;
}

static bool place_of_place(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = span_of(subject);
    return true;
}

static void text_of_place(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, sp_source_text(&sp_lua__document(state)->source, span_of(subject)));
}

static void push_start_line(lua_State *state, const void *subject)
{
    const sp_source *source = &sp_lua__document(state)->source;
    lua_pushinteger(state, sp_source_point(source, span_of(subject).start).line);
}

static void push_start_column(lua_State *state, const void *subject)
{
    const sp_source *source = &sp_lua__document(state)->source;
    lua_pushinteger(state, sp_source_point(source, span_of(subject).start).column);
}

static void push_end_line(lua_State *state, const void *subject)
{
    const sp_source *source = &sp_lua__document(state)->source;
    lua_pushinteger(state, sp_source_point(source, span_of(subject).end).line);
}

static void push_end_column(lua_State *state, const void *subject)
{
    const sp_source *source = &sp_lua__document(state)->source;
    lua_pushinteger(state, sp_source_point(source, span_of(subject).end).column);
}

static void push_path(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_text(state, sp_lua__path(state, sp_vm_of(state)->build));
}

static const sp_field fields[] = {
    {"path", "string", "the file, as reports call it", .push = push_path},
    {"line", "integer", "from 1", .push = push_start_line},
    {"column", "integer", "in characters, from 1", .push = push_start_column},
    {"end_line", "integer", "from 1", .push = push_end_line},
    {"end_column", "integer", "in characters, from 1; the one after the last", .push = push_end_column},
    {"text", "string", "the bytes there, as written", .push = text_of_place},
};

const sp_kind sp_kind_place = {.name = "place",
                               .says = "Where something stands; where a place is asked for, any object with at serves",
                               SP_FIELDS_OF(fields),
                               .place = place_of_place,
                               .text = text_of_place};

void sp_lua__push_place(lua_State *state, sp_span span)
{
    sp_lua__push(state, &sp_kind_place, &span, sizeof span);
}
