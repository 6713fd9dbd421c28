/* The texts and steps that evidence is made of. */
#include "facts/facts_internal.h"

#include "facts/glob.h"

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
    if (edge->origin == SP_ORIGIN_SCRATCH || (edge->named != NULL && edge->named->kind == SP_NAMED_SCRATCH))
        return SP_STR("scratch");
    if (edge->named != NULL)
        return edge->image != NULL ? edge->image->canonical : edge->named->value;
    return edge->reference.known ? edge->reference.value : edge->reference.text;
}

/* reference = repository ":" tag ["@" digest], of which only the tag is not all known: the repository, and the tag as
   far as it is known */
static bool split_unknown_tag(sp_facts *facts, sp_str shape, sp_reference *repository, sp_str *tag)
{
    sp_str known = sp_str_head(shape, sp_str_find(shape, '\0'));
    size_t name = known.size;
    while (name > 0 && known.text[name - 1] != '/')
        name--;
    size_t at = name + sp_str_find(sp_str_skip(known, name), ':');
    sp_str problem;
    if (at >= known.size || !sp_reference_parse(facts->arena, sp_str_head(known, at), repository, &problem))
        return false;
    *tag = sp_str_skip(shape, at + 1);
    *tag = sp_str_head(*tag, sp_str_find(*tag, '@'));
    return true;
}

const sp_image_row *sp_facts_image_row(sp_facts *facts, const sp_edge *edge)
{
    return edge->image != NULL ? sp_known_find(facts->known, facts->arena, edge->image) : NULL;
}

const sp_image_row *sp_facts__image_rows(sp_facts *facts, const sp_edge *edge, size_t *count)
{
    *count = 1;
    if (edge->origin == SP_ORIGIN_SCRATCH || (edge->named != NULL && edge->named->kind == SP_NAMED_SCRATCH))
        return sp_catalogue_scratch();
    const sp_image_row *row = sp_facts_image_row(facts, edge);
    if (row != NULL)
        return row;
    *count = 0;
    sp_reference repository;
    sp_str tag;
    if (edge->image != NULL && edge->image->tag.size == 0 && edge->image->digest.size > 0)
        return sp_known_rows(facts->known, facts->arena, edge->image, count);
    if (!edge->reference.known && edge->named == NULL &&
        split_unknown_tag(facts, edge->reference.shape, &repository, &tag))
        return sp_known_rows(facts->known, facts->arena, &repository, count);
    return NULL;
}

static sp_truth row_matches(const sp_image_row *row, sp_str tag)
{
    sp_truth best = SP_NO;
    for (size_t i = 0; row->tags[i] != NULL && best != SP_YES; i++) {
        sp_truth truth = sp_glob_matches_shape(sp_str_from(row->tags[i]), tag);
        best = truth != SP_NO ? truth : best;
    }
    return best;
}

bool sp_facts__row_fits(sp_facts *facts, const sp_edge *edge, const sp_image_row *rows, size_t index)
{
    if (rows[index].distro != NULL && strcmp(rows[index].distro, "windows") == 0)
        return false;
    sp_reference repository;
    sp_str tag;
    if (edge->reference.known || !split_unknown_tag(facts, edge->reference.shape, &repository, &tag))
        return true;
    for (size_t i = 0; i < index; i++) {
        if (row_matches(&rows[i], tag) == SP_YES)
            return false;
    }
    return row_matches(&rows[index], tag) != SP_NO;
}

/* Says whose copy an image is. */
static void add_original(sp_facts *facts, sp_steps *steps, const sp_edge *edge)
{
    const sp_reference *original =
        edge->image != NULL ? sp_known_original(facts->known, facts->arena, edge->image) : NULL;
    if (original != NULL)
        sp_steps_add_source(facts->arena, steps, SP_STR("mirrors of the configuration"), "%.*s is a copy of %.*s",
                            SP_STR_ARG(sp_facts__image_text(edge)), SP_STR_ARG(original->canonical));
}

void sp_facts__add_image(sp_facts *facts, sp_steps *steps, uint32_t root)
{
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[root].base];
    sp_steps_add(facts->arena, steps, base->reference.span, "%.*s is built FROM %.*s",
                 SP_STR_ARG(sp_facts__stage_text(facts, root)), SP_STR_ARG(sp_facts__image_text(base)));
    add_original(facts, steps, base);
}

sp_str sp_facts__source(sp_facts *facts, const sp_image_row *row)
{
    return sp_arena_print(facts->arena, "catalogue: %s", row->source);
}
