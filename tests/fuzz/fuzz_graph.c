/* Any text as a Dockerfile: the graph of an open build, and of a closed one with an argument and a target, keep what
   graph.h promises. */
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

static void check_graph(const sp_document *document, const sp_build_input *input)
{
    const sp_graph *graph = sp_graph_build(document, input);
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
}

static void check_text(sp_arena *arena, sp_str text)
{
    static const sp_argument argument = {{"X", 1}, {"b", 1}};
    static const sp_str target = {"b", 1};
    const sp_build_input open = {.arguments_complete = false};
    const sp_build_input closed = {
        .arguments = &argument, .argument_count = 1, .targets = &target, .target_count = 1, .arguments_complete = true};
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), text);
    check_graph(document, &open);
    check_graph(document, &closed);
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
