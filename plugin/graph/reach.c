/* Targets, what they need, what ships; ONBUILD triggers fire on the way, since they may need more. */
#include "graph/build.h"

enum { TRIGGER_COST = 64, SHOWN = 5 };

typedef struct worklist {
    sp_builder *builder;
    uint32_t *stages; /* found to be needed; those from `done` on are not looked into yet */
    uint32_t count, done;
} worklist;

static void need(worklist *list, uint32_t stage)
{
    if (stage == SP_NONE || list->builder->stages[stage].needed)
        return;
    list->builder->stages[stage].needed = true;
    list->stages[list->count++] = stage;
}

static void add_target(sp_builder *builder, uint32_t *targets, uint32_t stage)
{
    if (builder->stages[stage].target)
        return;
    builder->stages[stage].target = true;
    targets[builder->graph->target_count++] = stage;
}

/* The chosen stages, else the last one. */
void sp_reach__choose_targets(sp_builder *builder)
{
    const sp_build_input *input = builder->input;
    sp_graph *graph = builder->graph;
    uint32_t *targets = sp_arena_alloc(builder->arena, (input->target_count + 1) * sizeof *targets);
    sp_str missing = SP_STR("");
    graph->targets = targets;
    for (size_t i = 0; i < input->target_count; i++) {
        uint32_t stage = sp_names__find_nocase(&builder->names, builder->stages, input->targets[i]);
        if (stage != SP_NONE)
            add_target(builder, targets, stage);
        else if (missing.size == 0)
            missing = input->targets[i];
    }
    if (graph->target_count > 0)
        return;
    add_target(builder, targets, graph->stage_count - 1);
    graph->target_missing = missing.size > 0;
    graph->target_defaulted = !graph->target_missing;
    if (graph->target_missing)
        sp_judge__say(builder, SP_DIAGNOSTIC_TARGET_MISSING,
                      builder->document->instructions.items[builder->plans[graph->stage_count - 1].first].span, false,
                      "no stage is called '%.*s': this file is judged by its last stage",
                      SP_STR_ARG(sp_judge__brief(missing)));
}

static void fire(sp_builder *builder, uint32_t stage, const sp_instruction *onbuild)
{
    sp_plan *plan = &builder->plans[stage];
    sp_span at = builder->document->instructions.items[plan->first].span;
    sp_str text = sp_document_trigger_text(builder->document, onbuild);
    if (text.size + TRIGGER_COST > builder->trigger_left) {
        sp_judge__say(builder, SP_DIAGNOSTIC_TRIGGER_LIMIT, at, false,
                      "more ONBUILD triggers fire than are looked at: those from here on are left out");
        builder->trigger_left = 0;
        return;
    }
    builder->trigger_left -= text.size + TRIGGER_COST;
    const sp_instruction *trigger =
        sp_document_parse_trigger(builder->document, text, at, &builder->graph->diagnostics);
    if (trigger == NULL)
        return;
    *sp_list_add(builder->arena, &plan->triggers) = trigger;
    sp_link__resolve(builder, trigger);
}

/* The triggers of the stage that `stage` is built FROM, in order. */
static void fire_all(sp_builder *builder, uint32_t stage)
{
    sp_plan *plan = &builder->plans[stage];
    plan->first_trigger_link = builder->links.count;
    if (plan->base == SP_NONE)
        return;
    const sp_plan *base = &builder->plans[plan->base];
    for (uint32_t i = 0; i < base->onbuilds.count && builder->trigger_left > 0; i++)
        fire(builder, stage, &builder->document->instructions.items[base->onbuilds.items[i]]);
}

static void need_links(worklist *list, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        need(list, list->builder->links.items[i].stage);
}

static void need_what_is_written(worklist *list, const sp_plan *plan)
{
    need(list, plan->base);
    for (uint32_t i = 0; i < plan->candidate_count; i++)
        need(list, plan->candidates[i]);
    need_links(list, plan->first_link, plan->end_link);
}

/* What a build for another platform takes is not dead in this one. */
static void need_lent(worklist *list, const sp_plan *plan)
{
    for (uint32_t i = 0; i < plan->lent_count; i++)
        need(list, plan->lent[i]);
}

static void look_into(worklist *list, uint32_t stage)
{
    sp_builder *builder = list->builder;
    const sp_plan *plan = &builder->plans[stage];
    fire_all(builder, stage);
    need_what_is_written(list, plan);
    need_links(list, plan->first_trigger_link, builder->links.count);
}

static void ship(sp_builder *builder)
{
    for (uint32_t i = 0; i < builder->graph->target_count; i++) {
        for (uint32_t stage = builder->graph->targets[i]; stage != SP_NONE && !builder->stages[stage].shipped;
             stage = builder->plans[stage].base)
            builder->stages[stage].shipped = true;
    }
}

void sp_reach__close(sp_builder *builder)
{
    worklist list = {.builder = builder};
    list.stages = sp_arena_alloc(builder->arena, builder->graph->stage_count * sizeof *list.stages);
    for (uint32_t i = 0; i < builder->graph->target_count; i++)
        need(&list, builder->graph->targets[i]);
    while (list.done < list.count)
        look_into(&list, list.stages[list.done++]);
    ship(builder);
}

/* Nothing fires in them, and nothing that is wrong there refuses this build. */
void sp_reach__lend(sp_builder *builder)
{
    const sp_build_input *input = builder->input;
    worklist list = {.builder = builder};
    list.stages = sp_arena_alloc(builder->arena, builder->graph->stage_count * sizeof *list.stages);
    for (size_t i = 0; i < input->needed_count; i++)
        need(&list, input->needed[i].size > 0
                        ? sp_names__find_nocase(&builder->names, builder->stages, input->needed[i])
                        : builder->graph->stage_count - 1);
    for (uint32_t i = 0; i < builder->graph->stage_count; i++) {
        if (builder->stages[i].needed)
            need_lent(&list, &builder->plans[i]);
    }
    while (list.done < list.count) {
        const sp_plan *plan = &builder->plans[list.stages[list.done++]];
        need_what_is_written(&list, plan);
        need_lent(&list, plan);
    }
}

/* The names of other stages that nobody uses, the first few of them. */
static sp_str other_leaves(sp_builder *builder)
{
    sp_graph *graph = builder->graph;
    sp_str text = SP_STR("");
    uint32_t count = 0;
    for (uint32_t i = 0; i + 1 < graph->stage_count; i++) {
        if (builder->stages[i].used_by_count > 0 || builder->candidate[i] || builder->stages[i].needed)
            continue;
        if (++count > SHOWN)
            continue;
        sp_str label = sp_judge__label(builder, i);
        const sp_str parts[] = {text, count > 1 ? SP_STR(", ") : SP_STR(""), label};
        text = sp_arena_join(builder->arena, parts, 3);
    }
    if (count > SHOWN)
        text = sp_arena_print(builder->arena, "%.*s and %u more", SP_STR_ARG(text), count - SHOWN);
    return text;
}

void sp_reach__say_default(sp_builder *builder)
{
    if (!builder->graph->target_defaulted)
        return;
    sp_str leaves = other_leaves(builder);
    if (leaves.size == 0)
        return;
    uint32_t last = builder->graph->stage_count - 1;
    sp_judge__say(builder, SP_DIAGNOSTIC_TARGET_DEFAULTED,
                  builder->document->instructions.items[builder->plans[last].first].span, false,
                  "the last stage is taken as the target, and nobody uses %.*s: say with --target what is built",
                  SP_STR_ARG(leaves));
}
