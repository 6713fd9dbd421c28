/* Results: findings with their evidence, refused inputs, failed policies, the verdict. Immutable; any thread. */
#ifndef STAGEPOLICY_RESULTS_H
#define STAGEPOLICY_RESULTS_H

#include <stagepolicy/export.h>
#include <stagepolicy/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a run found. Outlives the run and the engine. */
typedef struct sp_results sp_results;

/** One finding. Texts belong to the results. */
typedef struct sp_finding {
    size_t size;
    const char *policy;      /**< id, "pack/name" */
    const char *message;     /**< one sentence */
    const char *stage;       /**< name or "stage 2"; NULL when it is about no stage */
    const char *fingerprint; /**< the same after lines move and wording changes */
    sp_place at;
    int32_t severity;     /**< an sp_severity */
    int32_t undecided;    /**< non-zero: it could not be told whether the policy is violated */
    uint32_t step_count;  /**< steps of evidence: sp_results_step */
    uint32_t build_count; /**< builds it holds for: sp_results_build; 0 when it holds for every build of its file */
    int32_t waived;       /**< non-zero: somebody waived it, so it does not count in the verdict */
    const char *reason;   /**< why it was waived; NULL when it was not, or nobody said */
} sp_finding;

/** How a report is to be written. Zero values are right for a file. */
typedef struct sp_report_options {
    size_t size;
    int32_t color;      /**< non-zero: ANSI colours, in the formats that are for terminals */
    const char *folder; /**< text: the working folder as reports would call it; paths are shown relative to it [""] */
    const char *reproduce; /**< text: the command line that repeats the run, shown last [none] */
    const char *explain;   /**< text: the command that explains a policy, up to its id; with `reproduce` [none] */
} sp_report_options;

/** The verdict: SP_PASS, SP_FAIL, SP_INPUT or SP_POLICY; the largest that applies. */
SP_API int32_t sp_results_verdict(const sp_results *results);

/** Number of findings. They are sorted by path, place, policy and message. */
SP_API size_t sp_results_count(const sp_results *results);

/** Fills `out`, whose `size` is set, with finding `index`. SP_E_USAGE past the end. */
SP_API sp_status sp_results_at(const sp_results *results, size_t index, sp_finding *out);

/** Step `step` of the evidence of finding `index`: a sentence, and the place it speaks of (or no place). */
SP_API sp_status sp_results_step(const sp_results *results, size_t index, size_t step, const char **message,
                                 sp_place *at);

/** The name of build `build` of those that finding `index` holds for; NULL past the end. */
SP_API const char *sp_results_build(const sp_results *results, size_t index, size_t build);

/** Writes a report in a format ("text", "sarif", …). `options` may be NULL. The text is NUL-terminated and owned by the
    caller: sp_text_free. SP_E_USAGE for a format that does not exist, SP_E_MEMORY. */
SP_API SP_NODISCARD sp_status sp_results_report(const sp_results *results, const char *format,
                                                const sp_report_options *options, char **out, size_t *size);

/** The name of report format `index` ("text", "json", …); NULL past the end. */
SP_API const char *sp_report_format_at(size_t index);

/** Frees a text that this library gave; NULL is allowed. */
SP_API void sp_text_free(char *text);

/** Frees the results; NULL is allowed. */
SP_API void sp_results_free(sp_results *results);

#ifdef __cplusplus
}
#endif

#endif
