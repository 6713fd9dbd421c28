/* The build context: which .dockerignore applies to a Dockerfile, and what is in the folder. */
#include "cli/context.h"

#include "cli/files.h"
#include "cli/look.h"
#include "cli/memory.h"
#include "cli/say.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool cli_context_check(const cli_context *context)
{
    struct stat status;
    if (context->folder == NULL)
        return true;
    if (context->off) {
        cli_say("--context and --no-context cannot go together");
        return false;
    }
    if (stat(context->folder, &status) != 0) {
        cli_say("--context %s: %s", context->folder, strerror(errno));
        return false;
    }
    if (!S_ISDIR(status.st_mode)) {
        cli_say("--context %s: it is no folder", context->folder);
        return false;
    }
    return true;
}

/* One Dockerfile's folder, as it is found out. */
typedef struct finding_out {
    cli_context *context;
    const cli_paths *paths;
    sp_run *run;
    sp_folder folder;
    cli_text text;
    sp_status status;
} finding_out;

/* `reason`: why the file cannot be read, or NULL. */
static void tell(finding_out *out, const char *path, const char *reason)
{
    bool read = path != NULL && reason == NULL;
    char *report = path != NULL ? cli_paths_report(out->paths, path) : NULL;
    out->folder.ignore_path = report;
    out->folder.reason = reason;
    out->folder.ignore = read ? cli_text_string(&out->text) : NULL;
    out->folder.ignore_size = read ? out->text.size : 0;
    out->status = sp_run_folder(out->run, &out->folder);
    free(report);
}

/* Tells of a file if it is there: then, or when it cannot be read, nothing more is to be looked at. A link is not
   followed: it may lead out of the context, which a build does not either. */
static bool tell_of(finding_out *out, const char *path)
{
    struct stat status;
    const char *reason = NULL;
    if (lstat(path, &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return false;
        reason = strerror(errno);
    } else if (!S_ISREG(status.st_mode)) {
        reason = "Not a regular file";
    } else {
        reason = cli_file_read(path, true, &out->text);
    }
    if (reason != NULL)
        cli_say("%s cannot be read, so what it leaves out is not known: %s", path, reason);
    tell(out, path, reason);
    return true;
}

static bool tell_of_own(finding_out *out, const cli_file *file)
{
    if (file->path == NULL)
        return false;
    char *own = cli_format("%s.dockerignore", file->path);
    bool found = tell_of(out, own);
    free(own);
    return found;
}

/* The folder of a path as it is written. free(). */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return cli_format(".");
    return cli_format("%.*s", slash > path ? (int)(slash - path) : 1, path);
}

/* The folder that somebody said is built: the run may look into it. */
static void tell_of_given(finding_out *out, const cli_file *file, const char *folder)
{
    char *path = cli_path_join(folder, ".dockerignore");
    cli_strings_add(&out->context->opened, folder);
    out->folder.look = cli_look;
    out->folder.list = cli_list;
    out->folder.payload = out->context->opened.items[out->context->opened.count - 1];
    if (!tell_of_own(out, file) && !tell_of(out, path))
        tell(out, NULL, NULL);
    free(path);
}

/* The folder that a Dockerfile is in: perhaps it is the one that is built. */
static void tell_of_assumed(finding_out *out, const cli_file *file)
{
    if (file->path == NULL || tell_of_own(out, file))
        return;
    char *folder = folder_of(file->path);
    char *path = cli_path_join(folder, ".dockerignore");
    out->folder.assumed = 1;
    (void)tell_of(out, path);
    free(path);
    free(folder);
}

static void tell_of_file(finding_out *out, const cli_file *file)
{
    SP_INIT(out->folder);
    out->folder.path = file->report;
    if (out->context->folder != NULL)
        tell_of_given(out, file, out->context->folder);
    else
        tell_of_assumed(out, file);
}

/* A checkout is not trusted to have other folders looked into. */
static bool is_inside(const cli_paths *paths, const char *folder)
{
    char *real = realpath(folder, NULL);
    bool inside = real != NULL && cli_path_inside(real, paths->root) != NULL;
    free(real);
    return inside;
}

static void tell_of_build(finding_out *out, const cli_file *file, const cli_build *build)
{
    SP_INIT(out->folder);
    out->folder.path = build->report;
    out->folder.name = build->folder;
    if (is_inside(out->paths, build->context))
        tell_of_given(out, file, build->context);
    else
        cli_say("%s: the context of %s is no folder of this repository, so it is not looked at: %s",
                build->declared->path, build->declared->name, build->declared->context);
}

static int compare_builds(const void *a, const void *b)
{
    const cli_build *left = *(const cli_build *const *)a, *right = *(const cli_build *const *)b;
    int order = strcmp(left->report, right->report);
    return order != 0 ? order : strcmp(left->folder, right->folder);
}

/* The builds that are judged, in order of their files, those of one folder beside each other. free(). */
static const cli_build **sort_builds(const cli_builds *builds, size_t *count)
{
    const cli_build **sorted = cli_allocate((builds->count + 1) * sizeof *sorted);
    for (size_t i = 0; i < builds->count; i++) {
        if (!builds->items[i].lends)
            sorted[(*count)++] = &builds->items[i];
    }
    if (*count > 1)
        qsort(sorted, *count, sizeof *sorted, compare_builds);
    return sorted;
}

/* Tells of the folders of a file's builds, each once; the file's own counts where it has none. Gives the first build of
   another file: `next` is the first that may be of this one, and there is a NULL after the last. */
static const cli_build **tell_of_all(finding_out *out, const cli_file *file, const cli_build **next)
{
    while (*next != NULL && strcmp((*next)->report, file->report) < 0)
        next++;
    if (*next == NULL || strcmp((*next)->report, file->report) != 0)
        tell_of_file(out, file);
    const cli_build **last = NULL;
    for (; *next != NULL && strcmp((*next)->report, file->report) == 0; last = next++) {
        if ((*next)->context != NULL && (last == NULL || compare_builds(last, next) != 0) && out->status == SP_OK)
            tell_of_build(out, file, *next);
    }
    return next;
}

sp_status cli_context_tell(cli_context *context, const cli_paths *paths, sp_run *run, const cli_found *found,
                           const cli_builds *builds)
{
    if (context->off)
        return SP_OK;
    finding_out out = {.context = context, .paths = paths, .run = run, .status = SP_OK};
    size_t count = 0;
    const cli_build **sorted = sort_builds(builds, &count), **next = sorted;
    for (size_t i = 0; i < found->count && out.status == SP_OK; i++) {
        if (found->items[i].added)
            next = tell_of_all(&out, &found->items[i], next);
    }
    free(sorted);
    cli_text_dispose(&out.text);
    return out.status;
}

void cli_context_dispose(cli_context *context)
{
    cli_strings_dispose(&context->opened);
}
