/* The plain search of a folder: every folder in it but .git and node_modules, no links to folders. */
#include "cli/discover.h"

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

/* Gives 0, or why not even the kind of the entry can be told. */
static int visit(cli_search *walk, const char *folder, const char *name)
{
    char *path = cli_path_join(folder, name);
    struct stat status;
    int failure = lstat(path, &status) == 0 ? 0 : errno;
    if (failure == 0 && S_ISDIR(status.st_mode)) {
        cli_strings_take(&walk->folders, path);
        return 0;
    }
    if (failure == 0)
        cli_search_judge(walk, path);
    free(path);
    return failure == ENOENT ? 0 : failure;
}

/* A folder of which a part cannot be read is reported once: what is in it must not pass unseen. */
static void search_folder(cli_search *walk, const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        cli_found_fail(walk->found, walk->paths, folder, errno);
        return;
    }
    int first = 0;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL; errno = 0) {
        int failure = is_skipped(entry->d_name) ? 0 : visit(walk, folder, entry->d_name);
        first = first != 0 ? first : failure;
    }
    first = first != 0 ? first : errno;
    closedir(directory);
    if (first != 0)
        cli_found_fail(walk->found, walk->paths, folder, first);
}

void cli_search_walk(const cli_search *search, const char *folder)
{
    cli_search walk = {.found = search->found, .paths = search->paths, .limit = search->limit};
    cli_strings_add(&walk.folders, folder);
    for (char *next; (next = cli_strings_pop(&walk.folders)) != NULL; free(next))
        search_folder(&walk, next);
    cli_strings_dispose(&walk.folders);
}
