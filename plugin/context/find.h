/* What a source of COPY or ADD names in the build context. */
#ifndef SP_CONTEXT_FIND_H
#define SP_CONTEXT_FIND_H

#include "context/folder.h"

typedef enum sp_context_told { SP_CONTEXT_NO, SP_CONTEXT_YES, SP_CONTEXT_UNTOLD } sp_context_told;

/** What is known of a source. */
typedef struct sp_context_found {
    sp_context_told exists;      /* something that it names is there, and not left out */
    sp_context_told excluded;    /* .dockerignore leaves out all that it names */
    sp_str first;                /* the first of what is there and not left out; "" for none */
    sp_context_kind kind;        /* … and what it is */
    sp_str left_out;             /* the first of what is left out; "" for none */
    const sp_ignore_pattern *by; /* … by this pattern; else the one that brings a path back or is not understood */
    sp_str reason;               /* why something is not told; "" when all is */
} sp_context_found;

/** Asks for a source: a path, cleaned by sp_path_below, in which '*', '?' and '[' are wildcards as BuildKit's copying
    has them. What the folder is asked twice is looked up once. Needs a recovery point on its arena. */
const sp_context_found *sp_context_find(sp_context_folder *folder, sp_str path);

/** The bytes of all files that a source names and that are not left out; false when they are not known. */
bool sp_context_measure(sp_context_folder *folder, sp_str path, uint64_t *bytes);

#endif
