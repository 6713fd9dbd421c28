/* Whether a stage rests on one of some stages, over all edges, with the shortest way there. */
#include "facts/facts_internal.h"
#include "facts/glob.h"

/* Edges that evidence tells: nobody follows more. */
#define SHOWN_EDGES 12

static bool matches(const sp_facts *facts, uint32_t stage, const sp_str *globs, size_t count)
{
    sp_str name = facts->graph->stages[stage].name;
    for (size_t i = 0; i < count && name.size > 0; i++) {
        if (sp_glob_matches(globs[i], name))
            return true;
    }
    return false;
}

/* Of every stage the edge that leads towards a match, SP_NONE when no way does. Breadth first from the matching stages
   to those that use them: every stage and edge once. */
static const uint32_t *search(sp_facts *facts, const sp_str *globs, size_t count)
{
    const sp_graph *graph = facts->graph;
    uint32_t *towards = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof *towards);
    SP_LIST(uint32_t) queue = {0};
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        towards[i] = SP_NONE;
        if (matches(facts, i, globs, count))
            *sp_list_add(facts->arena, &queue) = i;
    }
    for (uint32_t i = 0; i < queue.count; i++) {
        const sp_stage *stage = &graph->stages[queue.items[i]];
        for (uint32_t j = 0; j < stage->used_by_count; j++) {
            uint32_t user = graph->edges[stage->used_by[j]].to;
            if (towards[user] != SP_NONE)
                continue;
            towards[user] = stage->used_by[j];
            if (!matches(facts, user, globs, count))
                *sp_list_add(facts->arena, &queue) = user;
        }
    }
    return towards;
}

static const uint32_t *edges_towards(sp_facts *facts, const sp_str *globs, size_t count)
{
    sp_str key = sp_facts__globs_key(facts, globs, count);
    const uint32_t *towards = sp_map_find(facts->depends_on, key);
    if (towards == NULL) {
        towards = search(facts, globs, count);
        facts->depends_on = sp_map_set(facts->arena, facts->depends_on, key, towards);
    }
    return towards;
}

static void add_edge(sp_facts *facts, sp_steps *steps, const sp_edge *edge)
{
    static const char *const verbs[] = {"is built FROM", "copies from", "adds from", "mounts"};
    sp_steps_add(facts->arena, steps, edge->reference.span, "%.*s %s %.*s",
                 SP_STR_ARG(sp_facts__stage_text(facts, edge->to)), verbs[edge->kind],
                 SP_STR_ARG(sp_facts__stage_text(facts, edge->from)));
}

sp_answer sp_facts_depends_on(sp_facts *facts, uint32_t stage, const sp_str *globs, size_t count)
{
    const uint32_t *towards = edges_towards(facts, globs, count);
    const sp_edge *edges = facts->graph->edges;
    sp_answer answer = {.placed = true,
                        .span = facts->graph->instructions[facts->graph->stages[stage].from].instruction->span};
    if (towards[stage] == SP_NONE)
        return answer;
    const sp_edge *edge = &edges[towards[stage]];
    answer.span = edge->reference.span;
    sp_item *item = sp_answer_add(facts->arena, &answer, SP_STR(""), false);
    uint32_t shown = 0, passed = 0;
    while (passed++ <= facts->graph->stage_count) {
        if (shown++ < SHOWN_EDGES)
            add_edge(facts, &item->steps, edge);
        if (matches(facts, edge->from, globs, count))
            break;
        edge = &edges[towards[edge->from]];
    }
    item->found = facts->graph->stages[edge->from].name;
    return answer;
}
