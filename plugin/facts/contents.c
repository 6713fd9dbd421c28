/* What the filesystem of each stage contains: beginning with the stage below, changed by each instruction. */
#include "facts/contents.h"
#include "facts/ecosystem.h"

/* Ways kept for one capability. One is enough for an answer; the others matter only when that one is removed. */
#define KEPT_WAYS 16

/* ---- images ---- */

/* In all rows that it may be: surely; in some, or said to be possible: perhaps. */
static void join_row(sp_facts_image *image, const sp_image_row *row, bool first)
{
    sp_capabilities contains = sp_capabilities__of_list(row->contains);
    sp_capabilities unknown = sp_capabilities__of_list(row->unknown);
    sp_capabilities__join(&image->perhaps, &contains);
    sp_capabilities__join(&image->perhaps, &unknown);
    for (size_t i = 0; i < sizeof contains.words / sizeof contains.words[0]; i++)
        image->contains.words[i] = first ? contains.words[i] : image->contains.words[i] & contains.words[i];
    image->assumed = image->assumed || row->confidence == SP_ASSUMED;
}

sp_facts_image *sp_facts__image(sp_facts *facts, const sp_edge *edge)
{
    sp_facts_image *image = sp_arena_new(facts->arena, sp_facts_image);
    image->edge = edge;
    image->row = sp_facts__image_rows(facts, edge, &image->row_count);
    image->known = image->row != NULL;
    bool first = true;
    for (size_t i = 0; i < image->row_count; i++) {
        if (image->row_count > 1 && !sp_facts__row_fits(facts, edge, image->row, i))
            continue;
        join_row(image, &image->row[i], first);
        first = false;
    }
    return image;
}

/* ---- ways ---- */

static const sp_way *newest(const sp_facts_contents *contents, uint32_t capability)
{
    return sp_map_find(contents->ways, sp_capability__name(capability));
}

static void set_newest(sp_facts *facts, sp_facts_contents *contents, uint32_t capability, const sp_way *way)
{
    static const sp_way none = {.age = UINT32_MAX};
    contents->ways =
        sp_map_set(facts->arena, contents->ways, sp_capability__name(capability), way != NULL ? way : &none);
}

/* A map cannot forget a key: an empty list is a way that is none. */
static const sp_way *first_way(const sp_facts_contents *contents, uint32_t capability)
{
    const sp_way *way = newest(contents, capability);
    return way != NULL && way->age == UINT32_MAX ? NULL : way;
}

/* The list with one way more. A full list keeps what it has, and remembers that there were more. */
static const sp_way *added(sp_facts *facts, const sp_way *list, const sp_way *way)
{
    sp_way *copy = sp_arena_new(facts->arena, sp_way);
    if (list != NULL && list->age + 1 >= KEPT_WAYS) {
        if (list->crowded)
            return list;
        *copy = *list;
        copy->crowded = true;
        return copy;
    }
    *copy = *way;
    copy->older = list;
    copy->age = list != NULL ? list->age + 1 : 0;
    return copy;
}

void sp_contents__add(sp_facts *facts, sp_facts_contents *contents, uint32_t capability, const sp_way *way)
{
    bool package = way->kind == SP_WAY_PACKAGE && sp_ecosystem__of_manager(way->manager) < SP_ECOSYSTEM_COUNT;
    if (package || way->place.size > 0)
        sp_capabilities__add(&contents->placed, capability);
    set_newest(facts, contents, capability, added(facts, first_way(contents, capability), way));
}

void sp_contents__add_anything(sp_facts *facts, sp_facts_contents *contents, const sp_way *way)
{
    contents->anything = added(facts, contents->anything, way);
}

/* What a way becomes; NULL when it goes. What a crowded one stands for may stay when it goes. */
static const sp_way *changed(sp_facts *facts, const sp_way *way, sp_fate fate, sp_span span)
{
    if (fate == SP_FATE_DROP && !way->crowded)
        return NULL;
    sp_way *copy = sp_arena_new(facts->arena, sp_way);
    *copy = *way;
    copy->unknown = way->unknown || fate == SP_FATE_DOUBT || fate == SP_FATE_DROP;
    copy->left = (way->left && fate != SP_FATE_HOLD) || fate == SP_FATE_LEAVE;
    copy->left_span = fate == SP_FATE_LEAVE ? span : way->left_span;
    return copy;
}

/* The list after its judgement: newest first as before; the same list when nothing changes. */
static const sp_way *judged(sp_facts *facts, const sp_way *list, uint32_t capability, sp_span span, sp_judge judge,
                            const void *payload)
{
    const sp_way *kept[KEPT_WAYS] = {NULL};
    size_t count = 0;
    bool same = true;
    for (const sp_way *way = list; way != NULL; way = way->older) {
        sp_fate fate = judge(way, capability, payload);
        const sp_way *now = fate == SP_FATE_KEEP ? way : changed(facts, way, fate, span);
        same = same && fate == SP_FATE_KEEP;
        if (now != NULL)
            kept[count++] = now;
    }
    const sp_way *result = same ? list : NULL;
    while (!same && count > 0)
        result = added(facts, result, kept[--count]);
    return result;
}

static bool has_left(const sp_way *list)
{
    for (const sp_way *way = list; way != NULL; way = way->older) {
        if (way->left)
            return true;
    }
    return false;
}

void sp_contents__change(sp_facts *facts, sp_facts_contents *contents, uint32_t capability, sp_span span,
                         sp_judge judge, const void *payload)
{
    const sp_way *list = first_way(contents, capability);
    const sp_way *now = judged(facts, list, capability, span, judge, payload);
    if (now == list)
        return;
    set_newest(facts, contents, capability, now);
    sp_capabilities__remove(&contents->left, capability);
    if (has_left(now))
        sp_capabilities__add(&contents->left, capability);
}

void sp_contents__change_anything(sp_facts *facts, sp_facts_contents *contents, sp_judge judge, const void *payload)
{
    contents->anything = judged(facts, contents->anything, SP_CAPABILITY_COUNT, (sp_span){0, 0}, judge, payload);
}

/* ---- reasons ---- */

static sp_rank rank_by_image(const sp_facts_contents *contents, uint32_t capability)
{
    const sp_facts_image *image = contents->image;
    if (sp_capabilities__has(&contents->gone, capability) || !sp_capabilities__has(&image->perhaps, capability))
        return SP_RANK_NO;
    if (!sp_capabilities__has(&image->contains, capability) || sp_capabilities__has(&contents->doubtful, capability))
        return SP_RANK_PERHAPS;
    return image->assumed ? SP_RANK_PROBABLY : SP_RANK_SURELY;
}

sp_reason sp_contents__reason_among(const sp_facts_contents *contents, uint32_t capability, sp_is_reason is_one,
                                    const void *payload)
{
    sp_reason reason = {.rank = rank_by_image(contents, capability)};
    if (reason.rank != SP_RANK_NO && !is_one(NULL, capability, payload))
        reason.rank = SP_RANK_NO;
    for (const sp_way *way = first_way(contents, capability); way != NULL; way = way->older) {
        if (!is_one(way, capability, payload))
            continue;
        sp_rank rank = way->unknown ? SP_RANK_PERHAPS : way->assumed ? SP_RANK_PROBABLY : SP_RANK_SURELY;
        bool older = rank == reason.rank && reason.way != NULL;
        if (rank > reason.rank || older)
            reason = (sp_reason){.rank = rank, .way = way};
    }
    return reason;
}

static bool is_any(const sp_way *way, uint32_t capability, const void *payload)
{
    (void)way, (void)capability, (void)payload;
    return true;
}

sp_reason sp_contents__reason(const sp_facts_contents *contents, uint32_t capability)
{
    return sp_contents__reason_among(contents, capability, is_any, NULL);
}

/* ---- stages ---- */

/* A base of which only the build knows which stage it is: what all of them contain is there, what some do may be. */
static void join_candidates(sp_facts *facts, sp_facts_image *image, uint32_t stage)
{
    const sp_edge *edge = image->edge;
    image->known = true;
    image->assumed = true;
    for (uint32_t i = 0; i < edge->candidate_count; i++) {
        const sp_facts_contents *one = edge->candidates[i] < stage ? &facts->contents[edge->candidates[i]] : NULL;
        image->known = image->known && one != NULL && one->image->known && one->anything == NULL;
        for (uint32_t j = 0; one != NULL && j < SP_CAPABILITY_COUNT; j++) {
            sp_rank rank = sp_contents__reason(one, j).rank;
            if (rank != SP_RANK_NO)
                sp_capabilities__add(&image->perhaps, j);
            if (i == 0 && rank > SP_RANK_PERHAPS)
                sp_capabilities__add(&image->contains, j);
            if (rank <= SP_RANK_PERHAPS)
                sp_capabilities__remove(&image->contains, j);
        }
    }
}

static const sp_facts_image *image_of_root(sp_facts *facts, uint32_t stage)
{
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[stage].base];
    sp_facts_image *image = sp_facts__image(facts, base);
    if (sp_facts__has_candidates(base))
        join_candidates(facts, image, stage);
    return image;
}

static void apply(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction)
{
    switch ((int)facts->graph->instructions[instruction].instruction->kind) {
    case SP_RUN:
        sp_contents__run(facts, contents, instruction);
        break;
    case SP_COPY:
    case SP_ADD:
        sp_contents__copy(facts, contents, instruction);
        break;
    default:
        break;
    }
}

/* In order of the file: what a stage rests on or copies from stands above it. */
const sp_facts_contents *sp_facts__contents(sp_facts *facts, uint32_t stage)
{
    const sp_graph *graph = facts->graph;
    sp_facts_contents *all = SP_FACTS_TABLE(facts, contents, graph->stage_count);
    for (; facts->contents_made <= stage; facts->contents_made++) {
        uint32_t at = facts->contents_made, below = sp_facts__below(facts, at);
        const sp_stage *made = &graph->stages[at];
        if (below != SP_NONE)
            all[at] = all[below];
        else
            all[at].image = image_of_root(facts, at);
        for (uint32_t i = 0; i < made->count; i++)
            apply(facts, &all[at], made->first + i);
    }
    return &all[stage];
}
