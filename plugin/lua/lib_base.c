/* The basic functions of Lua's library that policies have, without addresses, metatables or loading. */
#include "lua/lib.h"

#include <math.h>
#include <string.h>

const char *sp_lua__typename(lua_State *state, int index)
{
    const char *kind = sp_lua_object_kind(state, index);
    return kind != NULL ? kind : luaL_typename(state, index);
}

void sp_lua__tostring(lua_State *state, int index)
{
    switch (lua_type(state, index)) {
    case LUA_TSTRING:
        lua_pushvalue(state, index);
        break;
    case LUA_TNUMBER:
        if (!lua_isinteger(state, index) && isnan(lua_tonumber(state, index))) {
            lua_pushliteral(state, "nan");
            break;
        }
        lua_pushvalue(state, index);
        lua_tolstring(state, -1, NULL);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(state, lua_toboolean(state, index) ? "true" : "false");
        break;
    default:
        if (lua_type(state, index) != LUA_TTABLE || !sp_lua_object_text(state, index))
            lua_pushstring(state, luaL_typename(state, index));
        break;
    }
}

static int base_tostring(lua_State *state)
{
    luaL_checkany(state, 1);
    sp_lua__tostring(state, 1);
    return 1;
}

bool sp_lua__push_number(lua_State *state, const char *text, size_t size)
{
    sp_vm_charge(state, size / 8);
    return lua_stringtonumber(state, text) == size + 1;
}

static int digit_of(unsigned char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A' + 10;
    return 36;
}

/* blanks ["-"] digit {digit} blanks, wrapping around as Lua's integers do */
static bool read_integer(sp_str text, int base, lua_Integer *out)
{
    text = sp_str_trim(text);
    bool negative = text.size > 0 && text.text[0] == '-';
    if (negative)
        text = sp_str_skip(text, 1);
    lua_Unsigned value = 0;
    for (size_t i = 0; i < text.size; i++) {
        int digit = digit_of((unsigned char)text.text[i]);
        if (digit >= base)
            return false;
        value = value * (lua_Unsigned)base + (lua_Unsigned)digit;
    }
    *out = (lua_Integer)(negative ? 0u - value : value);
    return text.size > 0;
}

static int base_tonumber(lua_State *state)
{
    if (lua_isnoneornil(state, 2)) {
        luaL_checkany(state, 1);
        size_t size;
        if (lua_type(state, 1) == LUA_TNUMBER) {
            lua_settop(state, 1);
            return 1;
        }
        const char *text = lua_type(state, 1) == LUA_TSTRING ? lua_tolstring(state, 1, &size) : NULL;
        if (text == NULL || !sp_lua__push_number(state, text, size))
            luaL_pushfail(state);
        return 1;
    }
    lua_Integer base = luaL_checkinteger(state, 2), value;
    luaL_checktype(state, 1, LUA_TSTRING);
    luaL_argcheck(state, base >= 2 && base <= 36, 2, "base out of range");
    sp_str text;
    text.text = lua_tolstring(state, 1, &text.size);
    sp_vm_charge(state, text.size / 8);
    if (read_integer(text, (int)base, &value))
        lua_pushinteger(state, value);
    else
        luaL_pushfail(state);
    return 1;
}

static int base_type(lua_State *state)
{
    luaL_checkany(state, 1);
    lua_pushstring(state, luaL_typename(state, 1));
    return 1;
}

static int base_assert(lua_State *state)
{
    luaL_checkany(state, 1);
    if (lua_toboolean(state, 1))
        return lua_gettop(state);
    if (lua_gettop(state) < 2)
        return luaL_error(state, "assertion failed");
    lua_settop(state, 2);
    return lua_error(state);
}

static int base_error(lua_State *state)
{
    int level = (int)luaL_optinteger(state, 2, 1);
    lua_settop(state, 1);
    if (lua_type(state, 1) == LUA_TSTRING && level > 0) {
        luaL_where(state, level);
        lua_insert(state, 1);
        lua_concat(state, 2);
    }
    return lua_error(state);
}

static int base_select(lua_State *state)
{
    int count = lua_gettop(state);
    if (lua_type(state, 1) == LUA_TSTRING && strcmp(lua_tostring(state, 1), "#") == 0) {
        lua_pushinteger(state, count - 1);
        return 1;
    }
    lua_Integer first = luaL_checkinteger(state, 1);
    if (first < 0)
        first += count;
    else if (first > count)
        first = count;
    luaL_argcheck(state, first >= 1, 1, "index out of range");
    return count - (int)first;
}

static int base_rawequal(lua_State *state)
{
    luaL_checkany(state, 1);
    luaL_checkany(state, 2);
    lua_pushboolean(state, lua_rawequal(state, 1, 2));
    return 1;
}

static int base_rawlen(lua_State *state)
{
    int type = lua_type(state, 1);
    luaL_argexpected(state, type == LUA_TTABLE || type == LUA_TSTRING, 1, "table or string");
    lua_pushinteger(state, (lua_Integer)lua_rawlen(state, 1));
    return 1;
}

static int next_item(lua_State *state)
{
    lua_Integer index = luaL_checkinteger(state, 2);
    index = (lua_Integer)((lua_Unsigned)index + 1);
    luaL_checkany(state, 1);
    lua_pushinteger(state, index);
    return lua_geti(state, 1, index) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *state)
{
    luaL_checkany(state, 1);
    lua_pushcfunction(state, next_item);
    lua_pushvalue(state, 1);
    lua_pushinteger(state, 0);
    return 3;
}

static int base_pcall(lua_State *state)
{
    luaL_checkany(state, 1);
    lua_pushboolean(state, 1);
    lua_insert(state, 1);
    if (sp_vm_pcall(state, lua_gettop(state) - 2, LUA_MULTRET) == LUA_OK)
        return lua_gettop(state);
    lua_pushboolean(state, 0);
    lua_replace(state, 1);
    return 2;
}

/* The handler runs after the frames of the error are gone, as an ordinary protected call: it cannot run out of stack
   because of them, and what it raises is the result. */
static int base_xpcall(lua_State *state)
{
    luaL_checktype(state, 2, LUA_TFUNCTION);
    int count = lua_gettop(state);
    lua_pushboolean(state, 1);
    lua_pushvalue(state, 1);
    lua_rotate(state, 3, 2);
    if (sp_vm_pcall(state, count - 2, LUA_MULTRET) == LUA_OK)
        return lua_gettop(state) - 2;
    lua_pushboolean(state, 0);
    lua_replace(state, 3);
    lua_pushvalue(state, 2);
    lua_insert(state, 4);
    sp_vm_pcall(state, 1, LUA_MULTRET);
    return lua_gettop(state) - 2;
}

static int base_log(lua_State *state)
{
    int count = lua_gettop(state);
    const sp_judgement *judgement = sp_vm_of(state)->judgement;
    sp_lua_text text;
    sp_lua__text_begin(&text, state);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            sp_lua__text_fill(&text, ' ', 1);
        sp_lua__text_value(&text, i);
    }
    sp_vm_charge(state, 100 + text.size / 8);
    if (judgement != NULL && judgement->log != NULL)
        judgement->log(judgement->log_payload, text.bytes, text.size);
    return 0;
}

static const luaL_Reg functions[] = {
    {"assert", base_assert},
    {"error", base_error},
    {"ipairs", base_ipairs},
    {"log", base_log},
    {"pcall", base_pcall},
    {"rawequal", base_rawequal},
    {"rawlen", base_rawlen},
    {"select", base_select},
    {"tonumber", base_tonumber},
    {"tostring", base_tostring},
    {"type", base_type},
    {"xpcall", base_xpcall},
    {NULL, NULL},
};

void sp_lua_open_base(lua_State *state)
{
    lua_pushglobaltable(state);
    luaL_setfuncs(state, functions, 0);
    sp_lua__open_pairs(state);
    sp_lua__open_missing(state);
    lua_pop(state, 1);
}
