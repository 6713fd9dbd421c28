/* Whether a build needs a stage, with the shortest way from it to a target. */
#include "facts/facts_internal.h"

/* Edges and sources that evidence tells: nobody follows more. */
enum { SHOWN_EDGES = 12, SHOWN_USERS = 4, SHOWN_SOURCES = 3 };

/* How the search came to a stage. */
typedef struct arrival {
    bool seen;
    uint32_t edge; /* into the stage that needs it; SP_NONE of a target */
} arrival;

typedef struct search {
    const sp_graph *graph;
    arrival *arrivals; /* by stage */
    uint32_t *stages;  /* seen, in order */
    uint32_t count;
} search;

static void visit(search *found, uint32_t stage, uint32_t edge)
{
    if (stage == SP_NONE || found->arrivals[stage].seen)
        return;
    found->arrivals[stage] = (arrival){true, edge};
    found->stages[found->count++] = stage;
}

/* Breadth first from what was seen to what that takes from, over candidates too or not. */
static void spread(search *found, bool candidates)
{
    for (uint32_t i = 0; i < found->count; i++) {
        const sp_stage *stage = &found->graph->stages[found->stages[i]];
        for (uint32_t j = 0; j < stage->use_count; j++) {
            const sp_edge *edge = &found->graph->edges[stage->uses[j]];
            visit(found, edge->from, stage->uses[j]);
            for (uint32_t k = 0; candidates && k < edge->candidate_count; k++)
                visit(found, edge->candidates[k], stage->uses[j]);
        }
    }
}

/* Ways that are sure come first. True when there is one to the stage. */
static bool find(sp_facts *facts, uint32_t stage, search *out)
{
    const sp_graph *graph = facts->graph;
    *out = (search){.graph = graph};
    out->arrivals = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof *out->arrivals);
    out->stages = sp_arena_alloc(facts->arena, (graph->stage_count + 1) * sizeof *out->stages);
    for (uint32_t i = 0; i < graph->target_count; i++)
        visit(out, graph->targets[i], SP_NONE);
    spread(out, false);
    bool sure = out->arrivals[stage].seen;
    if (!sure)
        spread(out, true);
    return sure;
}

/* ---- sentences ---- */

sp_str sp_facts__sources_text(sp_facts *facts, const sp_edge *edge)
{
    SP_LIST(sp_str) parts = {0};
    uint32_t shown = edge->sources.count < SHOWN_SOURCES ? edge->sources.count : SHOWN_SOURCES;
    for (uint32_t i = 0; i < shown; i++) {
        const sp_value *source = &edge->sources.items[i];
        *sp_list_add(facts->arena, &parts) = source->known ? source->value : source->text;
    }
    sp_str list = sp_arena_list(facts->arena, parts.items, parts.count);
    if (shown == edge->sources.count)
        return list;
    return sp_arena_print(facts->arena, "%.*s and %u more", SP_STR_ARG(list), edge->sources.count - shown);
}

/* What the edge takes from: the stage, or a word that may be it. */
static sp_str taken_text(sp_facts *facts, const sp_edge *edge, uint32_t from)
{
    sp_str stage = sp_facts__stage_text(facts, from);
    if (edge->from != SP_NONE)
        return stage;
    return sp_arena_print(facts->arena, "%.*s, which may be %.*s", SP_STR_ARG(edge->reference.text), SP_STR_ARG(stage));
}

/* ", by an ONBUILD of stage 'base'" where a trigger that fired made the edge. */
static sp_str trigger_text(sp_facts *facts, const sp_edge *edge)
{
    uint32_t below = sp_facts__below(facts, edge->to);
    if (!facts->graph->instructions[edge->instruction].trigger || below == SP_NONE)
        return SP_STR("");
    return sp_arena_print(facts->arena, ", by an ONBUILD of %.*s", SP_STR_ARG(sp_facts__stage_text(facts, below)));
}

static sp_str action_text(sp_facts *facts, const sp_edge *edge, sp_str taken)
{
    sp_str sources = sp_facts__sources_text(facts, edge);
    switch (edge->kind) {
    case SP_EDGE_BASE:
        return sp_arena_print(facts->arena, "is built FROM %.*s", SP_STR_ARG(taken));
    case SP_EDGE_MOUNT:
        if (sources.size == 0)
            return sp_arena_print(facts->arena, "mounts %.*s", SP_STR_ARG(taken));
        return sp_arena_print(facts->arena, "mounts %.*s of %.*s", SP_STR_ARG(sources), SP_STR_ARG(taken));
    default:
        return sp_arena_print(facts->arena, "copies %.*s from %.*s", SP_STR_ARG(sources), SP_STR_ARG(taken));
    }
}

static void add_edge(sp_facts *facts, sp_steps *steps, const sp_edge *edge, uint32_t from, const char *more)
{
    sp_str action = action_text(facts, edge, taken_text(facts, edge, from)), trigger = trigger_text(facts, edge);
    sp_steps_add(facts->arena, steps, edge->reference.span, "%.*s %.*s%.*s%s",
                 SP_STR_ARG(sp_facts__stage_text(facts, edge->to)), SP_STR_ARG(action), SP_STR_ARG(trigger), more);
}

static void add_target(sp_facts *facts, sp_steps *steps, uint32_t target)
{
    const sp_graph *graph = facts->graph;
    sp_span from = graph->instructions[graph->stages[target].from].instruction->span;
    const char *why = graph->target_defaulted ? "the target: no target is given, and it is the last stage"
                      : graph->target_missing ? "taken as the target: it is the last stage"
                                              : "the target";
    sp_steps_add(facts->arena, steps, from, "%.*s is %s", SP_STR_ARG(sp_facts__stage_text(facts, target)), why);
}

/* From the stage to the target, a long middle told in one. */
static void add_way(sp_facts *facts, sp_steps *steps, const search *found, uint32_t stage)
{
    uint32_t passed = 0;
    sp_span last = {0};
    for (; found->arrivals[stage].edge != SP_NONE; passed++) {
        const sp_edge *edge = &facts->graph->edges[found->arrivals[stage].edge];
        if (passed < SHOWN_EDGES)
            add_edge(facts, steps, edge, stage, "");
        last = edge->reference.span;
        stage = edge->to;
    }
    if (passed > SHOWN_EDGES)
        sp_steps_add(facts->arena, steps, last, "%u stages further on is the target", passed - SHOWN_EDGES);
    add_target(facts, steps, stage);
}

/* Who takes from a stage that nobody needs. */
static void add_users(sp_facts *facts, sp_steps *steps, uint32_t index)
{
    const sp_stage *stage = &facts->graph->stages[index];
    for (uint32_t i = 0; i < stage->used_by_count && i < SHOWN_USERS; i++)
        add_edge(facts, steps, &facts->graph->edges[stage->used_by[i]], index, ", but is not needed itself");
    if (stage->used_by_count > SHOWN_USERS)
        sp_steps_add_source(facts->arena, steps, SP_STR(""), "%u more take from it, and are not needed either",
                            stage->used_by_count - SHOWN_USERS);
    if (stage->used_by_count == 0)
        sp_steps_add_source(facts->arena, steps, SP_STR(""),
                            "no stage is built FROM it, copies from it or mounts something of it");
}

sp_answer sp_facts_needed(sp_facts *facts, uint32_t stage)
{
    const sp_graph *graph = facts->graph;
    sp_answer answer = {.placed = true, .span = graph->instructions[graph->stages[stage].from].instruction->span};
    search found;
    bool sure = find(facts, stage, &found);
    if (!found.arrivals[stage].seen) {
        add_users(facts, &answer.steps, stage);
        add_target(facts, &answer.steps, graph->targets[0]);
        return answer;
    }
    sp_item *item = sp_answer_add(facts->arena, &answer, SP_STR(""), !sure);
    add_way(facts, &item->steps, &found, stage);
    return answer;
}
