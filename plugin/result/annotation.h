/* Comments of a Dockerfile that waive what policies find: our own, hadolint's and BuildKit's. */
#ifndef SP_RESULT_ANNOTATION_H
#define SP_RESULT_ANNOTATION_H

#include "base/list.h"

/** Whose comment it is. */
typedef enum sp_annotation_origin {
    SP_ANNOTATION_OURS,
    SP_ANNOTATION_HADOLINT,
    SP_ANNOTATION_BUILDKIT
} sp_annotation_origin;

/** What it waives: what is found in the next instruction (or the one that it stands in), its stage, or the file. */
typedef enum sp_annotation_scope {
    SP_ANNOTATION_INSTRUCTION,
    SP_ANNOTATION_STAGE,
    SP_ANNOTATION_FILE
} sp_annotation_scope;

/** One of them. Texts are slices of the comment. */
typedef struct sp_annotation {
    sp_annotation_origin origin;
    sp_annotation_scope scope;
    SP_LIST(sp_str) policies;    /* ids, globs of them, or aliases; BuildKit's "all" as it stands */
    sp_str reason, owner, until; /* "" when not said */
    sp_str problem;              /* what is wrong with it, in the arena; "" when nothing is */
} sp_annotation;

/** Reads a comment, without its '#'. False when it is no annotation; of other tools' comments those that are malformed
    are none. Needs a recovery point. */
bool sp_annotation_read(sp_arena *arena, sp_str comment, sp_annotation *out);

#endif
