/* A graph as text, for reading and comparing: every stage with its edges, its settings and variables at the end, and
   all diagnostics. A comment "# case: target=NAME arg:NAME=VALUE context:NAME=VALUE platform=PLATFORM
   complete" in the Dockerfile says how it is built. */
#ifndef TESTS_GRAPH_DUMP_H
#define TESTS_GRAPH_DUMP_H

#include "base/buf.h"
#include "graph/graph.h"

#include <stdlib.h>

enum { DUMP_INPUTS = 16 };

/** How a case is built. */
typedef struct dump_input {
    sp_argument arguments[DUMP_INPUTS], contexts[DUMP_INPUTS];
    sp_str targets[DUMP_INPUTS];
    sp_build_input build;
} dump_input;

static void dump_read_pair(sp_argument *list, size_t *count, sp_str word)
{
    size_t end = sp_str_find(word, '=');
    if (*count < DUMP_INPUTS)
        list[(*count)++] = (sp_argument){sp_str_head(word, end), sp_str_skip(word, end + 1)};
}

static void dump_read_word(dump_input *input, sp_str word)
{
    sp_build_input *build = &input->build;
    if (sp_str_equal(word, SP_STR("complete"))) {
        build->arguments_complete = true;
    } else if (sp_str_starts(word, SP_STR("target=")) && build->target_count < DUMP_INPUTS) {
        input->targets[build->target_count++] = sp_str_skip(word, 7);
    } else if (sp_str_starts(word, SP_STR("platform="))) {
        build->platform = sp_str_skip(word, 9);
    } else if (sp_str_starts(word, SP_STR("arg:"))) {
        dump_read_pair(input->arguments, &build->argument_count, sp_str_skip(word, 4));
    } else if (sp_str_starts(word, SP_STR("context:"))) {
        dump_read_pair(input->contexts, &build->context_count, sp_str_skip(word, 8));
    }
}

/** Reads the "# case:" comments of a document. */
static void dump_read_case(const sp_document *document, dump_input *input)
{
    *input = (dump_input){.build = {.arguments = NULL}};
    for (uint32_t i = 0; i < document->comments.count; i++) {
        sp_str text = document->comments.items[i].text;
        if (!sp_str_starts(text, SP_STR("case:")))
            continue;
        text = sp_str_skip(text, 5);
        while (text.size > 0) {
            size_t blank = sp_str_find(text, ' ');
            dump_read_word(input, sp_str_head(text, blank));
            text = sp_str_skip(text, blank + 1);
        }
    }
    input->build.arguments = input->arguments;
    input->build.contexts = input->contexts;
    input->build.targets = input->targets;
}

/** Unknown parts are shown as '?', line ends as "\n". */
static void dump_text(sp_buf *out, sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] == '\0')
            sp_buf_byte(out, '?');
        else if (text.text[i] == '\n')
            sp_buf_text(out, "\\n");
        else
            sp_buf_byte(out, text.text[i]);
    }
}

static void dump_value(sp_buf *out, const sp_value *value)
{
    if (value->failed) {
        sp_buf_text(out, "(refused)");
        return;
    }
    sp_buf_byte(out, '\'');
    dump_text(out, value->known ? value->value : value->shape);
    sp_buf_text(out, value->is_default ? "' by default" : "'");
}

static void dump_origin(sp_buf *out, const sp_graph *graph, const sp_edge *edge)
{
    sp_buf_add(out, sp_origin_name(edge->origin));
    if (edge->from != SP_NONE)
        sp_buf_print(out, " %u", edge->from);
    if (edge->named != NULL)
        sp_buf_print(out, " %.*s=%.*s", SP_STR_ARG(edge->named->name), SP_STR_ARG(edge->named->value));
    if (edge->image != NULL)
        sp_buf_print(out, " %.*s", SP_STR_ARG(edge->image->canonical));
    if (edge->by_index)
        sp_buf_text(out, " by index");
    if (edge->origin == SP_ORIGIN_UNKNOWN && edge->reference.text.size > 0) {
        sp_buf_byte(out, ' ');
        dump_value(out, &edge->reference);
    }
    for (uint32_t i = 0; i < edge->candidate_count; i++)
        sp_buf_print(out, "%s%u", i == 0 ? " perhaps " : " ", edge->candidates[i]);
    (void)graph;
}

static void dump_edge(sp_buf *out, const sp_graph *graph, uint32_t id)
{
    const sp_edge *edge = &graph->edges[id];
    const sp_graph_instruction *executed = &graph->instructions[edge->instruction];
    sp_point at = sp_source_point(&graph->document->source, edge->reference.span.start);
    sp_buf_print(out, "  %u:%u %.*s%s from ", at.line, at.column, SP_STR_ARG(sp_edge_name(edge->kind)),
                 executed->trigger ? " (trigger)" : "");
    dump_origin(out, graph, edge);
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        sp_buf_text(out, i == 0 ? ": " : " ");
        dump_value(out, &edge->sources.items[i]);
    }
    if (edge->destination.text.size > 0) {
        sp_buf_text(out, " to ");
        dump_value(out, &edge->destination);
    }
    sp_buf_byte(out, '\n');
}

static void dump_setting(sp_buf *out, const sp_graph *graph, const char *name, uint32_t id)
{
    if (id == SP_NONE)
        return;
    const sp_instruction *instruction = graph->instructions[id].instruction;
    sp_buf_print(out, "  %s line %u", name, instruction->line.first);
    if (instruction->arguments.count > 0) {
        sp_buf_byte(out, ' ');
        sp_value value = sp_graph_expand(graph, id, instruction->arguments.items[0]);
        dump_value(out, &value);
    }
    sp_buf_byte(out, '\n');
}

static void dump_items(sp_buf *out, const char *name, const sp_setting_item *item)
{
    for (; item != NULL; item = item->previous) {
        sp_buf_print(out, "  %s ", name);
        if (item->name.text.size > 0) {
            dump_value(out, &item->name);
            sp_buf_text(out, " = ");
        }
        dump_value(out, &item->value);
        sp_buf_byte(out, '\n');
    }
}

/* --- variables, sorted by name --- */

enum { DUMP_BINDINGS = 64 };

typedef struct dump_bindings {
    const sp_binding *items[DUMP_BINDINGS];
    size_t count;
} dump_bindings;

static bool dump_take(sp_str key, const void *value, void *payload)
{
    dump_bindings *bindings = payload;
    (void)key;
    bindings->items[bindings->count++] = value;
    return bindings->count < DUMP_BINDINGS;
}

static int dump_compare(const void *a, const void *b)
{
    return sp_str_compare((*(const sp_binding *const *)a)->name, (*(const sp_binding *const *)b)->name);
}

static void dump_binding(sp_buf *out, const sp_binding *binding)
{
    static const char *const certainties[] = {"known", "default", "undefined", "unknown"};
    const sp_variable *variable = &binding->variable;
    sp_buf_print(out, "  %s %.*s", binding->is_env ? "env" : "arg", SP_STR_ARG(binding->name));
    if (binding->is_declared)
        sp_buf_text(out, " without value");
    if (variable->set) {
        sp_buf_text(out, " = '");
        dump_text(out, variable->certainty == SP_CERTAIN_UNKNOWN && variable->shape.size == 0
                           ? (sp_str){"", 1}
                           : (variable->certainty == SP_CERTAIN_UNKNOWN ? variable->shape : variable->value));
        sp_buf_byte(out, '\'');
    }
    sp_buf_print(out, " %s%s\n", certainties[variable->certainty], binding->env != NULL ? ", hides an ENV" : "");
}

static void dump_environment(sp_buf *out, const sp_map *environment)
{
    dump_bindings bindings = {.count = 0};
    sp_map_each(environment, dump_take, &bindings);
    qsort(bindings.items, bindings.count, sizeof *bindings.items, dump_compare);
    for (size_t i = 0; i < bindings.count; i++)
        dump_binding(out, bindings.items[i]);
}

/* --- the whole --- */

static void dump_state(sp_buf *out, const sp_graph *graph, const sp_state *state)
{
    dump_setting(out, graph, "user", state->user);
    dump_setting(out, graph, "workdir", state->workdir);
    dump_setting(out, graph, "shell", state->shell);
    dump_setting(out, graph, "entrypoint", state->entrypoint);
    dump_setting(out, graph, "cmd", state->cmd);
    if (state->cmd_cleared)
        sp_buf_text(out, "  cmd is reset\n");
    dump_setting(out, graph, "healthcheck", state->healthcheck);
    dump_setting(out, graph, "stopsignal", state->stopsignal);
    dump_items(out, "label", state->labels);
    dump_items(out, "port", state->ports);
    dump_items(out, "volume", state->volumes);
    dump_environment(out, state->environment);
}

static void dump_stage(sp_buf *out, const sp_graph *graph, const sp_stage *stage)
{
    sp_buf_print(out, "stage %u '%.*s'%s%s%s", stage->index, SP_STR_ARG(stage->name), stage->target ? " target" : "",
                 stage->shipped ? " shipped" : "", stage->needed ? " needed" : " dead");
    if (stage->replaced)
        sp_buf_text(out, " replaced");
    if (stage->platform.known || stage->platform.text.size > 0) {
        sp_buf_text(out, " platform ");
        dump_value(out, &stage->platform);
    }
    for (uint32_t i = 0; i < stage->used_by_count; i++)
        sp_buf_print(out, "%s%u", i == 0 ? " used by " : " ", graph->edges[stage->used_by[i]].to);
    sp_buf_byte(out, '\n');
    for (uint32_t i = 0; i < stage->use_count; i++)
        dump_edge(out, graph, stage->uses[i]);
    dump_state(out, graph, stage->state);
}

static void dump_diagnostics(sp_buf *out, const sp_graph *graph, const sp_diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        const sp_diagnostic *said = &diagnostics->items[i];
        sp_point at = sp_source_point(&graph->document->source, said->span.start);
        sp_point end = sp_source_point(&graph->document->source, said->span.end);
        sp_buf_print(out, "%u:%u-%u:%u %s %.*s: ", at.line, at.column, end.line, end.column,
                     said->fatal ? "fatal" : "remark", SP_STR_ARG(sp_diagnostic_name(said->id)));
        dump_text(out, said->message);
        sp_buf_byte(out, '\n');
    }
}

/** Appends the graph to `out`. */
static void dump_graph(sp_buf *out, const sp_graph *graph)
{
    if (sp_map_count(graph->globals) > 0)
        sp_buf_text(out, "globals\n");
    dump_environment(out, graph->globals);
    for (uint32_t i = 0; i < graph->stage_count; i++)
        dump_stage(out, graph, &graph->stages[i]);
    dump_diagnostics(out, graph, &graph->document->diagnostics);
    dump_diagnostics(out, graph, &graph->diagnostics);
}

#endif
