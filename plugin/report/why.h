/* The answer of `why`: one sentence, and the steps that lead to it. */
#ifndef SP_REPORT_WHY_H
#define SP_REPORT_WHY_H

#include "base/buf.h"
#include "result/finding.h"

/** What was asked, and what is answered. */
typedef struct sp_why {
    sp_str stage, about;  /* the stage as messages call it; what it may contain, "" when the question is the stage */
    const char *answer;   /* target, shipped, needed, maybe, dead; of what it contains yes, probably, no, unknown */
    sp_evidence headline; /* the answer as a sentence, with its place */
    const sp_evidence *steps;
    uint32_t step_count;
} sp_why;

/** How an answer is told. */
typedef struct sp_why_format {
    const char *name;
    void (*write)(const sp_why *why, sp_str folder, bool color, sp_buf *out);
} sp_why_format;

/** Format `index` of the table in why.c, or NULL; the format of a name, or NULL. The buffer's sticky failure is the
    only error of writing. */
const sp_why_format *sp_why_format_get(size_t index);
const sp_why_format *sp_why_format_find(sp_str name);

#endif
