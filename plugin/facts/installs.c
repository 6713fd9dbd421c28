/* Which of some packages a stage or its chain installs by name, and does not remove again. */
#include "facts/facts_internal.h"
#include "facts/glob.h"

#include <stdlib.h>

/* The packages that are asked for. */
typedef struct question {
    const sp_str *globs;
    size_t count;
} question;

/* One package that matches. A map cannot forget a key, so what is removed stays, marked. */
typedef struct match {
    sp_str name, manager;
    uint32_t stage, instruction;
    sp_span span;
    bool unknown, removed;
} match;

static sp_truth is_asked(const question *asked, const sp_package *package)
{
    sp_str shape = package->name.size > 0 ? package->name : package->word.shape;
    bool perhaps = false;
    for (size_t i = 0; i < asked->count; i++) {
        sp_truth truth = sp_glob_matches_shape(asked->globs[i], shape);
        if (truth == SP_YES)
            return SP_YES;
        perhaps = perhaps || truth == SP_MAYBE;
    }
    return perhaps ? SP_MAYBE : SP_NO;
}

/* What becomes of a package that is there (or not, NULL) by one operation that names it. */
static match changed(const match *there, const match *named, sp_action action, bool certain)
{
    match now = *named;
    bool present = there != NULL && !there->removed;
    if (present)
        now = *there;
    if (action == SP_REMOVE) {
        now.removed = !present || certain;
        now.unknown = now.unknown || !certain;
    } else if (present) {
        now.unknown = there->unknown && named->unknown;
    }
    return now;
}

static const sp_map *apply(sp_facts *facts, const sp_map *matches, const sp_operation *operation, const question *asked)
{
    if (operation->action != SP_INSTALL && operation->action != SP_REMOVE)
        return matches;
    for (uint32_t i = 0; i < operation->package_count; i++) {
        const sp_package *package = &operation->packages[i];
        sp_truth truth = is_asked(asked, package);
        if (truth == SP_NO)
            continue;
        match named = {.name = package->name.size > 0 ? package->name : package->word.text,
                       .manager = operation->manager,
                       .instruction = operation->instruction,
                       .stage = facts->graph->instructions[operation->instruction].stage,
                       .span = package->word.span,
                       .unknown = truth == SP_MAYBE || !operation->certain};
        sp_str parts[] = {named.manager, SP_STR(" "), named.name};
        sp_str key = sp_arena_join(facts->arena, parts, 3);
        match *now = sp_arena_new(facts->arena, match);
        *now = changed(sp_map_find(matches, key), &named, operation->action, operation->certain);
        matches = sp_map_set(facts->arena, matches, key, now);
    }
    return matches;
}

/* Of every stage what it has that matches, "manager name" → match: its chain's too, so a stage begins with that of the
   one below, which comes before it. */
static const sp_map **search(sp_facts *facts, const question *asked)
{
    const sp_graph *graph = facts->graph;
    const sp_map **matches = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof *matches);
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        uint32_t below = sp_facts__below(facts, i);
        matches[i] = below != SP_NONE ? matches[below] : NULL;
        for (uint32_t j = 0; j < graph->stages[i].count; j++) {
            uint32_t count = 0;
            const sp_operation *operations = sp_facts_operations(facts, graph->stages[i].first + j, &count);
            for (uint32_t k = 0; k < count; k++)
                matches[i] = apply(facts, matches[i], &operations[k], asked);
        }
    }
    return matches;
}

static const sp_map *const *matches_by_stage(sp_facts *facts, const question *asked)
{
    sp_str key = sp_facts__globs_key(facts, asked->globs, asked->count);
    const sp_map *const *matches = sp_map_find(facts->installs, key);
    if (matches == NULL) {
        matches = search(facts, asked);
        facts->installs = sp_map_set(facts->arena, facts->installs, key, matches);
    }
    return matches;
}

typedef struct collection {
    sp_arena *arena;
    SP_LIST(const match *) matches;
} collection;

static bool collect(sp_str key, const void *value, void *payload)
{
    (void)key;
    const match *one = value;
    collection *all = payload;
    if (!one->removed)
        *sp_list_add(all->arena, &all->matches) = one;
    return true;
}

static int compare_matches(const void *a, const void *b)
{
    const match *left = *(const match *const *)a, *right = *(const match *const *)b;
    if (left->instruction != right->instruction)
        return left->instruction < right->instruction ? -1 : 1;
    if (left->span.start != right->span.start)
        return left->span.start < right->span.start ? -1 : 1;
    return sp_str_compare(left->name, right->name);
}

sp_answer sp_facts_installs(sp_facts *facts, uint32_t stage, const sp_str *globs, size_t count)
{
    sp_answer answer = {.placed = true,
                        .span = facts->graph->instructions[facts->graph->stages[stage].from].instruction->span};
    const question asked = {globs, count};
    collection all = {.arena = facts->arena};
    sp_map_each(matches_by_stage(facts, &asked)[stage], collect, &all);
    if (all.matches.count > 0)
        qsort(all.matches.items, all.matches.count, sizeof *all.matches.items, compare_matches);
    bool decided = false;
    for (uint32_t i = 0; i < all.matches.count; i++) {
        const match *one = all.matches.items[i];
        sp_item *item = sp_answer_add(facts->arena, &answer, one->name, one->unknown);
        sp_facts__add_chain(facts, &item->steps, stage, one->stage);
        sp_steps_add(facts->arena, &item->steps, one->span, "%.*s %s %.*s", SP_STR_ARG(one->manager),
                     one->unknown ? "may install" : "installs", SP_STR_ARG(one->name));
        if (i == 0 || (!decided && !one->unknown))
            answer.span = one->span;
        decided = decided || !one->unknown;
    }
    return answer;
}
