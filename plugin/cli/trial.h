/* One judgement for `stagepolicy test`: a Dockerfile, some policies, the inputs that its comments ask for. */
#ifndef SP_CLI_TRIAL_H
#define SP_CLI_TRIAL_H

#include "cli/case.h"

#include <stagepolicy/stagepolicy.h>

/** The packs under test, with the engine of the last trial, which the next one can often use again. */
typedef struct cli_bench {
    const cli_strings *packs;
    sp_engine *catalogue; /* knows every policy of the packs */
    sp_engine *engine;
    char *key; /* what `engine` was made of */
} cli_bench;

/** Judges a text by policy `policy` and those that the expectations name. NULL when that could not be done; `error`
    then says why. The results belong to the caller. */
sp_results *cli_trial_judge(cli_bench *bench, size_t policy, const char *path, const char *text, size_t size,
                            const cli_case *wanted, sp_error *error);

/** The engine of the packs under test, with a configuration and a selection, which may be NULL. */
sp_engine *cli_trial_engine(const cli_strings *packs, const char *config, const cli_strings *policies, sp_error *error);

#endif
