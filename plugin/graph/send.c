/* What BuildKit refuses only when it writes the build down for sending: a RUN without a command, where the target takes
   its files from. */
#include "graph/build.h"

/* Whether files come by an edge: a mount of one of these kinds brings none, whatever its `from` says. */
static bool brings_files(const sp_builder *builder, const sp_edge *edge)
{
    if (edge->mount == NULL || edge->mount->type == NULL)
        return true;
    sp_value type = sp_graph_expand(builder->graph, edge->instruction, *edge->mount->type);
    return !sp_str_equal_nocase(type.value, SP_STR("tmpfs")) && !sp_str_equal_nocase(type.value, SP_STR("secret")) &&
           !sp_str_equal_nocase(type.value, SP_STR("ssh"));
}

static void send(bool *sent, uint32_t *list, uint32_t *count, uint32_t stage)
{
    if (stage == SP_NONE || sent[stage])
        return;
    sent[stage] = true;
    list[(*count)++] = stage;
}

/* One flag a stage: its files go into a target. */
static const bool *find_sent(sp_builder *builder)
{
    const sp_graph *graph = builder->graph;
    bool *sent = sp_arena_zeroed(builder->arena, graph->stage_count * sizeof *sent);
    uint32_t *list = sp_arena_alloc(builder->arena, graph->stage_count * sizeof *list), count = 0;
    for (uint32_t i = 0; i < graph->target_count; i++)
        send(sent, list, &count, graph->targets[i]);
    for (uint32_t done = 0; done < count; done++) {
        const sp_stage *stage = &graph->stages[list[done]];
        for (uint32_t i = 0; i < stage->use_count; i++) {
            const sp_edge *edge = &graph->edges[stage->uses[i]];
            if (brings_files(builder, edge))
                send(sent, list, &count, edge->from);
        }
    }
    return sent;
}

static bool is_empty_run(const sp_graph_instruction *executed)
{
    const sp_instruction *instruction = executed->instruction;
    return instruction->kind == SP_RUN && !instruction->broken && instruction->form == SP_FORM_EXEC &&
           instruction->arguments.count == 0;
}

void sp_send__judge(sp_builder *builder)
{
    const sp_graph *graph = builder->graph;
    const bool *sent = NULL;
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        const sp_graph_instruction *executed = &graph->instructions[i];
        if (!is_empty_run(executed))
            continue;
        if (sent == NULL)
            sent = find_sent(builder);
        sp_judge__say(builder, SP_DIAGNOSTIC_NO_COMMAND, executed->instruction->span, sent[executed->stage],
                      "RUN [] runs nothing: name a program and its arguments");
    }
}
