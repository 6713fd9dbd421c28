/* How far the work is, on standard error, when that is a terminal and the work takes longer than a second. */
#ifndef SP_CLI_PROGRESS_H
#define SP_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct cli_progress {
    bool terminal; /* standard error is one */
    bool shown;
    struct timespec next; /* when to show again */
} cli_progress;

void cli_progress_start(cli_progress *progress);

/** Tells the progress; cheap. The signature is that of sp_host.progress. */
void cli_progress_step(void *progress, size_t done, size_t total);

/** Takes the line away again. */
void cli_progress_end(cli_progress *progress);

#endif
