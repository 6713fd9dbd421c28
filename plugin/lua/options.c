/* Option values: from a configuration, into Lua, and as a person would write them. */
#include "lua/options.h"

#include "base/suggest.h"
#include "result/results.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const type_names[] = {
    [SP_OPTION_BOOLEAN] = "boolean",   [SP_OPTION_INTEGER] = "integer", [SP_OPTION_STRING] = "string",
    [SP_OPTION_LIST] = "list",         [SP_OPTION_MAP] = "map",         [SP_OPTION_ENUM] = "enum",
    [SP_OPTION_SEVERITY] = "severity", [SP_OPTION_PATTERN] = "pattern",
};

const char *sp_option_type_name(sp_option_type type)
{
    return type_names[type];
}

int sp_option_type_from_name(sp_str name)
{
    for (int i = 0; i < (int)(sizeof type_names / sizeof *type_names); i++) {
        if (sp_str_equal(name, sp_str_from(type_names[i])))
            return i;
    }
    return -1;
}

sp_str sp_option_type_show(sp_arena *arena, const sp_option *option)
{
    if (option->type == SP_OPTION_LIST || option->type == SP_OPTION_MAP)
        return sp_arena_print(arena, "%s of %s", type_names[option->type], type_names[option->of]);
    if (option->type != SP_OPTION_ENUM)
        return sp_str_from(type_names[option->type]);
    sp_str shown = SP_STR("one of");
    for (uint32_t i = 0; i < option->choices.count; i++)
        shown = sp_arena_print(arena, "%.*s%s %.*s", SP_STR_ARG(shown), i > 0 ? "," : "",
                               SP_STR_ARG(option->choices.items[i]));
    return shown;
}

/* Showing */

/* Plain in YAML: starts with a letter, holds nothing that YAML reads, and is no boolean or null. */
static bool is_plain(sp_str text)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (sp_str_equal_nocase(text, sp_str_from(words[i])))
            return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool inner = (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.' || byte == '/';
        if (!letter && (i == 0 || !inner))
            return false;
    }
    return text.size > 0;
}

static sp_str show_text(sp_arena *arena, sp_str text)
{
    if (is_plain(text))
        return text;
    char *quoted = sp_arena_alloc(arena, text.size * 4 + 3);
    size_t size = 0;
    quoted[size++] = '"';
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.text[i];
        if (byte == '"' || byte == '\\')
            quoted[size++] = '\\';
        if (byte < 0x20 || byte == 0x7F) {
            static const char digits[] = "0123456789ABCDEF";
            memcpy(quoted + size, "\\x", 2);
            quoted[size + 2] = digits[byte >> 4];
            quoted[size + 3] = digits[byte & 0xF];
            size += 4;
        } else {
            quoted[size++] = (char)byte;
        }
    }
    quoted[size++] = '"';
    quoted[size] = '\0';
    return (sp_str){quoted, size};
}

sp_str sp_option_show(sp_arena *arena, const sp_option_value *value)
{
    SP_LIST(sp_str) parts = {0};
    bool is_map = value->type == SP_OPTION_MAP;
    switch (value->type) {
    case SP_OPTION_BOOLEAN:
        return sp_str_from(value->boolean ? "true" : "false");
    case SP_OPTION_INTEGER:
        return sp_arena_print(arena, "%" PRId64, value->integer);
    case SP_OPTION_LIST:
    case SP_OPTION_MAP:
        break;
    default:
        return show_text(arena, value->text);
    }
    *sp_list_add(arena, &parts) = is_map ? SP_STR("{") : SP_STR("[");
    for (uint32_t i = 0; i < value->items.count; i++) {
        if (i > 0)
            *sp_list_add(arena, &parts) = SP_STR(", ");
        if (is_map) {
            *sp_list_add(arena, &parts) = show_text(arena, value->keys.items[i]);
            *sp_list_add(arena, &parts) = SP_STR(": ");
        }
        *sp_list_add(arena, &parts) = sp_option_show(arena, &value->items.items[i]);
    }
    *sp_list_add(arena, &parts) = is_map ? SP_STR("}") : SP_STR("]");
    return sp_arena_join(arena, parts.items, parts.count);
}

/* Giving to check */

static void push_value(lua_State *state, const sp_option_value *value)
{
    luaL_checkstack(state, 4, NULL);
    switch (value->type) {
    case SP_OPTION_BOOLEAN:
        lua_pushboolean(state, value->boolean);
        return;
    case SP_OPTION_INTEGER:
        lua_pushinteger(state, value->integer);
        return;
    case SP_OPTION_LIST:
        lua_createtable(state, (int)value->items.count, 0);
        for (uint32_t i = 0; i < value->items.count; i++) {
            push_value(state, &value->items.items[i]);
            lua_rawseti(state, -2, (lua_Integer)i + 1);
        }
        return;
    case SP_OPTION_MAP:
        lua_createtable(state, 0, (int)value->items.count);
        for (uint32_t i = 0; i < value->items.count; i++) {
            lua_pushlstring(state, value->keys.items[i].text, value->keys.items[i].size);
            push_value(state, &value->items.items[i]);
            lua_rawset(state, -3);
        }
        return;
    default:
        lua_pushlstring(state, value->text.text, value->text.size);
        return;
    }
}

void sp_options_push(lua_State *state, const sp_policy *policy)
{
    lua_createtable(state, 0, (int)policy->options.count);
    for (uint32_t i = 0; i < policy->options.count; i++) {
        const sp_option *option = &policy->options.items[i];
        lua_pushlstring(state, option->name.text, option->name.size);
        push_value(state, &option->value);
        lua_rawset(state, -3);
    }
}

/* Reading a configuration */

/* Where a value stands and what it is of, for messages. */
typedef struct place {
    sp_str path;
    const char *what; /* "option 'allow'" */
    sp_error *error;
} place;

static sp_status expect(const place *at, const sp_yaml *yaml, const char *expected)
{
    return sp_error_at(at->error, SP_E_CONFIG, at->path, yaml->line, yaml->column, "%s must be %s", at->what, expected);
}

static sp_status read_choice(sp_arena *arena, const place *at, const sp_option *option, const sp_yaml *yaml,
                             sp_str text)
{
    for (uint32_t i = 0; i < option->choices.count; i++) {
        if (sp_str_equal(text, option->choices.items[i]))
            return SP_OK;
    }
    sp_option choices = *option;
    choices.type = SP_OPTION_ENUM;
    return expect(at, yaml, sp_option_type_show(arena, &choices).text);
}

static sp_status read_text(sp_arena *arena, const place *at, const sp_option *option, const sp_yaml *yaml,
                           sp_option_value *out)
{
    sp_str text;
    sp_status status = sp_yaml_text(yaml, at->path, at->what, &text, at->error);
    if (status != SP_OK)
        return status;
    out->text = sp_arena_copy(arena, text);
    if (out->type == SP_OPTION_ENUM)
        return read_choice(arena, at, option, yaml, text);
    if (out->type != SP_OPTION_SEVERITY)
        return SP_OK;
    int severity = sp_severity_from_name(text);
    bool is_known = severity >= SP_SEVERITY_INFO && severity <= SP_SEVERITY_ERROR;
    return is_known ? SP_OK : expect(at, yaml, "error, warning or info");
}

static sp_status read_scalar(sp_arena *arena, const place *at, const sp_option *option, sp_option_type type,
                             const sp_yaml *yaml, sp_option_value *out)
{
    *out = (sp_option_value){.type = type};
    if (type == SP_OPTION_BOOLEAN)
        return sp_yaml_boolean(yaml, at->path, at->what, &out->boolean, at->error);
    if (type == SP_OPTION_INTEGER)
        return sp_yaml_integer(yaml, at->path, at->what, &out->integer, at->error);
    return read_text(arena, at, option, yaml, out);
}

static sp_status read_value(sp_arena *arena, const place *at, const sp_option *option, const sp_yaml *yaml,
                            sp_option_value *out)
{
    if (option->type != SP_OPTION_LIST && option->type != SP_OPTION_MAP)
        return read_scalar(arena, at, option, option->type, yaml, out);
    *out = (sp_option_value){.type = option->type};
    bool is_map = option->type == SP_OPTION_MAP;
    if (yaml->kind != (is_map ? SP_YAML_MAPPING : SP_YAML_SEQUENCE))
        return expect(at, yaml, sp_option_type_show(arena, option).text);
    for (uint32_t i = 0; i < yaml->items.count; i++) {
        sp_option_value item;
        sp_status status = read_scalar(arena, at, option, option->of, yaml->items.items[i], &item);
        if (status != SP_OK)
            return status;
        if (is_map)
            *sp_list_add(arena, &out->keys) = sp_arena_copy(arena, yaml->keys.items[i]->scalar);
        *sp_list_add(arena, &out->items) = item;
    }
    return SP_OK;
}

static sp_option *find_option(sp_policy *policy, sp_str name)
{
    for (uint32_t i = 0; i < policy->options.count; i++) {
        if (sp_str_equal(policy->options.items[i].name, name))
            return &policy->options.items[i];
    }
    return NULL;
}

static sp_status unknown_option(sp_arena *arena, const sp_policy *policy, const sp_yaml *key, sp_str path,
                                sp_error *error)
{
    SP_LIST(sp_str) names = {0};
    for (uint32_t i = 0; i < policy->options.count; i++)
        *sp_list_add(arena, &names) = policy->options.items[i].name;
    sp_str near = sp_suggest(key->scalar, names.items, names.count);
    if (near.size > 0)
        return sp_error_at(error, SP_E_CONFIG, path, key->line, key->column,
                           "'%.*s' has no option '%.*s'; did you mean '%.*s'?", SP_STR_ARG(policy->id),
                           SP_STR_ARG(key->scalar), SP_STR_ARG(near));
    return sp_error_at(error, SP_E_CONFIG, path, key->line, key->column, "'%.*s' has no option '%.*s'%s",
                       SP_STR_ARG(policy->id), SP_STR_ARG(key->scalar), names.count == 0 ? ", and no other" : "");
}

sp_status sp_policy_set_options(sp_arena *arena, sp_policy *policy, const sp_yaml *options, sp_str path,
                                sp_error *error)
{
    if (options == NULL)
        return SP_OK;
    place at = {.path = path, .what = "options", .error = error};
    if (options->kind != SP_YAML_MAPPING)
        return expect(&at, options, "a mapping from option to value");
    for (uint32_t i = 0; i < options->keys.count; i++) {
        const sp_yaml *key = options->keys.items[i];
        sp_option *option = find_option(policy, key->scalar);
        if (option == NULL)
            return unknown_option(arena, policy, key, path, error);
        at.what = sp_arena_print(arena, "option '%.*s'", SP_STR_ARG(option->name)).text;
        sp_option_value value;
        sp_status status = read_value(arena, &at, option, options->items.items[i], &value);
        if (status != SP_OK)
            return status;
        option->value = value;
    }
    return SP_OK;
}
