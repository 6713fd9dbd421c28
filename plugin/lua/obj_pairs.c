/* The pairs of ENV, LABEL and ARG: values with name legacy. */
#include "lua/object.h"

static const sp_instruction *instruction_of(const void *subject)
{
    return ((const sp_instruction_subject *)subject)->instruction;
}

/* A pair stands at its whole text; the value's own words are its text. */
static sp_value expand_pair(lua_State *state, const sp_instruction_subject *subject, const sp_pair *pair)
{
    sp_value value;
    if (!subject->onbuild)
        value = sp_graph_expand_pair(sp_lua__graph(state), subject->id, pair);
    else if (pair->has_value)
        value = sp_lua__expand(state, subject, pair->value);
    else
        value = (sp_value){.shape = {"\0", 1}};
    if (!pair->has_value)
        value.text = SP_STR("");
    value.span = pair->span;
    return value;
}

static void push_pair_name(lua_State *state, const sp_instruction_subject *subject, const sp_pair *pair)
{
    sp_value name = sp_value_literal(pair->name);
    if (subject->instruction->kind != SP_ARG)
        name = sp_lua__expand(state, subject, pair->name);
    sp_lua__push_text(state, name.known ? name.value : name.text);
}

static void push_pair(lua_State *state, const sp_instruction_subject *subject, const sp_pair *pair)
{
    sp_value value = expand_pair(state, subject, pair);
    sp_lua__push(state, &sp_kind_value, &value, sizeof value);
    push_pair_name(state, subject, pair);
    lua_setfield(state, -2, "name");
    sp_lua__set_boolean(state, "legacy", pair->legacy);
}

void sp_lua__pairs(lua_State *state, const void *subject)
{
    const sp_pairs *pairs = &instruction_of(subject)->as.pairs;
    sp_lua__push_list(state, pairs->count);
    for (uint32_t i = 0; i < pairs->count; i++) {
        push_pair(state, subject, &pairs->items[i]);
        sp_lua__append(state, i + 1);
    }
}
