/* What executing any instruction needs: the state to change, words to expand, edges to add. */
#include "graph/run.h"

sp_state *sp_run__change(sp_run *run)
{
    sp_state *changed = sp_arena_alloc(run->builder->arena, sizeof *changed);
    *changed = *run->state;
    run->state = changed;
    return changed;
}

sp_scope sp_run__scope(const sp_run *run)
{
    return sp_scope__stage(run->builder->whole, run->stage, run->state->environment);
}

sp_value sp_run__expand(const sp_run *run, sp_word word)
{
    sp_scope scope = sp_run__scope(run);
    return sp_judge__expand(run->builder, &scope, run->instruction, word, run->fatal);
}

sp_edge *sp_run__add_edge(sp_run *run, sp_edge_kind kind, sp_origin origin)
{
    sp_edge *edge = sp_list_add(run->builder->arena, &run->builder->edges);
    *edge = (sp_edge){.kind = kind, .origin = origin, .to = run->stage, .from = SP_NONE, .instruction = run->id};
    edge->reference = sp_value_literal((sp_word){.text = SP_STR(""), .span = run->instruction->span});
    edge->destination = edge->reference;
    run->builder->instructions[run->id].edge_count++;
    return edge;
}

/* Of mounts without from, only a cache is filled from the stage named "scratch"; the others just need it built. */
bool sp_run__reads_link(const sp_run *run)
{
    const sp_mount *mount = run->builder->links.items[run->next_link].mount;
    if (mount == NULL || (mount->from != NULL && mount->from->text.size > 0))
        return true;
    if (mount->type == NULL)
        return false;
    sp_scope scope = sp_run__scope(run);
    sp_value type = sp_scope__expand(&scope, run->instruction, *mount->type);
    return type.known && sp_str_equal_nocase(type.value, SP_STR("cache"));
}

/* A stage that comes later is not built yet when this one asks for it. A trigger may name the stage it runs in. */
static void judge_order(sp_run *run, const sp_link *link)
{
    if (link->stage == SP_NONE || link->stage <= run->stage)
        return;
    sp_str later = sp_judge__label(run->builder, link->stage), here = sp_judge__label(run->builder, run->stage);
    sp_judge__say(run->builder, SP_DIAGNOSTIC_DEFINED_LATER, sp_link__span(link), run->fatal,
                  "%.*s stands after %.*s, which takes files from it: move it before", SP_STR_ARG(later),
                  SP_STR_ARG(here));
}

sp_edge *sp_run__add_link_edge(sp_run *run, sp_edge_kind kind)
{
    const sp_link *link = &run->builder->links.items[run->next_link++];
    judge_order(run, link);
    sp_named__judge(run->builder, link->named, sp_link__span(link), run->fatal);
    sp_edge *edge = sp_run__add_edge(run, kind, link->origin);
    edge->from = link->stage;
    edge->image = link->image;
    edge->named = link->named;
    edge->by_index = link->by_index;
    edge->mount = link->mount;
    if (link->mount == NULL)
        edge->reference = sp_value_literal(link->instruction->as.copy.from->value);
    else if (link->mount->from != NULL)
        edge->reference = sp_value_literal(*link->mount->from);
    return edge;
}
