/* How reports for people tell a place, and the steps that lead to something. */
#ifndef SP_REPORT_STEP_H
#define SP_REPORT_STEP_H

#include "base/buf.h"
#include "report/style.h"
#include "result/finding.h"

/** A text for people under way. */
typedef struct sp_telling {
    sp_buf *out;
    sp_str folder; /* that paths are shown from */
    bool color;
} sp_telling;

/** Appends "path:line:column: ", as compilers write it, so that editors and terminals jump there; nothing without a
    path. */
void sp_telling__place(const sp_telling *text, sp_str path, const sp_located *at);

/** Appends "word: ". */
void sp_telling__word(const sp_telling *text, sp_style style, const char *word);

/** Appends "      = word: ": what belongs to the lines above it. */
void sp_telling__aside(const sp_telling *text, sp_style style, const char *word);

/** Appends steps, each with its place and a picture of that; `shown` is the place that stands above them, or NULL. */
void sp_telling__steps(const sp_telling *text, const sp_evidence *steps, uint32_t count, const sp_located *shown);

#endif
