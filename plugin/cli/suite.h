/* The cases of policy packs, and the examples in their help: found, run, counted. */
#ifndef SP_CLI_SUITE_H
#define SP_CLI_SUITE_H

#include "cli/coverage.h"
#include "cli/trial.h"

/** What the cases of one policy came to. */
typedef struct cli_tally {
    size_t cases;
    size_t files;        /* of them, those that lie in its folder of cases */
    size_t judged;       /* cases that could be judged */
    size_t failing;      /* cases that the policy finds something in */
    size_t instructions; /* of the case that took the most steps */
    uint64_t steps;      /* the most that one judgement took */
    int64_t nanoseconds; /* of all */
} cli_tally;

/** Zero all but the first rows. */
typedef struct cli_suite {
    const char *pattern; /* run only the cases whose name has it; NULL: all */
    bool update;         /* rewrite expectations */
    bool quiet;          /* say nothing of what passes or fails */
    bool verbose;        /* say each case's name, and what policies log */
    bool covers;         /* note the lines that run */
    bool measures;       /* note the steps */

    cli_bench bench;
    sp_tool_watch watch;
    cli_coverage coverage;
    cli_tally *tallies; /* one a policy of bench.catalogue */
    size_t current;     /* the policy whose case runs */
    const char *id;     /* its id */
    uint64_t steps;     /* of its judgement under way */
    size_t passed, failed;
    bool unloaded; /* a policy does not load */
} cli_suite;

/** Loads the packs, whose paths are borrowed. False, and said, when that cannot be done; dispose it in either case. */
bool cli_suite_open(cli_suite *suite, const cli_strings *packs);

/** Runs the cases. */
void cli_suite_run(cli_suite *suite);

void cli_suite_dispose(cli_suite *suite);

#endif
