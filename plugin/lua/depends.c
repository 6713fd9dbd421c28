/* Whether a stage rests on another one, over all edges, and the shortest way there. */
#include "lua/object.h"

#define STEPS_MOST 12 /* told of one way: nobody follows more */

/* Breadth first over what stages use. Gives, by stage, the edge that led to it; SP_NONE for stages not reached. */
static uint32_t *search(lua_State *state, uint32_t stage, uint32_t wanted)
{
    const sp_graph *graph = sp_lua__graph(state);
    sp_arena *arena = sp_lua__arena(state);
    uint32_t *by = sp_arena_alloc(arena, (size_t)graph->stage_count * sizeof *by);
    SP_LIST(uint32_t) queue = {0};
    for (uint32_t i = 0; i < graph->stage_count; i++)
        by[i] = SP_NONE;
    *sp_list_add(arena, &queue) = stage;
    for (uint32_t i = 0; i < queue.count && by[wanted] == SP_NONE; i++) {
        const sp_stage *one = &graph->stages[queue.items[i]];
        sp_vm_charge(state, one->use_count);
        for (uint32_t k = 0; k < one->use_count; k++) {
            uint32_t from = graph->edges[one->uses[k]].from;
            if (from == SP_NONE || by[from] != SP_NONE)
                continue;
            by[from] = one->uses[k];
            *sp_list_add(arena, &queue) = from;
        }
    }
    return by;
}

static void add_step(sp_arena *arena, const sp_graph *graph, sp_steps *steps, const sp_edge *edge)
{
    static const char *const verbs[] = {"is built FROM", "copies from", "adds from", "mounts"};
    sp_str to = sp_stage_label(graph, edge->to), from = sp_stage_label(graph, edge->from);
    sp_steps_add(arena, steps, edge->reference.span, "'%.*s' %s '%.*s'", SP_STR_ARG(to), verbs[edge->kind],
                 SP_STR_ARG(from));
}

sp_answer sp_lua__depends_on(lua_State *state, uint32_t stage, uint32_t other)
{
    const sp_graph *graph = sp_lua__graph(state);
    sp_arena *arena = sp_lua__arena(state);
    sp_span at = sp_lua__instruction_span(graph, graph->stages[stage].from);
    const uint32_t *by = search(state, stage, other);
    if (by[other] == SP_NONE)
        return sp_lua__answer(state, SP_NO, SP_STR(""), at);
    SP_LIST(uint32_t) way = {0};
    for (uint32_t to = other; way.count == 0 || to != stage; to = graph->edges[by[to]].to)
        *sp_list_add(arena, &way) = by[to];
    sp_answer answer = sp_lua__answer(state, SP_YES, sp_stage_label(graph, other), at);
    answer.span = graph->edges[way.items[way.count - 1]].reference.span;
    for (uint32_t i = 0; i < way.count && i < STEPS_MOST; i++)
        add_step(arena, graph, &answer.items.items[0].steps, &graph->edges[way.items[way.count - 1 - i]]);
    return answer;
}
