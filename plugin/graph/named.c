/* Named contexts: what BuildKit takes instead of a stage or an image of that name. */
#include "graph/named.h"

#include "graph/build.h"

#define PLATFORM_SEPARATOR SP_STR("::")
#define IMAGE_SCHEME SP_STR("docker-image://")

sp_str sp_named_text(const sp_named_context *named)
{
    return sp_str_starts(named->value, IMAGE_SCHEME) ? sp_str_skip(named->value, IMAGE_SCHEME.size) : named->value;
}

sp_str sp_named_key(const sp_reference *image)
{
    sp_str key = image->canonical;
    if (sp_str_is(image->registry, "docker.io")) {
        key = sp_str_skip(key, image->registry.size + 1);
        sp_str rest = sp_str_skip(image->repository, SP_STR("library/").size);
        if (sp_str_starts(key, SP_STR("library/")) && sp_str_find(rest, '/') == rest.size)
            key = sp_str_skip(key, SP_STR("library/").size);
    }
    if (sp_str_ends(key, SP_STR(":latest")))
        key = sp_str_head(key, key.size - SP_STR(":latest").size);
    return key;
}

/* "docker-image://" ( "scratch" | reference ) */
static void read_image(sp_builder *builder, sp_named_context *named, sp_str text)
{
    named->kind = SP_NAMED_IMAGE;
    if (sp_str_is(text, "scratch")) {
        named->kind = SP_NAMED_SCRATCH;
        return;
    }
    sp_reference *image = sp_arena_new(builder->arena, sp_reference);
    if (sp_reference_parse(builder->arena, text, image, &named->problem))
        named->image = image;
}

static const sp_named_context *read_context(sp_builder *builder, const sp_argument *given)
{
    static const char *const unknown[] = {"oci-layout://", "target:", "service:", "input:"};
    sp_named_context *named = sp_arena_new(builder->arena, sp_named_context);
    named->name = sp_arena_copy(builder->arena, given->name);
    named->value = sp_arena_copy(builder->arena, given->value);
    named->problem = SP_STR("");
    named->kind = SP_NAMED_FILES;
    named->perhaps = false;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        if (sp_str_starts(named->value, sp_str_from(unknown[i])))
            named->kind = SP_NAMED_UNKNOWN;
    }
    if (sp_str_starts(named->value, IMAGE_SCHEME))
        read_image(builder, named, sp_named_text(named));
    return named;
}

/* What holds for one platform alone is also kept under the bare name and "::", for when the platform is not known. */
void sp_named__start(sp_builder *builder)
{
    sp_whole_graph *whole = builder->whole;
    for (size_t i = 0; i < builder->input->context_count; i++) {
        const sp_named_context *named = read_context(builder, &builder->input->contexts[i]);
        whole->contexts = sp_map_set(builder->arena, whole->contexts, named->name, named);
        size_t end = sp_str_search(named->name, PLATFORM_SEPARATOR);
        if (end == SIZE_MAX)
            continue;
        sp_named_context *perhaps = sp_arena_alloc(builder->arena, sizeof *perhaps);
        *perhaps = *named;
        perhaps->kind = SP_NAMED_UNKNOWN;
        perhaps->perhaps = true;
        perhaps->image = NULL;
        perhaps->problem = SP_STR("");
        whole->contexts = sp_map_set(builder->arena, whole->contexts,
                                     sp_str_head(named->name, end + PLATFORM_SEPARATOR.size), perhaps);
    }
}

/* NAME::PLATFORM goes before NAME. */
static const sp_named_context *find(const sp_builder *builder, sp_str name, const sp_value *platform)
{
    const sp_str parts[] = {name, PLATFORM_SEPARATOR, platform->known ? platform->value : SP_STR("")};
    const sp_named_context *named = sp_map_find(builder->whole->contexts, sp_arena_join(builder->arena, parts, 3));
    return named != NULL ? named : sp_map_find(builder->whole->contexts, name);
}

const sp_named_context *sp_named__find_stage(const sp_builder *builder, sp_str stage, const sp_value *platform)
{
    if (builder->whole->contexts == NULL || stage.size == 0 || sp_str_is(stage, "scratch") ||
        sp_str_is(stage, "context"))
        return NULL;
    return find(builder, stage, platform);
}

const sp_named_context *sp_named__find_image(const sp_builder *builder, const sp_reference *image,
                                             const sp_value *platform)
{
    return builder->whole->contexts == NULL ? NULL : find(builder, sp_named_key(image), platform);
}

void sp_named__judge(sp_builder *builder, const sp_named_context *named, sp_span span, bool fatal)
{
    if (named == NULL || named->problem.size == 0)
        return;
    sp_judge__say(builder, SP_DIAGNOSTIC_INVALID_REFERENCE, span, fatal,
                  "the named context '%.*s' cannot be taken: %.*s", SP_STR_ARG(sp_judge__brief(named->name)),
                  SP_STR_ARG(named->problem));
}
