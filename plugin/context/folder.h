/* What is known of the folder that a build takes its files from. */
#ifndef SP_CONTEXT_FOLDER_H
#define SP_CONTEXT_FOLDER_H

#include "base/map.h"
#include "context/ignore.h"

/** What stands at a path. */
typedef enum sp_context_kind {
    SP_CONTEXT_UNKNOWN,
    SP_CONTEXT_ABSENT,
    SP_CONTEXT_FILE,
    SP_CONTEXT_FOLDER,
    SP_CONTEXT_OTHER /* a link that a folder holds, a pipe, a device */
} sp_context_kind;

typedef struct sp_context_entry {
    sp_str name; /* in its folder; "" for what was asked for by its path */
    sp_context_kind kind;
    bool followed;  /* a link leads there: its other path may be left out of the context */
    uint64_t bytes; /* of a file */
} sp_context_entry;

typedef SP_LIST(sp_context_entry) sp_context_entries;

/** Whoever can look into the folder. Paths are clean and NUL-terminated; "." is the folder itself. */
typedef struct sp_context_reader {
    void (*look)(void *payload, sp_str path, sp_context_entry *out);
    /* What a folder holds, sorted by name, in the arena; false when that cannot be told, or is more than `most`. */
    bool (*list)(void *payload, sp_arena *arena, sp_str path, size_t most, sp_context_entries *out);
    void *payload;
} sp_context_reader;

/** Whoever knows the folder fills it; without one (NULL) nothing is known. */
typedef struct sp_context_folder {
    sp_arena *arena;   /* of the document: what is found is kept there */
    sp_str name;       /* of the folder, as reports call it; "" without one */
    sp_ignore *ignore; /* the .dockerignore that applies; NULL: there is none */
    sp_str path;       /* of that file, as reports call it; "" without one */
    bool assumed;      /* it may be another folder: what is here is probable, what is not here says nothing */
    const sp_context_reader *reader; /* NULL: nobody can look into it */
    const sp_map *found;             /* what was asked before (find.c) */
    uint64_t listed, steps;          /* what all questions have cost: bytes of entries, steps of patterns */
} sp_context_folder;

#endif
