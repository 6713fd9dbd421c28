/* value: text value? known variables[] candidates[] at · :is(…) :satisfies(range) · name? of a named one.
   variable: name at suggestion? state instruction?. */
#include "lua/object.h"

#include "lua/version.h"

static const sp_value *value_of(const void *subject)
{
    return &((const sp_value_subject *)subject)->value;
}

static bool place_of_value(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = value_of(subject)->span;
    return true;
}

static void text_of_value(lua_State *state, const void *subject)
{
    const sp_value *value = value_of(subject);
    sp_lua__push_text(state, value->known ? value->value : value->text);
}

static void push_text(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, value_of(subject)->text);
}

static void push_expanded(lua_State *state, const void *subject)
{
    const sp_value *value = value_of(subject);
    if (value->known)
        sp_lua__push_text(state, value->value);
    else
        lua_pushnil(state);
}

static void push_known(lua_State *state, const void *subject)
{
    lua_pushboolean(state, value_of(subject)->known);
}

static void push_variables(lua_State *state, const void *subject)
{
    const sp_value *value = value_of(subject);
    sp_lua__push_list(state, value->variable_count);
    for (uint32_t i = 0; i < value->variable_count; i++) {
        sp_variable_use use = value->variables[i];
        if (value->known && use.certainty == SP_CERTAIN_UNKNOWN)
            use.certainty = SP_CERTAIN_DEFAULT; /* ${X:-y} is y unless a build gives X */
        sp_lua__push(state, &sp_kind_variable, &use, sizeof use);
        sp_lua__append(state, i + 1);
    }
}

static void push_candidates(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_list(state, 0);
}

/* value:is("root", "app-*") → answer */
static int value_is(lua_State *state)
{
    const sp_value_subject *subject = sp_lua__check(state, 1, &sp_kind_value);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_answer answer = sp_lua__value_is(state, &subject->value, &globs);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, globs.items.count);
}

/* value:satisfies(">=3.9 <4") → answer */
static int value_satisfies(lua_State *state)
{
    const sp_value_subject *subject = sp_lua__check(state, 1, &sp_kind_value);
    sp_method method = sp_lua__begin(state);
    sp_lua__push_satisfies(state, &subject->value, sp_lua__check_range(state, 2), false);
    return sp_lua__end(state, method, 0);
}

static const sp_field value_fields[] = {
    {"text", "string", "as written", .push = push_text},
    {"value", "string?", "with its variables replaced; nil when one is unknown, and in a setting that nothing sets",
     .push = push_expanded},
    {"known", "boolean", "true when every variable is known", .push = push_known},
    {"variables", "variable[]", "the variables it uses", .push = push_variables},
    {"candidates", "string[]", "what it can be when it is unknown and of a small set", .push = push_candidates},
    {"at", "place", "the word", .push = sp_lua__field_at},
    {"name", "string?", "of a pair, flag, label or argument: what it is called", .push = NULL},
    {"legacy", "boolean?", "of ENV and LABEL: true for the form without '='", .push = NULL},
    {"is", "(...: text): answer", "whether it matches one of these globs: value:is(\"root\", \"app-*\")",
     .method = value_is},
    {"satisfies", "(range: string): answer", "whether the version it begins with is in a range: \">=3.9 <4\"",
     .method = value_satisfies},
};

const sp_kind sp_kind_value = {
    .name = "value",
    .says = "A text that may hold variables; it is an object, so ask value:is(\"root\"), never value == \"root\"",
    SP_FIELDS_OF(value_fields),
    .place = place_of_value,
    .text = text_of_value};

static bool place_of_variable(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = ((const sp_variable_use *)subject)->at;
    return true;
}

static void push_variable_name(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, ((const sp_variable_use *)subject)->name);
}

static void push_variable_state(lua_State *state, const void *subject)
{
    static const char *const names[] = {
        [SP_CERTAIN_KNOWN] = "known",
        [SP_CERTAIN_DEFAULT] = "default",
        [SP_CERTAIN_UNDEFINED] = "undefined",
        [SP_CERTAIN_UNKNOWN] = "unknown",
    };
    lua_pushstring(state, names[((const sp_variable_use *)subject)->certainty]);
}

static void push_variable_instruction(lua_State *state, const void *subject)
{
    sp_lua__push_instruction(state, ((const sp_variable_use *)subject)->definition);
}

static const sp_field variable_fields[] = {
    {"name", "string", "its name", .push = push_variable_name},
    {"at", "place", "where it is used", .push = sp_lua__field_at},
    {"suggestion", "string?", "a defined variable with a similar name", .push = NULL},
    {"state", "'known'|'default'|'unknown'|'undefined'",
     "given; replaceable by a build argument; not to be told; nowhere defined", .push = push_variable_state},
    {"instruction", "instruction?", "the instruction that defines it", .push = push_variable_instruction},
};

const sp_kind sp_kind_variable = {.name = "variable",
                                  .says = "A variable that a value uses",
                                  SP_FIELDS_OF(variable_fields),
                                  .place = place_of_variable,
                                  .text = push_variable_name};

void sp_lua__push_value(lua_State *state, const sp_value *value)
{
    sp_lua__push(state, &sp_kind_value, value, sizeof *value);
}

void sp_lua__push_named(lua_State *state, sp_str name, const sp_value *value)
{
    sp_lua__push_value(state, value);
    sp_lua__set_text(state, "name", name);
}

sp_value sp_lua__known_value(sp_str text, sp_span span)
{
    return (sp_value){.text = text, .span = span, .known = true, .value = text, .shape = text};
}

void sp_lua__explain_unknown(sp_arena *arena, const sp_value *value, sp_steps *steps)
{
    for (uint32_t i = 0; i < value->variable_count; i++) {
        const sp_variable_use *use = &value->variables[i];
        if (use->certainty == SP_CERTAIN_UNKNOWN) {
            sp_steps_add(arena, steps, use->at, "nothing here says what '%.*s' is", SP_STR_ARG(use->name));
            return;
        }
    }
    sp_steps_add(arena, steps, value->span, "only the build knows what '%.*s' is", SP_STR_ARG(value->text));
}

static sp_truth match_any(lua_State *state, const sp_value *value, const sp_texts *globs)
{
    sp_truth best = SP_NO;
    for (uint32_t i = 0; i < globs->items.count && best != SP_YES; i++) {
        sp_truth truth = value->known ? (sp_truth)sp_lua__glob_matches(state, globs->items.items[i], value->value)
                                      : sp_lua__glob_matches_shape(state, globs->items.items[i], value->shape);
        best = truth == SP_NO ? best : truth;
    }
    return best;
}

sp_answer sp_lua__value_is(lua_State *state, const sp_value *value, const sp_texts *globs)
{
    sp_arena *arena = sp_lua__arena(state);
    sp_truth truth = match_any(state, value, globs);
    sp_answer answer = sp_lua__answer(state, truth, value->known ? value->value : value->text, value->span);
    if (truth == SP_MAYBE)
        sp_lua__explain_unknown(arena, value, &answer.items.items[0].steps);
    else if (value->known && value->variable_count > 0)
        sp_steps_add(arena, truth == SP_YES ? &answer.items.items[0].steps : &answer.steps, value->span,
                     "'%.*s' is '%.*s'", SP_STR_ARG(value->text), SP_STR_ARG(value->value));
    sp_lua__doubt(state, &answer, globs);
    return answer;
}

sp_str sp_lua__check_range(lua_State *state, int index)
{
    if (lua_type(state, index) != LUA_TSTRING)
        luaL_typeerror(state, index, "version range");
    sp_str range;
    range.text = lua_tolstring(state, index, &range.size);
    if (range.size > 256 || !sp_version_range_is_valid(range))
        luaL_argerror(state, index, "a version range looks like '>=3.9 <4'");
    return range;
}

/* The version of an unknown value is known as far as a blank or '-' ends it before the unknown part: "3.9-$VARIANT". */
static sp_str known_version(const sp_value *value)
{
    if (value->known)
        return value->value;
    sp_str head = sp_str_head(value->shape, sp_str_find(value->shape, '\0'));
    size_t end = 0;
    while (end < head.size && head.text[end] != '-' && head.text[end] != ' ')
        end++;
    return end < head.size ? head : SP_STR("");
}

void sp_lua__push_satisfies(lua_State *state, const sp_value *value, sp_str range, bool floating)
{
    sp_arena *arena = sp_lua__arena(state);
    sp_truth truth = sp_version_satisfies(known_version(value), range, floating);
    sp_answer answer = sp_lua__answer(state, truth, value->known ? value->value : value->text, value->span);
    if (truth == SP_MAYBE && value->known)
        sp_steps_add(arena, &answer.items.items[0].steps, value->span, "'%.*s' does not say whether it is %.*s",
                     SP_STR_ARG(value->value), SP_STR_ARG(range));
    else if (truth == SP_MAYBE)
        sp_lua__explain_unknown(arena, value, &answer.items.items[0].steps);
    sp_lua__push_answer(state, &answer);
}

static void push_part(lua_State *state, const sp_value *value, bool group)
{
    size_t colon = value->known ? sp_str_find(value->value, ':') : 0;
    if (!value->known)
        lua_pushnil(state);
    else
        sp_lua__push_optional(state, group ? sp_str_skip(value->value, colon + 1) : sp_str_head(value->value, colon));
}

void sp_lua__push_user_part(lua_State *state, const sp_value *value)
{
    push_part(state, value, false);
}

void sp_lua__push_group_part(lua_State *state, const sp_value *value)
{
    push_part(state, value, true);
}
