/* Files in one piece: read as far as the limit, or replaced whole. */
#include "cli/files.h"

#include "cli/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 65536 };

static void reserve(cli_text *out, size_t more)
{
    if (out->capacity - out->size <= more) {
        out->capacity = 2 * out->capacity + more + 1;
        out->bytes = cli_resize(out->bytes, out->capacity);
    }
}

static const char *read_all(int file, cli_text *out)
{
    while (out->size < CLI_READ_LIMIT) {
        reserve(out, CHUNK);
        size_t room = out->capacity - out->size - 1;
        size_t left = CLI_READ_LIMIT - out->size;
        ssize_t got = read(file, out->bytes + out->size, room < left ? room : left);
        if (got == 0)
            break;
        if (got > 0)
            out->size += (size_t)got;
        else if (errno != EINTR)
            return strerror(errno);
    }
    reserve(out, 1);
    out->bytes[out->size] = '\0';
    return NULL;
}

const char *cli_stdin_read(cli_text *out)
{
    out->size = 0;
    return read_all(STDIN_FILENO, out);
}

const char *cli_file_read(const char *path, bool regular, cli_text *out)
{
    out->size = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (regular ? O_NONBLOCK : 0));
    if (file < 0)
        return strerror(errno);
    struct stat status;
    const char *reason = NULL;
    if (fstat(file, &status) != 0)
        reason = strerror(errno);
    else if (S_ISDIR(status.st_mode))
        reason = strerror(EISDIR);
    else if (regular && !S_ISREG(status.st_mode))
        reason = "Not a regular file";
    else
        reason = read_all(file, out);
    close(file);
    return reason;
}

static int write_all(int file, const char *bytes, size_t size)
{
    while (size != 0) {
        ssize_t put = write(file, bytes, size);
        if (put > 0) {
            bytes += put;
            size -= (size_t)put;
        } else if (put == 0 || errno != EINTR) {
            return put == 0 ? ENOSPC : errno;
        }
    }
    return 0;
}

static const char *write_in_place(const char *path, const char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return strerror(errno);
    int failure = write_all(file, bytes, size);
    if (close(file) != 0 && failure == 0)
        failure = errno;
    return failure != 0 ? strerror(failure) : NULL;
}

static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int fill_temporary(int file, mode_t mode, const char *bytes, size_t size)
{
    int failure = write_all(file, bytes, size);
    if (failure == 0 && (fchmod(file, mode) != 0 || fsync(file) != 0))
        failure = errno;
    if (close(file) != 0 && failure == 0)
        failure = errno;
    return failure;
}

/* A temporary file beside the target, then renamed over it: readers see the old report or the new one. */
static const char *replace(const char *target, mode_t mode, const char *bytes, size_t size)
{
    const char *slash = strrchr(target, '/');
    int folder = slash != NULL ? (int)(slash - target) + 1 : 0;
    char *temporary = cli_format("%.*s.stagepolicy-XXXXXX", folder, target);
    int file = mkstemp(temporary);
    int failure = file < 0 ? errno : fill_temporary(file, mode, bytes, size);
    if (failure == 0 && rename(temporary, target) != 0)
        failure = errno;
    if (failure != 0 && file >= 0)
        unlink(temporary);
    free(temporary);
    return failure != 0 ? strerror(failure) : NULL;
}

/* Where a link leads that leads to no file yet; NULL when `path` is no link. free(). */
static char *link_target(const char *path)
{
    char target[4096];
    ssize_t size = readlink(path, target, sizeof target);
    if (size <= 0 || (size_t)size == sizeof target)
        return NULL;
    const char *slash = strrchr(path, '/');
    int folder = target[0] != '/' && slash != NULL ? (int)(slash - path) + 1 : 0;
    return cli_format("%.*s%.*s", folder, path, (int)size, target);
}

const char *cli_file_write(const char *path, const char *bytes, size_t size)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        return strerror(EISDIR);
    if (exists && !S_ISREG(status.st_mode))
        return write_in_place(path, bytes, size);
    char *real = exists ? realpath(path, NULL) : link_target(path); /* a link keeps pointing at the report */
    const char *reason =
        replace(real != NULL ? real : path, exists ? status.st_mode & 0777 : usual_mode(), bytes, size);
    free(real);
    return reason;
}
