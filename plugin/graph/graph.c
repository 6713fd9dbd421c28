/* Building the stage graph of a document, and the questions about it that need no more than looking. */
#include "graph/build.h"

#include "base/limits.h"

/* A stage, global ARGs, and what stands before the first FROM without being one: cut the document into these. */
static uint32_t count_stages(const sp_document *document)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->instructions.count; i++)
        count += document->instructions.items[i].kind == SP_FROM;
    return count;
}

static uint32_t count_globals(const sp_document *document)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->instructions.count && document->instructions.items[i].kind != SP_FROM; i++)
        count += document->instructions.items[i].kind == SP_ARG;
    return count;
}

static void copy_arguments(sp_builder *builder, const sp_build_input *input)
{
    for (size_t i = 0; i < input->argument_count; i++) {
        sp_str *value = sp_arena_new(builder->arena, sp_str);
        *value = sp_arena_copy(builder->arena, input->arguments[i].value);
        sp_str name = sp_arena_copy(builder->arena, input->arguments[i].name);
        builder->whole->arguments = sp_map_set(builder->arena, builder->whole->arguments, name, value);
    }
}

static void start(sp_builder *builder, const sp_document *document, const sp_build_input *input)
{
    sp_arena *arena = document->arena;
    uint32_t stages = count_stages(document);
    sp_whole_graph *whole = sp_arena_new(arena, sp_whole_graph);
    *builder =
        (sp_builder){.whole = whole, .graph = &whole->graph, .document = document, .input = input, .arena = arena};
    builder->scratch_stage = SP_NONE;
    builder->expansion_left = SP_LIMIT_EXPANDED_TOTAL;
    builder->trigger_left = SP_LIMIT_TRIGGER_BYTES;
    builder->candidate_left = SP_LIMIT_CANDIDATE_COMPARISONS;
    builder->stages = sp_arena_zeroed(arena, stages * sizeof *builder->stages);
    builder->plans = sp_arena_zeroed(arena, stages * sizeof *builder->plans);
    builder->candidate = sp_arena_zeroed(arena, 2 * (size_t)stages * sizeof *builder->candidate);
    sp_names__init(&builder->names, arena, stages);
    whole->complete = input->arguments_complete;
    whole->environment_known = builder->candidate + stages;
    whole->graph.document = document;
    whole->graph.arena = arena;
    whole->graph.stages = builder->stages;
    whole->graph.stage_count = stages;
    copy_arguments(builder, input);
    sp_automatic__start(builder);
    sp_named__start(builder);
}

static void add_global(sp_builder *builder, const sp_instruction *instruction)
{
    uint32_t id = builder->graph->instruction_count++;
    builder->instructions[id] = (sp_graph_instruction){.instruction = instruction, .stage = SP_NONE};
    if (!instruction->broken)
        sp_scope__declare_global(builder, id);
}

/* Global ARGs are executed at once; each stage gets its range of instructions and its base. */
static void plan_stages(sp_builder *builder)
{
    const sp_document *document = builder->document;
    uint32_t stage = SP_NONE;
    builder->instructions = sp_arena_alloc(builder->arena, count_globals(document) * sizeof *builder->instructions);
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        if (instruction->kind == SP_FROM) {
            stage = stage == SP_NONE ? 0 : stage + 1;
            builder->plans[stage].first = i;
        } else if (stage == SP_NONE && instruction->kind == SP_ARG) {
            add_global(builder, instruction);
        }
        if (stage != SP_NONE)
            builder->plans[stage].end = i + 1;
    }
    for (uint32_t i = 0; i < builder->graph->stage_count; i++)
        sp_base__resolve(builder, i);
}

/* Room for every instruction that will be executed, triggers included. */
static void make_room(sp_builder *builder)
{
    uint32_t globals = builder->graph->instruction_count;
    size_t count = (size_t)globals + builder->document->instructions.count;
    for (uint32_t i = 0; i < builder->graph->stage_count; i++)
        count += builder->plans[i].triggers.count;
    sp_graph_instruction *room = sp_arena_alloc(builder->arena, count * sizeof *room);
    if (globals > 0)
        memcpy(room, builder->instructions, globals * sizeof *room);
    builder->instructions = room;
    builder->graph->instructions = room;
}

const sp_graph *sp_graph_build(const sp_document *document, const sp_build_input *input)
{
    sp_builder builder;
    start(&builder, document, input);
    sp_lint__judge(&builder);
    plan_stages(&builder);
    for (uint32_t i = 0; i < builder.graph->stage_count; i++)
        sp_link__resolve_stage(&builder, i);
    sp_cycle__report(&builder);
    if (builder.graph->stage_count > 0) {
        sp_reach__choose_targets(&builder);
        sp_reach__close(&builder);
    }
    make_room(&builder);
    sp_execute__stages(&builder);
    sp_send__judge(&builder);
    if (builder.graph->stage_count > 0)
        sp_reach__lend(&builder);
    sp_epoch__judge(&builder);
    sp_reach__say_default(&builder);
    return builder.graph;
}

uint32_t sp_graph_find_stage(const sp_graph *graph, sp_str name)
{
    for (uint32_t i = graph->stage_count; i > 0 && name.size > 0; i--) {
        if (sp_str_equal_nocase(graph->stages[i - 1].name, name))
            return i - 1;
    }
    return SP_NONE;
}

static bool has_fatal(const sp_diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        if (diagnostics->items[i].fatal)
            return true;
    }
    return false;
}

bool sp_graph_is_refused(const sp_graph *graph)
{
    return has_fatal(&graph->document->diagnostics) || has_fatal(&graph->diagnostics);
}

sp_str sp_edge_name(sp_edge_kind kind)
{
    static const sp_str names[] = {
#define SP_EDGE(ID, name) [SP_EDGE_##ID] = {name, sizeof(name) - 1},
#include "graph/edge.def"
#undef SP_EDGE
    };
    return names[kind];
}

sp_str sp_origin_name(sp_origin origin)
{
    static const sp_str names[] = {
#define SP_ORIGIN(ID, name) [SP_ORIGIN_##ID] = {name, sizeof(name) - 1},
#include "graph/origin.def"
#undef SP_ORIGIN
    };
    return names[origin];
}

sp_str sp_stage_label(const sp_graph *graph, uint32_t stage)
{
    if (graph->stages[stage].name.size > 0)
        return graph->stages[stage].name;
    return sp_arena_print(graph->arena, "stage %u", stage);
}

const uint32_t *sp_graph_chain(const sp_graph *graph, uint32_t stage, uint32_t *count)
{
    SP_LIST(uint32_t) chain = {0};
    while (stage != SP_NONE) {
        *sp_list_add(graph->arena, &chain) = stage;
        stage = graph->edges[graph->stages[stage].base].from;
    }
    *count = chain.count;
    return chain.items;
}
