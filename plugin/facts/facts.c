/* The facts of one graph: where its stages stand in their chains, and what is kept under which key. */
#include "facts/facts_internal.h"

static const sp_image_row *row_of(sp_facts *facts, const sp_edge *base)
{
    size_t count = 0;
    const sp_image_row *rows = sp_facts__image_rows(facts, base, &count);
    return count == 1 ? rows : NULL;
}

/* A stage comes after the one it is built FROM, so one pass in order settles all of them. */
static const sp_facts_place *settle_places(sp_facts *facts)
{
    const sp_graph *graph = facts->graph;
    sp_facts_place *places = sp_arena_zeroed(graph->arena, (graph->stage_count + 1) * sizeof *places);
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        const sp_edge *base = &graph->edges[graph->stages[i].base];
        if (base->from != SP_NONE && base->from < i)
            places[i] = (sp_facts_place){.root = places[base->from].root, .depth = places[base->from].depth + 1};
        else
            places[i] = (sp_facts_place){.root = i, .row = row_of(facts, base)};
    }
    return places;
}

sp_facts *sp_facts_new(const sp_graph *graph)
{
    static const sp_known_images nothing = {0};
    return sp_facts_new_knowing(graph, &nothing);
}

sp_facts *sp_facts_new_knowing(const sp_graph *graph, const sp_known_images *known)
{
    sp_facts *facts = sp_arena_new(graph->arena, sp_facts);
    facts->graph = graph;
    facts->arena = graph->arena;
    facts->known = known;
    facts->places = settle_places(facts);
    return facts;
}

const sp_known_images *sp_facts_known_images(const sp_facts *facts)
{
    return facts->known;
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

void sp_facts_add_chain(sp_facts *facts, uint32_t stage, sp_steps *steps)
{
    uint32_t root = facts->places[stage].root;
    sp_facts__add_chain(facts, steps, stage, root);
    sp_facts__add_image(facts, steps, root);
}

/* key = { size ":" glob } */
sp_str sp_facts__globs_key(sp_facts *facts, const sp_str *globs, size_t count)
{
    sp_str *parts = sp_arena_zeroed(facts->arena, (2 * count + 1) * sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        parts[2 * i] = sp_arena_print(facts->arena, "%zu:", globs[i].size);
        parts[2 * i + 1] = globs[i];
    }
    return sp_arena_join(facts->arena, parts, 2 * count);
}
