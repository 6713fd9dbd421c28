/* Image references: [registry/]repository[:tag][@digest], as the distribution grammar has them. */
#ifndef SP_IMAGE_REFERENCE_H
#define SP_IMAGE_REFERENCE_H

#include "base/arena.h"

/** A reference and its parts, all slices of one text in the arena that it was parsed into. */
typedef struct sp_reference {
    sp_str registry;   /* "docker.io" when not written */
    sp_str repository; /* "library/python": defaults filled in */
    sp_str name;       /* "python": the last part */
    sp_str tag;        /* as written, "" without one */
    sp_str digest;     /* "sha256:…", "" without one */
    sp_str canonical;  /* "docker.io/library/python:latest": everything filled in */
} sp_reference;

/** Reads a reference (already expanded; "scratch" is the caller's business). False, with `*problem` a sentence, where
    BuildKit would refuse it. */
bool sp_reference_parse(sp_arena *arena, sp_str text, sp_reference *out, sp_str *problem);

/** Whether a text is a digest: an algorithm that BuildKit can compute, ':', as many lower-case digits as it has. */
bool sp_reference_is_digest(sp_str text);

#endif
