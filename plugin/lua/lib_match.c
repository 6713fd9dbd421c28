/* The string functions that search: find, match, gmatch, gsub, on our own matcher. */
#include "lua/lib.h"
#include "lua/pattern.h"

#include <string.h>

static sp_str check_text(lua_State *state, int index)
{
    sp_str text;
    text.text = luaL_checklstring(state, index, &text.size);
    return text;
}

/* What is left of the judgement's steps, and what a search took of it. */
static uint64_t budget_left(lua_State *state)
{
    const sp_vm *vm = sp_vm_of(state);
    return vm->steps < vm->step_limit ? vm->step_limit - vm->steps : 0;
}

static void take_budget(lua_State *state, uint64_t before, uint64_t after, sp_pattern_result result)
{
    enum { SEARCH_COST = 8 }; /* what goes with a search: its call, its result */
    sp_vm_charge(state, before - after + (result == SP_PATTERN_SPENT ? 1 : 0) + SEARCH_COST);
}

size_t sp_lua__search(lua_State *state, sp_str text, sp_str part, size_t from)
{
    size_t found;
    uint64_t budget = budget_left(state), before = budget;
    sp_pattern_result result = sp_pattern_search(text, part, from, &budget, &found);
    take_budget(state, before, budget, result);
    return result == SP_PATTERN_FOUND ? found : SIZE_MAX;
}

/* Pushes a userdata with the compiled pattern at `index`, which must stay on the stack. */
static const sp_pattern *push_pattern(lua_State *state, int index, bool literal_anchor)
{
    sp_str text = check_text(state, index);
    sp_vm_charge(state, text.size / 8);
    sp_pattern *pattern = lua_newuserdatauv(state, sp_pattern_size(text.size), 0);
    const char *wrong = sp_pattern_compile(pattern, text, literal_anchor);
    if (wrong != NULL)
        luaL_error(state, "%s", wrong);
    return pattern;
}

static bool search(lua_State *state, const sp_pattern *pattern, sp_str subject, size_t from, sp_pattern_match *out)
{
    uint64_t budget = budget_left(state), before = budget;
    sp_pattern_result result = sp_pattern_find(pattern, subject, from, &budget, out);
    take_budget(state, before, budget, result);
    return result == SP_PATTERN_FOUND;
}

static void push_capture(lua_State *state, sp_str subject, const sp_pattern_match *match, uint32_t number)
{
    size_t start = match->captures[number].start, size = match->captures[number].size;
    if (size == SP_PATTERN_POSITION)
        lua_pushinteger(state, (lua_Integer)start + 1);
    else
        lua_pushlstring(state, subject.text + start, size);
}

static void push_whole(lua_State *state, sp_str subject, const sp_pattern_match *match)
{
    lua_pushlstring(state, subject.text + match->start, match->end - match->start);
}

/* The captures, or the whole match when there are none and `or_whole`; gives their number. */
static int push_captures(lua_State *state, const sp_pattern *pattern, sp_str subject, const sp_pattern_match *match,
                         bool or_whole)
{
    luaL_checkstack(state, SP_PATTERN_CAPTURES, "too many captures");
    if (pattern->captures == 0 && or_whole) {
        push_whole(state, subject, match);
        return 1;
    }
    for (uint32_t i = 0; i < pattern->captures; i++)
        push_capture(state, subject, match, i);
    return (int)pattern->captures;
}

/* The offset that an optional start at `index` means; SIZE_MAX past the end. */
static size_t start_offset(lua_State *state, int index, size_t size)
{
    lua_Integer position = luaL_optinteger(state, index, 1);
    if (position > 0)
        return (lua_Unsigned)position > size + 1 ? SIZE_MAX : (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)size)
        return 0;
    return size - (size_t)-position;
}

static int push_span(lua_State *state, size_t start, size_t end)
{
    lua_pushinteger(state, (lua_Integer)start + 1);
    lua_pushinteger(state, (lua_Integer)end);
    return 2;
}

static int string_find(lua_State *state)
{
    sp_str subject = check_text(state, 1), text = check_text(state, 2);
    size_t from = start_offset(state, 3, subject.size);
    bool plain = lua_toboolean(state, 4);
    lua_settop(state, 2);
    sp_pattern_match match;
    if (from != SIZE_MAX && (plain || sp_pattern_is_plain(text))) {
        size_t found = sp_lua__search(state, subject, text, from);
        if (found != SIZE_MAX)
            return push_span(state, found, found + text.size);
    } else if (from != SIZE_MAX) {
        const sp_pattern *pattern = push_pattern(state, 2, false);
        if (search(state, pattern, subject, from, &match)) {
            push_span(state, match.start, match.end);
            return 2 + push_captures(state, pattern, subject, &match, false);
        }
    }
    luaL_pushfail(state);
    return 1;
}

static int string_match(lua_State *state)
{
    sp_str subject = check_text(state, 1);
    size_t from = start_offset(state, 3, subject.size);
    const sp_pattern *pattern = push_pattern(state, 2, false);
    sp_pattern_match match;
    if (from != SIZE_MAX && search(state, pattern, subject, from, &match))
        return push_captures(state, pattern, subject, &match, true);
    luaL_pushfail(state);
    return 1;
}

/* The first match from `from` on that does not end where the last one ended, so that no place is matched twice. */
static bool search_fresh(lua_State *state, const sp_pattern *pattern, sp_str subject, size_t from, size_t last_end,
                         sp_pattern_match *out)
{
    while (from <= subject.size && search(state, pattern, subject, from, out)) {
        if (out->end != last_end)
            return true;
        from = out->start + 1;
        if (pattern->anchored)
            return false;
    }
    return false;
}

/* upvalues: subject, pattern's text, pattern, where to go on, where the last match ended (-1: none) */
static int next_match(lua_State *state)
{
    sp_str subject;
    subject.text = lua_tolstring(state, lua_upvalueindex(1), &subject.size);
    const sp_pattern *pattern = lua_touserdata(state, lua_upvalueindex(3));
    lua_Integer from = lua_tointeger(state, lua_upvalueindex(4)), last = lua_tointeger(state, lua_upvalueindex(5));
    sp_pattern_match match;
    if (!search_fresh(state, pattern, subject, (size_t)from, (size_t)last, &match)) {
        lua_pushinteger(state, (lua_Integer)subject.size + 1);
        lua_replace(state, lua_upvalueindex(4));
        return 0;
    }
    lua_pushinteger(state, (lua_Integer)match.end);
    lua_copy(state, -1, lua_upvalueindex(4));
    lua_replace(state, lua_upvalueindex(5));
    return push_captures(state, pattern, subject, &match, true);
}

static int string_gmatch(lua_State *state)
{
    sp_str subject = check_text(state, 1);
    size_t from = start_offset(state, 3, subject.size);
    luaL_checkstring(state, 2);
    lua_settop(state, 2);
    push_pattern(state, 2, true);
    lua_pushinteger(state, from == SIZE_MAX ? (lua_Integer)subject.size + 1 : (lua_Integer)from);
    lua_pushinteger(state, -1);
    lua_pushcclosure(state, next_match, 5);
    return 1;
}

/* gsub */

typedef struct substitution {
    lua_State *state;
    sp_str subject;
    const sp_pattern *pattern;
    sp_pattern_match match;
    sp_lua_text out;
} substitution;

/* replacement = {byte | "%%" | "%" digit} */
static void add_template(substitution *sub)
{
    lua_State *state = sub->state;
    sp_str text;
    text.text = lua_tolstring(state, 3, &text.size);
    sp_vm_charge(state, text.size / 8);
    for (size_t i = 0; i < text.size; i++) {
        size_t plain = sp_str_find(sp_str_skip(text, i), '%');
        sp_lua__text_add(&sub->out, text.text + i, plain);
        i += plain;
        if (i >= text.size)
            return;
        char digit = i + 1 < text.size ? text.text[i + 1] : '\0';
        i++;
        unsigned number = (unsigned)(digit - '1');
        if (digit == '%')
            sp_lua__text_fill(&sub->out, '%', 1);
        else if (digit < '0' || digit > '9')
            luaL_error(state, "invalid use of '%%' in replacement string");
        else if (digit == '0' || (number == 0 && sub->pattern->captures == 0))
            sp_lua__text_add(&sub->out, sub->subject.text + sub->match.start, sub->match.end - sub->match.start);
        else if (number >= sub->pattern->captures)
            luaL_error(state, "invalid capture index %%%d in replacement string", (int)number + 1);
        else {
            push_capture(state, sub->subject, &sub->match, number);
            sp_lua__text_value(&sub->out, lua_gettop(state));
            lua_pop(state, 1);
        }
    }
}

/* Adds what a table or function gives for the match; false and nil keep it. */
static void add_result(substitution *sub)
{
    lua_State *state = sub->state;
    if (lua_type(state, 3) == LUA_TFUNCTION) {
        lua_pushvalue(state, 3);
        int count = push_captures(state, sub->pattern, sub->subject, &sub->match, true);
        sp_vm_call(state, count, 1);
    } else {
        if (sub->pattern->captures > 0)
            push_capture(state, sub->subject, &sub->match, 0);
        else
            push_whole(state, sub->subject, &sub->match);
        lua_gettable(state, 3);
    }
    if (!lua_toboolean(state, -1))
        sp_lua__text_add(&sub->out, sub->subject.text + sub->match.start, sub->match.end - sub->match.start);
    else if (!lua_isstring(state, -1))
        luaL_error(state, "invalid replacement value (a %s)", sp_lua__typename(state, -1));
    else
        sp_lua__text_value(&sub->out, lua_gettop(state));
    lua_pop(state, 1);
}

/* Replaces match after match; gives their number. */
static lua_Integer substitute(substitution *sub, lua_Integer most)
{
    size_t from = 0, last_end = SIZE_MAX, copied = 0;
    lua_Integer count = 0;
    bool by_text = lua_type(sub->state, 3) == LUA_TSTRING || lua_type(sub->state, 3) == LUA_TNUMBER;
    while (count < most && search_fresh(sub->state, sub->pattern, sub->subject, from, last_end, &sub->match)) {
        sp_lua__text_add(&sub->out, sub->subject.text + copied, sub->match.start - copied);
        if (by_text)
            add_template(sub);
        else
            add_result(sub);
        count++;
        from = last_end = copied = sub->match.end;
        if (sub->pattern->anchored)
            break;
    }
    sp_lua__text_add(&sub->out, sub->subject.text + copied, sub->subject.size - copied);
    return count;
}

static int string_gsub(lua_State *state)
{
    substitution sub = {.state = state, .subject = check_text(state, 1)};
    int type = lua_type(state, 3);
    luaL_argexpected(state, type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TTABLE || type == LUA_TFUNCTION,
                     3, "string/function/table");
    lua_Integer most = luaL_optinteger(state, 4, (lua_Integer)sub.subject.size + 1);
    luaL_checkstring(state, 2);
    if (type == LUA_TNUMBER)
        luaL_checkstring(state, 3);
    lua_settop(state, 3);
    sub.pattern = push_pattern(state, 2, false);
    sp_lua__text_begin(&sub.out, state);
    lua_Integer count = substitute(&sub, most);
    sp_lua__text_push(&sub.out);
    lua_pushinteger(state, count);
    return 2;
}

void sp_lua__open_match(lua_State *state)
{
    static const luaL_Reg functions[] = {
        {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {NULL, NULL}};
    luaL_setfuncs(state, functions, 0);
}
