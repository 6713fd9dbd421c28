/* Which files of a checkout count: git is asked, but its repository is not trusted.

   A repository can name programs that git would start. The options below switch off those that listing files could
   reach, and every GIT_ variable is withheld, because in a hook they point at another repository. */
#include "cli/git.h"

#include "cli/memory.h"
#include "cli/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void add_environment(cli_strings *out)
{
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++) {
        if (strncmp(*entry, "GIT_", 4) != 0 && strncmp(*entry, "LC_", 3) != 0 && strncmp(*entry, "LANG", 4) != 0)
            cli_strings_add(out, *entry);
    }
    static const char *const own[] = {"GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
                                      "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        cli_strings_add(out, own[i]);
}

static void add_arguments(cli_strings *out, const char *folder)
{
    static const char *const before[] = {"git", "--no-pager",
                                         "-c",  "core.fsmonitor=false",
                                         "-c",  "core.hooksPath=/dev/null",
                                         "-c",  "safe.bareRepository=explicit",
                                         "-C"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        cli_strings_add(out, before[i]);
    cli_strings_add(out, folder);
    static const char *const after[] = {"ls-files", "-z", "-co", "--exclude-standard"};
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        cli_strings_add(out, after[i]);
}

/* Starts git with its output in two pipes. Returns 0 or an errno. */
static int start(const char *folder, int out, int err, pid_t *child)
{
    cli_strings arguments = {0}, environment = {0};
    add_arguments(&arguments, folder);
    add_environment(&environment);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int failure = posix_spawnp(child, "git", &actions, &attributes, arguments.items, environment.items);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    cli_strings_dispose(&arguments);
    cli_strings_dispose(&environment);
    return failure;
}

/* Appends what is there; false at the end. */
static bool drain(int file, cli_text *out)
{
    char chunk[16384];
    ssize_t got = read(file, chunk, sizeof chunk);
    if (got < 0)
        return errno == EINTR;
    cli_text_add(out, chunk, (size_t)got);
    return got > 0;
}

/* A repository can make git wait for ever: with a pipe for a .gitignore, say. The largest checkouts take some seconds.
 */
enum { PATIENCE_SECONDS = 60 };

/* False when git went silent, or cannot be listened to. */
static bool collect(int out_file, int err_file, cli_text *out, cli_text *err)
{
    struct pollfd files[2] = {{.fd = out_file, .events = POLLIN}, {.fd = err_file, .events = POLLIN}};
    while (files[0].fd >= 0 || files[1].fd >= 0) {
        int count = poll(files, 2, PATIENCE_SECONDS * 1000);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        for (int i = 0; i < 2; i++) {
            bool ready = files[i].fd >= 0 && (files[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
            if (ready && !drain(files[i].fd, i == 0 ? out : err)) {
                files[i].fd = -1; /* poll passes over it from now on */
            }
        }
    }
    return true;
}

static bool succeeded(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool open_pipe(int files[2])
{
    if (pipe(files) != 0)
        return false;
    /* Above the standard three, so that handing them on cannot collide when the command was started without those. */
    for (int i = 0; i < 2; i++) {
        int high = fcntl(files[i], F_DUPFD_CLOEXEC, 3);
        close(files[i]);
        files[i] = high;
    }
    return files[0] >= 0 && files[1] >= 0;
}

static bool run(const char *folder, cli_text *out, cli_text *err)
{
    int out_pipe[2] = {-1, -1}, err_pipe[2] = {-1, -1};
    pid_t child = 0;
    int failure = open_pipe(out_pipe) && open_pipe(err_pipe) ? start(folder, out_pipe[1], err_pipe[1], &child) : errno;
    close(out_pipe[1]);
    close(err_pipe[1]);
    if (failure != 0) {
        cli_text_print(err, "git could not be started: %s", strerror(failure));
    } else if (!collect(out_pipe[0], err_pipe[0], out, err)) {
        kill(child, SIGKILL);
        err->size = 0; /* the silence is the cause */
        cli_text_print(err, "it said nothing for %d seconds", PATIENCE_SECONDS);
    }
    close(out_pipe[0]);
    close(err_pipe[0]);
    return failure == 0 && succeeded(child);
}

static void split(const cli_text *listing, cli_strings *out)
{
    for (size_t at = 0; at < listing->size;) {
        const char *name = listing->bytes + at;
        size_t size = strlen(name);
        if (size != 0)
            cli_strings_add(out, name);
        at += size + 1;
    }
}

bool cli_git_list(const char *folder, cli_strings *out, char **reason)
{
    cli_text listing = {0}, messages = {0};
    bool listed = run(folder, &listing, &messages);
    const char *text = cli_text_string(&messages);
    /* git passes over a folder that it cannot read; a walk reports it, so that nothing in it passes unseen. */
    listed = listed && strstr(text, "could not open directory") == NULL;
    if (listed)
        split(&listing, out);
    *reason = cli_format("%.*s", (int)strcspn(text, "\n"), text); /* its first line is the cause, the rest advice */
    cli_text_dispose(&listing);
    cli_text_dispose(&messages);
    return listed;
}
