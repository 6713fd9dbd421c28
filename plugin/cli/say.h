/* What the command says about itself, on standard error. */
#ifndef SP_CLI_SAY_H
#define SP_CLI_SAY_H

#include <stagepolicy/types.h>

/** One line, "stagepolicy: …"; what would steer a terminal is escaped. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** An error of the library, with its place when it has one. */
void cli_say_error(const sp_error *error);

#endif
