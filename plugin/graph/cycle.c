/* Stages that copy from each other in a circle, which BuildKit refuses wherever they stand.

   Only --from counts here: a base always comes earlier, and what a trigger copies is not looked at (BuildKit's rule).
 */
#include "graph/build.h"

enum { SHOWN = 4 };

typedef struct visit {
    uint32_t stage, next_link;
} visit;

typedef struct cycle_search {
    sp_builder *builder;
    visit *path; /* the stages being looked at, outermost first */
    uint32_t depth;
    uint8_t *state; /* one a stage */
} cycle_search;

enum { NEW, OPEN, DONE };

static void enter(cycle_search *search, uint32_t stage)
{
    search->state[stage] = OPEN;
    search->path[search->depth++] = (visit){.stage = stage, .next_link = search->builder->plans[stage].first_link};
}

/* "a ← b ← a", from the stage that the circle closes at. */
static sp_str describe(const cycle_search *search, uint32_t closes_at)
{
    sp_builder *builder = search->builder;
    uint32_t start = search->depth - 1;
    while (search->path[start].stage != closes_at && search->depth - start < SHOWN)
        start--;
    bool whole = search->path[start].stage == closes_at;
    sp_str text = whole ? SP_STR("") : SP_STR("… ← ");
    for (uint32_t i = start; i < search->depth; i++) {
        sp_str label = sp_judge__label(builder, search->path[i].stage);
        const sp_str parts[] = {text, label, SP_STR(" ← ")};
        text = sp_arena_join(builder->arena, parts, 3);
    }
    const sp_str parts[] = {text, sp_judge__label(builder, closes_at)};
    return sp_arena_join(builder->arena, parts, 2);
}

static void report(cycle_search *search, const sp_link *link)
{
    sp_builder *builder = search->builder;
    uint32_t stage = search->path[search->depth - 1].stage;
    if (stage == link->stage) {
        sp_str label = sp_judge__label(builder, stage);
        sp_judge__say(builder, SP_DIAGNOSTIC_CIRCULAR_DEPENDENCY, sp_link__span(link), true,
                      "%.*s takes files from itself: take them from another stage", SP_STR_ARG(label));
        return;
    }
    sp_str circle = describe(search, link->stage);
    sp_judge__say(builder, SP_DIAGNOSTIC_CIRCULAR_DEPENDENCY, sp_link__span(link), true,
                  "stages take files from each other in a circle (%.*s): drop one of these references",
                  SP_STR_ARG(circle));
}

static void follow(cycle_search *search, const sp_link *link)
{
    if (link->origin != SP_ORIGIN_STAGE)
        return;
    if (search->state[link->stage] == OPEN)
        report(search, link);
    else if (search->state[link->stage] == NEW)
        enter(search, link->stage);
}

void sp_cycle__report(sp_builder *builder)
{
    uint32_t count = builder->graph->stage_count;
    bool linked = false;
    for (uint32_t i = 0; i < builder->links.count && !linked; i++)
        linked = builder->links.items[i].origin == SP_ORIGIN_STAGE;
    if (!linked)
        return;
    cycle_search search = {.builder = builder};
    search.path = sp_arena_alloc(builder->arena, count * sizeof *search.path);
    search.state = sp_arena_zeroed(builder->arena, count);
    for (uint32_t i = 0; i < count; i++) {
        if (search.state[i] == NEW)
            enter(&search, i);
        while (search.depth > 0) {
            visit *top = &search.path[search.depth - 1];
            if (top->next_link < builder->plans[top->stage].end_link)
                follow(&search, &builder->links.items[top->next_link++]);
            else
                search.state[search.path[--search.depth].stage] = DONE;
        }
    }
}
