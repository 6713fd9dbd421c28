/* SOURCE_DATE_EPOCH, which BuildKit reads before anything else: a number, "context", or a stage that only adds one
   thing from the net. */
#include "graph/build.h"

#define NAME SP_STR("SOURCE_DATE_EPOCH")

/* Its value: a build argument that was given, or a global ARG with a text. False where nothing (surely) sets it. */
static bool value_of(const sp_builder *builder, sp_variable *out)
{
    const sp_binding *binding = sp_map_find(builder->graph->globals, NAME);
    const sp_str *given = sp_scope__given(builder->whole, NAME);
    if (binding == NULL && given == NULL)
        return false;
    *out = binding != NULL ? binding->variable
                           : (sp_variable){.certainty = SP_CERTAIN_KNOWN, .set = true, .value = *given};
    return (out->certainty == SP_CERTAIN_KNOWN || out->certainty == SP_CERTAIN_DEFAULT) && out->value.size > 0;
}

static uint32_t first_stage_of(const sp_builder *builder, sp_str name)
{
    for (uint32_t i = 0; i < builder->graph->stage_count; i++) {
        if (sp_str_equal_nocase(builder->stages[i].name, name))
            return i;
    }
    return SP_NONE;
}

/* source-only stage = FROM scratch { ARG } ADD url { ARG }, with one ADD of one source */
static bool is_source_only(const sp_builder *builder, uint32_t index)
{
    const sp_stage *stage = &builder->stages[index];
    uint32_t added = 0;
    if (builder->edges.items[stage->base].origin != SP_ORIGIN_SCRATCH)
        return false;
    for (uint32_t i = 1; i < stage->count; i++) {
        sp_instruction_kind kind = builder->instructions[stage->first + i].instruction->kind;
        if (kind != SP_ARG && kind != SP_ADD)
            return false;
        added += kind == SP_ADD;
    }
    if (added != 1 || stage->use_count != 2)
        return false;
    const sp_edge *edge = &builder->edges.items[stage->base + 1];
    return edge->sources.count == 1 && edge->origin != SP_ORIGIN_CONTEXT && edge->origin != SP_ORIGIN_INLINE;
}

void sp_epoch__judge(sp_builder *builder)
{
    sp_variable variable;
    int64_t number;
    if (builder->graph->stage_count == 0 || !value_of(builder, &variable) || sp_str_to_int(variable.value, &number) ||
        sp_str_equal(variable.value, SP_STR("context")))
        return;
    bool fatal = variable.certainty == SP_CERTAIN_KNOWN;
    sp_diagnostic_id id = fatal ? SP_DIAGNOSTIC_INVALID_VALUE : SP_DIAGNOSTIC_UNKNOWN_ARGUMENT;
    uint32_t stage = first_stage_of(builder, variable.value);
    if (stage == SP_NONE)
        sp_judge__say(builder, id, variable.at, fatal,
                      "SOURCE_DATE_EPOCH is '%.*s': give seconds since 1970, context, or a stage",
                      SP_STR_ARG(sp_judge__brief(variable.value)));
    else if (!is_source_only(builder, stage))
        sp_judge__say(builder, id, builder->instructions[builder->stages[stage].from].instruction->span, fatal,
                      "SOURCE_DATE_EPOCH names this stage, which must be FROM scratch with one ADD of one URL and ARGs "
                      "alone");
}
