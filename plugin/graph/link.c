/* What COPY --from and the from of a mount mean: a stage by name or number, else an image.

   BuildKit numbers stages and external images in one sequence: every reference to something that is no stage takes the
   next number past the stages, so COPY --from=N may mean an image that an earlier instruction named. */
#include "graph/build.h"

sp_span sp_link__span(const sp_link *link)
{
    if (link->mount == NULL)
        return link->instruction->as.copy.from->value.span;
    return link->mount->from != NULL ? link->mount->from->span : link->mount->flag->span;
}

static sp_link *add_link(sp_builder *builder, const sp_instruction *instruction, const sp_mount *mount)
{
    sp_link *link = sp_list_add(builder->arena, &builder->links);
    *link = (sp_link){.instruction = instruction, .mount = mount, .stage = SP_NONE, .origin = SP_ORIGIN_UNKNOWN};
    return link;
}

static void add_external(sp_builder *builder, uint32_t link)
{
    *sp_list_add(builder->arena, &builder->externals) = link;
}

static void resolve_image(sp_builder *builder, sp_link *link, sp_str text)
{
    sp_str problem;
    if (sp_str_equal(text, SP_STR("scratch"))) {
        link->origin = SP_ORIGIN_SCRATCH;
        return;
    }
    sp_reference *image = sp_arena_new(builder->arena, sp_reference);
    if (!sp_reference_parse(builder->arena, text, image, &problem)) {
        sp_judge__say(builder, SP_DIAGNOSTIC_INVALID_REFERENCE, sp_link__span(link), true,
                      "no stage has this name, and %.*s", SP_STR_ARG(problem));
        return;
    }
    link->named = sp_named__find_image(builder, image, &builder->graph->platform);
    link->origin = link->named != NULL ? SP_ORIGIN_NAMED_CONTEXT : SP_ORIGIN_IMAGE;
    link->image = link->named != NULL ? link->named->image : image;
}

/* name = stage in any case | "scratch" | image reference */
static void resolve_name(sp_builder *builder, sp_link *link, sp_str text)
{
    link->stage = sp_names__find_nocase(&builder->names, builder->stages, text);
    if (link->stage != SP_NONE) {
        link->origin = SP_ORIGIN_STAGE;
        return;
    }
    resolve_image(builder, link, text);
    add_external(builder, (uint32_t)(link - builder->links.items));
}

static void resolve_number(sp_builder *builder, sp_link *link, int64_t number)
{
    uint32_t stages = builder->graph->stage_count;
    link->by_index = true;
    if (number < 0 || number >= (int64_t)stages + builder->externals.count) {
        sp_judge__say(builder, SP_DIAGNOSTIC_STAGE_INDEX, sp_link__span(link), true,
                      "no stage has the number %lld: this file has %u, counted from 0", (long long)number, stages);
        return;
    }
    if (number < stages) {
        link->origin = SP_ORIGIN_STAGE;
        link->stage = (uint32_t)number;
        return;
    }
    uint32_t external = builder->externals.items[number - stages];
    const sp_link *meant = external == SP_NONE ? NULL : &builder->links.items[external];
    link->origin = meant == NULL ? SP_ORIGIN_SCRATCH : meant->origin;
    link->image = meant == NULL ? NULL : meant->image;
    link->named = meant == NULL ? NULL : meant->named;
    add_external(builder, external);
}

static sp_variable nothing(sp_str name, void *payload)
{
    (void)name;
    (void)payload;
    return (sp_variable){.certainty = SP_CERTAIN_UNDEFINED, .value = {"", 0}, .shape = {"", 0}, .definition = SP_NONE};
}

/* Whether expanding would change the word, which BuildKit does not allow here. */
static bool would_change(sp_builder *builder, const sp_instruction *instruction, sp_word word)
{
    if (memchr(word.text.text, '$', word.text.size) == NULL && memchr(word.text.text, '"', word.text.size) == NULL &&
        memchr(word.text.text, '\'', word.text.size) == NULL &&
        memchr(word.text.text, builder->document->escape, word.text.size) == NULL)
        return false;
    sp_value value =
        sp_expand(builder->arena, &instruction->line, word, builder->document->escape, SP_EXPAND_WORD, nothing, NULL);
    return value.failed || !sp_str_equal(value.value, word.text);
}

static void resolve_copy(sp_builder *builder, const sp_instruction *instruction)
{
    const sp_flag *from = instruction->as.copy.from;
    if (from == NULL)
        return;
    sp_link *link = add_link(builder, instruction, NULL);
    int64_t number;
    if (would_change(builder, instruction, from->value))
        sp_judge__say(builder, SP_DIAGNOSTIC_FROM_VARIABLE, from->value.span, true,
                      "variables and quotes are not replaced in --from: name a stage built FROM the variable instead");
    else if (sp_str_to_int(from->value.text, &number))
        resolve_number(builder, link, number);
    else
        resolve_name(builder, link, from->value.text);
}

static bool has_from(const sp_mount *mount)
{
    return mount->from != NULL && mount->from->text.size > 0;
}

bool sp_link__is_mount(const sp_builder *builder, const sp_mount *mount)
{
    return has_from(mount) || builder->scratch_stage != SP_NONE;
}

/* A mount without from asks for "scratch", so a stage of that name is meant, if there is one. */
static void resolve_mount(sp_builder *builder, const sp_instruction *instruction, const sp_mount *mount)
{
    if (!sp_link__is_mount(builder, mount)) {
        add_external(builder, SP_NONE);
        return;
    }
    sp_link *link = add_link(builder, instruction, mount);
    if (has_from(mount)) {
        resolve_name(builder, link, mount->from->text);
        return;
    }
    link->origin = SP_ORIGIN_STAGE;
    link->stage = builder->scratch_stage;
}

void sp_link__resolve(sp_builder *builder, const sp_instruction *instruction)
{
    if (instruction->broken)
        return;
    if (instruction->kind == SP_COPY)
        resolve_copy(builder, instruction);
    if (instruction->kind != SP_RUN)
        return;
    for (uint32_t i = 0; i < instruction->as.run.mount_count; i++)
        resolve_mount(builder, instruction, &instruction->as.run.mounts[i]);
}

void sp_link__resolve_stage(sp_builder *builder, uint32_t stage)
{
    sp_plan *plan = &builder->plans[stage];
    plan->first_link = builder->links.count;
    for (uint32_t i = plan->first + 1; i < plan->end; i++) {
        const sp_instruction *instruction = &builder->document->instructions.items[i];
        if (instruction->kind == SP_COPY || instruction->kind == SP_RUN)
            sp_link__resolve(builder, instruction);
        if (instruction->kind == SP_ONBUILD && !instruction->broken)
            *sp_list_add(builder->arena, &plan->onbuilds) = i;
    }
    plan->end_link = builder->links.count;
}
