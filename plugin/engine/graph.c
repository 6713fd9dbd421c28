/* Reading one Dockerfile to draw its stages: the graph, what the facts say of each stage, what policies found there. */
#include "engine/tool.h"

#include "base/error.h"
#include "base/guard.h"
#include "base/limits.h"
#include "engine/engine.h"
#include "engine/reading.h"
#include "engine/targets.h"
#include "facts/facts.h"
#include "report/graph_format.h"
#include "result/results.h"

/* One Dockerfile under way. The buffer and the results stand outside the arena, so they outlive a recovery. */
typedef struct drawing {
    const sp_tool_graph_options *options;
    const sp_graph_format *format;
    sp_str path, text;
    sp_arena arena;
    sp_buf out;
    const struct sp_results *results; /* NULL: no policy judges */
    sp_known_images images;
    const sp_graph *graph;
    sp_stage_note *notes;
    sp_error *error;
    int32_t verdict;
} drawing;

/* A target that the file does not have is a slip of the pen. */
static sp_status check_targets(drawing *draw, const sp_build_input *input)
{
    sp_targets targets = {0};
    sp_targets_start(&targets, &draw->arena, input->targets, input->target_count);
    sp_targets_note(&targets, &draw->arena, draw->graph);
    return sp_targets_check(&targets, &draw->arena, draw->error);
}

/* Whether a compiler is in each of the stages. */
static void ask_facts(const drawing *draw)
{
    static const sp_compiler compilers[] = {
        [SP_NO] = SP_COMPILER_NO, [SP_YES] = SP_COMPILER_YES, [SP_MAYBE] = SP_COMPILER_MAYBE};
    const sp_str names[] = {SP_STR("native-compiler")};
    sp_facts *facts = sp_facts_new_knowing(draw->graph, &draw->images);
    for (uint32_t i = 0; i < draw->graph->stage_count; i++) {
        sp_answer answer = sp_facts_contains(facts, i, names, 1);
        draw->notes[i].compiler = compilers[sp_answer_truth(&answer)];
    }
}

/* ---- findings ---- */

static void note_finding(sp_stage_note *note, const sp_result_finding *finding)
{
    note->finding_count++;
    if (note->finding_count > 1 && finding->severity <= note->worst)
        return;
    note->worst = finding->severity;
    note->title = finding->message;
}

/* Stages by what findings call them: of one name the last, as for targets, unless the finding lies in another. */
static const sp_map *labels_of(const drawing *draw)
{
    const sp_graph *graph = draw->graph;
    const sp_map *labels = NULL;
    for (uint32_t i = 0; i < graph->stage_count; i++)
        labels = sp_map_set(graph->arena, labels, sp_stage_label(graph, i), &graph->stages[i]);
    return labels;
}

/* The stage whose FROM is the last at or before a place; they stand in order. SP_NONE for none. */
static uint32_t stage_at(const sp_graph *graph, uint32_t offset)
{
    uint32_t low = 0, high = graph->stage_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (graph->instructions[graph->stages[middle].from].instruction->span.start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : SP_NONE;
}

static uint32_t stage_of(const sp_graph *graph, const sp_map *labels, const sp_result_finding *finding)
{
    if (finding->stage.size == 0)
        return SP_NONE;
    uint32_t here = finding->at.placed ? stage_at(graph, finding->at.span.start) : SP_NONE;
    if (here != SP_NONE && sp_str_equal(sp_stage_label(graph, here), finding->stage))
        return here;
    const sp_stage *stage = sp_map_find(labels, finding->stage);
    return stage != NULL ? stage->index : SP_NONE;
}

static void overlay(drawing *draw, sp_graph_drawing *drawn)
{
    const sp_map *labels = labels_of(draw);
    for (uint32_t i = 0; i < draw->results->findings.count; i++) {
        const sp_result_finding *finding = &draw->results->findings.items[i];
        if (finding->waived != NULL)
            continue;
        uint32_t stage = stage_of(draw->graph, labels, finding);
        note_finding(stage != SP_NONE ? &draw->notes[stage] : &drawn->elsewhere, finding);
    }
    drawn->judged = true;
    drawn->failures = draw->results->failures.count;
    if (drawn->failures > 0)
        draw->verdict = SP_POLICY;
}

/* ---- all of it ---- */

static sp_status draw(void *payload)
{
    drawing *draw = payload;
    const sp_tool_graph_options *options = draw->options;
    sp_build_input input;
    sp_status status = sp_reading_input(&draw->arena, &options->inputs, &input, draw->error);
    if (status != SP_OK)
        return status;
    const sp_document *document = sp_document_parse(&draw->arena, draw->path, draw->text);
    const sp_graph *graph = sp_graph_build(document, &input);
    bool refused = sp_graph_is_refused(graph);
    draw->graph = graph;
    draw->verdict = refused ? SP_INPUT : SP_PASS;
    status = refused ? SP_OK : check_targets(draw, &input);
    if (status != SP_OK)
        return status;
    draw->notes = sp_arena_zeroed(&draw->arena, graph->stage_count * sizeof *draw->notes);
    sp_graph_drawing drawn = {.graph = graph,
                              .notes = draw->notes,
                              .needed_only = options->inputs.target_count > 0,
                              .color = options->color != 0};
    drawn.diagnostics = sp_reading_diagnostics(&draw->arena, document, graph, &drawn.diagnostic_count);
    if (!refused)
        ask_facts(draw);
    if (draw->results != NULL)
        overlay(draw, &drawn);
    draw->format->write(&drawn, &draw->out);
    return draw->out.failed ? SP_E_MEMORY : SP_OK;
}

/* Hands NAME=VALUE to a function of the run. */
static sp_status add_pair(sp_run *run, sp_arena *arena, const char *pair,
                          sp_status (*give)(sp_run *run, const char *name, const char *value))
{
    sp_str text = sp_str_from(pair);
    size_t name = sp_str_find(text, '=');
    return give(run, sp_arena_copy(arena, sp_str_head(text, name)).text, pair + name + 1);
}

static sp_status add_inputs(sp_run *run, const sp_tool_inputs *inputs, sp_arena *arena)
{
    sp_status status = SP_OK;
    for (size_t i = 0; i < inputs->argument_count && status == SP_OK; i++)
        status = add_pair(run, arena, inputs->arguments[i], sp_run_arg);
    for (size_t i = 0; i < inputs->context_count && status == SP_OK; i++)
        status = add_pair(run, arena, inputs->contexts[i], sp_run_context);
    for (size_t i = 0; i < inputs->target_count && status == SP_OK; i++)
        status = sp_run_target(run, inputs->targets[i]);
    if (inputs->platform != NULL && status == SP_OK)
        status = sp_run_platform(run, inputs->platform);
    return status;
}

/* Reading the arguments takes memory of the arena. */
typedef struct judging {
    sp_run *run;
    drawing *draw;
} judging;

static sp_status prepare(void *payload)
{
    judging *judge = payload;
    return add_inputs(judge->run, &judge->draw->options->inputs, &judge->draw->arena);
}

/* Judges the file as `check` does. */
static sp_status judge(drawing *draw, sp_engine *engine, sp_results **results)
{
    judging judge = {.draw = draw};
    sp_status status = sp_run_new(&judge.run, engine, NULL);
    if (status == SP_OK)
        status = sp_guard(&draw->arena, prepare, &judge);
    if (status == SP_OK)
        status = sp_run_file(judge.run, draw->path.text, draw->text.text, draw->text.size);
    if (status == SP_OK)
        status = sp_run_check(judge.run, results, draw->error);
    sp_run_free(judge.run);
    return status;
}

sp_status sp_tool_graph(sp_engine *engine, const char *path, const char *text, size_t size,
                        const sp_tool_graph_options *options, char **out, size_t *out_size, int32_t *verdict,
                        sp_error *error)
{
    drawing file = {.options = options, .path = sp_str_from(path), .text = {text, size}, .error = error};
    sp_results *results = NULL;
    file.format = sp_graph_format_find(sp_str_from(options->format));
    *out = NULL;
    if (file.format == NULL)
        return sp_error_set(error, SP_E_USAGE, "there is no format '%s'", options->format);
    sp_buf_init(&file.out, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    sp_arena_init(&file.arena, sp_alloc_default());
    sp_status status = engine != NULL ? judge(&file, engine, &results) : SP_OK;
    file.results = results;
    if (engine != NULL)
        file.images = engine->images;
    if (status == SP_OK)
        status = sp_guard(&file.arena, draw, &file);
    sp_arena_dispose(&file.arena);
    sp_results_free(results);
    if (status != SP_OK) {
        sp_buf_dispose(&file.out);
        return sp_error_set(error, status, "out of memory");
    }
    *out = file.out.bytes;
    *out_size = file.out.size;
    *verdict = file.verdict;
    return SP_OK;
}

const char *sp_tool_graph_format_at(size_t index)
{
    const sp_graph_format *format = sp_graph_format_get(index);
    return format != NULL ? format->name : NULL;
}
