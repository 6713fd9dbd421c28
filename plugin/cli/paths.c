/* Where the command stands, and what reports call a file. */
#include "cli/paths.h"

#include "cli/memory.h"
#include "cli/say.h"
#include "cli/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *cli_path_join(const char *folder, const char *name)
{
    if (strcmp(folder, ".") == 0)
        return cli_copy(name);
    size_t size = strlen(folder);
    bool slash = size != 0 && folder[size - 1] == '/';
    return cli_format("%s%s%s", folder, slash ? "" : "/", name);
}

const char *cli_path_inside(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    if (size != 0 && folder[size - 1] == '/')
        size--;
    if (strncmp(path, folder, size) != 0 || (path[size] != '/' && path[size] != '\0'))
        return NULL;
    return path[size] == '/' ? path + size + 1 : path + size;
}

char *cli_path_ancestor_with(const char *folder, const char *name)
{
    char *ancestor = cli_copy(folder);
    for (;;) {
        char *entry = cli_path_join(ancestor, name);
        struct stat status;
        int found = lstat(entry, &status);
        free(entry);
        if (found == 0)
            return ancestor;
        char *slash = strrchr(ancestor, '/');
        if (slash == NULL || ancestor[1] == '\0') {
            free(ancestor);
            return NULL;
        }
        slash[slash == ancestor ? 1 : 0] = '\0';
    }
}

/* Removes "." and ".." from an absolute path by its letters alone. */
static char *normalise(const char *path)
{
    char *out = cli_allocate(strlen(path) + 2);
    size_t size = 0;
    while (*path != '\0') {
        size_t slashes = strspn(path, "/");
        path += slashes;
        size_t part = strcspn(path, "/");
        if (part == 2 && path[0] == '.' && path[1] == '.') {
            while (size != 0 && out[--size] != '/') {
            }
        } else if (part != 0 && !(part == 1 && path[0] == '.')) {
            out[size++] = '/';
            memcpy(out + size, path, part);
            size += part;
        }
        path += part;
    }
    if (size == 0)
        out[size++] = '/';
    out[size] = '\0';
    return out;
}

static char *resolve_by_letters(const char *path)
{
    char *working = path[0] == '/' ? NULL : getcwd(NULL, 0);
    char *absolute = working != NULL ? cli_path_join(working, path) : cli_copy(path);
    char *out = normalise(absolute);
    free(absolute);
    free(working);
    return out;
}

char *cli_path_resolve(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        char *whole = realpath(path, NULL);
        return whole != NULL ? whole : resolve_by_letters(path);
    }
    char *folder = slash == NULL ? cli_copy(".") : cli_format("%.*s", (int)(slash - path) + 1, path);
    char *real = realpath(folder, NULL);
    free(folder);
    if (real == NULL)
        return resolve_by_letters(path);
    char *out = cli_path_join(real, name);
    free(real);
    return out;
}

static bool is_folder(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

bool cli_paths_init(cli_paths *paths, const char *path_base)
{
    *paths = (cli_paths){0};
    paths->working = getcwd(NULL, 0);
    if (paths->working == NULL) {
        cli_say("the working directory cannot be found: %s", strerror(errno));
        return false;
    }
    paths->root = cli_path_ancestor_with(paths->working, ".git");
    if (paths->root == NULL)
        paths->root = cli_copy(paths->working);
    if (path_base == NULL) {
        paths->base = cli_copy(paths->root);
        return true;
    }
    if (!is_folder(path_base)) {
        cli_say("--path-base %s: %s", path_base, strerror(errno));
        return false;
    }
    paths->base = realpath(path_base, NULL);
    if (paths->base == NULL) {
        cli_say("--path-base %s: %s", path_base, strerror(errno));
        return false;
    }
    return true;
}

char *cli_paths_report(const cli_paths *paths, const char *path)
{
    char *absolute = cli_path_resolve(path);
    const char *inside = cli_path_inside(absolute, paths->base);
    cli_text name = {0};
    cli_text_name(&name, inside == NULL ? absolute : *inside != '\0' ? inside : ".");
    free(absolute);
    return name.bytes;
}

char *cli_paths_folder(const cli_paths *paths)
{
    const char *inside = cli_path_inside(paths->working, paths->base);
    cli_text name = {0};
    cli_text_name(&name, inside != NULL ? inside : "");
    return name.bytes != NULL ? name.bytes : cli_copy("");
}

char *cli_paths_typed(const cli_paths *paths, const char *name)
{
    const char *below = cli_path_inside(paths->working, paths->root);
    cli_text typed = {0};
    for (const char *rest = below; rest != NULL && *rest != '\0';) {
        cli_text_put(&typed, "../");
        rest += strcspn(rest, "/");
        rest += *rest == '/';
    }
    cli_text_put(&typed, name);
    return typed.bytes;
}

void cli_paths_dispose(cli_paths *paths)
{
    free(paths->working);
    free(paths->root);
    free(paths->base);
    *paths = (cli_paths){0};
}
