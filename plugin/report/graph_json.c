/* A stage graph as JSON, version 1: fields are only ever added, and stand in this order.

     graph        version path refused targets[](stage) target_defaulted targets_only policy_failures(null: no policy
                  judged) findings(about no stage) stages[] edges[] diagnostics[]
     stage        index name(null without one) label line platform(value; null) target shipped needed
                  compiler(null: not asked; yes no unknown) base(edge) uses[](edge) used_by[](edge) findings
     edge         index kind(base copy add mount) origin(stage image scratch context named-context url git inline
                  unknown) to(stage) from(stage; null) candidates[](stage) reference(value; null without one)
                  named(value of the named context that stands for the reference; null) image(canonical reference of
                  what comes; null) sources[](value) destination(value; null) mount(type; null)
                  by_index trigger instruction line at
     value        text state(known default unknown refused) value(null unless known or default)
     findings     null: no policy judged; else count worst(error warning info; null) title(null)
     diagnostic   id fatal message at
     at           line column end_line end_column start end

   Stages and edges name each other by index, which is the place in the whole graph: with a --target, those that are
   not needed are left out of the lists, and their indexes do not occur. An edge of a trigger that fired has the places
   of the FROM line that fired it. Texts are repaired: a byte that is not UTF-8 becomes U+FFFD. Places are as in the
   JSON of `parse`. */
#include "report/graph_picture.h"

#include "report/json_out.h"
#include "result/results.h"

/* One text under way. */
typedef struct writing {
    sp_json_out json;
    const sp_picture *picture;
    const sp_graph *graph;
} writing;

static void put_place(writing *out, sp_span span)
{
    const sp_source *source = &out->graph->document->source;
    sp_point start = sp_source_point(source, span.start), end = sp_source_point(source, span.end);
    sp_json_object(&out->json, "at", SP_JSON_FLAT);
    sp_json_number(&out->json, "line", start.line);
    sp_json_number(&out->json, "column", start.column);
    sp_json_number(&out->json, "end_line", end.line);
    sp_json_number(&out->json, "end_column", end.column);
    sp_json_number(&out->json, "start", span.start);
    sp_json_number(&out->json, "end", span.end);
    sp_json_end_object(&out->json);
}

static const char *state_of(const sp_value *value)
{
    if (value->failed)
        return "refused";
    if (!value->known)
        return "unknown";
    return value->is_default ? "default" : "known";
}

static void put_value(writing *out, const char *key, const sp_value *value)
{
    sp_json_object(&out->json, key, SP_JSON_FLAT);
    sp_json_text(&out->json, "text", value->text);
    sp_json_text(&out->json, "state", sp_str_from(state_of(value)));
    if (value->known && !value->failed)
        sp_json_text(&out->json, "value", value->value);
    else
        sp_json_null(&out->json, "value");
    sp_json_end_object(&out->json);
}

/* A value that an edge or stage need not have: then it has no text. */
static void put_value_or_null(writing *out, const char *key, const sp_value *value)
{
    if (value->text.size > 0)
        put_value(out, key, value);
    else
        sp_json_null(&out->json, key);
}

static void put_number_or_null(writing *out, const char *key, uint32_t number)
{
    if (number != SP_NONE)
        sp_json_number(&out->json, key, number);
    else
        sp_json_null(&out->json, key);
}

static void put_text_or_null(writing *out, const char *key, sp_str text)
{
    if (text.size > 0)
        sp_json_text(&out->json, key, text);
    else
        sp_json_null(&out->json, key);
}

static void put_numbers(writing *out, const char *key, const uint32_t *numbers, uint32_t count)
{
    sp_json_array(&out->json, key, SP_JSON_FLAT);
    for (uint32_t i = 0; i < count; i++)
        sp_json_number(&out->json, NULL, numbers[i]);
    sp_json_end_array(&out->json);
}

static void put_findings(writing *out, const sp_stage_note *note)
{
    if (!out->picture->drawing->judged) {
        sp_json_null(&out->json, "findings");
        return;
    }
    sp_json_object(&out->json, "findings", SP_JSON_FLAT);
    sp_json_number(&out->json, "count", note->finding_count);
    put_text_or_null(out, "worst", sp_str_from(note->finding_count > 0 ? sp_severity_name(note->worst) : ""));
    put_text_or_null(out, "title", note->finding_count > 0 ? note->title : SP_STR(""));
    sp_json_end_object(&out->json);
}

static bool is_shown(const writing *out, uint32_t stage)
{
    return out->picture->rows[stage] != SP_NONE;
}

/* The edges of a stage into others, of which some may not be shown. */
static void put_used_by(writing *out, const sp_stage *stage)
{
    sp_json_array(&out->json, "used_by", SP_JSON_FLAT);
    for (uint32_t i = 0; i < stage->used_by_count; i++) {
        if (is_shown(out, out->graph->edges[stage->used_by[i]].to))
            sp_json_number(&out->json, NULL, stage->used_by[i]);
    }
    sp_json_end_array(&out->json);
}

static void put_compiler(writing *out, sp_compiler compiler)
{
    static const char *const names[] = {[SP_COMPILER_NOT_ASKED] = "",
                                        [SP_COMPILER_NO] = "no",
                                        [SP_COMPILER_YES] = "yes",
                                        [SP_COMPILER_MAYBE] = "unknown"};
    put_text_or_null(out, "compiler", sp_str_from(names[compiler]));
}

static void put_stage(writing *out, const sp_stage *stage)
{
    const sp_stage_note *note = &out->picture->drawing->notes[stage->index];
    sp_json_object(&out->json, NULL, SP_JSON_LINES);
    sp_json_number(&out->json, "index", stage->index);
    put_text_or_null(out, "name", stage->name);
    sp_json_text(&out->json, "label", sp_stage_label(out->graph, stage->index));
    sp_json_number(&out->json, "line", out->graph->instructions[stage->from].instruction->line.first);
    put_value_or_null(out, "platform", &stage->platform);
    sp_json_bool(&out->json, "target", stage->target);
    sp_json_bool(&out->json, "shipped", stage->shipped);
    sp_json_bool(&out->json, "needed", stage->needed);
    put_compiler(out, note->compiler);
    sp_json_number(&out->json, "base", stage->base);
    put_numbers(out, "uses", stage->uses, stage->use_count);
    put_used_by(out, stage);
    put_findings(out, note);
    sp_json_end_object(&out->json);
}

static void put_sources(writing *out, const sp_edge *edge)
{
    sp_json_array(&out->json, "sources", SP_JSON_FLAT);
    for (uint32_t i = 0; i < edge->sources.count; i++)
        put_value(out, NULL, &edge->sources.items[i]);
    sp_json_end_array(&out->json);
}

static void put_edge(writing *out, uint32_t index)
{
    const sp_edge *edge = &out->graph->edges[index];
    const sp_graph_instruction *instruction = &out->graph->instructions[edge->instruction];
    sp_json_object(&out->json, NULL, SP_JSON_LINES);
    sp_json_number(&out->json, "index", index);
    sp_json_text(&out->json, "kind", sp_edge_name(edge->kind));
    sp_json_text(&out->json, "origin", sp_origin_name(edge->origin));
    sp_json_number(&out->json, "to", edge->to);
    put_number_or_null(out, "from", edge->from);
    put_numbers(out, "candidates", edge->candidates, edge->candidate_count);
    put_value_or_null(out, "reference", &edge->reference);
    put_text_or_null(out, "named", edge->named != NULL ? edge->named->value : SP_STR(""));
    put_text_or_null(out, "image", edge->image != NULL ? edge->image->canonical : SP_STR(""));
    put_sources(out, edge);
    put_value_or_null(out, "destination", &edge->destination);
    put_text_or_null(out, "mount", edge->kind == SP_EDGE_MOUNT ? sp_picture_mount(edge) : SP_STR(""));
    sp_json_bool(&out->json, "by_index", edge->by_index);
    sp_json_bool(&out->json, "trigger", instruction->trigger);
    sp_json_text(&out->json, "instruction", sp_instruction_name(instruction->instruction->kind));
    sp_json_number(&out->json, "line", instruction->instruction->line.first);
    put_place(out, edge->reference.span);
    sp_json_end_object(&out->json);
}

static void put_stages(writing *out)
{
    sp_json_array(&out->json, "stages", SP_JSON_LINES);
    for (uint32_t i = 0; i < out->picture->stage_count; i++)
        put_stage(out, out->picture->stages[i].stage);
    sp_json_end_array(&out->json);
}

static void put_edges(writing *out)
{
    sp_json_array(&out->json, "edges", SP_JSON_LINES);
    for (uint32_t i = 0; i < out->graph->edge_count; i++) {
        if (is_shown(out, out->graph->edges[i].to))
            put_edge(out, i);
    }
    sp_json_end_array(&out->json);
}

static void put_diagnostics(writing *out)
{
    const sp_graph_drawing *drawing = out->picture->drawing;
    sp_json_array(&out->json, "diagnostics", SP_JSON_LINES);
    for (uint32_t i = 0; i < drawing->diagnostic_count; i++) {
        const sp_diagnostic *diagnostic = drawing->diagnostics[i];
        sp_json_object(&out->json, NULL, SP_JSON_FLAT);
        sp_json_text(&out->json, "id", sp_diagnostic_name(diagnostic->id));
        sp_json_bool(&out->json, "fatal", diagnostic->fatal);
        sp_json_text(&out->json, "message", diagnostic->message);
        put_place(out, diagnostic->span);
        sp_json_end_object(&out->json);
    }
    sp_json_end_array(&out->json);
}

void sp_graph_json(const sp_graph_drawing *drawing, sp_buf *out)
{
    sp_picture picture = sp_picture_make(drawing, (sp_picture_limits){0});
    writing json = {.json = {.out = out}, .picture = &picture, .graph = drawing->graph};
    sp_json_object(&json.json, NULL, SP_JSON_LINES);
    sp_json_number(&json.json, "version", 1);
    sp_json_text(&json.json, "path", drawing->graph->document->source.path);
    sp_json_bool(&json.json, "refused", sp_graph_is_refused(drawing->graph));
    put_numbers(&json, "targets", drawing->graph->targets, drawing->graph->target_count);
    sp_json_bool(&json.json, "target_defaulted", drawing->graph->target_defaulted);
    sp_json_bool(&json.json, "targets_only", drawing->needed_only);
    put_number_or_null(&json, "policy_failures", drawing->judged ? drawing->failures : SP_NONE);
    put_findings(&json, &drawing->elsewhere);
    put_stages(&json);
    put_edges(&json);
    put_diagnostics(&json);
    sp_json_end_object(&json.json);
    sp_buf_byte(out, '\n');
}
