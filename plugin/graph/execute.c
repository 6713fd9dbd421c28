/* Every instruction in order of execution: the states between them and the edges they make. */
#include "graph/run.h"

static const sp_state empty_state = {
    .user = SP_NONE,
    .workdir = SP_NONE,
    .shell = SP_NONE,
    .entrypoint = SP_NONE,
    .cmd = SP_NONE,
    .healthcheck = SP_NONE,
    .stopsignal = SP_NONE,
};

static void add_base_edge(sp_run *run)
{
    const sp_plan *plan = &run->builder->plans[run->stage];
    sp_edge *edge = sp_run__add_edge(run, SP_EDGE_BASE, plan->origin);
    edge->from = plan->base;
    edge->reference = plan->reference;
    edge->image = plan->image;
    edge->named = plan->named;
    edge->candidates = plan->candidates;
    edge->candidate_count = plan->candidate_count;
    sp_named__judge(run->builder, plan->named, plan->reference.span, run->fatal);
}

static void execute(sp_run *run)
{
    switch (run->instruction->kind) {
    case SP_COPY:
    case SP_ADD:
        sp_run__copy(run);
        break;
    case SP_RUN:
        sp_run__mount(run);
        break;
    default:
        sp_run__set(run);
        break;
    }
}

static void step(sp_run *run, const sp_instruction *instruction, bool trigger)
{
    sp_builder *builder = run->builder;
    run->id = builder->graph->instruction_count++;
    run->instruction = instruction;
    builder->instructions[run->id] = (sp_graph_instruction){
        .instruction = instruction,
        .stage = run->stage,
        .before = run->state,
        .trigger = trigger,
        .first_edge = builder->edges.count,
    };
    if (!instruction->broken)
        execute(run);
}

/* What a stage built FROM another starts with. */
static const sp_state *state_of_base(sp_builder *builder, uint32_t base)
{
    sp_plan *plan = &builder->plans[base];
    if (plan->passed != NULL)
        return plan->passed;
    plan->passed = builder->stages[base].state;
    const sp_map *environment = sp_scope__inherit(builder, base, plan->passed->environment);
    if (environment != plan->passed->environment) {
        sp_state *state = sp_arena_alloc(builder->arena, sizeof *state);
        *state = *plan->passed;
        state->environment = environment;
        plan->passed = state;
    }
    return plan->passed;
}

/* The triggers that its base fires, and its own instructions. */
static void execute_body(sp_run *run, const sp_plan *plan)
{
    run->next_link = plan->first_trigger_link;
    for (uint32_t i = 0; i < plan->triggers.count; i++)
        step(run, plan->triggers.items[i], true);
    run->next_link = plan->first_link;
    for (uint32_t i = plan->first + 1; i < plan->end; i++)
        step(run, &run->builder->document->instructions.items[i], false);
}

/* FROM, and what follows it unless a named context stands for the stage. */
static void execute_stage(sp_builder *builder, uint32_t index)
{
    sp_stage *stage = &builder->stages[index];
    const sp_plan *plan = &builder->plans[index];
    sp_run run = {.builder = builder, .stage = index, .fatal = stage->needed};
    run.state = plan->base == SP_NONE ? &empty_state : state_of_base(builder, plan->base);
    stage->first = stage->from = builder->graph->instruction_count;
    stage->base = builder->edges.count;
    step(&run, &builder->document->instructions.items[plan->first], false);
    add_base_edge(&run);
    if (!stage->replaced)
        execute_body(&run, plan);
    stage->count = builder->graph->instruction_count - stage->first;
    stage->state = run.state;
    stage->use_count = builder->edges.count - stage->base;
}

/* Room for the usual number of edges: one a stage, COPY, ADD and mount. */
static void reserve_edges(sp_builder *builder)
{
    const sp_document *document = builder->document;
    uint32_t count = builder->links.count + builder->graph->stage_count;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        if (instruction->kind == SP_ADD || (instruction->kind == SP_COPY && instruction->as.copy.from == NULL))
            count++;
    }
    builder->edges.items = sp_arena_alloc(builder->arena, count * sizeof *builder->edges.items);
    builder->edges.capacity = count;
}

/* Edges into a stage lie in a row, so one array of all ids serves; those out of it are sorted by counting. */
static void cross_reference(sp_builder *builder)
{
    uint32_t count = builder->edges.count, stages = builder->graph->stage_count;
    uint32_t *uses = sp_arena_alloc(builder->arena, 2 * (size_t)count * sizeof *uses);
    uint32_t *used_by = uses + count;
    const sp_edge *edges = builder->edges.items;
    for (uint32_t i = 0; i < count; i++) {
        uses[i] = i;
        if (edges[i].from != SP_NONE)
            builder->stages[edges[i].from].used_by_count++;
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < stages; i++) {
        sp_stage *stage = &builder->stages[i];
        stage->uses = uses + stage->base;
        stage->used_by = used_by + next;
        next += stage->used_by_count;
        stage->used_by_count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (edges[i].from == SP_NONE)
            continue;
        sp_stage *stage = &builder->stages[edges[i].from];
        used_by[(size_t)(stage->used_by - used_by) + stage->used_by_count++] = i;
    }
}

void sp_execute__stages(sp_builder *builder)
{
    reserve_edges(builder);
    for (uint32_t i = 0; i < builder->graph->stage_count; i++)
        execute_stage(builder, i);
    builder->graph->edges = builder->edges.items;
    builder->graph->edge_count = builder->edges.count;
    cross_reference(builder);
}
