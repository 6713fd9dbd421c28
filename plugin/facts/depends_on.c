/* Whether a stage rests on one of some stages, over all edges, with the shortest way there. */
#include "facts/facts_internal.h"

#include "facts/glob.h"

/* Edges that evidence tells: nobody follows more. */
#define SHOWN_EDGES 12

/* For one list of globs: of every stage the edge that leads towards a match. */
struct sp_facts_dependence {
    const struct sp_facts_dependence *next;
    const sp_str *globs;
    size_t count;
    uint32_t *towards; /* by stage: an edge id, or SP_NONE when no way leads there */
};

static bool same_globs(const struct sp_facts_dependence *known, const sp_str *globs, size_t count)
{
    if (known->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!sp_str_equal(known->globs[i], globs[i]))
            return false;
    return true;
}

static bool matches(const sp_facts *facts, uint32_t stage, const sp_str *globs, size_t count)
{
    sp_str name = facts->graph->stages[stage].name;
    for (size_t i = 0; i < count && name.size > 0; i++)
        if (sp_glob_matches(globs[i], name))
            return true;
    return false;
}

/* Breadth first from the matching stages to those that use them: every stage and edge once. */
static uint32_t *search(sp_facts *facts, const sp_str *globs, size_t count)
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

static const struct sp_facts_dependence *dependence(sp_facts *facts, const sp_str *globs, size_t count)
{
    for (const struct sp_facts_dependence *known = facts->depends_on; known != NULL; known = known->next)
        if (same_globs(known, globs, count))
            return known;
    struct sp_facts_dependence *made = sp_arena_new(facts->arena, struct sp_facts_dependence);
    sp_str *kept = sp_arena_zeroed(facts->arena, (count + 1) * sizeof *kept);
    for (size_t i = 0; i < count; i++)
        kept[i] = sp_arena_copy(facts->arena, globs[i]);
    made->globs = kept;
    made->count = count;
    made->towards = search(facts, globs, count);
    made->next = facts->depends_on;
    facts->depends_on = made;
    return made;
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
    const uint32_t *towards = dependence(facts, globs, count)->towards;
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
