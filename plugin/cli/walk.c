/* The plain search of a folder: every folder in it but .git and node_modules, no links to folders. */
#include "cli/discover.h"

#include "cli/memory.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_skipped(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0 ||
           strcmp(name, "node_modules") == 0;
}

typedef struct cli_walking {
    cli_found *found;
    const cli_paths *paths;
    const char *limit;
    cli_strings folders; /* still to be searched */
} cli_walking;

static void visit(cli_walking *walk, const char *folder, const char *name)
{
    char *path = cli_path_join(folder, name);
    struct stat status;
    bool is_folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
    if (is_folder) {
        cli_strings_take(&walk->folders, path);
        return;
    }
    cli_found_judge(walk->found, walk->paths, path, walk->limit);
    free(path);
}

static void search(cli_walking *walk, const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        cli_found_add(walk->found, walk->paths, folder)->reason = strerror(errno);
        return;
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (!is_skipped(entry->d_name))
            visit(walk, folder, entry->d_name);
    }
    closedir(directory);
}

void cli_walk(cli_found *found, const cli_paths *paths, const char *folder, const char *limit)
{
    cli_walking walk = {.found = found, .paths = paths, .limit = limit};
    cli_strings_add(&walk.folders, folder);
    for (char *next; (next = cli_strings_pop(&walk.folders)) != NULL; free(next))
        search(&walk, next);
    cli_strings_dispose(&walk.folders);
}
