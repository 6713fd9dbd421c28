/* edge: a value (the reference as written) and kind to from? image? from_kind by_index instruction sources[]
   destination? at · :is(…). */
#include "lua/object.h"

static const sp_edge *edge_of(const void *subject)
{
    return ((const sp_edge_subject *)subject)->edge;
}

static void text_of_edge(lua_State *state, const void *subject)
{
    const sp_edge *edge = edge_of(subject);
    if (edge->reference.text.size == 0)
        sp_lua__push_text(state, sp_origin_name(edge->origin));
    else
        sp_kind_value.text(state, subject);
}

static void push_kind(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, sp_edge_name(edge_of(subject)->kind));
}

static void push_to(lua_State *state, const void *subject)
{
    sp_lua__push_stage(state, edge_of(subject)->to);
}

static void push_from(lua_State *state, const void *subject)
{
    sp_lua__push_stage(state, edge_of(subject)->from);
}

static void push_image(lua_State *state, const void *subject)
{
    sp_lua__push_image(state, edge_of(subject));
}

static void push_from_kind(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, sp_origin_name(edge_of(subject)->origin));
}

static void push_by_index(lua_State *state, const void *subject)
{
    lua_pushboolean(state, edge_of(subject)->by_index);
}

static void push_instruction(lua_State *state, const void *subject)
{
    sp_lua__push_instruction(state, edge_of(subject)->instruction);
}

static void push_sources(lua_State *state, const void *subject)
{
    const sp_edge *edge = edge_of(subject);
    sp_lua__push_list(state, edge->sources.count);
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        sp_lua__push_source(state, edge, &edge->sources.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_destination(lua_State *state, const void *subject)
{
    sp_lua__push_destination(state, edge_of(subject));
}

static void push_candidates(lua_State *state, const void *subject)
{
    const sp_edge *edge = edge_of(subject);
    sp_lua__push_list(state, edge->candidate_count);
    for (uint32_t i = 0; i < edge->candidate_count; i++) {
        sp_lua__push_text(state, sp_stage_label(sp_lua__graph(state), edge->candidates[i]));
        sp_lua__append(state, i + 1);
    }
}

/* edge:is("*:latest") → answer: about its image where it has one, and what a named context brings */
static int edge_is(lua_State *state)
{
    const sp_edge_subject *subject = sp_lua__check(state, 1, &sp_kind_edge);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_value brought = subject->edge->named != NULL ? sp_lua__brought(subject->edge) : subject->value.value;
    sp_answer answer = sp_lua__edge_has_image(subject->edge) ? sp_lua__image_is(state, subject->edge, &globs)
                                                             : sp_lua__value_is(state, &brought, &globs);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, globs.items.count);
}

static const sp_field fields[] = {
    {"kind", "'base'|'copy'|'add'|'mount'", "how it enters the stage", .push = push_kind},
    {"to", "stage", "the stage it enters", .push = push_to},
    {"from", "stage?", "the stage it comes from", .push = push_from},
    {"image", "image?", "the image it comes from", .push = push_image},
    {"from_kind", "'stage'|'image'|'scratch'|'context'|'named-context'|'url'|'git'|'inline'|'unknown'",
     "what it comes from", .push = push_from_kind},
    {"by_index", "boolean", "true when the stage is named by its number: --from=0", .push = push_by_index},
    {"instruction", "instruction", "the instruction that brings it", .push = push_instruction},
    {"sources", "source[]", "what is copied", .push = push_sources},
    {"destination", "destination?", "where to", .push = push_destination},
    {"candidates", "string[]", "the stages it may come from, when that hangs on an unknown argument",
     .push = push_candidates},
    {"is", "(...: text): answer", "whether its image, else its reference, matches one of these globs",
     .method = edge_is},
};

const sp_kind sp_kind_edge = {.name = "edge",
                              .says = "How something enters a stage; as a value, it is the reference as written",
                              .parent = &sp_kind_value,
                              SP_FIELDS_OF(fields),
                              .text = text_of_edge};

void sp_lua__push_edge(lua_State *state, uint32_t id)
{
    if (id == SP_NONE) {
        lua_pushnil(state);
        return;
    }
    const sp_graph *graph = sp_lua__graph(state);
    const sp_edge *edge = &graph->edges[id];
    sp_edge_subject subject = {{edge->reference}, edge};
    if (edge->reference.text.size == 0)
        subject.value.value.span = sp_lua__instruction_span(graph, edge->instruction);
    sp_lua__push_once(state, edge, &sp_kind_edge, &subject, sizeof subject);
}

void sp_lua__push_edge_list(lua_State *state, const uint32_t *edges, uint32_t count)
{
    sp_lua__push_list(state, count);
    sp_vm_charge(state, count);
    for (uint32_t i = 0; i < count; i++) {
        sp_lua__push_edge(state, edges[i]);
        sp_lua__append(state, i + 1);
    }
}
