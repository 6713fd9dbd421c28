/* How far the work is, on standard error, when that is a terminal and the work takes longer than a second. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { FIRST_AFTER = 1000, EVERY = 200 }; /* milliseconds */

static struct timespec in_milliseconds(long milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec += milliseconds / 1000;
    time.tv_nsec += milliseconds % 1000 * 1000000L;
    if (time.tv_nsec >= 1000000000L) {
        time.tv_sec++;
        time.tv_nsec -= 1000000000L;
    }
    return time;
}

static bool is_due(struct timespec due)
{
    struct timespec now = in_milliseconds(0);
    return now.tv_sec > due.tv_sec || (now.tv_sec == due.tv_sec && now.tv_nsec >= due.tv_nsec);
}

void cli_progress_start(cli_progress *progress)
{
    *progress = (cli_progress){.terminal = isatty(STDERR_FILENO) == 1};
    if (progress->terminal)
        progress->next = in_milliseconds(FIRST_AFTER);
}

void cli_progress_step(void *payload, size_t done, size_t total)
{
    cli_progress *progress = payload;
    if (!progress->terminal || !is_due(progress->next))
        return;
    fprintf(stderr, "\rjudged %zu of %zu files\033[K", done, total);
    progress->shown = true;
    progress->next = in_milliseconds(EVERY);
}

void cli_progress_end(cli_progress *progress)
{
    if (progress->shown) {
        fputs("\r\033[K", stderr);
        progress->shown = false;
    }
}
