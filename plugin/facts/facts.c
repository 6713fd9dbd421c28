/* The facts of one graph, and where its stages stand in their chains. */
#include "facts/facts_internal.h"

/* Links of a chain that evidence tells one by one: nobody follows more, and a chain of ten thousand stages would
   otherwise cost ten thousand steps for each of them. */
#define SHOWN_LINKS 8

static const sp_image_row *row_of(const sp_edge *base)
{
    if (base->origin == SP_ORIGIN_SCRATCH)
        return sp_catalogue_scratch();
    return base->origin == SP_ORIGIN_IMAGE && base->image != NULL ? sp_catalogue_find(base->image) : NULL;
}

/* A stage comes after the one it is built FROM, so one pass in order settles all of them. */
static const sp_facts_place *settle_places(const sp_graph *graph)
{
    sp_facts_place *places = sp_arena_zeroed(graph->arena, (graph->stage_count + 1) * sizeof *places);
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        const sp_edge *base = &graph->edges[graph->stages[i].base];
        if (base->from != SP_NONE && base->from < i)
            places[i] = (sp_facts_place){.root = places[base->from].root, .depth = places[base->from].depth + 1};
        else
            places[i] = (sp_facts_place){.root = i, .row = row_of(base)};
    }
    return places;
}

sp_facts *sp_facts_new(const sp_graph *graph)
{
    sp_facts *facts = sp_arena_new(graph->arena, sp_facts);
    facts->graph = graph;
    facts->arena = graph->arena;
    facts->places = settle_places(graph);
    return facts;
}

const sp_graph *sp_facts_graph(const sp_facts *facts)
{
    return facts->graph;
}

const sp_image_row *sp_facts_root_image(sp_facts *facts, uint32_t stage)
{
    return facts->places[facts->places[stage].root].row;
}

uint32_t sp_facts__below(const sp_facts *facts, uint32_t stage)
{
    if (facts->places[stage].depth == 0)
        return SP_NONE;
    return facts->graph->edges[facts->graph->stages[stage].base].from;
}

sp_str sp_facts__stage_text(const sp_facts *facts, uint32_t stage)
{
    sp_str name = facts->graph->stages[stage].name;
    if (name.size == 0)
        return sp_stage_label(facts->graph, stage);
    return sp_arena_print(facts->arena, "stage '%.*s'", SP_STR_ARG(name));
}

sp_span sp_facts__from_span(const sp_facts *facts, uint32_t stage)
{
    return facts->graph->edges[facts->graph->stages[stage].base].reference.span;
}

static void add_link(sp_facts *facts, sp_steps *steps, uint32_t stage, uint32_t below)
{
    sp_steps_add(facts->arena, steps, sp_facts__from_span(facts, stage), "%.*s is built FROM %.*s",
                 SP_STR_ARG(sp_facts__stage_text(facts, stage)), SP_STR_ARG(sp_facts__stage_text(facts, below)));
}

void sp_facts__add_chain(sp_facts *facts, sp_steps *steps, uint32_t stage, uint32_t below)
{
    for (uint32_t shown = 0; stage != below && shown < SHOWN_LINKS; shown++) {
        uint32_t next = sp_facts__below(facts, stage);
        add_link(facts, steps, stage, next);
        stage = next;
    }
    if (stage == below)
        return;
    uint32_t more = facts->places[stage].depth - facts->places[below].depth;
    sp_steps_add(facts->arena, steps, sp_facts__from_span(facts, stage), "%.*s rests on %.*s, %u stages further down",
                 SP_STR_ARG(sp_facts__stage_text(facts, stage)), SP_STR_ARG(sp_facts__stage_text(facts, below)), more);
}
