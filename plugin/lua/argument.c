/* The texts that methods are asked about: strings, values, and lists of both. */
#include "lua/object.h"

#include "facts/glob.h"
#include "lua/lib.h"

#define TEXT_MOST 4096u /* bytes of one text that is asked about: no name, path or glob needs more */

/* Copies the string at `index` into the arena. Facts may keep it longer than Lua does. */
static sp_str copy_string(lua_State *state, int argument, int index)
{
    sp_str text;
    text.text = lua_tolstring(state, index, &text.size);
    if (memchr(text.text, '\0', text.size) != NULL)
        luaL_argerror(state, argument, "the text holds a NUL byte");
    if (text.size > TEXT_MOST)
        luaL_argerror(state, argument, "the text is longer than 4096 bytes");
    return sp_arena_copy(sp_lua__arena(state), text);
}

/* An unknown value of another build, without its places, which are in another file. */
static const sp_value *displaced(sp_arena *arena, const sp_value *value)
{
    sp_value *copy = sp_arena_new(arena, sp_value);
    *copy = *value;
    copy->span = (sp_span){0, 0};
    copy->variable_count = 0;
    return copy;
}

static void add_value(lua_State *state, sp_texts *texts, const sp_value *value, sp_text_use use)
{
    sp_arena *arena = sp_lua__arena(state);
    if (value->known)
        *sp_list_add(arena, &texts->items) = use == SP_TEXT_GLOB ? sp_glob_quote(arena, value->value) : value->value;
    else if (sp_lua__build_at(state, lua_gettop(state)) == sp_vm_of(state)->build)
        *sp_list_add(arena, &texts->unknown) = value;
    else
        *sp_list_add(arena, &texts->unknown) = displaced(arena, value);
}

/* Adds the text at the top of the stack; false when it is none. */
static bool add_text(lua_State *state, int argument, sp_texts *texts, sp_text_use use)
{
    if (lua_type(state, -1) == LUA_TSTRING) {
        *sp_list_add(sp_lua__arena(state), &texts->items) = copy_string(state, argument, lua_gettop(state));
        return true;
    }
    const sp_value_subject *value = sp_lua__test(state, lua_gettop(state), &sp_kind_value);
    if (value == NULL)
        return false;
    add_value(state, texts, &value->value, use);
    return true;
}

/* argument = text | value | "{" { text | value } "}" */
static void add_argument(lua_State *state, int argument, sp_texts *texts, sp_text_use use)
{
    lua_pushvalue(state, argument);
    bool is_text = add_text(state, argument, texts, use);
    lua_pop(state, 1);
    if (is_text)
        return;
    const void *subject;
    const sp_kind *kind = sp_lua__kind(state, argument, &subject);
    if (!lua_istable(state, argument) || (kind != NULL && !sp_lua__is_list(kind)))
        luaL_typeerror(state, argument, "text, value or list of them");
    lua_Integer count = (lua_Integer)lua_rawlen(state, argument);
    sp_vm_charge(state, 4 * (uint64_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(state, argument, i);
        if (!add_text(state, argument, texts, use))
            luaL_argerror(
                state, argument,
                lua_pushfstring(state, "item %d of the list is a %s, not a text", (int)i, luaL_typename(state, -1)));
        lua_pop(state, 1);
    }
}

sp_texts sp_lua__check_texts(lua_State *state, int first, sp_text_use use)
{
    sp_texts texts = {0};
    int last = lua_gettop(state);
    if (last < first)
        luaL_argerror(state, first, "text expected, got nothing");
    for (int argument = first; argument <= last; argument++)
        add_argument(state, argument, &texts, use);
    return texts;
}

bool sp_lua__glob_matches(lua_State *state, sp_str glob, sp_str text)
{
    sp_vm_charge(state, (uint64_t)(glob.size / 8 + 1) * (text.size / 8 + 1));
    return sp_glob_matches(glob, text);
}

/* With unknown parts the glob may be tried from each of its positions. */
sp_truth sp_lua__glob_matches_shape(lua_State *state, sp_str glob, sp_str shape)
{
    bool is_known = sp_str_find(shape, '\0') == shape.size;
    sp_vm_charge(state, (uint64_t)(glob.size / 8 + 1) * (shape.size / 8 + 1) * (is_known ? 1 : glob.size / 8 + 1));
    return sp_glob_matches_shape(glob, shape);
}

void sp_lua__charge_texts(lua_State *state, const sp_texts *texts, size_t times)
{
    for (uint32_t i = 0; i < texts->items.count; i++)
        sp_vm_charge(state, (uint64_t)(texts->items.items[i].size / 8 + 1) * (times + 1));
}

void sp_lua__check_names(lua_State *state, const sp_texts *texts, const char *what, const sp_str *allowed, size_t count)
{
    for (uint32_t i = 0; i < texts->items.count; i++) {
        sp_str name = texts->items.items[i];
        size_t at = 0;
        sp_vm_charge(state, count / 4);
        while (at < count && !sp_str_equal(name, allowed[at]))
            at++;
        if (at < count)
            continue;
        sp_str meant = sp_lua__suggest(state, sp_str_head(name, 64), allowed, count);
        const char *shown = sp_arena_copy(sp_lua__arena(state), sp_str_head(name, 64)).text;
        if (meant.size == 0)
            luaL_error(state, "there is no %s '%s'", what, shown);
        luaL_error(state, "there is no %s '%s'; did you mean '%s'?", what, shown,
                   sp_arena_copy(sp_lua__arena(state), meant).text);
    }
}

void sp_lua__doubt(lua_State *state, sp_answer *answer, const sp_texts *texts)
{
    sp_arena *arena = sp_lua__arena(state);
    if (sp_answer_truth(answer) == SP_YES)
        return;
    for (uint32_t i = 0; i < texts->unknown.count; i++) {
        sp_item *item = sp_answer_add(arena, answer, SP_STR(""), true);
        sp_lua__explain_unknown(arena, texts->unknown.items[i], &item->steps);
    }
}
