/* string.format without addresses: %s of anything is what tostring gives, and %p is refused. */
#include "lua/lib.h"

#include "base/ascii.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    INTEGER_COST = 8,
    FLOAT_COST = 128,    /* the C library may produce hundreds of digits */
    LONGEST_NUMBER = 512 /* %99.99f of the largest number */
};

/* conversion = "%" {flag} [width] ["." precision] letter; widths and precisions have at most two digits */
typedef struct conversion {
    char text[32]; /* for printf, the letter still missing */
    size_t size;
    bool left;
    size_t width, precision;
    bool has_precision;
    char letter;
} conversion;

static size_t read_number(const char **next)
{
    size_t value = 0;
    for (int i = 0; i < 2 && sp_ascii_is_digit(**next); i++, (*next)++)
        value = value * 10 + (size_t)(**next - '0');
    return value;
}

static _Noreturn void malformed(lua_State *state, const char *start)
{
    char shown[21];
    snprintf(shown, sizeof shown, "%s", start);
    luaL_error(state, "invalid conversion '%%%s' to 'format'", shown);
    abort();
}

/* `next` is behind the "%"; the text it is in ends with NUL. */
static conversion read_conversion(lua_State *state, const char **next)
{
    const char *start = *next;
    conversion out = {.text = "%", .size = 1};
    for (int flags = 0; **next != '\0' && strchr("-+ #0", **next) != NULL; flags++, (*next)++) {
        if (flags == 5)
            malformed(state, start);
        out.left |= **next == '-';
    }
    out.width = read_number(next);
    if (**next == '.') {
        ++*next;
        out.has_precision = true;
        out.precision = read_number(next);
    }
    size_t size = (size_t)(*next - start);
    if (sp_ascii_is_digit(**next) || size + 8 > sizeof out.text)
        malformed(state, start);
    memcpy(out.text + 1, start, size);
    out.size += size;
    out.letter = **next;
    if (out.letter == '\0')
        malformed(state, start);
    ++*next;
    return out;
}

static const char *with_letter(conversion *to, const char *letter)
{
    memcpy(to->text + to->size, letter, strlen(letter) + 1);
    return to->text;
}

static void add_padded(sp_lua_text *out, const conversion *to, sp_str text)
{
    if (to->has_precision)
        text = sp_str_head(text, to->precision);
    size_t padding = text.size < to->width ? to->width - text.size : 0;
    if (!to->left)
        sp_lua__text_fill(out, ' ', padding);
    sp_lua__text_add(out, text.text, text.size);
    if (to->left)
        sp_lua__text_fill(out, ' ', padding);
}

static void add_string(sp_lua_text *out, const conversion *to, int argument)
{
    sp_lua__tostring(out->state, argument);
    sp_str text;
    text.text = lua_tolstring(out->state, -1, &text.size);
    add_padded(out, to, text);
    lua_pop(out->state, 1);
}

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the format was read and rebuilt here */
#endif

static void add_integer(sp_lua_text *out, conversion *to, int argument)
{
    static const char long_letter[] = {'l', 'l', 0, 0};
    lua_Integer number = luaL_checkinteger(out->state, argument);
    char letters[sizeof long_letter], text[LONGEST_NUMBER];
    memcpy(letters, long_letter, sizeof letters);
    letters[2] = to->letter;
    sp_vm_charge(out->state, INTEGER_COST);
    int size = snprintf(text, sizeof text, with_letter(to, letters), (long long)number);
    sp_lua__text_add(out, text, (size_t)size);
}

static void add_float(sp_lua_text *out, conversion *to, int argument)
{
    lua_Number number = luaL_checknumber(out->state, argument);
    sp_vm_charge(out->state, FLOAT_COST);
    if (isnan(number)) {
        conversion plain = *to;
        plain.has_precision = false;
        add_padded(out, &plain, SP_STR("nan"));
        return;
    }
    char letters[2] = {to->letter, '\0'}, text[LONGEST_NUMBER];
    int size = snprintf(text, sizeof text, with_letter(to, letters), number);
    sp_lua__text_add(out, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

static void add_character(sp_lua_text *out, const conversion *to, int argument)
{
    char byte = (char)(unsigned char)luaL_checkinteger(out->state, argument);
    conversion plain = *to;
    plain.has_precision = false;
    add_padded(out, &plain, (sp_str){&byte, 1});
}

/* A string as Lua would read it back. */
static void add_quoted_string(sp_lua_text *out, sp_str text)
{
    sp_lua__text_fill(out, '"', 1);
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i], escaped[8];
        bool before_digit = i + 1 < text.size && sp_ascii_is_digit(text.text[i + 1]);
        int size = 1;
        escaped[0] = byte;
        if (byte == '"' || byte == '\\' || byte == '\n')
            size = snprintf(escaped, sizeof escaped, "\\%c", byte);
        else if ((unsigned char)byte < ' ' || byte == 0x7F)
            size = snprintf(escaped, sizeof escaped, before_digit ? "\\%03d" : "\\%d", byte);
        sp_lua__text_add(out, escaped, (size_t)size);
    }
    sp_lua__text_fill(out, '"', 1);
}

static void add_quoted_number(sp_lua_text *out, int argument)
{
    char text[64];
    int size;
    lua_Number number = lua_tonumber(out->state, argument);
    if (lua_isinteger(out->state, argument)) {
        lua_Integer integer = lua_tointeger(out->state, argument);
        size = snprintf(text, sizeof text, integer == LUA_MININTEGER ? "0x%llx" : "%lld", (long long)integer);
    } else if (isnan(number)) {
        size = snprintf(text, sizeof text, "(0/0)");
    } else if (isinf(number)) {
        size = snprintf(text, sizeof text, number > 0 ? "1e9999" : "-1e9999");
    } else {
        size = snprintf(text, sizeof text, "%a", number);
    }
    sp_lua__text_add(out, text, (size_t)size);
}

static void add_quoted(sp_lua_text *out, const conversion *to, int argument)
{
    lua_State *state = out->state;
    if (to->size > 1)
        luaL_error(state, "'%%q' takes no flags, width or precision");
    sp_str text;
    switch (lua_type(state, argument)) {
    case LUA_TSTRING:
        text.text = lua_tolstring(state, argument, &text.size);
        sp_vm_charge(state, text.size);
        add_quoted_string(out, text);
        return;
    case LUA_TNUMBER:
        sp_vm_charge(state, FLOAT_COST);
        add_quoted_number(out, argument);
        return;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
        sp_lua__text_value(out, argument);
        return;
    default:
        luaL_argerror(state, argument, "value has no literal form");
    }
}

static void add_conversion(sp_lua_text *out, conversion *to, int argument)
{
    lua_State *state = out->state;
    luaL_checkany(state, argument);
    switch (to->letter) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        add_integer(out, to, argument);
        return;
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        add_float(out, to, argument);
        return;
    case 'c':
        add_character(out, to, argument);
        return;
    case 's':
        add_string(out, to, argument);
        return;
    case 'q':
        add_quoted(out, to, argument);
        return;
    case 'p':
        sp_vm_deny(state, "'%%p' is not available to policies; addresses differ from run to run");
    default:
        luaL_error(state, "invalid conversion '%%%c' to 'format'", to->letter);
    }
}

static int string_format(lua_State *state)
{
    size_t size;
    const char *next = luaL_checklstring(state, 1, &size), *end = next + size;
    int last = lua_gettop(state), argument = 1;
    sp_lua_text out;
    sp_lua__text_begin(&out, state);
    sp_vm_charge(state, size / 8);
    while (next < end) {
        const char *percent = memchr(next, '%', (size_t)(end - next));
        sp_lua__text_add(&out, next, (size_t)((percent == NULL ? end : percent) - next));
        if (percent == NULL)
            break;
        next = percent + 1;
        if (*next == '%') {
            sp_lua__text_fill(&out, '%', 1);
            next++;
            continue;
        }
        conversion to = read_conversion(state, &next);
        if (++argument > last)
            return luaL_argerror(state, argument, "no value");
        add_conversion(&out, &to, argument);
    }
    sp_lua__text_push(&out);
    return 1;
}

void sp_lua__open_format(lua_State *state)
{
    lua_pushcfunction(state, string_format);
    lua_setfield(state, -2, "format");
}
