/* Whether a stage exposes a port. */
#include "lua/object.h"

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
    sp_steps_add(sp_lua__arena(state), &item->steps, sp_lua__root_span(graph, stage),
                 "this base image may expose ports");
}

void sp_lua__push_exposes(lua_State *state, const sp_stage_subject *subject, uint32_t wanted)
{
    sp_answer answer = {.placed = true, .span = subject->end.at};
    for (const sp_setting_item *item = subject->stage->state->ports; item != NULL; item = item->previous) {
        if (sp_lua__port_covers(&item->value, wanted)) {
            answer.span = sp_lua__instruction_span(sp_lua__graph(state), item->instruction);
            add_exposed(state, &answer, item, false);
        } else if (!item->value.known) {
            add_exposed(state, &answer, item, true);
        }
    }
    doubt_base(state, &answer, subject);
    sp_lua__push_answer(state, &answer);
}
