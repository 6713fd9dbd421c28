/* Compose files → declared builds: the way in, and the way out. */
#include "config/compose.h"

#include "base/limits.h"
#include "config/compose_reading.h"

static sp_status fail_text(sp_compose__reading *reading, const sp_compose__service *service,
                           const sp_compose__text *text, const char *message)
{
    const sp_yaml at = {.line = text->line, .column = text->column};
    return sp_compose__fail(reading, service->file, &at, message);
}

/* `service:NAME` is the image of another service, which has to have a build. */
static sp_status check_service(sp_compose__reading *reading, const sp_compose__services *services,
                               const sp_compose__service *service, const sp_compose__entry *context)
{
    if (!sp_str_starts(context->value, SP_STR("service:")))
        return SP_OK;
    sp_str name = sp_str_skip(context->value, sizeof "service:" - 1);
    const uint32_t *index = sp_map_find(services->by_name, name);
    if (index != NULL && services->items.items[*index - 1]->has_build)
        return SP_OK;
    return sp_error_at(reading->error, SP_E_CONFIG, service->file->path, context->line, context->column,
                       "the named context '%.*s' is the image of the service '%.*s', which %s",
                       SP_STR_ARG(sp_str_brief(context->name, 100)), SP_STR_ARG(sp_str_brief(name, 100)),
                       index != NULL ? "has no build" : "does not exist");
}

/* A build argument without a value has that of the environment, or of the project's `.env`; an included one's does not
   count. */
static void add_argument(sp_compose__reading *reading, const sp_compose__service *service,
                         const sp_compose__entry *entry, sp_declared_build *build)
{
    sp_declared_pair argument = {.name = entry->name, .value = entry->value, .known = entry->is_known};
    if (!entry->has_value) {
        const sp_yaml at = {.line = entry->line, .column = entry->column};
        sp_compose__variables *variables = service->file->variables;
        while (variables->outer != NULL)
            variables = variables->outer;
        argument.known = sp_compose__find_variable(variables, entry->name, &argument.value);
        if (!argument.known)
            sp_compose__tell_unset(reading, service->file, &at, entry->name,
                                   "from which a build argument takes its value here");
    }
    *sp_list_add(reading->arena, &build->arguments) = argument;
}

static sp_status add_lists(sp_compose__reading *reading, const sp_compose__services *services,
                           const sp_compose__service *service, sp_declared_build *build)
{
    const sp_compose__list *arguments = &service->lists[SP_COMPOSE_ARGUMENTS];
    const sp_compose__list *contexts = &service->lists[SP_COMPOSE_CONTEXTS];
    for (uint32_t i = 0; i < arguments->entries.count; i++) {
        if (!arguments->entries.items[i].is_gone)
            add_argument(reading, service, &arguments->entries.items[i], build);
    }
    for (uint32_t i = 0; i < contexts->entries.count; i++) {
        const sp_compose__entry *context = &contexts->entries.items[i];
        sp_status status = context->is_gone ? SP_OK : check_service(reading, services, service, context);
        if (status != SP_OK)
            return status;
        sp_declared_pair pair = {.name = context->name, .value = context->value, .known = context->is_known};
        if (!context->is_gone)
            *sp_list_add(reading->arena, &build->contexts) = pair;
    }
    return SP_OK;
}

/* The platforms of the build, else that of the service, which has to be among them. */
static sp_status add_platforms(sp_compose__reading *reading, const sp_compose__service *service,
                               sp_declared_build *build)
{
    const sp_compose__list *platforms = &service->lists[SP_COMPOSE_PLATFORMS];
    const sp_compose__text *own = &service->texts[SP_COMPOSE_PLATFORM];
    bool found = own->text.size == 0 || platforms->entries.count == 0;
    for (uint32_t i = 0; i < platforms->entries.count; i++) {
        *sp_list_add(reading->arena, &build->platforms) = platforms->entries.items[i].name;
        found |= sp_str_equal(platforms->entries.items[i].name, own->text);
    }
    if (!found)
        return fail_text(reading, service, own, "the platform of this service is not among the platforms of its build");
    if (build->platforms.count == 0 && own->text.size > 0)
        *sp_list_add(reading->arena, &build->platforms) = own->text;
    return SP_OK;
}

static sp_status add_build(sp_compose__reading *reading, const sp_compose__services *services,
                           const sp_compose__service *service)
{
    const sp_compose__text *texts = service->texts, *inline_text = &texts[SP_COMPOSE_INLINE];
    sp_str dockerfile = texts[SP_COMPOSE_DOCKERFILE].text;
    if (inline_text->text.size > 0 && dockerfile.size > 0)
        return fail_text(reading, service, inline_text, "a build has dockerfile or dockerfile_inline, not both");
    const sp_yaml at = {.line = service->line, .column = service->column};
    size_t entries = 0;
    for (unsigned i = 0; i < SP_COMPOSE_LISTS; i++)
        entries += service->lists[i].entries.count;
    sp_status status = sp_compose__charge(reading, service->file, &at, entries);
    if (status != SP_OK)
        return status;
    sp_declared_build *build = sp_list_add(reading->arena, &reading->out->builds);
    *build = (sp_declared_build){
        .name = service->name,
        .path = service->file->path,
        .line = service->line,
        .column = service->column,
        .context = texts[SP_COMPOSE_CONTEXT].text,
        .dockerfile = dockerfile.size > 0 ? dockerfile : SP_STR("Dockerfile"),
        .inline_text = inline_text->text.size > 0 ? &inline_text->text : NULL,
        .target = texts[SP_COMPOSE_TARGET].is_set ? texts[SP_COMPOSE_TARGET].text : SP_STR(""),
    };
    status = add_lists(reading, services, service, build);
    return status == SP_OK ? add_platforms(reading, service, build) : status;
}

sp_status sp_compose_read(sp_arena *arena, const sp_compose_input *input, sp_compose *out, sp_error *error)
{
    *out = (sp_compose){0};
    sp_compose__variables variables = {.input = input};
    sp_compose__reading reading = {.arena = arena, .input = input, .out = out, .error = error, .used = arena->used};
    reading.filler = (sp_template){
        .arena = arena, .lookup = sp_compose__find_variable, .payload = &variables, .left = SP_LIMIT_FILLED_BYTES};
    sp_compose__file project = {.base = sp_compose__folder_of(input->files[0].path), .folder = SP_STR("")};
    project.variables = &variables;
    sp_compose__services services = {0};
    sp_status status = sp_compose__project_read(&reading, &project, input->files, input->count, &services);
    for (uint32_t i = 0; status == SP_OK && i < services.items.count; i++) {
        const sp_compose__service *service = services.items.items[i];
        if (service->has_build && !service->is_gone)
            status = add_build(&reading, &services, service);
    }
    return status;
}
