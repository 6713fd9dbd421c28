/* The options that a policy's table declares: types and defaults, checked and copied. */
#include "lua/options.h"

#include "base/suggest.h"
#include "lua/api.h"
#include "result/results.h"

#include <stdlib.h>

enum { MOST_OPTIONS = 100 };

/* An option under reading. Its name is on Lua's stack, for messages. */
typedef struct reading {
    lua_State *state;
    sp_arena *arena;
    sp_option *option;
    const char *name;
} reading;

static sp_str copy_text(reading *in, int index)
{
    sp_str text;
    text.text = lua_tolstring(in->state, index, &text.size);
    return sp_arena_copy(in->arena, text);
}

static int field(lua_State *state, int table, const char *name)
{
    lua_pushstring(state, name);
    return lua_rawget(state, table);
}

static _Noreturn void wrong(reading *in, const char *text)
{
    luaL_error(in->state, "option '%s': %s", in->name, text);
    abort();
}

static _Noreturn void wrong_default(reading *in)
{
    luaL_error(in->state, "option '%s': default must be %s", in->name, sp_option_type_show(in->arena, in->option).text);
    abort();
}

static bool is_choice(const sp_option *option, sp_str text)
{
    for (uint32_t i = 0; i < option->choices.count; i++) {
        if (sp_str_equal(option->choices.items[i], text))
            return true;
    }
    return false;
}

/* The value on top, of a type that is neither list nor map. */
static sp_option_value read_scalar(reading *in, sp_option_type type)
{
    lua_State *state = in->state;
    sp_option_value out = {.type = type};
    if (type == SP_OPTION_BOOLEAN) {
        if (!lua_isboolean(state, -1))
            wrong_default(in);
        out.boolean = lua_toboolean(state, -1);
        return out;
    }
    if (type == SP_OPTION_INTEGER) {
        int exact = 0;
        if (lua_type(state, -1) == LUA_TNUMBER)
            out.integer = lua_tointegerx(state, -1, &exact);
        if (!exact)
            wrong_default(in);
        return out;
    }
    if (lua_type(state, -1) != LUA_TSTRING)
        wrong_default(in);
    out.text = copy_text(in, -1);
    int severity = sp_severity_from_name(out.text);
    if ((type == SP_OPTION_SEVERITY && (severity < SP_SEVERITY_INFO || severity > SP_SEVERITY_ERROR)) ||
        (type == SP_OPTION_ENUM && !is_choice(in->option, out.text)))
        wrong_default(in);
    return out;
}

/* The list on top. */
static sp_option_value read_list(reading *in)
{
    lua_State *state = in->state;
    sp_option_value out = {.type = SP_OPTION_LIST};
    lua_Unsigned count = lua_rawlen(state, -1), keys = 0;
    for (lua_pushnil(state); lua_next(state, -2) != 0; lua_pop(state, 1))
        keys++;
    if (keys != count)
        wrong_default(in);
    for (lua_Unsigned i = 1; i <= count; i++) {
        lua_rawgeti(state, -1, (lua_Integer)i);
        *sp_list_add(in->arena, &out.items) = read_scalar(in, in->option->of);
        lua_pop(state, 1);
    }
    return out;
}

/* The map on top; its entries in order of key. */
static sp_option_value read_map(reading *in)
{
    lua_State *state = in->state;
    sp_option_value out = {.type = SP_OPTION_MAP};
    for (lua_pushnil(state); lua_next(state, -2) != 0; lua_pop(state, 1)) {
        if (lua_type(state, -2) != LUA_TSTRING)
            wrong_default(in);
        sp_str key = copy_text(in, -2);
        sp_option_value value = read_scalar(in, in->option->of);
        sp_list_add(in->arena, &out.keys);
        sp_list_add(in->arena, &out.items);
        uint32_t at = out.keys.count - 1;
        for (; at > 0 && sp_str_compare(key, out.keys.items[at - 1]) < 0; at--) {
            out.keys.items[at] = out.keys.items[at - 1];
            out.items.items[at] = out.items.items[at - 1];
        }
        out.keys.items[at] = key;
        out.items.items[at] = value;
    }
    return out;
}

static sp_option_type read_type(reading *in, int table, const char *name)
{
    int type = -1;
    if (field(in->state, table, name) == LUA_TSTRING) {
        sp_str text;
        text.text = lua_tolstring(in->state, -1, &text.size);
        type = sp_option_type_from_name(text);
    }
    if (type < 0)
        luaL_error(in->state, "option '%s': %s must be boolean, integer, string, list, map, enum, severity or pattern",
                   in->name, name);
    lua_pop(in->state, 1);
    return (sp_option_type)type;
}

static void read_choices(reading *in, int table)
{
    lua_State *state = in->state;
    if (field(state, table, "choices") != LUA_TTABLE || lua_rawlen(state, -1) == 0)
        wrong(in, "an enum needs choices, a list of strings");
    lua_Unsigned count = lua_rawlen(state, -1);
    for (lua_Unsigned i = 1; i <= count; i++) {
        if (lua_rawgeti(state, -1, (lua_Integer)i) != LUA_TSTRING)
            wrong(in, "choices must be a list of strings");
        *sp_list_add(in->arena, &in->option->choices) = copy_text(in, -1);
        lua_pop(state, 1);
    }
    lua_pop(state, 1);
}

static const sp_api_row option_rows[] = {
    {"type", "'boolean'|'integer'|'string'|'list'|'map'|'enum'|'severity'|'pattern'", "what values it takes"},
    {"of", "('boolean'|'integer'|'string'|'enum'|'severity'|'pattern')?",
     "of a list or map: what its items are; \"string\" when left out"},
    {"default", "any", "the value where a configuration says nothing"},
    {"help", "string?", "one sentence that says what it is for"},
    {"choices", "string[]?", "of an enum: its values"},
    {NULL, NULL, NULL},
};

const sp_api_table sp_api_option = {"An option", "An entry of a policy's options", option_rows};

enum { MOST_NAMES = sizeof option_rows / sizeof *option_rows };

static void check_fields(reading *in, int table)
{
    sp_str known[MOST_NAMES];
    size_t count = sp_api_names(&sp_api_option, known, MOST_NAMES);
    lua_State *state = in->state;
    for (lua_pushnil(state); lua_next(state, table) != 0; lua_pop(state, 1)) {
        sp_str name = {0};
        if (lua_type(state, -2) != LUA_TSTRING)
            wrong(in, "has a field without a name");
        name.text = lua_tolstring(state, -2, &name.size);
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found |= sp_str_equal(name, known[i]);
        sp_str near = found ? SP_STR("") : sp_suggest(name, known, count);
        if (near.size > 0)
            luaL_error(state, "option '%s': no field '%s'; did you mean '%s'?", in->name, name.text, near.text);
        if (!found)
            luaL_error(state, "option '%s': no field '%s'; it may have type, of, default, help and choices", in->name,
                       name.text);
    }
}

static void read_default(reading *in, int table)
{
    sp_option *option = in->option;
    bool is_table = field(in->state, table, "default") == LUA_TTABLE;
    bool wants_table = option->type == SP_OPTION_LIST || option->type == SP_OPTION_MAP;
    if (is_table != wants_table)
        wrong_default(in);
    if (option->type == SP_OPTION_LIST)
        option->value = read_list(in);
    else if (option->type == SP_OPTION_MAP)
        option->value = read_map(in);
    else
        option->value = read_scalar(in, option->type);
    lua_pop(in->state, 1);
}

/* option = {type, of?, choices?, default, help?}, at the index `table` */
static void read_option(reading *in, int table)
{
    sp_option *option = in->option;
    check_fields(in, table);
    option->type = read_type(in, table, "type");
    option->of = SP_OPTION_STRING;
    bool holds = option->type == SP_OPTION_LIST || option->type == SP_OPTION_MAP;
    if (field(in->state, table, "of") != LUA_TNIL) {
        if (!holds)
            wrong(in, "only a list or map has of");
        option->of = read_type(in, table, "of");
    }
    lua_pop(in->state, 1);
    if (option->of == SP_OPTION_LIST || option->of == SP_OPTION_MAP)
        wrong(in, "of cannot be a list or map");
    if (option->type == SP_OPTION_ENUM || (holds && option->of == SP_OPTION_ENUM))
        read_choices(in, table);
    read_default(in, table);
    int help = field(in->state, table, "help");
    if (help != LUA_TSTRING && help != LUA_TNIL)
        wrong(in, "help must be a text that says what it is for");
    option->help = help == LUA_TSTRING ? copy_text(in, -1) : SP_STR("");
    lua_pop(in->state, 1);
}

/* name = lower-case letter {lower-case letter | digit | "_"} */
static bool is_option_name(sp_str name)
{
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.text[i];
        bool letter = byte >= 'a' && byte <= 'z';
        if (!letter && (i == 0 || !(byte == '_' || (byte >= '0' && byte <= '9'))))
            return false;
    }
    return name.size > 0;
}

/* Makes room for an option at its place in the order of names. */
static sp_option *insert_option(sp_arena *arena, sp_policy *policy, sp_str name)
{
    sp_list_add(arena, &policy->options);
    uint32_t at = policy->options.count - 1;
    for (; at > 0 && sp_str_compare(name, policy->options.items[at - 1].name) < 0; at--)
        policy->options.items[at] = policy->options.items[at - 1];
    policy->options.items[at] = (sp_option){.name = name};
    return &policy->options.items[at];
}

void sp_options_declare(lua_State *state, int index, sp_arena *arena, sp_policy *policy)
{
    for (lua_pushnil(state); lua_next(state, index) != 0; lua_pop(state, 1)) {
        if (lua_type(state, -2) != LUA_TSTRING || lua_type(state, -1) != LUA_TTABLE)
            luaL_error(state, "options must map each option's name to a table with type, default and help");
        if (policy->options.count >= MOST_OPTIONS)
            luaL_error(state, "a policy has at most %d options", (int)MOST_OPTIONS);
        reading in = {.state = state, .arena = arena, .name = lua_tostring(state, -2)};
        sp_str name = copy_text(&in, -2);
        if (!is_option_name(name))
            luaL_error(state, "option '%s': a name is of lower-case letters, digits and _", in.name);
        in.option = insert_option(arena, policy, name);
        read_option(&in, lua_gettop(state));
    }
}
