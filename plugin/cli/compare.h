/* What a case expects against what was found. */
#ifndef SP_CLI_COMPARE_H
#define SP_CLI_COMPARE_H

#include "cli/case.h"

#include <stagepolicy/stagepolicy.h>

/** A case and its results. Zero what is below the line. */
typedef struct cli_outcome {
    const cli_subject *subjects;
    size_t count;
    const sp_results *results;
    cli_case *wanted; /* `met` is set in its expectations */

    size_t *unexpected; /* indexes of findings */
    size_t unexpected_count;
    bool right;
} cli_outcome;

/** Compares. Dispose the outcome. */
void cli_compare(cli_outcome *outcome);

/** Prints the differences, each on the line it is about. */
void cli_outcome_show(const cli_outcome *outcome);

void cli_outcome_dispose(cli_outcome *outcome);

/** One reason for a failed test, on the line it is about; 0 for none. */
void cli_complain(const cli_subject *subject, uint32_t line, const char *what, const char *policy, const char *text);

/** Prints one line, for a terminal. */
void cli_print_visibly(const char *line);

#endif
