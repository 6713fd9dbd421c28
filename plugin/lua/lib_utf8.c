/* The utf8 library, bounded. Texts are valid UTF-8 up to U+10FFFF; the `lax` argument of Lua's own is not known here.
 */
#include "lua/lib.h"

#include "base/limits.h"

enum { LAST_CODE = 0x10FFFF, LONGEST = 4 };

static sp_str check_text(lua_State *state, int index)
{
    sp_str text;
    text.text = luaL_checklstring(state, index, &text.size);
    return text;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* character = byte below 0x80 | head continuation{1,3}, in its shortest form, no surrogate. Gives its size, or 0. */
static size_t decode(sp_str text, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (text.size == 0)
        return 0;
    unsigned char head = (unsigned char)text.text[0];
    *code = head;
    if (head < 0x80)
        return 1;
    size_t size = head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : 2;
    if (head < 0xC2 || head > 0xF4 || size > text.size)
        return 0;
    *code = head & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if (!is_continuation(text.text[i]))
            return 0;
        *code = *code << 6 | ((unsigned char)text.text[i] & 0x3F);
    }
    bool valid = *code >= least[size] && *code <= LAST_CODE && (*code < 0xD800 || *code > 0xDFFF);
    return valid ? size : 0;
}

static size_t encode(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(unsigned char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(unsigned char)(((0xF00u >> size) & 0xFF) | code);
    return size;
}

/* A position as Lua counts, negative from the end; 0 when it is before the text. */
static lua_Integer from_end(lua_Integer position, size_t size)
{
    if (position >= 0)
        return position;
    return position < -(lua_Integer)size ? 0 : (lua_Integer)size + position + 1;
}

static int utf8_char(lua_State *state)
{
    int count = lua_gettop(state);
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    sp_vm_charge(state, (uint64_t)count);
    for (int i = 1; i <= count; i++) {
        lua_Integer code = luaL_checkinteger(state, i);
        luaL_argcheck(state, code >= 0 && code <= LAST_CODE, i, "value out of range");
        char bytes[LONGEST];
        sp_lua__text_add(&out, bytes, encode((uint32_t)code, bytes));
    }
    sp_lua__text_push(&out);
    return 1;
}

static int utf8_len(lua_State *state)
{
    sp_str text = check_text(state, 1);
    lua_Integer first = from_end(luaL_optinteger(state, 2, 1), text.size);
    lua_Integer last = from_end(luaL_optinteger(state, 3, -1), text.size);
    luaL_argcheck(state, first >= 1 && first <= (lua_Integer)text.size + 1, 2, "initial position out of bounds");
    luaL_argcheck(state, last <= (lua_Integer)text.size, 3, "final position out of bounds");
    sp_vm_charge(state, text.size / 4);
    lua_Integer count = 0;
    while (first <= last) {
        uint32_t code;
        size_t size = decode(sp_str_skip(text, (size_t)first - 1), &code);
        if (size == 0) {
            luaL_pushfail(state);
            lua_pushinteger(state, first);
            return 2;
        }
        first += (lua_Integer)size;
        count++;
    }
    lua_pushinteger(state, count);
    return 1;
}

static int utf8_codepoint(lua_State *state)
{
    sp_str text = check_text(state, 1);
    lua_Integer first = from_end(luaL_optinteger(state, 2, 1), text.size);
    lua_Integer last = from_end(luaL_optinteger(state, 3, first), text.size);
    luaL_argcheck(state, first >= 1, 2, "out of bounds");
    luaL_argcheck(state, last <= (lua_Integer)text.size, 3, "out of bounds");
    if (first > last)
        return 0;
    if (last - first >= SP_LIMIT_POLICY_RESULTS)
        return luaL_error(state, "string slice of more than %d bytes", SP_LIMIT_POLICY_RESULTS);
    luaL_checkstack(state, (int)(last - first) + 1, "string slice too long");
    sp_vm_charge(state, (uint64_t)(last - first) + 1);
    int count = 0;
    while (first <= last) {
        uint32_t code;
        size_t size = decode(sp_str_skip(text, (size_t)first - 1), &code);
        if (size == 0)
            return luaL_error(state, "invalid UTF-8 code");
        lua_pushinteger(state, (lua_Integer)code);
        first += (lua_Integer)size;
        count++;
    }
    return count;
}

/* Whether a character's later byte stands at the position; past the text there is none. */
static bool continues_at(sp_str text, lua_Integer position)
{
    return position >= 1 && position <= (lua_Integer)text.size && is_continuation(text.text[position - 1]);
}

/* The start of the character that is `count` characters before `position` (a start), or 0. */
static lua_Integer go_back(sp_str text, lua_Integer position, lua_Integer count)
{
    for (; count > 0 && position > 1; count--) {
        do
            position--;
        while (position > 1 && continues_at(text, position));
    }
    return count == 0 ? position : 0;
}

/* … after it; one past the text counts as a start. */
static lua_Integer go_on(sp_str text, lua_Integer position, lua_Integer count)
{
    for (; count > 0 && position <= (lua_Integer)text.size; count--) {
        do
            position++;
        while (continues_at(text, position));
    }
    return count == 0 ? position : 0;
}

static int utf8_offset(lua_State *state)
{
    sp_str text = check_text(state, 1);
    lua_Integer count = luaL_checkinteger(state, 2);
    lua_Integer start = count > 0 ? 1 : (lua_Integer)text.size + 1;
    lua_Integer position = from_end(luaL_optinteger(state, 3, start), text.size);
    luaL_argcheck(state, position >= 1 && position <= (lua_Integer)text.size + 1, 3, "position out of bounds");
    sp_vm_charge(state, text.size / 4);
    if (count == 0) {
        while (position > 1 && continues_at(text, position))
            position--;
    } else if (continues_at(text, position)) {
        return luaL_error(state, "initial position is a continuation byte");
    } else {
        position = count > 0 ? go_on(text, position, count - 1)
                             : go_back(text, position, count < -position ? position : -count);
    }
    if (position == 0)
        luaL_pushfail(state);
    else
        lua_pushinteger(state, position);
    return 1;
}

static int next_code(lua_State *state)
{
    sp_str text = check_text(state, 1);
    lua_Integer position = luaL_checkinteger(state, 2);
    lua_Integer next = position < 0 || position > (lua_Integer)text.size ? (lua_Integer)text.size + 1 : position + 1;
    while (continues_at(text, next))
        next++;
    if (next > (lua_Integer)text.size)
        return 0;
    uint32_t code;
    if (decode(sp_str_skip(text, (size_t)next - 1), &code) == 0)
        return luaL_error(state, "invalid UTF-8 code");
    lua_pushinteger(state, next);
    lua_pushinteger(state, (lua_Integer)code);
    return 2;
}

static int utf8_codes(lua_State *state)
{
    sp_str text = check_text(state, 1);
    luaL_argcheck(state, !continues_at(text, 1), 1, "invalid UTF-8 code");
    lua_pushcfunction(state, next_code);
    lua_pushvalue(state, 1);
    lua_pushinteger(state, 0);
    return 3;
}

static const luaL_Reg functions[] = {
    {"char", utf8_char}, {"codepoint", utf8_codepoint}, {"codes", utf8_codes},
    {"len", utf8_len},   {"offset", utf8_offset},       {NULL, NULL},
};

void sp_lua_open_utf8(lua_State *state)
{
    static const char character[] = "[\0-\x7F\xC2-\xFD][\x80-\xBF]*";
    luaL_newlib(state, functions);
    lua_pushlstring(state, character, sizeof character - 1);
    lua_setfield(state, -2, "charpattern");
    lua_setglobal(state, "utf8");
}
