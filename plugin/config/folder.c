/* Reading folders and files of a pack. */
#include "config/folder.h"

#include "base/guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static sp_status fail_reading(sp_str path, int number, sp_error *error)
{
    char reason[128] = "";
    if (strerror_r(number, reason, sizeof reason) != 0)
        memcpy(reason, "unknown reason", sizeof "unknown reason");
    return sp_error_at(error, SP_E_READ, path, 0, 0, "cannot be read: %s", reason);
}

sp_file_kind sp_file_kind_of(sp_str path)
{
    struct stat status;
    if (lstat(path.text, &status) != 0)
        return SP_FILE_NONE;
    if (S_ISREG(status.st_mode))
        return SP_FILE_REGULAR;
    return S_ISDIR(status.st_mode) ? SP_FILE_FOLDER : SP_FILE_OTHER;
}

/* A listing under way; the stream is not the arena's, so its owner is the caller of the guarded work. */
typedef struct listing {
    sp_arena *arena;
    DIR *stream;
    sp_names names;
    int number; /* errno of a failure */
} listing;

static sp_status list_names(void *payload)
{
    listing *list = payload;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(list->stream);
        if (entry == NULL) {
            list->number = errno;
            return errno == 0 ? SP_OK : SP_E_READ;
        }
        if (entry->d_name[0] != '.')
            *sp_list_add(list->arena, &list->names) = sp_arena_copy(list->arena, sp_str_from(entry->d_name));
    }
}

static int compare_names(const void *a, const void *b)
{
    return sp_str_compare(*(const sp_str *)a, *(const sp_str *)b);
}

sp_status sp_folder_names(sp_arena *arena, sp_str path, sp_names *out, sp_error *error)
{
    listing list = {.arena = arena, .stream = opendir(path.text)};
    if (list.stream == NULL)
        return fail_reading(path, errno, error);
    sp_status status = sp_guard(arena, list_names, &list);
    closedir(list.stream);
    if (status == SP_E_MEMORY)
        sp_arena_fail(arena);
    if (status != SP_OK)
        return fail_reading(path, list.number, error);
    if (list.names.count > 1)
        qsort(list.names.items, list.names.count, sizeof *list.names.items, compare_names);
    *out = list.names;
    return SP_OK;
}

/* As many bytes as fit; the number read, or -1. */
static ssize_t read_all(int descriptor, char *bytes, size_t room)
{
    size_t size = 0;
    while (size < room) {
        ssize_t got = read(descriptor, bytes + size, room - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        size += (size_t)got;
    }
    return (ssize_t)size;
}

sp_status sp_file_read(sp_arena *arena, sp_str path, size_t ceiling, sp_str *out, sp_error *error)
{
    struct stat status;
    if (lstat(path.text, &status) != 0)
        return fail_reading(path, errno, error);
    if (!S_ISREG(status.st_mode))
        return sp_error_at(error, SP_E_READ, path, 0, 0, "not a regular file");
    if (status.st_size < 0 || (uint64_t)status.st_size > ceiling)
        return sp_error_at(error, SP_E_PACK, path, 0, 0, "larger than %zu bytes", ceiling);
    /* All memory is taken before the file is open: a refused allocation does not come back here. */
    size_t room = (size_t)status.st_size;
    char *bytes = sp_arena_alloc(arena, room + 1);
    int descriptor = open(path.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return fail_reading(path, errno, error);
    ssize_t size = read_all(descriptor, bytes, room);
    int number = errno;
    close(descriptor);
    if (size < 0)
        return fail_reading(path, number, error);
    bytes[size] = '\0';
    *out = (sp_str){bytes, (size_t)size};
    return SP_OK;
}

sp_str sp_folder_join(sp_arena *arena, sp_str folder, sp_str name)
{
    bool slash = sp_str_ends(folder, SP_STR("/"));
    return sp_arena_join(arena, (sp_str[]){folder, slash ? SP_STR("") : SP_STR("/"), name}, 3);
}
