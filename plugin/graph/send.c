/* What BuildKit refuses only when it writes the build down for sending: a RUN without a command, or of bytes that are
   no text, where the target takes its files from. */
#include "graph/build.h"

#include "source/utf8.h"

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

static bool is_empty_run(const sp_instruction *run)
{
    return run->form == SP_FORM_EXEC && run->arguments.count == 0;
}

static bool are_texts(const sp_words *words)
{
    bool texts = true;
    for (uint32_t i = 0; i < words->count && texts; i++)
        texts = sp_utf8_is_valid(words->items[i].text);
    return texts;
}

/* Whether what a shell is told is text. What JSON says always is: its reader repairs it. A script with "#!" is sent as
   a file, and a file may hold any bytes. */
static bool is_text(const sp_instruction *run)
{
    bool texts = run->form != SP_FORM_SHELL || are_texts(&run->arguments);
    for (uint32_t i = 0; i < run->heredocs.count && texts; i++) {
        sp_str body = run->heredocs.items[i].content;
        size_t tabs = 0;
        while (tabs < body.size && body.text[tabs] == '\t')
            tabs++;
        bool script = run->form == SP_FORM_HEREDOC && sp_str_starts(sp_str_skip(body, tabs), SP_STR("#!"));
        texts = script || sp_utf8_is_valid(body);
    }
    return texts;
}

/* What is wrong with a RUN, or NULL. */
static const char *refuse_run(const sp_instruction *run, sp_diagnostic_id *id)
{
    if (is_empty_run(run)) {
        *id = SP_DIAGNOSTIC_NO_COMMAND;
        return "RUN [] runs nothing: name a program and its arguments";
    }
    *id = SP_DIAGNOSTIC_NO_TEXT;
    return is_text(run) ? NULL : "this RUN has bytes that are no UTF-8: write it in UTF-8";
}

void sp_send__judge(sp_builder *builder)
{
    const sp_graph *graph = builder->graph;
    const bool *sent = NULL;
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        const sp_graph_instruction *executed = &graph->instructions[i];
        const sp_instruction *run = executed->instruction;
        sp_diagnostic_id id;
        if (run->kind != SP_RUN || run->broken)
            continue;
        const char *problem = refuse_run(run, &id);
        if (problem == NULL)
            continue;
        if (sent == NULL)
            sent = find_sent(builder);
        sp_judge__say(builder, id, run->span, sent[executed->stage], "%s", problem);
    }
}
