/* port: a value of EXPOSE with first? last? protocol?. */
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

bool sp_lua__port_covers(const sp_value *value, uint32_t wanted)
{
    port is = read_port(value);
    return is.known && wanted >= is.first && wanted <= is.last;
}

static const sp_field port_fields[] = {
    {"first", "integer?", "the first port of the range; nil when unknown", .push = NULL},
    {"last", "integer?", "the last port of the range; nil when unknown", .push = NULL},
    {"protocol", "string?", "in lower case: \"tcp\", \"udp\"; nil when unknown", .push = NULL},
};

const sp_kind sp_kind_port = {
    .name = "port", .says = "A port or range of EXPOSE", .parent = &sp_kind_value, SP_FIELDS_OF(port_fields)};

static void push_port(lua_State *state, const sp_value *value)
{
    sp_lua__push(state, &sp_kind_port, value, sizeof *value);
    sp_lua__set_port(state, value, false);
}

/* The state after an instruction: where the ports of EXPOSE are, cut into words. */
static const sp_state *state_after(const sp_graph *graph, const sp_instruction_subject *is)
{
    const sp_stage *stage = &graph->stages[is->stage];
    return is->id + 1 < stage->first + stage->count ? graph->instructions[is->id + 1].before : stage->state;
}

static void push_executed_ports(lua_State *state, const sp_instruction_subject *is)
{
    const sp_setting_item *newest = state_after(sp_lua__graph(state), is)->ports;
    uint32_t count = 0;
    for (const sp_setting_item *item = newest; item != NULL && item->instruction == is->id; item = item->previous)
        count++;
    sp_lua__push_list(state, count);
    for (const sp_setting_item *item = newest; count > 0; item = item->previous) {
        push_port(state, &item->value);
        sp_lua__append(state, count--);
    }
}

void sp_lua__expose_ports(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    if (!is->onbuild && is->stage != SP_NONE) {
        push_executed_ports(state, is);
        return;
    }
    sp_lua__push_list(state, is->instruction->arguments.count);
    for (uint32_t i = 0; i < is->instruction->arguments.count; i++) {
        sp_value value = sp_lua__expand(state, is, is->instruction->arguments.items[i]);
        push_port(state, &value);
        sp_lua__append(state, i + 1);
    }
}
