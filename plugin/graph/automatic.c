/* What a build knows by itself: the platform of its target, and the automatic arguments (TARGETARCH …). What the
   machine that builds is (BUILDARCH …), nobody tells. */
#include "graph/build.h"

#include "graph/platform.h"

/* Set, to a value that only the build knows. */
static const sp_variable unknown = {
    .certainty = SP_CERTAIN_UNKNOWN, .set = true, .value = {"", 0}, .shape = {"", 0}, .definition = SP_NONE};

bool sp_automatic__has(sp_str name)
{
    if (name.size == 0 || (name.text[0] != 'T' && name.text[0] != 'B'))
        return false;
    static const sp_str suffixes[] = {{"PLATFORM", 8}, {"OS", 2}, {"OSVERSION", 9}, {"ARCH", 4}, {"VARIANT", 7}};
    bool target = sp_str_starts(name, SP_STR("TARGET"));
    if (!target && !sp_str_starts(name, SP_STR("BUILD")))
        return false;
    sp_str rest = sp_str_skip(name, target ? 6 : 5);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (sp_str_equal(rest, suffixes[i]))
            return true;
    }
    return target && sp_str_equal(rest, SP_STR("STAGE"));
}

sp_variable sp_automatic__value(const sp_whole_graph *whole, sp_str name)
{
    const sp_variable *known = sp_map_find(whole->automatic, name);
    return known != NULL ? *known : unknown;
}

static void set(sp_builder *builder, sp_str name, sp_str value, sp_certainty certainty)
{
    sp_variable *variable = sp_arena_alloc(builder->arena, sizeof *variable);
    *variable = unknown;
    variable->certainty = certainty;
    variable->value = value;
    builder->whole->automatic = sp_map_set(builder->arena, builder->whole->automatic, name, variable);
}

/* Where only the system is told, the machine is the one that builds. */
static void set_platform(sp_builder *builder, const sp_platform *platform)
{
    bool whole = platform->architecture.size > 0;
    sp_value *value = &builder->graph->platform;
    value->known = whole;
    value->shape = platform->text;
    value->value = value->text = whole ? platform->text : SP_STR("");
    set(builder, SP_STR("TARGETOS"), platform->os, SP_CERTAIN_KNOWN);
    set(builder, SP_STR("TARGETOSVERSION"), platform->os_version, SP_CERTAIN_KNOWN);
    if (!whole)
        return;
    set(builder, SP_STR("TARGETPLATFORM"), platform->text, SP_CERTAIN_KNOWN);
    set(builder, SP_STR("TARGETARCH"), platform->architecture, SP_CERTAIN_KNOWN);
    set(builder, SP_STR("TARGETVARIANT"), platform->variant, SP_CERTAIN_KNOWN);
}

static sp_str name_of_last_stage(const sp_document *document)
{
    for (uint32_t i = document->instructions.count; i > 0; i--) {
        if (document->instructions.items[i - 1].kind == SP_FROM)
            return document->instructions.items[i - 1].as.from.stage_name;
    }
    return SP_STR("");
}

/* The target as it was typed, else the name of the last stage; of several targets each has its own. */
static void set_stage(sp_builder *builder)
{
    const sp_build_input *input = builder->input;
    sp_str name = input->target_count > 0 ? input->targets[0] : name_of_last_stage(builder->document);
    bool chosen = input->target_count == 1 || builder->whole->complete;
    if (input->target_count <= 1)
        set(builder, SP_STR("TARGETSTAGE"), name.size > 0 ? name : SP_STR("default"),
            chosen ? SP_CERTAIN_KNOWN : SP_CERTAIN_DEFAULT);
}

void sp_automatic__start(sp_builder *builder)
{
    sp_platform platform;
    builder->graph->platform = sp_value_literal((sp_word){.text = SP_STR("")});
    builder->graph->platform.known = false;
    builder->graph->platform.shape = (sp_str){"", 1};
    if (builder->input->platform.size > 0 && sp_platform_parse(builder->arena, builder->input->platform, &platform))
        set_platform(builder, &platform);
    set_stage(builder);
}
