/* A service on top of another: what a later file, or the service that extends, says over what it starts from. */
#include "config/compose_reading.h"

#include <stdlib.h>

typedef struct ranked {
    sp_str name;
    uint32_t index;
} ranked;

static int compare_ranked(const void *a, const void *b)
{
    const ranked *first = a, *second = b;
    int order = sp_str_compare(first->name, second->name);
    return order != 0 ? order : (first->index > second->index) - (first->index < second->index);
}

/* Marks entries that are said anew by moving the last of each name to the place of the first. */
static void move_to_first(sp_compose__list *list, ranked *sorted, bool *is_later)
{
    uint32_t count = list->entries.count;
    for (uint32_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && sp_str_equal(sorted[next].name, sorted[first].name); next++)
            is_later[sorted[next].index] = true;
        list->entries.items[sorted[first].index] = list->entries.items[sorted[next - 1].index];
    }
}

void sp_compose__list_unify(sp_arena *arena, sp_compose__list *list)
{
    uint32_t count = list->entries.count, kept = 0;
    if (count < 2)
        return;
    ranked *sorted = sp_arena_alloc(arena, count * sizeof *sorted);
    bool *is_later = sp_arena_zeroed(arena, count * sizeof *is_later);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (ranked){list->entries.items[i].name, i};
    qsort(sorted, count, sizeof *sorted, compare_ranked);
    move_to_first(list, sorted, is_later);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_later[i])
            list->entries.items[kept++] = list->entries.items[i];
    }
    list->entries.count = kept;
}

/* What one of the two says is shared; what both say is written anew, and paid for. */
static sp_status merge_list(sp_compose__reading *reading, const sp_compose__service *base,
                            const sp_compose__service *over, unsigned which, sp_compose__list *out)
{
    const sp_compose__list *before = &base->lists[which], *after = &over->lists[which];
    bool cuts = after->cuts || over->cuts_build;
    *out = cuts || before->entries.count == 0 ? *after : *before;
    out->cuts = after->cuts;
    if (cuts || before->entries.count == 0 || after->entries.count == 0)
        return SP_OK;
    const sp_yaml at = {.line = over->line, .column = over->column};
    sp_status status = sp_compose__charge(reading, over->file, &at, before->entries.count + after->entries.count);
    if (status != SP_OK)
        return status;
    *out = (sp_compose__list){.cuts = after->cuts};
    for (uint32_t i = 0; i < before->entries.count; i++)
        *sp_list_add(reading->arena, &out->entries) = before->entries.items[i];
    for (uint32_t i = 0; i < after->entries.count; i++)
        *sp_list_add(reading->arena, &out->entries) = after->entries.items[i];
    sp_compose__list_unify(reading->arena, out);
    return SP_OK;
}

sp_status sp_compose__service_merge(sp_compose__reading *reading, const sp_compose__service *base,
                                    const sp_compose__service *over, sp_compose__service **out)
{
    sp_compose__service *merged = sp_arena_new(reading->arena, sp_compose__service);
    *out = merged;
    *merged = *over;
    merged->is_gone = false;
    merged->has_build = over->has_build || (base->has_build && !over->cuts_build);
    if (!over->has_build) {
        merged->file = base->file;
        merged->line = base->line;
        merged->column = base->column;
    }
    if (over->extends == NULL)
        merged->extends = base->extends;
    for (unsigned i = 0; i < SP_COMPOSE_TEXTS; i++) {
        bool cuts = over->texts[i].cuts || (over->cuts_build && i != SP_COMPOSE_PLATFORM);
        if (over->texts[i].is_set || cuts)
            continue;
        merged->texts[i] = base->texts[i];
        merged->texts[i].cuts = false;
    }
    for (unsigned i = 0; i < SP_COMPOSE_LISTS; i++) {
        sp_status status = merge_list(reading, base, over, i, &merged->lists[i]);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

/* Entries that only took something away have done so. */
static void drop_gone(sp_arena *arena, sp_compose__list *list)
{
    sp_compose__list kept = {0};
    for (uint32_t i = 0; i < list->entries.count; i++) {
        if (!list->entries.items[i].is_gone)
            *sp_list_add(arena, &kept.entries) = list->entries.items[i];
    }
    *list = kept;
}

static bool has_gone(const sp_compose__list *list)
{
    for (uint32_t i = 0; i < list->entries.count; i++) {
        if (list->entries.items[i].is_gone)
            return true;
    }
    return false;
}

sp_compose__service *sp_compose__service_settle(sp_arena *arena, const sp_compose__service *service)
{
    sp_compose__service *settled = sp_arena_new(arena, sp_compose__service);
    *settled = *service;
    settled->cuts = settled->cuts_build = false;
    for (unsigned i = 0; i < SP_COMPOSE_TEXTS; i++)
        settled->texts[i].cuts = false;
    for (unsigned i = 0; i < SP_COMPOSE_LISTS; i++) {
        settled->lists[i].cuts = false;
        if (has_gone(&settled->lists[i]))
            drop_gone(arena, &settled->lists[i]);
    }
    return settled;
}
