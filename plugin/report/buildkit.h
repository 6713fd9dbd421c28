/* What the files that put a refusal into BuildKit's words share. */
#ifndef SP_REPORT_BUILDKIT_H
#define SP_REPORT_BUILDKIT_H

#include "base/buf.h"
#include "graph/graph.h"

/** A refusal being put into words. */
typedef struct sp_wording {
    const sp_document *document;
    const sp_graph *graph; /* NULL: the document's own refusals alone */
    const sp_diagnostic *refusal;
    const sp_instruction *instruction; /* on which it stands; NULL: on none */
    uint32_t line;                     /* that BuildKit names; 0: none */
    sp_buf *out;
} sp_wording;

/** flag-value and mount: what is wrong with a flag of an instruction. */
void sp_buildkit__flag(sp_wording *wording);
void sp_buildkit__mount(sp_wording *wording);

/** invalid-value and invalid-reference: what is wrong with a text that was expanded. */
void sp_buildkit__value(sp_wording *wording);
void sp_buildkit__reference(sp_wording *wording);

/** What is wrong with the options of a git source; false when nothing is. */
bool sp_buildkit__git(sp_wording *wording);

/** Appends a text in which each '%' stands for the next of the two, whatever bytes these hold. */
void sp_buildkit__fill(sp_buf *out, const char *text, sp_str first, sp_str second);

/** The graph's number of an instruction of the document, or SP_NONE where it is not executed. */
uint32_t sp_buildkit__executed(const sp_graph *graph, const sp_instruction *instruction);

/** Whether a text is a part of another, in its very bytes. */
bool sp_buildkit__holds(sp_str text, sp_str part);

/** The flag that the refusal stands on, or NULL. */
const sp_flag *sp_buildkit__find_flag(const sp_wording *wording);

/** The first edge whose reference means nothing, of the refusal's instruction or, where that is a FROM, of the triggers
    that fire there; NULL: none. */
const sp_edge *sp_buildkit__lost(const sp_wording *wording);

/** The first of the names that are nearest, two edits away at most; their count when none is, or one is the same. */
size_t sp_buildkit__nearest(sp_str name, const sp_str *names, size_t count);

/** Appends " (did you mean X?)" when there is a nearest; of several BuildKit may take any. */
void sp_buildkit__suggest(sp_buf *out, sp_str name, const sp_str *names, size_t count);

#endif
