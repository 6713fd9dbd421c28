/* Text under construction for library functions, bounded by the limit of one string. */
#include "base/limits.h"
#include "lua/lib.h"

#include <string.h>

void sp_lua__text_begin(sp_lua_text *text, lua_State *state)
{
    luaL_checkstack(state, LUA_MINSTACK, "too many values");
    lua_pushnil(state);
    text->state = state;
    text->bytes = text->first;
    text->size = 0;
    text->capacity = sizeof text->first;
    text->slot = lua_gettop(state);
}

/* The old bytes become garbage at once, but stay until they are copied: the slot holds them. */
static void make_room(sp_lua_text *text, size_t size)
{
    if (size > SP_LIMIT_POLICY_STRING || text->size + size > SP_LIMIT_POLICY_STRING)
        sp_vm_trip_at(text->state, SP_TRIP_MEMORY, SP_LIMIT_POLICY_STRING, "one string");
    size_t capacity = text->capacity;
    while (capacity < text->size + size)
        capacity *= 2;
    char *bytes = lua_newuserdatauv(text->state, capacity, 0);
    memcpy(bytes, text->bytes, text->size);
    lua_replace(text->state, text->slot);
    text->bytes = bytes;
    text->capacity = capacity;
}

void sp_lua__text_add(sp_lua_text *text, const char *bytes, size_t size)
{
    if (size > text->capacity - text->size)
        make_room(text, size);
    if (size > 0)
        memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
}

void sp_lua__text_fill(sp_lua_text *text, char byte, size_t count)
{
    if (count > text->capacity - text->size)
        make_room(text, count);
    memset(text->bytes + text->size, byte, count);
    text->size += count;
}

void sp_lua__text_repeat(sp_lua_text *text, size_t size)
{
    size_t piece = text->size;
    if (size > text->capacity)
        make_room(text, size - piece);
    while (text->size < size) {
        size_t part = text->size < size - text->size ? text->size : size - text->size;
        memcpy(text->bytes + text->size, text->bytes, part);
        text->size += part;
    }
}

void sp_lua__text_value(sp_lua_text *text, int index)
{
    sp_lua__tostring(text->state, index);
    size_t size;
    const char *bytes = lua_tolstring(text->state, -1, &size);
    sp_lua__text_add(text, bytes, size);
    lua_pop(text->state, 1);
}

void sp_lua__text_push(sp_lua_text *text)
{
    lua_pushlstring(text->state, text->bytes, text->size);
}
