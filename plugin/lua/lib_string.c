/* The string library: Lua's own functions, bounded, beside four for Dockerfiles: is, satisfies, split, trim. */
#include "lua/lib.h"

#include "base/limits.h"
#include "facts/glob.h"
#include "lua/version.h"

#include <string.h>

static sp_str check_text(lua_State *state, int index)
{
    sp_str text;
    text.text = luaL_checklstring(state, index, &text.size);
    return text;
}

/* A start as Lua counts: from 1, or from the end when negative; at least 1. */
static size_t start_position(lua_Integer position, size_t size)
{
    if (position > 0)
        return (size_t)position;
    if (position == 0 || position < -(lua_Integer)size)
        return 1;
    return size + (size_t)(position + 1);
}

/* An end likewise: at most the size. */
static size_t end_position(lua_Integer position, size_t size)
{
    if (position > (lua_Integer)size)
        return size;
    if (position >= 0)
        return (size_t)position;
    return position < -(lua_Integer)size ? 0 : size + (size_t)(position + 1);
}

static int string_len(lua_State *state)
{
    lua_pushinteger(state, (lua_Integer)check_text(state, 1).size);
    return 1;
}

static int string_sub(lua_State *state)
{
    sp_str text = check_text(state, 1);
    size_t first = start_position(luaL_checkinteger(state, 2), text.size);
    size_t last = end_position(luaL_optinteger(state, 3, -1), text.size);
    if (first > last)
        lua_pushliteral(state, "");
    else
        lua_pushlstring(state, text.text + first - 1, last - first + 1);
    return 1;
}

static int string_byte(lua_State *state)
{
    sp_str text = check_text(state, 1);
    lua_Integer position = luaL_optinteger(state, 2, 1);
    size_t first = start_position(position, text.size);
    size_t last = end_position(luaL_optinteger(state, 3, position), text.size);
    if (first > last)
        return 0;
    size_t count = last - first + 1;
    if (count > SP_LIMIT_POLICY_RESULTS)
        return luaL_error(state, "string slice of more than %d bytes", SP_LIMIT_POLICY_RESULTS);
    luaL_checkstack(state, (int)count, "string slice too long");
    sp_vm_charge(state, count);
    for (size_t i = 0; i < count; i++)
        lua_pushinteger(state, (unsigned char)text.text[first - 1 + i]);
    return (int)count;
}

static int string_char(lua_State *state)
{
    int count = lua_gettop(state);
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    for (int i = 1; i <= count; i++) {
        lua_Integer byte = luaL_checkinteger(state, i);
        luaL_argcheck(state, byte >= 0 && byte <= 255, i, "value out of range");
        sp_lua__text_fill(&out, (char)(unsigned char)byte, 1);
    }
    sp_vm_charge(state, (uint64_t)count);
    sp_lua__text_push(&out);
    return 1;
}

static int map_bytes(lua_State *state, char (*map)(char))
{
    sp_str text = check_text(state, 1);
    sp_vm_charge(state, text.size / 16);
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    sp_lua__text_add(&out, text.text, text.size);
    for (size_t i = 0; i < out.size; i++)
        out.bytes[i] = map(out.bytes[i]);
    sp_lua__text_push(&out);
    return 1;
}

static char to_lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

static char to_upper(char byte)
{
    return (char)(byte >= 'a' && byte <= 'z' ? byte - ('a' - 'A') : byte);
}

static int string_lower(lua_State *state)
{
    return map_bytes(state, to_lower);
}

static int string_upper(lua_State *state)
{
    return map_bytes(state, to_upper);
}

static int string_reverse(lua_State *state)
{
    sp_str text = check_text(state, 1);
    sp_vm_charge(state, text.size / 16);
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    sp_lua__text_add(&out, text.text, text.size);
    for (size_t i = 0; i < text.size; i++)
        out.bytes[i] = text.text[text.size - 1 - i];
    sp_lua__text_push(&out);
    return 1;
}

static int string_rep(lua_State *state)
{
    sp_str text = check_text(state, 1);
    lua_Integer count = luaL_checkinteger(state, 2);
    sp_str separator = SP_STR("");
    if (!lua_isnoneornil(state, 3))
        separator = check_text(state, 3);
    size_t piece = text.size + separator.size;
    if (count <= 0 || piece == 0) {
        lua_pushliteral(state, "");
        return 1;
    }
    if ((uint64_t)count > SP_LIMIT_POLICY_STRING / piece + 1)
        sp_vm_trip_at(state, SP_TRIP_MEMORY, SP_LIMIT_POLICY_STRING, "one string");
    size_t size = piece * (size_t)count - separator.size;
    sp_vm_charge(state, size / 64);
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    sp_lua__text_add(&out, text.text, text.size);
    if (count > 1)
        sp_lua__text_add(&out, separator.text, separator.size);
    sp_lua__text_repeat(&out, size);
    sp_lua__text_push(&out);
    return 1;
}

/* Beyond Lua's own */

static int string_trim(lua_State *state)
{
    sp_str text = sp_str_trim(check_text(state, 1));
    lua_pushlstring(state, text.text, text.size);
    return 1;
}

/* The parts between separators, which are plain text. */
static int string_split(lua_State *state)
{
    sp_str text = check_text(state, 1), separator = check_text(state, 2);
    luaL_argcheck(state, separator.size > 0, 2, "a separator has at least one byte");
    lua_newtable(state);
    for (lua_Integer count = 1;; count++) {
        sp_vm_charge(state, 1);
        size_t end = sp_lua__search(state, text, separator, 0);
        lua_pushlstring(state, text.text, end == SIZE_MAX ? text.size : end);
        lua_rawseti(state, -2, count);
        if (end == SIZE_MAX)
            return 1;
        text = sp_str_skip(text, end + separator.size);
    }
}

static bool matches_globs(lua_State *state, sp_str text, int index)
{
    if (lua_type(state, index) == LUA_TTABLE) {
        bool found = false;
        lua_Integer count = (lua_Integer)lua_rawlen(state, index);
        for (lua_Integer i = 1; i <= count && !found; i++) {
            lua_rawgeti(state, index, i);
            luaL_argexpected(state, lua_type(state, -1) == LUA_TSTRING, index, "list of globs");
            found = matches_globs(state, text, lua_gettop(state));
            lua_pop(state, 1);
        }
        return found;
    }
    sp_str glob = check_text(state, index);
    sp_vm_charge(state, 1 + (1 + glob.size / 8) * (1 + text.size / 8));
    return sp_glob_matches(glob, text);
}

static int string_is(lua_State *state)
{
    sp_str text = check_text(state, 1);
    int count = lua_gettop(state);
    luaL_checkany(state, 2);
    bool found = false;
    for (int i = 2; i <= count && !found; i++)
        found = matches_globs(state, text, i);
    lua_pushboolean(state, found);
    return 1;
}

static int string_satisfies(lua_State *state)
{
    sp_str text = check_text(state, 1), range = check_text(state, 2);
    sp_vm_charge(state, text.size / 8 + range.size);
    if (!sp_version_range_is_valid(range))
        return luaL_error(state, "'%s' is no range of versions; write it like '>=3.9 <4'", range.text);
    lua_pushboolean(state, sp_version_satisfies(text, range, false) == SP_YES);
    return 1;
}

static const luaL_Reg functions[] = {
    {"byte", string_byte},
    {"char", string_char},
    {"is", string_is},
    {"len", string_len},
    {"lower", string_lower},
    {"rep", string_rep},
    {"reverse", string_reverse},
    {"satisfies", string_satisfies},
    {"split", string_split},
    {"sub", string_sub},
    {"trim", string_trim},
    {"upper", string_upper},
    {NULL, NULL},
};

void sp_lua_open_string(lua_State *state)
{
    luaL_newlib(state, functions);
    sp_lua__open_format(state);
    sp_lua__open_match(state);
    lua_pushliteral(state, "");
    lua_createtable(state, 0, 2);
    lua_pushvalue(state, -3);
    lua_setfield(state, -2, "__index");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_setmetatable(state, -2);
    lua_pop(state, 1);
    lua_setglobal(state, "string");
}
