/* The results of a run: collected, then finished (sorted, merged, fingerprinted), then immutable. */
#ifndef SP_RESULT_RESULTS_H
#define SP_RESULT_RESULTS_H

#include "result/finding.h"

struct sp_results {
    sp_arena arena;
    SP_LIST(sp_result_file) files;
    SP_LIST(sp_result_finding) findings;
    SP_LIST(sp_result_failure) failures;
    SP_LIST(sp_result_policy) policies; /* that judged, in order of id */
    uint32_t policy_count;              /* … how many */
    sp_severity fail_on;
    int32_t verdict; /* set by sp_results_finish */
};

/** Sorts files by path, findings by (path, span, policy, message) and failures by (policy, path, kind); drops equal
    findings; sets fingerprints, of diagnostics and failures too, and the verdict. Needs a recovery point on
   results->arena. */
void sp_results_finish(struct sp_results *results);

/** Counts, for summaries. */
typedef struct sp_summary {
    uint32_t files, stages, policies, errors, warnings, infos, failures, waived;
} sp_summary;

sp_summary sp_results_summary(const struct sp_results *results);

/** "error" of SP_SEVERITY_ERROR, and back; SP_SEVERITY_OFF for "off", negative for no such name. */
const char *sp_severity_name(sp_severity severity);
int sp_severity_from_name(sp_str name);

#endif
