/* The files of a compose project: documents on top of each other, and what they include and extend. */
#include "config/compose_reading.h"

#include "base/limits.h"

/* A file that services extend: its own services, of which each is resolved once. */
typedef struct extended {
    sp_compose__file file;
    sp_compose__services services;
} extended;

/* Where a name is resolved: the services of its file. */
typedef struct scope {
    sp_compose__reading *reading;
    const sp_compose__file *file;
    sp_compose__services *services;
} scope;

/* ---- services by name ---- */

static sp_compose__service *find(const sp_compose__services *services, sp_str name)
{
    const uint32_t *index = sp_map_find(services->by_name, name);
    return index != NULL ? services->items.items[*index - 1] : NULL;
}

/* Puts a service in the place of that of its name, or behind the others. */
static void put(sp_compose__reading *reading, sp_compose__services *services, sp_compose__service *service)
{
    const uint32_t *index = sp_map_find(services->by_name, service->name);
    if (index != NULL) {
        services->items.items[*index - 1] = service;
        return;
    }
    *sp_list_add(reading->arena, &services->items) = service;
    uint32_t *kept = sp_arena_new(reading->arena, uint32_t);
    *kept = services->items.count;
    services->by_name = sp_map_set(reading->arena, services->by_name, service->name, kept);
}

/* Every service of `over` on top of that of its name in `services`. */
static sp_status merge_onto(sp_compose__reading *reading, sp_compose__services *services,
                            const sp_compose__services *over)
{
    for (uint32_t i = 0; i < over->items.count; i++) {
        sp_compose__service *service = over->items.items[i];
        const sp_compose__service *before = find(services, service->name);
        bool stands_alone = before == NULL || service->cuts;
        sp_status status = stands_alone ? SP_OK : sp_compose__service_merge(reading, before, service, &service);
        if (status != SP_OK)
            return status;
        put(reading, services, service);
    }
    return SP_OK;
}

/* ---- other files ---- */

/* Reads a file that `value` names. */
static sp_status open_file(sp_compose__reading *reading, const sp_compose__file *from, const sp_yaml *value,
                           sp_str path, sp_str *text)
{
    sp_str shown = sp_str_brief(path, 200);
    const sp_compose_input *input = reading->input;
    if (input->open == NULL || sp_compose__is_remote(path))
        return sp_error_at(
            reading->error, SP_E_CONFIG, from->path, value->line, value->column,
            "'%.*s' is another file, which is not read from here; pass what `docker compose config` writes",
            SP_STR_ARG(shown));
    if (++reading->files > SP_LIMIT_COMPOSE_FILES)
        return sp_compose__fail(reading, from, value, "this file includes and extends too many others");
    if (reading->arena->used - reading->used > SP_LIMIT_COMPOSE_MEMORY)
        return sp_compose__fail(reading, from, value,
                                "this file and those it includes and extends are too large together");
    if (!input->open(input->payload, path, text))
        return sp_error_at(reading->error, SP_E_CONFIG, from->path, value->line, value->column, "cannot read '%.*s'",
                           SP_STR_ARG(shown));
    return SP_OK;
}

/* ---- documents ---- */

/* A file from before compose had `services`, or not a compose file at all, is told by its first strange key. */
static sp_status check_top(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *root)
{
    static const char *const keys[] = {"version", "name",    "include", "services", "models",
                                       "jobs",    "volumes", "secrets", "configs",  "networks"};
    if (root->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(root, file->path, "a compose file", "a mapping (services: …)", reading->error);
    for (uint32_t i = 0; i < root->keys.count; i++) {
        const sp_yaml *key = root->keys.items[i];
        bool known = sp_str_starts(key->scalar, SP_STR("x-"));
        for (size_t j = 0; !known && j < sizeof keys / sizeof *keys; j++)
            known = sp_str_is(key->scalar, keys[j]);
        if (!known)
            return sp_error_at(reading->error, SP_E_CONFIG, file->path, key->line, key->column,
                               "a compose file has no key '%.*s'; services stand below `services:`",
                               SP_STR_ARG(sp_str_brief(key->scalar, 100)));
    }
    return SP_OK;
}

/* services = "services:" [ "{" { service } "}" ] */
static sp_status read_services(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *value,
                               sp_compose__services *out)
{
    if (value == NULL || value->mark == SP_YAML_RESET || sp_yaml_is_null(value))
        return SP_OK;
    if (value->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(value, file->path, "services", "a mapping (name: service)", reading->error);
    for (uint32_t i = 0; i < value->keys.count; i++) {
        sp_compose__service *service = NULL;
        sp_status status =
            sp_compose__service_read(reading, file, value->keys.items[i], value->items.items[i], &service);
        if (status != SP_OK)
            return status;
        put(reading, out, service);
    }
    return SP_OK;
}

/* ---- extends ---- */

static sp_status resolve(const scope *at, sp_compose__service *service, unsigned depth, sp_compose__service **out);

/* The services of a file that is extended, kept under its path: many services extend one file. What it includes does
   not count, and of its documents the later override. */
static sp_status open_extended(const scope *at, const sp_yaml *value, sp_str name, extended **out)
{
    sp_compose__reading *reading = at->reading;
    sp_arena *arena = reading->arena;
    sp_str path = sp_compose__join(arena, at->file->base, name), text = SP_STR("");
    extended *const *known = sp_map_find(reading->extended, path);
    extended *opened = known != NULL ? *known : sp_arena_new(arena, extended);
    *out = opened;
    if (known != NULL)
        return SP_OK;
    opened->file = *at->file;
    opened->file.path = path;
    opened->file.base = sp_compose__folder_of(path);
    opened->file.folder = sp_compose__join(arena, at->file->folder, sp_compose__folder_of(name));
    sp_yaml_documents documents = {0};
    sp_status status = open_file(reading, at->file, value, path, &text);
    if (status == SP_OK)
        status = sp_yaml_read_all(arena, path, text, &documents, reading->error);
    for (uint32_t i = 0; status == SP_OK && i < documents.count; i++) {
        sp_compose__services services = {0};
        status = check_top(reading, &opened->file, documents.items[i]);
        if (status == SP_OK)
            status = read_services(reading, &opened->file, sp_yaml_find(documents.items[i], "services"), &services);
        if (status == SP_OK)
            status = merge_onto(reading, &opened->services, &services);
    }
    extended **kept = sp_arena_new(arena, extended *);
    *kept = opened;
    reading->extended = sp_map_set(arena, reading->extended, path, kept);
    return status;
}

/* extends = name | "{" "service:" name [ "file:" path ] "}" */
static sp_status read_extends(const scope *at, const sp_yaml *value, sp_str *name, sp_str *file)
{
    sp_compose__reading *reading = at->reading;
    const sp_yaml *service = value->kind == SP_YAML_MAPPING ? sp_yaml_find(value, "service") : value;
    const sp_yaml *path = sp_yaml_find(value, "file");
    *file = SP_STR("");
    if (service == NULL || service->kind != SP_YAML_SCALAR)
        return sp_yaml_fail_kind(value, at->file->path, "extends", "the name of a service, or have one as `service`",
                                 reading->error);
    sp_status status = sp_compose__text_of(reading, at->file, service, "the service that is extended", name, NULL);
    if (status == SP_OK && path != NULL && !sp_yaml_is_null(path))
        status = sp_compose__text_of(reading, at->file, path, "the file that is extended", file, NULL);
    return status;
}

/* What a service extends, itself resolved. */
static sp_status resolve_base(const scope *at, const sp_yaml *extends, unsigned depth, sp_compose__service **base)
{
    sp_compose__reading *reading = at->reading;
    sp_str name = SP_STR(""), path = SP_STR("");
    scope there = *at;
    extended *other = NULL;
    sp_status status = read_extends(at, extends, &name, &path);
    if (status == SP_OK && path.size > 0)
        status = open_extended(at, extends, path, &other);
    if (status != SP_OK)
        return status;
    if (other != NULL)
        there = (scope){.reading = reading, .file = &other->file, .services = &other->services};
    *base = find(there.services, name);
    if (*base == NULL || (*base)->is_gone)
        return sp_error_at(reading->error, SP_E_CONFIG, at->file->path, extends->line, extends->column,
                           "there is no service '%.*s' to extend in %.*s", SP_STR_ARG(sp_str_brief(name, 100)),
                           SP_STR_ARG(sp_str_brief(there.file->path, 200)));
    if ((*base)->state == SP_COMPOSE_RESOLVING)
        return sp_compose__fail(reading, at->file, extends, "this service extends itself, over others");
    return resolve(&there, *base, depth + 1, base);
}

/* A service on top of what it extends. */
static sp_status resolve(const scope *at, sp_compose__service *service, unsigned depth, sp_compose__service **out)
{
    const sp_yaml *extends = service->extends;
    sp_compose__service *base = NULL;
    *out = service;
    if (extends == NULL)
        return SP_OK;
    if (depth > SP_LIMIT_COMPOSE_DEPTH)
        return sp_compose__fail(at->reading, at->file, extends, "services extend each other too deeply");
    service->state = SP_COMPOSE_RESOLVING;
    sp_status status = resolve_base(at, extends, depth, &base);
    if (status == SP_OK)
        status = sp_compose__service_merge(at->reading, base, service, out);
    if (status != SP_OK)
        return status;
    (*out)->extends = NULL;
    (*out)->state = SP_COMPOSE_RESOLVED;
    put(at->reading, at->services, *out);
    return SP_OK;
}

static sp_status resolve_all(const scope *at)
{
    for (uint32_t i = 0; i < at->services->items.count; i++) {
        sp_compose__service *resolved = NULL;
        sp_status status = resolve(at, at->services->items.items[i], 0, &resolved);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

/* ---- include ---- */

typedef SP_LIST(sp_str) paths;

/* paths = path | "[" { path } "]" */
static sp_status read_paths(const scope *at, const sp_yaml *value, const char *what, paths *out)
{
    if (value == NULL || sp_yaml_is_null(value))
        return SP_OK;
    bool is_list = value->kind == SP_YAML_SEQUENCE;
    for (uint32_t i = 0; i < (is_list ? value->items.count : 1); i++) {
        sp_str path = SP_STR("");
        sp_status status =
            sp_compose__text_of(at->reading, at->file, is_list ? value->items.items[i] : value, what, &path, NULL);
        if (status != SP_OK)
            return status;
        *sp_list_add(at->reading->arena, out) = path;
    }
    return SP_OK;
}

/* The variables of an included project: those of its `env_file`, or of the `.env` in its folder when there is one. */
static sp_status read_variables(const scope *at, const sp_yaml *value, sp_compose__file *project)
{
    sp_compose__reading *reading = at->reading;
    const sp_yaml *files = sp_yaml_find(value, "env_file");
    paths names = {0};
    sp_status status = read_paths(at, files, "the env_file of an include", &names);
    sp_compose__variables *variables = sp_arena_new(reading->arena, sp_compose__variables);
    *variables = (sp_compose__variables){.outer = at->file->variables, .input = reading->input};
    project->variables = variables;
    sp_str usual = sp_compose__join(reading->arena, project->base, SP_STR(".env")), text = SP_STR("");
    const sp_compose_input *input = reading->input;
    if (status == SP_OK && names.count == 0 && input->open != NULL && input->open(input->payload, usual, &text))
        return sp_dotenv_read(reading->arena, usual, text, sp_compose__find_variable, variables, &variables->file,
                              reading->error);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++) {
        sp_str path = sp_compose__join(reading->arena, at->file->base, names.items[i]);
        if (sp_str_equal(path, SP_STR("/dev/null")))
            continue;
        status = open_file(reading, at->file, files, path, &text);
        if (status == SP_OK)
            status = sp_dotenv_read(reading->arena, path, text, sp_compose__find_variable, variables, &variables->file,
                                    reading->error);
    }
    return status;
}

/* The folder of an included project: where its first file is, or `project_directory`. */
static sp_status read_folder(const scope *at, const sp_yaml *value, sp_str first, sp_compose__file *project)
{
    sp_arena *arena = at->reading->arena;
    const sp_yaml *directory = sp_yaml_find(value, "project_directory");
    sp_str folder = sp_compose__folder_of(first);
    sp_status status = SP_OK;
    if (directory != NULL && !sp_yaml_is_null(directory))
        status = sp_compose__text_of(at->reading, at->file, directory, "project_directory", &folder, NULL);
    project->base = sp_compose__join(arena, at->file->base, folder);
    project->folder = sp_compose__join(arena, at->file->folder, folder);
    return status;
}

static bool is_under_way(const sp_compose__file *file, sp_str path)
{
    for (; file != NULL; file = file->outer) {
        if (sp_str_equal(file->path, path))
            return true;
    }
    return false;
}

/* include = path | "{" "path:" paths [ "project_directory:" path ] [ "env_file:" paths ] "}" */
static sp_status read_include(const scope *at, const sp_yaml *value, sp_compose__services *out)
{
    sp_compose__reading *reading = at->reading;
    const sp_yaml *path = value->kind == SP_YAML_MAPPING ? sp_yaml_find(value, "path") : value;
    sp_compose__file project = {.outer = at->file, .depth = at->file->depth + 1};
    paths names = {0};
    sp_status status = read_paths(at, path, "the path of an include", &names);
    if (status == SP_OK && names.count == 0)
        return sp_yaml_fail_kind(value, at->file->path, "an include", "a path, or have one as `path`", reading->error);
    if (status == SP_OK && project.depth > SP_LIMIT_COMPOSE_DEPTH)
        return sp_compose__fail(reading, at->file, value, "files include each other too deeply");
    if (status == SP_OK)
        status = read_folder(at, value, names.items[0], &project);
    if (status == SP_OK)
        status = read_variables(at, value, &project);
    sp_compose_file *files = sp_arena_alloc(reading->arena, (names.count + 1) * sizeof *files);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++) {
        files[i].path = sp_compose__join(reading->arena, at->file->base, names.items[i]);
        if (is_under_way(at->file, files[i].path))
            return sp_compose__fail(reading, at->file, value, "this file includes itself, over others");
        status = open_file(reading, at->file, value, files[i].path, &files[i].text);
    }
    return status == SP_OK ? sp_compose__project_read(reading, &project, files, names.count, out) : status;
}

/* Services of an included project, below those of their names that are here already. */
static sp_status import(const scope *at, const sp_compose__services *included)
{
    for (uint32_t i = 0; i < included->items.count; i++) {
        sp_compose__service *service = sp_compose__service_settle(at->reading->arena, included->items.items[i]);
        const sp_compose__service *own = find(at->services, service->name);
        if (service->is_gone)
            continue;
        sp_status status = own != NULL ? sp_compose__service_merge(at->reading, service, own, &service) : SP_OK;
        if (status != SP_OK)
            return status;
        put(at->reading, at->services, service);
    }
    return SP_OK;
}

/* includes = "include:" "[" { include } "]"; what the file itself says, and what came first, goes on top */
static sp_status read_includes(const scope *at, const sp_yaml *value)
{
    if (value == NULL || value->mark == SP_YAML_RESET || sp_yaml_is_null(value))
        return SP_OK;
    if (value->kind != SP_YAML_SEQUENCE)
        return sp_yaml_fail_kind(value, at->file->path, "include", "a list", at->reading->error);
    for (uint32_t i = 0; i < value->items.count; i++) {
        sp_compose__services included = {0};
        sp_status status = read_include(at, value->items.items[i], &included);
        if (status == SP_OK)
            status = import(at, &included);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

/* ---- a project ---- */

/* document = "{" [ "include:" … ] [ "services:" … ] … "}", on top of those before */
static sp_status read_document(sp_compose__reading *reading, const sp_compose__file *file, const sp_yaml *root,
                               sp_compose__services *out)
{
    sp_compose__services services = {0};
    const scope at = {.reading = reading, .file = file, .services = &services};
    const sp_yaml *value = sp_yaml_find(root, "services");
    sp_status status = check_top(reading, file, root);
    if (status == SP_OK)
        status = read_services(reading, file, value, &services);
    if (status == SP_OK)
        status = read_includes(&at, sp_yaml_find(root, "include"));
    if (status == SP_OK)
        status = resolve_all(&at);
    if (status == SP_OK && value != NULL && value->mark != SP_YAML_UNMARKED)
        *out = (sp_compose__services){0};
    return status == SP_OK ? merge_onto(reading, out, &services) : status;
}

/* A build without a context has the folder of its project. */
static void set_contexts(sp_compose__reading *reading, const sp_compose__file *at, const sp_compose__services *services)
{
    for (uint32_t i = 0; i < services->items.count; i++) {
        sp_compose__service *service = services->items.items[i];
        sp_compose__text *context = &service->texts[SP_COMPOSE_CONTEXT];
        if (!service->has_build || context->is_set)
            continue;
        context->is_set = true;
        context->text = at->folder.size > 0 ? sp_compose__join(reading->arena, at->folder, SP_STR(".")) : SP_STR(".");
    }
}

sp_status sp_compose__project_read(sp_compose__reading *reading, const sp_compose__file *at,
                                   const sp_compose_file *files, size_t count, sp_compose__services *out)
{
    uint32_t found = 0;
    for (size_t i = 0; i < count; i++) {
        sp_compose__file *file = sp_arena_new(reading->arena, sp_compose__file);
        *file = *at;
        file->path = sp_arena_copy(reading->arena, files[i].path);
        sp_yaml_documents documents = {0};
        sp_status status = sp_yaml_read_all(reading->arena, file->path, files[i].text, &documents, reading->error);
        for (uint32_t j = 0; status == SP_OK && j < documents.count; j++)
            status = read_document(reading, file, documents.items[j], out);
        if (status != SP_OK)
            return status;
        found += documents.count;
    }
    if (found == 0)
        return sp_error_at(reading->error, SP_E_CONFIG, files[0].path, 0, 0, "this compose file is empty");
    set_contexts(reading, at, out);
    return SP_OK;
}
