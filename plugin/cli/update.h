/* Rewriting what a case expects to what was found: `stagepolicy test --update`. */
#ifndef SP_CLI_UPDATE_H
#define SP_CLI_UPDATE_H

#include "cli/compare.h"

/** Rewrites the expectations in the files of a case, and prints the lines that go and come. False, and said, when a
    file cannot be written. */
bool cli_update_case(const cli_outcome *outcome);

#endif
