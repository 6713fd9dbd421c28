/* Looking into the folder that is built: every name is opened in the folder before it, and none is followed by the
   system, so that no link leads out, whatever changes meanwhile. */
#include "cli/look.h"

#include "cli/memory.h"
#include "cli/paths.h"
#include "cli/strings.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Links: as many as Linux follows. Folders: as many as its longest path has, twice; a link that goes up and down again
   opens more. */
enum { LINKS = 40, TARGET_BYTES = 4096, FOLDERS = 4096 };

enum { IN_FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK };

/* A walk along a path. */
typedef struct walking {
    const char *root;
    int folder;              /* where it stands, open; negative: nowhere */
    cli_strings passed;      /* the names from the root to there, no links among them */
    char *rest;              /* the names still to go */
    uint32_t links, folders; /* that it has followed and opened */
    sp_entry *entry;
} walking;

static void stop(walking *walk, int32_t kind)
{
    walk->entry->kind = kind;
    walk->rest[0] = '\0';
}

static void describe(const struct stat *status, sp_entry *entry)
{
    entry->kind = S_ISREG(status->st_mode)   ? SP_ENTRY_FILE
                  : S_ISDIR(status->st_mode) ? SP_ENTRY_FOLDER
                                             : SP_ENTRY_OTHER;
    entry->bytes = S_ISREG(status->st_mode) && status->st_size > 0 ? (uint64_t)status->st_size : 0;
}

static void open_root(walking *walk)
{
    walk->folder = open(walk->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    if (walk->folder < 0)
        stop(walk, SP_ENTRY_UNKNOWN);
}

/* Steps into a folder. */
static void enter(walking *walk, const char *name)
{
    int folder = ++walk->folders <= FOLDERS ? openat(walk->folder, name, IN_FOLDER) : -1;
    close(walk->folder);
    walk->folder = folder;
    if (folder < 0)
        stop(walk, SP_ENTRY_UNKNOWN);
}

/* ".." in a link: from the root again, along all names but the last. */
static void climb(walking *walk)
{
    char *last = cli_strings_pop(&walk->passed);
    if (last == NULL) {
        stop(walk, SP_ENTRY_UNKNOWN);
        return;
    }
    free(last);
    close(walk->folder);
    open_root(walk);
    for (size_t i = 0; i < walk->passed.count && walk->folder >= 0; i++)
        enter(walk, walk->passed.items[i]);
}

/* Goes where a link says, and then on. */
static void follow(walking *walk, const char *name)
{
    char target[TARGET_BYTES];
    ssize_t size = readlinkat(walk->folder, name, target, sizeof target - 1);
    if (size <= 0 || size == (ssize_t)sizeof target - 1 || target[0] == '/' || ++walk->links > LINKS) {
        stop(walk, SP_ENTRY_UNKNOWN);
        return;
    }
    target[size] = '\0';
    char *rest = cli_format("%s/%s", target, walk->rest);
    free(walk->rest);
    walk->rest = rest;
    walk->entry->followed = 1;
}

/* One name of the path, in the folder where the walk stands. */
static void step(walking *walk, char *name)
{
    struct stat status;
    if (strcmp(name, "..") == 0) {
        climb(walk);
    } else if (fstatat(walk->folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        stop(walk, errno == ENOENT ? SP_ENTRY_ABSENT : SP_ENTRY_UNKNOWN);
    } else if (S_ISLNK(status.st_mode)) {
        follow(walk, name);
    } else if (S_ISDIR(status.st_mode)) {
        describe(&status, walk->entry);
        cli_strings_add(&walk->passed, name);
        enter(walk, name);
    } else if (walk->rest[strspn(walk->rest, "/")] != '\0') {
        stop(walk, SP_ENTRY_ABSENT);
    } else {
        describe(&status, walk->entry);
    }
}

/* Walks to the end of a path. Gives the folder that stands there, open, or a negative number. */
static int walk_to(const char *root, const char *path, sp_entry *entry)
{
    walking walk = {.root = root, .folder = -1, .rest = cli_copy(path), .entry = entry};
    entry->kind = SP_ENTRY_FOLDER;
    open_root(&walk);
    while (walk.rest[0] != '\0') {
        size_t start = strspn(walk.rest, "/"), size = strcspn(walk.rest + start, "/");
        char *name = cli_format("%.*s", (int)size, walk.rest + start);
        memmove(walk.rest, walk.rest + start + size, strlen(walk.rest + start + size) + 1);
        if (size > 0 && strcmp(name, ".") != 0)
            step(&walk, name);
        free(name);
    }
    free(walk.rest);
    cli_strings_dispose(&walk.passed);
    if (walk.folder >= 0 && entry->kind != SP_ENTRY_FOLDER) {
        close(walk.folder);
        return -1;
    }
    return walk.folder;
}

void cli_look(void *payload, const char *path, sp_entry *entry)
{
    int folder = walk_to(payload, path, entry);
    if (folder >= 0)
        close(folder);
}

/* One name of a listed folder; what vanished meanwhile is left out. */
static int32_t take_name(DIR *directory, const char *name, sp_entry_take *take, void *to)
{
    struct stat status;
    sp_entry entry;
    SP_INIT(entry);
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return 0;
    if (fstatat(dirfd(directory), name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        describe(&status, &entry);
    else if (errno == ENOENT)
        return 0;
    return take(to, name, &entry);
}

int32_t cli_list(void *payload, const char *path, sp_entry_take *take, void *to)
{
    sp_entry entry;
    SP_INIT(entry);
    int folder = walk_to(payload, path, &entry);
    DIR *directory = folder >= 0 ? fdopendir(folder) : NULL;
    if (directory == NULL) {
        if (folder >= 0)
            close(folder);
        return 1;
    }
    int32_t stopped = 0;
    errno = 0;
    for (struct dirent *one; stopped == 0 && (one = readdir(directory)) != NULL; errno = 0)
        stopped = take_name(directory, one->d_name, take, to);
    bool failed = stopped == 0 && errno != 0;
    closedir(directory);
    return stopped != 0 || failed;
}
