/* What reports for people say of a run as a whole, and of what one may do next. */
#ifndef SP_REPORT_SUMMARY_H
#define SP_REPORT_SUMMARY_H

#include "base/buf.h"
#include "result/results.h"

#include <stagepolicy/results.h>

/** Appends "3 files, 7 policies: 2 errors, 1 warning". */
void sp_summary_say(sp_buf *out, const struct sp_results *results);

/** "failed: at least one finding is at or above the gate". */
const char *sp_summary_verdict(const struct sp_results *results);

/** Appends the command that explains a policy; nothing when the host gave none. */
void sp_summary_explain(sp_buf *out, const sp_report_options *options, sp_str policy);

/** Appends "reproduce: …" and "explain: …" of the worst finding, a line each; nothing when the host gave none. */
void sp_summary_commands(sp_buf *out, const struct sp_results *results, const sp_report_options *options);

#endif
