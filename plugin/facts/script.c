/* The scripts of executed instructions, each read once. */
#include "facts/facts_internal.h"

/* Where a variable of a script is looked up: ARG and ENV for RUN, ENV alone for what runs when the image does. */
typedef struct scope {
    const sp_map *environment;
    bool env_only;
} scope;

static sp_variable look_up(sp_str name, void *payload)
{
    const scope *in = payload;
    const sp_binding *binding = sp_map_find(in->environment, name);
    if (binding != NULL && in->env_only && !binding->is_env)
        binding = binding->env;
    if (binding == NULL) /* the base image, or the shell itself, may set it */
        return (sp_variable){.certainty = SP_CERTAIN_UNKNOWN, .set = true, .definition = SP_NONE};
    return binding->variable;
}

/* Windows images start cmd, which nobody tells them to. */
static bool is_windows(const sp_facts *facts, uint32_t stage)
{
    const sp_graph *graph = facts->graph;
    const sp_stage *root = &graph->stages[facts->places[stage].root];
    const sp_edge *base = &graph->edges[root->base];
    if (root->platform.known && sp_str_starts(root->platform.value, SP_STR("windows")))
        return true;
    if (base->image == NULL)
        return graph->document->escape == '`';
    static const char *const marks[] = {"windows", "nanoserver", "servercore"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (sp_str_search(base->image->canonical, sp_str_from(marks[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

static const sp_script *read_script(sp_facts *facts, const sp_graph_instruction *executed)
{
    const sp_instruction *instruction = executed->instruction;
    const sp_state *before = executed->before;
    scope in = {before->environment, instruction->kind != SP_RUN};
    bool has_shell = before->shell != SP_NONE;
    sp_script_input input = {.instruction = instruction,
                             .shell =
                                 has_shell ? &facts->graph->instructions[before->shell].instruction->arguments : NULL,
                             .shell_known = has_shell || sp_facts_root_image(facts, executed->stage) != NULL,
                             .lookup = look_up,
                             .payload = &in};
    if (!has_shell && instruction->form != SP_FORM_EXEC && is_windows(facts, executed->stage))
        return sp_arena_new(facts->arena, sp_script);
    return sp_script_parse(facts->arena, facts->graph->document, &input);
}

static bool has_script(const sp_graph_instruction *executed)
{
    sp_instruction_kind kind = executed->instruction->kind;
    return executed->before != NULL && executed->stage != SP_NONE &&
           (kind == SP_RUN || kind == SP_CMD || kind == SP_ENTRYPOINT || kind == SP_HEALTHCHECK);
}

const sp_script *sp_facts_script(sp_facts *facts, uint32_t instruction)
{
    const sp_graph_instruction *executed = &facts->graph->instructions[instruction];
    if (!has_script(executed))
        return NULL;
    const sp_script **scripts = SP_FACTS_TABLE(facts, scripts, facts->graph->instruction_count);
    if (scripts[instruction] == NULL)
        scripts[instruction] = read_script(facts, executed);
    return scripts[instruction];
}
