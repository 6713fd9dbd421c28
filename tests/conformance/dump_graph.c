/* The graph as the program in oracle/ describes it: settings of the target, and where the files of each stage come
 * from. */
#include "dump.h"

#include "facts/facts.h"

/* ---- settings of the target ---- */

/** [name, value]: names may hold a NUL, which a name of an object may not. */
static void append_pair(json_t *list, sp_str name, sp_str value)
{
    json_array_append_new(list, json_pack("[oo]", text_of(name), text_of(value)));
}

/** The variables that the image keeps: an ARG may hide one from the stage. */
static bool describe_variable(sp_str name, const void *value, void *payload)
{
    const sp_binding *binding = value;
    const sp_binding *kept = binding->is_env ? binding : binding->env;
    if (kept != NULL) {
        append_pair(payload, name, kept->variable.value);
    }
    return true;
}

static json_t *describe_items(const sp_setting_item *newest)
{
    json_t *list = json_array();
    for (const sp_setting_item *item = newest; item != NULL; item = item->previous) {
        append_text(list, item->value.value);
    }
    return list;
}

static json_t *describe_labels(const sp_setting_item *newest)
{
    json_t *list = json_array();
    for (const sp_setting_item *item = newest; item != NULL; item = item->previous) {
        append_pair(list, item->name.value, item->value.value);
    }
    return list;
}

static json_t *describe_environment(const sp_state *state)
{
    json_t *list = json_array();
    sp_map_each(state->environment, describe_variable, list);
    return list;
}

static sp_str word_of(const sp_graph *graph, uint32_t id)
{
    if (id == SP_NONE) {
        return SP_STR("");
    }
    return sp_graph_expand(graph, id, graph->instructions[id].instruction->arguments.items[0]).value;
}

static void append_words(json_t *list, const sp_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        append_text(list, instruction->arguments.items[i].text);
    }
}

static void append_shell(json_t *list, const sp_graph *graph, const sp_state *state)
{
    if (state->shell != SP_NONE) {
        append_words(list, graph->instructions[state->shell].instruction);
        return;
    }
    append_text(list, SP_STR("/bin/sh"));
    append_text(list, SP_STR("-c"));
}

/** The words of a CMD or ENTRYPOINT; a text is run by the shell of its moment. */
static json_t *describe_command(const sp_graph *graph, uint32_t id)
{
    json_t *list = json_array();
    if (id == SP_NONE) {
        return list;
    }
    const sp_graph_instruction *at = &graph->instructions[id];
    if (at->instruction->form != SP_FORM_EXEC) {
        append_shell(list, graph, at->before);
        if (at->instruction->arguments.count == 0) {
            append_text(list, SP_STR(""));
        }
    }
    append_words(list, at->instruction);
    return list;
}

static json_t *describe_healthcheck(const sp_graph *graph, uint32_t id)
{
    if (id == SP_NONE) {
        return json_null();
    }
    const sp_instruction *instruction = graph->instructions[id].instruction;
    json_t *numbers = json_object();
    json_t *test = json_array();
    bool is_command = sp_str_equal_nocase(instruction->as.healthcheck.type.text, SP_STR("CMD"));
    append_text(test, !is_command                         ? SP_STR("NONE")
                      : instruction->form == SP_FORM_EXEC ? SP_STR("CMD")
                                                          : SP_STR("CMD-SHELL"));
    append_words(test, instruction);
    for (uint32_t i = 0; is_command && i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        json_object_setn_new(numbers, flag->name.text, flag->name.size, text_of(flag->value.text));
    }
    return json_pack("{soso}", "test", test, "numbers", numbers);
}

static sp_str workdir_of(const sp_graph *graph, uint32_t stage)
{
    const sp_state *state = graph->stages[stage].state;
    if (state->workdir == SP_NONE) {
        return (sp_str){"", 1}; /* as the shape of what is not known */
    }
    return sp_facts_setting(sp_facts_new(graph), stage, state, SP_SETTING_WORKDIR).value.shape;
}

static void describe_settings(json_t *answer, const sp_graph *graph)
{
    const sp_state *state = graph->stages[graph->targets[0]].state;
    json_t *shell = json_array();
    if (state->shell != SP_NONE) {
        append_shell(shell, graph, state);
    }
    json_object_set_new(answer, "labels", describe_labels(state->labels));
    json_object_set_new(answer, "environment", describe_environment(state));
    json_object_set_new(answer, "user", text_of(word_of(graph, state->user)));
    json_object_set_new(answer, "workdir", text_of(workdir_of(graph, graph->targets[0])));
    json_object_set_new(answer, "ports", describe_items(state->ports));
    json_object_set_new(answer, "volumes", describe_items(state->volumes));
    json_object_set_new(answer, "entrypoint", describe_command(graph, state->entrypoint));
    json_object_set_new(answer, "cmd", describe_command(graph, state->cmd));
    json_object_set_new(answer, "shell", shell);
    json_object_set_new(answer, "stopsignal", text_of(word_of(graph, state->stopsignal)));
    json_object_set_new(answer, "healthcheck", describe_healthcheck(graph, state->healthcheck));
}

/* ---- stages ---- */

static json_t *describe_edge(const sp_graph *graph, const sp_edge *edge)
{
    json_t *item = json_object();
    json_object_set_new(item, "origin", text_of(sp_origin_name(edge->origin)));
    json_object_set_new(item, "from", edge->from == SP_NONE ? json_null() : json_integer(edge->from));
    if (edge->image != NULL) {
        json_object_set_new(item, "image", text_of(edge->image->canonical));
    }
    if (edge->mount != NULL && edge->mount->type != NULL) {
        sp_str type = sp_graph_expand(graph, edge->instruction, *edge->mount->type).value;
        json_object_set_new(item, "mount", text_of(type));
    }
    return item;
}

static json_t *describe_step(const sp_graph *graph, const sp_graph_instruction *at, int from_line)
{
    json_t *edges = json_array();
    for (uint32_t i = 0; i < at->edge_count; i++) {
        json_array_append_new(edges, describe_edge(graph, &graph->edges[at->first_edge + i]));
    }
    int line = at->trigger ? from_line : (int)at->instruction->line.first;
    return json_pack("{sisbsoso}", "line", line, "trigger", at->trigger, "kind",
                     text_of(sp_instruction_name(at->instruction->kind)), "edges", edges);
}

/** What could enter the files of a stage: the instructions that make a step of a build. */
static json_t *describe_stage(const sp_graph *graph, const sp_stage *stage)
{
    int from_line = (int)graph->instructions[stage->from].instruction->line.first;
    json_t *steps = json_array();
    for (uint32_t i = 1; i < stage->count; i++) {
        const sp_graph_instruction *at = &graph->instructions[stage->first + i];
        sp_instruction_kind kind = at->instruction->kind;
        if (kind == SP_RUN || kind == SP_COPY || kind == SP_ADD || kind == SP_WORKDIR) {
            json_array_append_new(steps, describe_step(graph, at, from_line));
        }
    }
    return json_pack("{sisbsoso}", "line", from_line, "needed", stage->needed, "base",
                     describe_edge(graph, &graph->edges[stage->base]), "steps", steps);
}

json_t *describe_graph(const sp_graph *graph)
{
    json_t *answer = json_object();
    describe_settings(answer, graph);
    json_t *stages = json_array();
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        json_array_append_new(stages, describe_stage(graph, &graph->stages[i]));
    }
    json_object_set_new(answer, "stages", stages);
    json_object_set_new(answer, "target", json_integer(graph->targets[0]));
    return answer;
}
