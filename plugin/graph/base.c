/* What a stage is built FROM: an earlier stage, an image, nothing, or what only the build knows. */
#include "graph/build.h"

#include "graph/check.h"
#include "graph/platform.h"

/* The shape with nothing where it is unknown: what BuildKit sees when the arguments stay away. */
static sp_str without_unknown(sp_arena *arena, sp_str shape)
{
    char *text = sp_arena_alloc(arena, shape.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < shape.size; i++) {
        if (shape.text[i] != '\0')
            text[size++] = shape.text[i];
    }
    return (sp_str){text, size};
}

/* The earlier stages that an unknown base may be. Where nothing of it is known, it may be anything: that says nothing.
 */
static const uint32_t *find_fitting(sp_builder *builder, uint32_t stage, sp_str shape, uint32_t *count)
{
    sp_str known = without_unknown(builder->arena, shape);
    *count = 0;
    if (known.size == 0 || sp_str_find(known, ':') < known.size || sp_str_find(known, '/') < known.size)
        return NULL;
    SP_LIST(uint32_t) found = {0};
    for (uint32_t i = 0; i < stage && builder->candidate_left > 0; i++) {
        sp_str name = builder->stages[i].name;
        builder->candidate_left--;
        if (name.size > 0 && sp_str_fits(name, shape, '\0') &&
            sp_names__find(&builder->names, builder->stages, name) == i)
            *sp_list_add(builder->arena, &found) = i;
    }
    *count = found.count;
    return found.items;
}

/* The stages that this one is built FROM for other platforms: they are not dead. */
static void find_lent(sp_builder *builder, uint32_t stage, const sp_instruction *from)
{
    sp_plan *plan = &builder->plans[stage];
    sp_scope scope = sp_scope__global(builder->whole);
    scope.any_platform = true;
    sp_value open = sp_scope__expand(&scope, from, *from->as.from.base);
    if (!open.known && !open.failed)
        plan->lent = find_fitting(builder, stage, open.shape, &plan->lent_count);
}

/* Without the argument BuildKit would see `known`: worth a remark when it would refuse that. */
static void remark_unknown(sp_builder *builder, const sp_value *reference, sp_str known)
{
    sp_reference ignored;
    sp_str problem;
    sp_str missing = sp_judge__missing(builder, reference);
    if (missing.size == 0 || reference->fails_unknown)
        return;
    if (known.size == 0)
        sp_judge__say(builder, SP_DIAGNOSTIC_UNKNOWN_ARGUMENT, reference->span, false,
                      "the base is blank without --build-arg %.*s: what this stage is built on is unknown",
                      SP_STR_ARG(sp_judge__brief(missing)));
    else if (!sp_reference_parse(builder->arena, known, &ignored, &problem))
        sp_judge__say(builder, SP_DIAGNOSTIC_UNKNOWN_ARGUMENT, reference->span, false,
                      "the base is '%.*s' without --build-arg %.*s, which is no image reference: what this stage is "
                      "built on is unknown",
                      SP_STR_ARG(sp_judge__brief(known)), SP_STR_ARG(sp_judge__brief(missing)));
}

static void resolve_image(sp_builder *builder, sp_plan *plan)
{
    sp_str text = plan->reference.value, problem;
    sp_reference *image = sp_arena_new(builder->arena, sp_reference);
    if (text.size == 0) {
        sp_judge__refuse(builder, &plan->reference, SP_DIAGNOSTIC_BLANK_BASE, true, "the base '%.*s' is blank",
                         SP_STR_ARG(sp_judge__brief(plan->reference.text)));
        return;
    }
    if (!sp_reference_parse(builder->arena, text, image, &problem)) {
        uint32_t meant = sp_names__find_nocase(&builder->names, builder->stages, text);
        if (meant == SP_NONE)
            sp_judge__refuse(builder, &plan->reference, SP_DIAGNOSTIC_INVALID_REFERENCE, true, "%.*s",
                             SP_STR_ARG(problem));
        else
            sp_judge__refuse(builder, &plan->reference, SP_DIAGNOSTIC_INVALID_REFERENCE, true,
                             "%.*s; FROM finds the stage '%.*s' only in lower case", SP_STR_ARG(problem),
                             SP_STR_ARG(sp_judge__brief(builder->stages[meant].name)));
        return;
    }
    plan->origin = SP_ORIGIN_IMAGE;
    plan->image = image;
}

/* base = earlier stage (exactly) | "scratch" | image reference */
static void resolve_reference(sp_builder *builder, uint32_t stage)
{
    sp_plan *plan = &builder->plans[stage];
    if (plan->reference.failed)
        return;
    if (!plan->reference.known) {
        sp_str known = without_unknown(builder->arena, plan->reference.shape);
        plan->candidates = find_fitting(builder, stage, plan->reference.shape, &plan->candidate_count);
        remark_unknown(builder, &plan->reference, known);
        return;
    }
    plan->base = sp_names__find(&builder->names, builder->stages, plan->reference.value);
    if (plan->base != SP_NONE)
        plan->origin = SP_ORIGIN_STAGE;
    else if (sp_str_equal(plan->reference.value, SP_STR("scratch")))
        plan->origin = SP_ORIGIN_SCRATCH;
    else
        resolve_image(builder, plan);
}

/* A word that BuildKit does not know is taken as it is where it stands beside another, and no image has it. */
static void judge_platform(sp_builder *builder, const sp_value *value, bool refused)
{
    sp_str meant = sp_platform_meant(builder->arena, value->value), written = sp_judge__brief(value->value);
    if (meant.size > 0)
        sp_judge__refuse(builder, value, SP_DIAGNOSTIC_INVALID_VALUE, refused,
                         "'%.*s' is no platform that is known; did you mean %.*s?", SP_STR_ARG(written),
                         SP_STR_ARG(sp_judge__brief(meant)));
    else if (refused)
        sp_judge__refuse(builder, value, SP_DIAGNOSTIC_INVALID_VALUE, true,
                         "'%.*s' is no platform: write os/arch or os/arch/variant, as in linux/arm64",
                         SP_STR_ARG(written));
}

/* The platform that is asked for: the flag's, else the target's. */
static void resolve_platform(sp_builder *builder, sp_stage *stage, const sp_instruction *from)
{
    const sp_flag *flag = from->as.from.platform;
    sp_platform platform;
    stage->platform = builder->graph->platform;
    stage->platform.span = from->span;
    if (flag == NULL || flag->value.text.size == 0)
        return;
    sp_scope scope = sp_scope__global(builder->whole);
    sp_value *value = &stage->platform;
    *value = sp_judge__expand(builder, &scope, from, flag->value, true);
    if (!value->known || value->failed)
        return;
    bool parsed = sp_platform_parse(builder->arena, value->value, &platform);
    judge_platform(builder, value, !parsed);
    if (!parsed)
        return;
    value->known = platform.architecture.size > 0;
    value->shape = platform.text;
    value->value = value->known ? platform.text : SP_STR("");
}

/* A named context goes before the stage of its name, or before the image. */
static void take_context(sp_builder *builder, sp_stage *stage, const sp_instruction *from)
{
    sp_plan *plan = &builder->plans[stage->index];
    const sp_named_context *named = sp_named__find_stage(builder, from->as.from.stage_name, &stage->platform);
    stage->replaced = named != NULL;
    if (named == NULL && plan->origin == SP_ORIGIN_IMAGE)
        named = sp_named__find_image(builder, plan->image, &stage->platform);
    if (named == NULL)
        return;
    plan->named = named;
    plan->origin = SP_ORIGIN_NAMED_CONTEXT;
    plan->base = SP_NONE;
    plan->image = named->image;
    plan->candidate_count = plan->lent_count = 0;
}

/* A stage passes its platform on, whatever the flag says; scratch has the target's. */
static void settle_platform(sp_builder *builder, sp_stage *stage)
{
    const sp_plan *plan = &builder->plans[stage->index];
    sp_span span = stage->platform.span;
    if (plan->origin == SP_ORIGIN_STAGE) {
        stage->platform = builder->stages[plan->base].platform;
    } else if (plan->origin == SP_ORIGIN_SCRATCH) {
        stage->platform = builder->graph->platform;
        stage->platform.span = span;
    } else if (plan->candidate_count > 0) {
        stage->platform = sp_value_literal((sp_word){.text = SP_STR(""), .span = span});
        stage->platform.known = false;
        stage->platform.shape = (sp_str){"", 1};
    }
}

/* Whether a stage starts with variables that are all known. */
static bool is_environment_known(const sp_builder *builder, const sp_plan *plan)
{
    switch (plan->origin) {
    case SP_ORIGIN_STAGE:
        return builder->whole->environment_known[plan->base];
    case SP_ORIGIN_NAMED_CONTEXT:
        return plan->named->kind == SP_NAMED_FILES || plan->named->kind == SP_NAMED_SCRATCH;
    default:
        return plan->origin == SP_ORIGIN_SCRATCH;
    }
}

static void take_name(sp_builder *builder, uint32_t index, const sp_instruction *from)
{
    sp_stage *stage = &builder->stages[index];
    const sp_word *name = from->as.from.name;
    stage->name = from->as.from.stage_name;
    if (stage->name.size == 0)
        return;
    sp_span span = name != NULL ? name->span : from->span;
    if (!sp_check__is_context_name(stage->name))
        sp_judge__say(builder, SP_DIAGNOSTIC_STAGE_NAME, span, true,
                      "the stage name '%.*s' cannot name a build context: put single '.', '_' or '-' between letters",
                      SP_STR_ARG(sp_judge__brief(stage->name)));
    if (sp_names__find(&builder->names, builder->stages, stage->name) != SP_NONE)
        sp_judge__say(builder, SP_DIAGNOSTIC_DUPLICATE_STAGE_NAME, span, false,
                      "a second stage is called '%.*s': --from and --target mean this one, give it another name",
                      SP_STR_ARG(sp_judge__brief(stage->name)));
    sp_names__set(&builder->names, builder->stages, index);
    if (sp_str_equal(stage->name, SP_STR("scratch")))
        builder->scratch_stage = index;
}

void sp_base__resolve(sp_builder *builder, uint32_t index)
{
    sp_stage *stage = &builder->stages[index];
    sp_plan *plan = &builder->plans[index];
    const sp_instruction *from = &builder->document->instructions.items[plan->first];
    stage->index = index;
    stage->name = SP_STR("");
    plan->origin = SP_ORIGIN_UNKNOWN;
    plan->base = SP_NONE;
    plan->reference = sp_value_literal((sp_word){.text = SP_STR(""), .span = from->span});
    if (from->as.from.base != NULL) {
        sp_scope scope = sp_scope__global(builder->whole);
        plan->reference = sp_judge__expand(builder, &scope, from, *from->as.from.base, true);
        resolve_reference(builder, index);
        if (plan->reference.known && plan->reference.variable_count > 0 && !builder->whole->complete)
            find_lent(builder, index, from);
    }
    resolve_platform(builder, stage, from);
    take_context(builder, stage, from);
    settle_platform(builder, stage);
    for (uint32_t i = 0; i < plan->candidate_count; i++)
        builder->candidate[plan->candidates[i]] = true;
    builder->whole->environment_known[index] = is_environment_known(builder, plan);
    take_name(builder, index, from);
}
