/* Results → bytes, one file a format. */
#ifndef SP_REPORT_REPORT_H
#define SP_REPORT_REPORT_H

#include "base/buf.h"
#include "result/results.h"

#include <stagepolicy/results.h>

/** A format: how it is called, and how it is written. The buffer's sticky failure is the only error. */
typedef struct sp_report_format {
    const char *name;
    void (*write)(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
} sp_report_format;

/** Format `index` of the table in report.c, or NULL; the format of a name, or NULL. */
const sp_report_format *sp_report_format_get(size_t index);
const sp_report_format *sp_report_format_find(sp_str name);

void sp_report_text(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_json(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_sarif(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_gitlab(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_junit(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_jenkins(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_github(const struct sp_results *results, const sp_report_options *options, sp_buf *out);
void sp_report_markdown(const struct sp_results *results, const sp_report_options *options, sp_buf *out);

#endif
