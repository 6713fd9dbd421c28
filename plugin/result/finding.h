/* What a run found: findings, refused files, failed policies. Everything lives in the results' arena; texts are copied
   in, so results outlive documents. */
#ifndef SP_RESULT_FINDING_H
#define SP_RESULT_FINDING_H

#include "base/list.h"
#include "source/source.h"

#include <stagepolicy/types.h>

/** A place with what a person needs to see there. */
typedef struct sp_located {
    bool placed;
    sp_str path; /* as reports call it */
    sp_point start, end;
    sp_span span; /* for sorting */
    /* The line it begins on, for people; a long line is cut around the place. Set by the engine: leave empty. */
    sp_str excerpt;
    uint32_t excerpt_column; /* of the excerpt's first character: 1 unless its front was cut off */
    bool excerpt_cut;        /* its end was cut off */
} sp_located;

/** One step of evidence; without a place it has a source. */
typedef struct sp_evidence {
    sp_str message;
    sp_located at;
    sp_str source;
} sp_evidence;

/** Why a finding does not count. */
typedef struct sp_result_waiver {
    bool inside;                 /* the waiver stands in the Dockerfile, not in the configuration */
    sp_str reason, owner, until; /* "" when not said; until: "2027-01-31" */
    sp_located at;
} sp_result_waiver;

/** One finding, as policies report it and reports write it. */
typedef struct sp_result_finding {
    sp_str policy, message, help; /* help: what to do instead, one line */
    sp_str aliases;               /* separated by spaces */
    sp_severity severity;
    bool undecided;
    sp_str stage; /* "" when about none */
    sp_located at;
    const sp_evidence *evidence;
    uint32_t evidence_count;
    uint32_t
        build; /* of its file, in which it was found; set by the engine. SP_RESULT_NO_BUILD: found in the project */
    const sp_str *builds; /* set by sp_results_finish: names of those it holds for; none when it holds for all */
    uint32_t build_count;
    const sp_result_waiver *waived; /* NULL: it counts */
    /* What the fingerprint is made of beside policy and path. Set by the engine: leave empty. */
    sp_str stage_key;   /* the stage's name; of one without, "FROM " and its base as written */
    sp_str subject;     /* sp_fingerprint_digest of the instruction's text */
    sp_str exact;       /* … of the text of `at` */
    sp_str fingerprint; /* set by sp_results_finish */
    sp_str line_hash;   /* GitHub's of the line it begins on: "a7f2ff13bc495cf2:1"; "" where there is no line */
} sp_result_finding;

/** A policy that judged. */
typedef struct sp_result_policy {
    sp_str id, title, remedy, help; /* remedy: what to do instead, one line; help: Markdown */
    sp_str tags;                    /* separated by spaces */
    sp_severity severity;
    bool of_project; /* it judged all files together */
} sp_result_policy;

/** A diagnostic of one file. */
typedef struct sp_result_diagnostic {
    sp_str id, message;
    sp_severity severity; /* error when fatal, else warning or info */
    bool fatal;
    sp_located at;
    sp_str listed, fingerprint; /* "dockerfile/unknown-flag": as beside findings; both set by sp_results_finish */
} sp_result_diagnostic;

#define SP_RESULT_NO_BUILD UINT32_MAX

/** One way in which a file was built. */
typedef struct sp_result_build {
    sp_str name; /* "web"; of several, never "" */
    const sp_str *targets;
    uint32_t target_count;
} sp_result_build;

/** One judged file. */
typedef struct sp_result_file {
    sp_str path;
    SP_LIST(sp_result_build) builds; /* none of a file that was unreadable */
    SP_LIST(sp_result_diagnostic) diagnostics;
    uint32_t stages;
    bool judged; /* false when it was unreadable, or refused in one of its builds */
} sp_result_file;

/** A policy that could not judge. */
typedef struct sp_result_failure {
    sp_str policy;
    sp_str path;                /* the Dockerfile, "" when it did not load */
    sp_str kind;                /* load error denied limit:steps limit:memory limit:time limit:findings invalid crash */
    sp_str message;             /* with the place in the policy's own file */
    uint32_t line;              /* in the policy's file, 0 unknown */
    uint64_t limit;             /* of a limit:… kind, else 0 */
    sp_str listed, fingerprint; /* "policy-failure/limit:steps": as beside findings; both set by sp_results_finish */
} sp_result_failure;

#endif
