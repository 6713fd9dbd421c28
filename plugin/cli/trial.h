/* One judgement for `stagepolicy test`: Dockerfiles, some policies, the inputs that their comments ask for. */
#ifndef SP_CLI_TRIAL_H
#define SP_CLI_TRIAL_H

#include "cli/case.h"

#include "engine/tool.h"

#include <stagepolicy/stagepolicy.h>

/** The packs under test, with the engine of the last trial, which the next one can often use again. */
typedef struct cli_bench {
    const cli_strings *packs;
    sp_engine *catalogue; /* knows every policy of the packs */
    sp_engine *engine;
    char *key;                  /* what `engine` was made of */
    const sp_tool_watch *watch; /* of every judgement */
    bool verbose;               /* what policies log is told */
} cli_bench;

/** Judges texts together by policy `policy` and those that the expectations name. NULL when that could not be done;
   `error` then says why. The results belong to the caller. */
sp_results *cli_trial_judge(cli_bench *bench, size_t policy, const cli_subject *subjects, size_t count,
                            const cli_case *wanted, sp_error *error);

/** The engine of the packs under test, with a configuration and a selection, which may be NULL. */
sp_engine *cli_trial_engine(const cli_bench *bench, const char *config, const cli_strings *policies, sp_error *error);

#endif
