/* Builds that compose and bake files declare, and the Dockerfiles they name. */
#include "cli/builds.h"

#include "cli/files.h"
#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/say.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What reading some files needs. */
typedef struct reading {
    const cli_paths *paths;
    cli_builds *out;
    const char *folder; /* that the paths of a bake file begin in: bake takes them from where it is called */
    bool lends;
} reading;

/* The folder of a file, "." without one. free(). */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return cli_copy(".");
    return slash == path ? cli_copy("/") : cli_format("%.*s", (int)(slash - path), path);
}

/* A file that a compose file names. It may lie anywhere in the repository: a checkout is not trusted to name others. */
static char *open_other(void *payload, const char *path, size_t *size)
{
    const reading *read = payload;
    char *real = realpath(path, NULL);
    bool inside = real != NULL && cli_path_inside(real, read->paths->root) != NULL;
    free(real);
    cli_text text = {0};
    if (!inside || cli_file_read(path, true, &text) != NULL) {
        cli_text_dispose(&text);
        return NULL;
    }
    *size = text.size;
    return text.bytes != NULL ? text.bytes : cli_copy("");
}

static bool is_remote(const char *context)
{
    return strstr(context, "://") != NULL || strncmp(context, "git@", 4) == 0 ||
           strncmp(context, "github.com/", 11) == 0;
}

static char *resolve(const char *folder, const char *path)
{
    return path[0] == '/' ? cli_copy(path) : cli_path_join(folder, path);
}

/* The folder of a build, by a path from the working directory. */
static void find_context(const reading *read, const char *folder, cli_build *build)
{
    const char *context = build->declared->context;
    if (is_remote(context)) {
        build->folder = cli_copy(context);
        return;
    }
    build->context = resolve(folder, context);
    build->folder = cli_paths_report(read->paths, build->context);
    if (build->folder[0] == '\0') {
        free(build->folder);
        build->folder = cli_copy(".");
    }
}

/* The Dockerfile of a build, by a path from the working directory. */
static void find_file(const reading *read, cli_build *build)
{
    const sp_tool_build *declared = build->declared;
    if (declared->inline_text != NULL) {
        char *declaring = cli_paths_report(read->paths, declared->path);
        build->report = cli_format("%s#%s", declaring, declared->name);
        free(declaring);
        return;
    }
    build->path =
        build->context != NULL ? resolve(build->context, declared->dockerfile) : cli_copy(declared->dockerfile);
    build->report = cli_paths_report(read->paths, build->path);
}

static void add(reading *read, const char *folder, const sp_tool_build *declared)
{
    cli_builds *out = read->out;
    if (declared->inline_text == NULL && declared->dockerfile[0] != '/' && is_remote(declared->context)) {
        if (!read->lends && !declared->lends)
            cli_say("%s: %s is built from %s, which is not here: it is not judged", declared->path, declared->name,
                    declared->context);
        return;
    }
    if (out->count == out->capacity) {
        out->capacity = out->capacity != 0 ? 2 * out->capacity : 16;
        out->items = cli_resize(out->items, out->capacity * sizeof *out->items);
    }
    cli_build *build = &out->items[out->count++];
    *build = (cli_build){.declared = declared, .lends = read->lends || declared->lends};
    find_context(read, folder, build);
    find_file(read, build);
}

/* Takes what was read over, with the folder that its paths begin in, and says what the reader remarks. */
static void take(reading *read, const char *folder, sp_tool_builds *builds)
{
    cli_builds *out = read->out;
    out->files = cli_resize(out->files, (out->file_count + 1) * sizeof(sp_tool_builds *));
    out->files[out->file_count++] = builds;
    for (size_t i = 0; !read->lends && sp_tool_builds_remark_at(builds, i) != NULL; i++)
        cli_say("%s", sp_tool_builds_remark_at(builds, i));
    for (size_t i = 0; sp_tool_builds_at(builds, i) != NULL; i++)
        add(read, folder, sp_tool_builds_at(builds, i));
}

/* Reads files that are read already as texts. False, and said, when they make no sense. */
static bool read_texts(reading *read, sp_tool_declaring *input)
{
    sp_tool_builds *builds = NULL;
    sp_error error;
    SP_INIT(error);
    input->environment = cli_environment;
    input->open = open_other;
    input->payload = read;
    if (sp_tool_builds_read(input, &builds, &error) != SP_OK) {
        cli_say_error(&error);
        return false;
    }
    char *folder = input->kind == SP_TOOL_BAKE ? cli_copy(read->folder) : folder_of(input->files[0].path);
    take(read, folder, builds);
    free(folder);
    return true;
}

static bool read_text(const char *path, bool regular, cli_text *out)
{
    bool standard_input = strcmp(path, "-") == 0;
    const char *reason = standard_input ? cli_stdin_read(out) : cli_file_read(path, regular, out);
    if (reason != NULL)
        cli_say("%s: %s", path, reason);
    return reason == NULL;
}

/* The `.env` beside a compose file, if there is one. */
static const sp_tool_text *read_variables(const char *path, char **name, cli_text *text, sp_tool_text *out)
{
    char *folder = folder_of(path);
    *name = cli_path_join(folder, ".env");
    free(folder);
    if (cli_file_read(*name, true, text) != NULL)
        return NULL;
    *out = (sp_tool_text){*name, cli_text_string(text), text->size};
    return out;
}

static bool read_compose(reading *read, const char *const *names, size_t count)
{
    sp_tool_text *files = cli_allocate((count + 1) * sizeof *files), variables_file;
    cli_text *texts = cli_allocate((count + 1) * sizeof *texts);
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        fine = read_text(names[i], read->lends, &texts[i]);
        files[i] = (sp_tool_text){names[i], cli_text_string(&texts[i]), texts[i].size};
    }
    char *name = NULL;
    if (fine) {
        sp_tool_declaring input = {.files = files, .count = count};
        input.variables = read_variables(names[0], &name, &texts[count], &variables_file);
        fine = read_texts(read, &input);
    }
    free(name);
    for (size_t i = 0; i <= count; i++)
        cli_text_dispose(&texts[i]);
    free(texts);
    free(files);
    return fine;
}

static bool read_bake(reading *read, const char *path, const char *selected)
{
    cli_text text = {0};
    bool fine = read_text(path, read->lends, &text);
    if (fine) {
        sp_tool_text file = {path, cli_text_string(&text), text.size};
        sp_tool_declaring input = {.kind = SP_TOOL_BAKE, .files = &file, .count = 1, .selected = selected};
        fine = read_texts(read, &input);
    }
    cli_text_dispose(&text);
    return fine;
}

/* FILE[:TARGET], where a file of the whole name wins. */
static bool read_given_bake(reading *read, const char *given)
{
    struct stat status;
    const char *colon = strrchr(given, ':');
    if (colon == NULL || stat(given, &status) == 0)
        return read_bake(read, given, NULL);
    char *path = cli_format("%.*s", (int)(colon - given), given);
    bool fine = read_bake(read, path, colon + 1);
    free(path);
    return fine;
}

bool cli_builds_read(const cli_paths *paths, const cli_strings *compose, const cli_strings *bake, cli_builds *out)
{
    reading read = {.paths = paths, .out = out, .folder = "."};
    bool fine = compose->count == 0 || read_compose(&read, cli_strings_array(compose), compose->count);
    for (size_t i = 0; i < bake->count && fine; i++)
        fine = read_given_bake(&read, bake->items[i]);
    return fine;
}

/* The files that an entry of the configuration names. */
static bool read_named(reading *read, const sp_tool_named *named)
{
    cli_strings paths = {0};
    for (size_t i = 0; i < named->count; i++)
        cli_strings_take(&paths, resolve(read->folder, named->files[i]));
    bool fine = named->kind == SP_TOOL_BAKE ? read_bake(read, paths.items[0], named->selected)
                                            : read_compose(read, cli_strings_array(&paths), paths.count);
    cli_strings_dispose(&paths);
    return fine;
}

bool cli_builds_configured(const cli_paths *paths, const sp_engine *engine, const char *config, cli_builds *out)
{
    sp_tool_builds *builds = NULL;
    if (sp_tool_builds_configured(engine, &builds) != SP_OK) {
        cli_say("out of memory");
        return false;
    }
    char *folder = folder_of(config);
    reading read = {.paths = paths, .out = out, .folder = folder};
    bool fine = true;
    take(&read, folder, builds);
    for (size_t i = 0; fine && sp_tool_builds_named_at(builds, i) != NULL; i++)
        fine = read_named(&read, sp_tool_builds_named_at(builds, i));
    free(folder);
    return fine;
}

static bool is_json(const char *path)
{
    size_t size = strlen(path);
    return size > 5 && strcmp(path + size - 5, ".json") == 0;
}

/* Whether a file was named already, on the command line. */
static bool is_read(const reading *read, const char *path)
{
    struct stat one, other;
    if (stat(path, &one) != 0)
        return false;
    for (size_t i = 0; i < read->out->count; i++) {
        const cli_build *build = &read->out->items[i];
        if (!build->lends && stat(build->declared->path, &other) == 0 && one.st_dev == other.st_dev &&
            one.st_ino == other.st_ino)
            return true;
    }
    return false;
}

void cli_builds_lend(const cli_paths *paths, const cli_strings *found, cli_builds *out)
{
    reading read = {.paths = paths, .out = out, .folder = ".", .lends = true};
    for (size_t i = 0; i < found->count; i++) {
        const char *const path = found->items[i];
        if (!is_read(&read, path) && !(is_json(path) ? read_bake(&read, path, NULL) : read_compose(&read, &path, 1)))
            cli_say("%s: what it builds is not looked at", path);
    }
}

void cli_builds_find(const cli_builds *builds, const cli_paths *paths, cli_found *found)
{
    for (size_t i = 0; i < builds->count; i++) {
        const cli_build *build = &builds->items[i];
        if (!build->lends)
            cli_found_declare(found, paths, build->path, build->report, build->declared->inline_text,
                              build->declared->inline_size);
    }
    cli_found_sort(found);
}

static sp_status declare_one(sp_run *run, const cli_build *build, const char *name, const char *platform)
{
    const sp_tool_build *declared = build->declared;
    sp_build made;
    SP_INIT(made);
    made.path = build->report;
    made.name = name;
    made.targets = &declared->target;
    made.target_count = declared->target != NULL;
    made.arguments = declared->arguments;
    made.argument_count = declared->argument_count;
    made.contexts = declared->contexts;
    made.context_count = declared->context_count;
    made.platform = platform;
    made.lends = build->lends;
    made.folder = build->folder;
    return sp_run_build(run, &made);
}

/* A build for several platforms is several. */
static sp_status declare(sp_run *run, const cli_build *build)
{
    const sp_tool_build *declared = build->declared;
    if (declared->platform_count < 2)
        return declare_one(run, build, declared->name, declared->platform_count == 1 ? declared->platforms[0] : NULL);
    sp_status status = SP_OK;
    for (size_t i = 0; i < declared->platform_count && status == SP_OK; i++) {
        char *name = cli_format("%s %s", declared->name, declared->platforms[i]);
        status = declare_one(run, build, name, declared->platforms[i]);
        free(name);
    }
    return status;
}

/* Says once a file that what lies there has a say. */
static void say_lending(const cli_build *build, const char **said)
{
    const sp_tool_build *declared = build->declared;
    if (!build->lends || declared->lends || declared->target == NULL ||
        (*said != NULL && strcmp(*said, declared->path) == 0))
        return;
    cli_say("%s: the stages its builds take count as needed; judge its builds with --%s %s", declared->path,
            is_json(declared->path) ? "bake" : "compose", declared->path);
    *said = declared->path;
}

sp_status cli_builds_declare(const cli_builds *builds, sp_run *run, const cli_found *found)
{
    sp_status status = SP_OK;
    const char *said = NULL;
    for (size_t i = 0; i < builds->count && status == SP_OK; i++) {
        const cli_file *file = cli_found_find(found, builds->items[i].report);
        if (file == NULL || !file->added)
            continue;
        say_lending(&builds->items[i], &said);
        status = declare(run, &builds->items[i]);
    }
    return status;
}

void cli_builds_lent(const cli_builds *builds, const char *report, cli_lent *out)
{
    out->items = cli_allocate((builds->count + 1) * sizeof *out->items);
    for (size_t i = 0; i < builds->count; i++) {
        const cli_build *build = &builds->items[i];
        if (strcmp(build->report, report) != 0)
            continue;
        cli_strings_take(&out->names, cli_format("'%s' of %s", build->declared->name, build->declared->path));
        out->items[out->count++].target = build->declared->target;
    }
    for (size_t i = 0; i < out->count; i++)
        out->items[i].build = out->names.items[i];
}

void cli_lent_dispose(cli_lent *lent)
{
    cli_strings_dispose(&lent->names);
    free(lent->items);
    *lent = (cli_lent){0};
}

void cli_builds_dispose(cli_builds *builds)
{
    for (size_t i = 0; i < builds->count; i++) {
        free(builds->items[i].path);
        free(builds->items[i].report);
        free(builds->items[i].context);
        free(builds->items[i].folder);
    }
    for (size_t i = 0; i < builds->file_count; i++)
        sp_tool_builds_free(builds->files[i]);
    free(builds->items);
    free(builds->files);
    *builds = (cli_builds){0};
}
