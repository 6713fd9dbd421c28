/* Any text as a Dockerfile: the graph of an open build, and of a closed one with an argument and a target, keep what
   graph.h promises; and what is said of an open build holds for the one in which nothing more is given. */
#include "graph/graph.h"

#include "fuzz/target.h"

static void check_edge(const sp_graph *graph, const sp_edge *edge)
{
    require(edge->to < graph->stage_count && edge->instruction < graph->instruction_count);
    require((edge->origin == SP_ORIGIN_STAGE) == (edge->from != SP_NONE));
    require((edge->origin == SP_ORIGIN_IMAGE) == (edge->image != NULL));
    if (edge->kind == SP_EDGE_BASE && edge->from != SP_NONE) {
        require(edge->from < edge->to);
    }
    if (edge->from != SP_NONE && graph->stages[edge->to].needed) {
        require(graph->stages[edge->from].needed);
    }
}

static void check_stage(const sp_graph *graph, const sp_stage *stage)
{
    require(stage->base < graph->edge_count && stage->uses[0] == stage->base);
    require(stage->state != NULL && stage->count > 0 && stage->from == stage->first);
    require(!stage->shipped || stage->needed);
    require(!stage->target || stage->shipped);
    for (uint32_t i = 0; i < stage->use_count; i++) {
        require(graph->edges[stage->uses[i]].to == stage->index);
    }
    for (uint32_t i = 0; i < stage->used_by_count; i++) {
        require(graph->edges[stage->used_by[i]].from == stage->index);
    }
}

static void expand_all(const sp_graph *graph)
{
    for (uint32_t id = 0; id < graph->instruction_count && id < 64; id++) {
        const sp_instruction *instruction = graph->instructions[id].instruction;
        for (uint32_t i = 0; i < instruction->arguments.count && i < 8; i++) {
            sp_graph_expand(graph, id, instruction->arguments.items[i]);
        }
        bool pairs = instruction->kind == SP_ENV || instruction->kind == SP_LABEL || instruction->kind == SP_ARG;
        for (uint32_t i = 0; pairs && i < instruction->as.pairs.count && i < 8; i++) {
            sp_graph_expand_pair(graph, id, &instruction->as.pairs.items[i]);
        }
    }
}

/* An instruction has its own edges, and those of all are all. */
static void check_instructions(const sp_graph *graph)
{
    uint32_t edges = 0;
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        const sp_graph_instruction *instruction = &graph->instructions[i];
        require((instruction->stage == SP_NONE) == (instruction->before == NULL));
        require(instruction->stage == SP_NONE || instruction->stage < graph->stage_count);
        for (uint32_t j = 0; j < instruction->edge_count; j++)
            require(graph->edges[instruction->first_edge + j].instruction == i);
        edges += instruction->edge_count;
    }
    require(edges == graph->edge_count);
}

static const sp_graph *check_graph(const sp_document *document, const sp_build_input *input)
{
    const sp_graph *graph = sp_graph_build(document, input);
    check_instructions(graph);
    require((graph->target_count > 0) == (graph->stage_count > 0));
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        check_edge(graph, &graph->edges[i]);
    }
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        check_stage(graph, &graph->stages[i]);
    }
    for (uint32_t i = 0; i < graph->diagnostics.count; i++) {
        sp_span span = graph->diagnostics.items[i].span;
        require(span.start <= span.end && span.end <= document->source.text.size);
    }
    expand_all(graph);
    return graph;
}

/* What is known without arguments stays, once it is sure that there are none; unknown references fit their shapes. */
static void compare(const sp_graph *open, const sp_graph *closed)
{
    require(open->stage_count == closed->stage_count);
    require(!sp_graph_is_refused(open) || sp_graph_is_refused(closed));
    for (uint32_t i = 0; i < open->stage_count; i++) {
        const sp_value *now = &open->edges[open->stages[i].base].reference;
        const sp_value *later = &closed->edges[closed->stages[i].base].reference;
        require(sp_str_equal(open->stages[i].name, closed->stages[i].name));
        require(!now->known || (later->known && sp_str_equal(now->value, later->value)));
        require(now->failed || now->fails_unknown || !later->known || sp_str_fits(later->value, now->shape, '\0'));
    }
}

static void check_text(sp_arena *arena, sp_str text)
{
    static const sp_argument argument = {{"X", 1}, {"b", 1}};
    static const sp_str target = {"b", 1};
    const sp_build_input open = {.arguments_complete = false};
    const sp_build_input closed = {
        .arguments = &argument, .argument_count = 1, .targets = &target, .target_count = 1, .arguments_complete = true};
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), text);
    const sp_build_input ended = {.arguments_complete = true};
    check_graph(document, &closed);
    compare(check_graph(document, &open), check_graph(document, &ended));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0) {
        check_text(&arena, (sp_str){(const char *)bytes, size});
    }
    sp_arena_dispose(&arena);
    return 0;
}
