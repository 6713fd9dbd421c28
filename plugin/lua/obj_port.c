/* Ports of EXPOSE: first? last? protocol?, and whether a stage exposes one. */
#include "lua/object.h"

/* What EXPOSE's word says, as far as it is known. */
typedef struct port {
    bool known;
    uint64_t first, last;
    sp_str protocol; /* as written; "" without one */
} port;

/* port = first [ "-" last ] [ "/" protocol ] */
static port read_port(const sp_value *value)
{
    port is = {0};
    if (!value->known)
        return is;
    size_t slash = sp_str_find(value->value, '/');
    sp_str range = sp_str_head(value->value, slash);
    size_t dash = sp_str_find(range, '-');
    is.protocol = sp_str_skip(value->value, slash + 1);
    is.known = sp_str_to_uint(sp_str_head(range, dash), &is.first);
    is.last = is.first;
    if (dash < range.size)
        is.known = is.known && sp_str_to_uint(sp_str_skip(range, dash + 1), &is.last);
    is.known = is.known && is.first <= 65535 && is.last <= 65535;
    return is;
}

static void push_protocol(lua_State *state, sp_str protocol)
{
    luaL_Buffer lower;
    if (protocol.size == 0)
        protocol = SP_STR("tcp");
    luaL_buffinit(state, &lower);
    for (size_t i = 0; i < protocol.size; i++) {
        char byte = protocol.text[i];
        luaL_addchar(&lower, (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte));
    }
    luaL_pushresult(&lower);
}

/* Sets the name of the port on top, whose protocol is set: "8080/tcp", "80-90/udp". */
static void set_name(lua_State *state, const port *is)
{
    lua_getfield(state, -1, "protocol");
    const char *protocol = lua_tostring(state, -1);
    if (is->first == is->last)
        lua_pushfstring(state, "%d/%s", (int)is->first, protocol);
    else
        lua_pushfstring(state, "%d-%d/%s", (int)is->first, (int)is->last, protocol);
    lua_setfield(state, -3, "name");
    lua_pop(state, 1);
}

void sp_lua__set_port(lua_State *state, const sp_value *value, bool named)
{
    port is = read_port(value);
    if (!is.known)
        return;
    lua_pushinteger(state, (lua_Integer)is.first);
    lua_setfield(state, -2, "first");
    lua_pushinteger(state, (lua_Integer)is.last);
    lua_setfield(state, -2, "last");
    push_protocol(state, is.protocol);
    lua_setfield(state, -2, "protocol");
    if (named)
        set_name(state, &is);
}

static void add_exposed(lua_State *state, sp_answer *answer, const sp_setting_item *item, bool unknown)
{
    sp_arena *arena = sp_lua__arena(state);
    sp_item *found = sp_answer_add(arena, answer, unknown ? SP_STR("") : item->value.value, unknown);
    if (unknown)
        sp_lua__explain_unknown(arena, &item->value, &found->steps);
    else
        sp_steps_add(arena, &found->steps, sp_lua__instruction_span(sp_lua__graph(state), item->instruction),
                     "'EXPOSE %.*s' is here", SP_STR_ARG(item->value.text));
}

/* A base image of which we do not know the ports may expose it. */
static void doubt_base(lua_State *state, sp_answer *answer, const sp_stage_subject *subject)
{
    const sp_graph *graph = sp_lua__graph(state);
    uint32_t stage = subject->stage->index;
    while (graph->edges[graph->stages[stage].base].from != SP_NONE)
        stage = graph->edges[graph->stages[stage].base].from;
    const sp_edge *root = &graph->edges[graph->stages[stage].base];
    if (root->origin == SP_ORIGIN_SCRATCH || sp_answer_truth(answer) == SP_YES)
        return;
    sp_item *item = sp_answer_add(sp_lua__arena(state), answer, SP_STR(""), true);
    sp_steps_add(sp_lua__arena(state), &item->steps, sp_lua__root_span(graph, stage), "this base image may expose ports");
}

void sp_lua__push_exposes(lua_State *state, const sp_stage_subject *subject, uint32_t wanted)
{
    sp_answer answer = {.placed = true, .span = subject->end.at};
    for (const sp_setting_item *item = subject->stage->state->ports; item != NULL; item = item->previous) {
        port is = read_port(&item->value);
        if (is.known && wanted >= is.first && wanted <= is.last) {
            answer.span = sp_lua__instruction_span(sp_lua__graph(state), item->instruction);
            add_exposed(state, &answer, item, false);
        } else if (!item->value.known) {
            add_exposed(state, &answer, item, true);
        }
    }
    doubt_base(state, &answer, subject);
    sp_lua__push_answer(state, &answer);
}
