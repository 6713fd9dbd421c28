/* The build context: which .dockerignore applies to a Dockerfile. */
#include "cli/context.h"

#include "cli/files.h"
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

static void tell_of_root(finding_out *out, const cli_context *context, const cli_file *file)
{
    if (context->folder == NULL && file->path == NULL)
        return;
    char *folder = context->folder != NULL ? cli_format("%s", context->folder) : folder_of(file->path);
    char *path = cli_path_join(folder, ".dockerignore");
    out->folder.assumed = context->folder == NULL;
    if (!tell_of(out, path) && context->folder != NULL)
        tell(out, NULL, NULL);
    free(path);
    free(folder);
}

sp_status cli_context_tell(const cli_context *context, const cli_paths *paths, sp_run *run, const sp_engine *engine,
                           const cli_found *found)
{
    finding_out out = {.paths = paths, .run = run, .status = SP_OK};
    for (size_t i = 0; i < found->count && !context->off && out.status == SP_OK; i++) {
        const cli_file *file = &found->items[i];
        if (!file->named && !sp_tool_includes_path(engine, file->report))
            continue;
        SP_INIT(out.folder);
        out.folder.path = file->report;
        if (!tell_of_own(&out, file) && out.status == SP_OK)
            tell_of_root(&out, context, file);
    }
    cli_text_dispose(&out.text);
    return out.status;
}
