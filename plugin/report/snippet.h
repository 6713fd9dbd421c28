/* A source line with the exact words underlined. */
#ifndef SP_REPORT_SNIPPET_H
#define SP_REPORT_SNIPPET_H

#include "base/buf.h"
#include "report/style.h"
#include "result/finding.h"

/** Appends the line of a place and its underline, each behind a gutter; nothing without a line. */
void sp_snippet_write(sp_buf *out, const sp_located *at, sp_style style, bool color);

#endif
