/* What a stage contains of what is asked for, each thing with the chain by which it is there. */
#include "facts/contents.h"

/* Copies of copies of copies that evidence follows, for the same reason as in chains. */
#define SHOWN_COPIES 8

/* Stages that evidence names where a base may be any of them. */
#define SHOWN_CANDIDATES 4

/* ---- steps ---- */

/* The names of a set, in the order of the vocabulary. */
static sp_str joined_names(sp_facts *facts, const sp_capabilities *set)
{
    SP_LIST(sp_str) parts = {0};
    for (uint32_t i = sp_capabilities__next(set, 0); i < SP_CAPABILITY_COUNT; i = sp_capabilities__next(set, i + 1)) {
        if (parts.count > 0)
            *sp_list_add(facts->arena, &parts) = SP_STR(", ");
        *sp_list_add(facts->arena, &parts) = sp_capability__name(i);
    }
    return sp_arena_join(facts->arena, parts.items, parts.count);
}

/* All that was asked for and is in the image, so that the step is the same for each of them. */
static void add_catalogue(sp_facts *facts, sp_steps *steps, const sp_facts_image *image, const sp_capabilities *asked,
                          uint32_t capability)
{
    sp_str text = sp_facts__image_text(image->edge);
    sp_str source = sp_facts__source(facts, image->row);
    if (!sp_capabilities__has(&image->contains, capability)) {
        bool several = image->row_count > 1;
        const char *how = several ? "may be one of several variants, some of which contain" : "may contain";
        sp_steps_add_source(facts->arena, steps, source, "%.*s %s %.*s", SP_STR_ARG(text), how,
                            SP_STR_ARG(sp_capability__name(capability)));
        return;
    }
    sp_capabilities found = *asked;
    for (size_t i = 0; i < sizeof found.words / sizeof found.words[0]; i++)
        found.words[i] &= image->contains.words[i];
    sp_steps_add_source(facts->arena, steps, source, "%.*s contains %.*s", SP_STR_ARG(text),
                        SP_STR_ARG(joined_names(facts, &found)));
}

static void add_package(sp_facts *facts, sp_steps *steps, const sp_way *way, sp_str capability)
{
    sp_str certainly = way->unknown ? SP_STR("may install") : SP_STR("installs");
    if (capability.size == 0 && sp_str_is(way->name, "xargs"))
        sp_steps_add(facts->arena, steps, way->span, "%.*s installs what xargs hands it, which only the build knows",
                     SP_STR_ARG(way->manager));
    else if (capability.size == 0)
        sp_steps_add(facts->arena, steps, way->span, "%.*s installs what '%.*s' stands for, which only the build knows",
                     SP_STR_ARG(way->manager), SP_STR_ARG(way->name));
    else if (way->link == SP_LINK_RECOMMENDED)
        sp_steps_add(facts->arena, steps, way->span,
                     "%.*s %.*s %.*s, which recommends packages with %.*s (--no-install-recommends leaves them out)",
                     SP_STR_ARG(way->manager), SP_STR_ARG(certainly), SP_STR_ARG(way->name), SP_STR_ARG(capability));
    else
        sp_steps_add(facts->arena, steps, way->span, "%.*s %.*s %.*s, which brings %.*s", SP_STR_ARG(way->manager),
                     SP_STR_ARG(certainly), SP_STR_ARG(way->name), SP_STR_ARG(capability));
    if (way->left && way->left_span.end > 0)
        sp_steps_add(facts->arena, steps, way->left_span,
                     "removing %.*s leaves what it brought; --auto-remove takes that along", SP_STR_ARG(way->name));
}

static void add_way(sp_facts *facts, sp_steps *steps, const sp_way *way, sp_str capability)
{
    switch (way->kind) {
    case SP_WAY_PACKAGE:
        add_package(facts, steps, way, capability);
        break;
    case SP_WAY_DOWNLOAD:
        sp_steps_add(facts->arena, steps, way->span, "%.*s %s %.*s", SP_STR_ARG(way->name),
                     way->unknown ? "may bring" : "is taken to bring", SP_STR_ARG(capability));
        break;
    case SP_WAY_COPY:
        sp_steps_add(facts->arena, steps, way->span, "%.*s is copied from %.*s", SP_STR_ARG(way->name),
                     SP_STR_ARG(way->from != SP_NONE ? sp_facts__stage_text(facts, way->from)
                                                     : sp_facts__image_text(way->image->edge)));
        break;
    case SP_WAY_SCRIPT:
        sp_steps_add(facts->arena, steps, way->span, "what %.*s does here is not read: it may install anything",
                     SP_STR_ARG(way->name));
        break;
    case SP_WAY_ARCHIVE:
        sp_steps_add(facts->arena, steps, way->span,
                     "%.*s is unpacked over the whole filesystem, and what is in it is not known",
                     SP_STR_ARG(way->name));
        break;
    }
}

/* Why an image that the catalogue does not have cannot be told. */
static void add_unknown_image(sp_facts *facts, sp_steps *steps, const sp_edge *edge)
{
    sp_str text = sp_facts__image_text(edge);
    const char *why = "is not in the catalogue of images";
    if (edge->named != NULL && edge->image == NULL)
        why = "is a named context, of which nobody knows what is in it";
    else if (!edge->reference.known)
        why = "depends on an argument that nobody gave";
    else if (edge->origin != SP_ORIGIN_IMAGE && edge->named == NULL)
        why = "is not an image that could be looked up";
    sp_steps_add(facts->arena, steps, edge->reference.span, "%.*s %s", SP_STR_ARG(text), why);
}

/* The stages that a base may be. */
static void add_candidates(sp_facts *facts, sp_steps *steps, const sp_edge *edge)
{
    sp_str text = sp_facts__image_text(edge);
    for (uint32_t i = 0; i < edge->candidate_count && i < SHOWN_CANDIDATES; i++)
        sp_steps_add(facts->arena, steps, sp_facts__from_span(facts, edge->candidates[i]), "%.*s may be %.*s",
                     SP_STR_ARG(text), SP_STR_ARG(sp_facts__stage_text(facts, edge->candidates[i])));
}

/* Where the evidence of one item stands while it goes down chains and copies. */
typedef struct evidence_trail {
    sp_facts *facts;
    sp_steps *steps;
    const sp_capabilities *asked; /* and found */
    uint32_t capability;          /* or SP_CAPABILITY_COUNT: anything */
    bool unknown;                 /* the last step is to say why */
} evidence_trail;

static void end_at_image(const evidence_trail *trail, const sp_facts_image *image)
{
    if (sp_facts__has_candidates(image->edge))
        add_candidates(trail->facts, trail->steps, image->edge);
    else if (image->row == NULL)
        add_unknown_image(trail->facts, trail->steps, image->edge);
    else if (trail->capability < SP_CAPABILITY_COUNT)
        add_catalogue(trail->facts, trail->steps, image, trail->asked, trail->capability);
}

/* Whether two ways are told in the same words. */
static bool is_same_step(const sp_way *one, const sp_way *other)
{
    return one->kind == other->kind && one->span.start == other->span.start && one->span.end == other->span.end &&
           sp_str_equal(one->name, other->name) && one->unknown == other->unknown && one->left == other->left &&
           (one->link == SP_LINK_RECOMMENDED) == (other->link == SP_LINK_RECOMMENDED);
}

static bool is_step(const sp_way *way, uint32_t capability, const void *payload)
{
    (void)capability;
    return way != NULL && is_same_step(way, payload);
}

/* All that was asked for and comes to a stage by that way, so that the step is the same for each of them. */
static sp_str brought_names(const evidence_trail *trail, uint32_t stage, const sp_way *way)
{
    sp_capabilities brought = {0};
    if (trail->capability == SP_CAPABILITY_COUNT)
        return SP_STR("");
    for (uint32_t i = sp_capabilities__next(trail->asked, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(trail->asked, i + 1)) {
        sp_reason same = sp_contents__reason_among(&trail->facts->contents[stage], i, is_step, way);
        if (i == trail->capability || same.rank != SP_RANK_NO)
            sp_capabilities__add(&brought, i);
    }
    return joined_names(trail->facts, &brought);
}

/* From a stage down to what brings the thing, outermost first; `way` NULL is the stage's image. Gives the image where
   that ends, NULL when it ends before. */
static const sp_facts_image *descend(const evidence_trail *trail, uint32_t stage, const sp_way *way)
{
    sp_facts *facts = trail->facts;
    for (uint32_t copies = 0; way != NULL && copies < SHOWN_COPIES; copies++) {
        sp_facts__add_chain(facts, trail->steps, stage, way->stage);
        add_way(facts, trail->steps, way, brought_names(trail, stage, way));
        if (way->kind != SP_WAY_COPY)
            return NULL;
        if (way->from == SP_NONE)
            return way->image;
        stage = way->from;
        way = way->origin;
    }
    if (way != NULL)
        return NULL;
    uint32_t root = facts->places[stage].root;
    sp_facts__add_chain(facts, trail->steps, stage, root);
    sp_facts__add_image(facts, trail->steps, root);
    return facts->contents[root].image;
}

/* Of the stages that a base may be, the first that has the thing; SP_NONE when that is not what the base is. */
static uint32_t find_holder(const evidence_trail *trail, const sp_facts_image *image)
{
    const sp_edge *edge = image->edge;
    bool shown = sp_facts__has_candidates(edge) && trail->capability < SP_CAPABILITY_COUNT && !trail->unknown;
    for (uint32_t i = 0; shown && i < edge->candidate_count; i++) {
        uint32_t one = edge->candidates[i];
        bool done = one < trail->facts->contents_made;
        if (done && sp_contents__reason(&trail->facts->contents[one], trail->capability).rank != SP_RANK_NO)
            return one;
    }
    return SP_NONE;
}

/* The same on through stages that a base may be. */
static void follow(const evidence_trail *trail, uint32_t stage, const sp_way *way)
{
    for (uint32_t hops = 0; hops < SHOWN_CANDIDATES && stage != SP_NONE; hops++) {
        const sp_facts_image *image = descend(trail, stage, way);
        if (image == NULL)
            return;
        end_at_image(trail, image);
        stage = find_holder(trail, image);
        if (stage != SP_NONE)
            way = sp_contents__reason(&trail->facts->contents[stage], trail->capability).way;
    }
}

/* ---- the answer ---- */

/* Where a thing enters the chain of a stage: what brings it, or the FROM of its image. */
static sp_span entry_span(const sp_facts *facts, uint32_t stage, const sp_way *way)
{
    return way != NULL ? way->span : sp_facts__from_span(facts, facts->places[stage].root);
}

/* The first certain item decides, else the first. */
static void decide(sp_answer *answer, bool unknown, sp_span span)
{
    if (answer->items.count == 0 || (!unknown && sp_answer_truth(answer) != SP_YES))
        answer->span = span;
}

static void add_item(sp_facts *facts, sp_answer *answer, uint32_t stage, const sp_capabilities *asked,
                     uint32_t capability, sp_reason reason)
{
    sp_str found = capability < SP_CAPABILITY_COUNT ? sp_capability__name(capability) : SP_STR("");
    decide(answer, reason.rank == SP_RANK_PERHAPS, entry_span(facts, stage, reason.way));
    sp_item *item = sp_answer_add(facts->arena, answer, found, reason.rank == SP_RANK_PERHAPS);
    item->assumed = reason.rank == SP_RANK_PROBABLY;
    evidence_trail trail = {
        .facts = facts, .steps = &item->steps, .asked = asked, .capability = capability, .unknown = item->unknown};
    follow(&trail, stage, reason.way);
}

/* What is there, or may be, of what is asked for. */
static sp_capabilities find_all(const sp_facts_contents *contents, const sp_str *names, size_t count)
{
    sp_capabilities asked = sp_capabilities__asked(names, count), found = {0};
    for (uint32_t i = sp_capabilities__next(&asked, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(&asked, i + 1)) {
        if (sp_contents__reason(contents, i).rank != SP_RANK_NO)
            sp_capabilities__add(&found, i);
    }
    return found;
}

sp_answer sp_facts_contains(sp_facts *facts, uint32_t stage, const sp_str *names, size_t count)
{
    sp_span from = facts->graph->instructions[facts->graph->stages[stage].from].instruction->span;
    sp_answer answer = {.placed = true, .span = from};
    const sp_facts_contents *contents = sp_facts__contents(facts, stage);
    sp_capabilities found = find_all(contents, names, count);
    for (uint32_t i = sp_capabilities__next(&found, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(&found, i + 1))
        add_item(facts, &answer, stage, &found, i, sp_contents__reason(contents, i));
    if (!contents->image->known)
        add_item(facts, &answer, stage, &found, SP_CAPABILITY_COUNT, (sp_reason){.rank = SP_RANK_PERHAPS});
    for (const sp_way *way = contents->anything; way != NULL; way = way->older)
        add_item(facts, &answer, stage, &found, SP_CAPABILITY_COUNT, (sp_reason){.rank = SP_RANK_PERHAPS, .way = way});
    return answer;
}

sp_answer sp_facts_image_contains(sp_facts *facts, const sp_edge *edge, const sp_str *names, size_t count)
{
    sp_answer answer = {.placed = true, .span = edge->reference.span};
    const sp_facts_contents contents = {.image = sp_facts__image(facts, edge)};
    sp_capabilities asked = sp_capabilities__asked(names, count);
    for (uint32_t i = sp_capabilities__next(&asked, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(&asked, i + 1)) {
        sp_reason reason = sp_contents__reason(&contents, i);
        if (reason.rank == SP_RANK_NO)
            continue;
        sp_item *item = sp_answer_add(facts->arena, &answer, sp_capability__name(i), reason.rank == SP_RANK_PERHAPS);
        item->assumed = reason.rank == SP_RANK_PROBABLY;
        add_catalogue(facts, &item->steps, contents.image, &asked, i);
    }
    if (!contents.image->known)
        add_unknown_image(facts, &sp_answer_add(facts->arena, &answer, SP_STR(""), true)->steps, edge);
    return answer;
}
