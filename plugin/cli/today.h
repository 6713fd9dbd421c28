/* The day on which waivers are judged: the only thing that depends on when the command runs. */
#ifndef SP_CLI_TODAY_H
#define SP_CLI_TODAY_H

#include <stdbool.h>

/** "2026-11-25". */
typedef struct cli_date {
    char text[16];
} cli_date;

/** The day that was `given`; else that of SOURCE_DATE_EPOCH, seconds since 1970; else today, everywhere in UTC. False,
    and said, when what was given is no such thing. */
bool cli_today(const char *given, cli_date *out);

#endif
