/* The texts and steps that evidence is made of. */
#include "facts/facts_internal.h"

/* Links of a chain that evidence tells one by one: nobody follows more, and a chain of ten thousand stages would
   otherwise cost ten thousand steps for each of them. */
#define SHOWN_LINKS 8

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

sp_str sp_facts__image_text(const sp_edge *edge)
{
    if (edge->origin == SP_ORIGIN_SCRATCH)
        return SP_STR("scratch");
    return edge->reference.known ? edge->reference.value : edge->reference.text;
}

const sp_image_row *sp_facts__image_rows(const sp_edge *edge, size_t *count)
{
    *count = 1;
    if (edge->origin == SP_ORIGIN_SCRATCH)
        return sp_catalogue_scratch();
    const sp_image_row *row = NULL;
    if (edge->origin == SP_ORIGIN_IMAGE && edge->image != NULL)
        row = sp_catalogue_find(edge->image);
    if (row != NULL)
        return row;
    *count = 0;
    if (edge->image != NULL && edge->image->tag.size == 0 && edge->image->digest.size > 0)
        row = sp_catalogue_rows(edge->image, count);
    return row;
}

bool sp_facts__is_windows(const sp_image_row *row)
{
    return row->distro != NULL && strcmp(row->distro, "windows") == 0;
}

void sp_facts__add_image(sp_facts *facts, sp_steps *steps, uint32_t root)
{
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[root].base];
    sp_steps_add(facts->arena, steps, base->reference.span, "%.*s is built FROM %.*s",
                 SP_STR_ARG(sp_facts__stage_text(facts, root)), SP_STR_ARG(sp_facts__image_text(base)));
}

sp_str sp_facts__source(sp_facts *facts, const sp_image_row *row)
{
    return sp_arena_print(facts->arena, "catalogue: %s", row->source);
}
