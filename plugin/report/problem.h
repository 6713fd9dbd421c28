/* Findings, diagnostics and failures alike: what a list of all that is wrong has an entry for. */
#ifndef SP_REPORT_PROBLEM_H
#define SP_REPORT_PROBLEM_H

#include "report/step.h"
#include "result/results.h"

/** One of them. Texts belong to the results. */
typedef struct sp_problem {
    sp_severity severity;
    bool stops; /* a file, or a policy, could not be judged for it */
    sp_str id, message, fingerprint;
    sp_str path, stage;               /* "" when about none */
    sp_str failed;                    /* the policy that failed, or "" */
    const sp_located *at;             /* perhaps not placed */
    const sp_result_finding *finding; /* NULL: it is none */
} sp_problem;

sp_problem sp_problem_of_finding(const sp_result_finding *finding);
sp_problem sp_problem_of_diagnostic(const sp_result_file *file, const sp_result_diagnostic *diagnostic);
sp_problem sp_problem_of_failure(const sp_result_failure *failure);

/** Where a walk over all problems is; zero but for `results` is its beginning. */
typedef struct sp_problems {
    const struct sp_results *results;
    sp_severity severity; /* of those it is at */
    uint32_t group, file, next;
    bool with_waived; /* set by who wants those findings too */
} sp_problems;

/** The next problem, the worst first: of a severity failures, then diagnostics, then findings, in order. Diagnostics
    that are only remarks are left out, and what is waived, unless it is asked for. False at the end. */
bool sp_problems_next(sp_problems *walk, sp_problem *out);

/** Appends its message, one line. */
void sp_problem_say(const sp_telling *text, const sp_problem *problem);

/** Appends all that there is to say, as the text report does: place and message, the source line, evidence, help. */
void sp_problem_tell(const sp_telling *text, const sp_problem *problem);

/** Appends the part of that which follows the source line: evidence, builds, help. */
void sp_problem_tell_more(const sp_telling *text, const sp_result_finding *finding);

/** The first and last line of a place, as ends that belong to it; 1 without a place. */
uint32_t sp_problem_first_line(const sp_located *at);
uint32_t sp_problem_last_line(const sp_located *at);

#endif
