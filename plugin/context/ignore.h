/* .dockerignore: its patterns, and what they leave out of the build context.

   Source of the rules: BuildKit v0.34.2 with moby/patternmatcher v0.6.1, which turns a pattern into a regular
   expression; what that makes of odd patterns ("\d", "[*]") is kept. Everything lives in the arena that it was read
   into. */
#ifndef SP_CONTEXT_IGNORE_H
#define SP_CONTEXT_IGNORE_H

#include "base/list.h"

/** How a pattern is compared with a path. */
typedef enum sp_ignore_kind {
    SP_IGNORE_EXACT,
    SP_IGNORE_PREFIX, /* "foo**": the path begins so */
    SP_IGNORE_SUFFIX, /* "**foo" */
    SP_IGNORE_PIECES, /* everything else: as a regular expression */
    SP_IGNORE_WRONG,  /* BuildKit refuses it when it comes to compare it */
    SP_IGNORE_UNREAD  /* BuildKit reads it, and we do not: a|b*, a{2}*, \Q, \pL, [[:alpha:]] */
} sp_ignore_kind;

typedef enum sp_piece_kind {
    SP_PIECE_CHARACTER, /* one of the ranges, or, negated, none of them */
    SP_PIECE_BEGIN,     /* of the path */
    SP_PIECE_END,
    SP_PIECE_WORD_EDGE,
    SP_PIECE_NO_WORD_EDGE,
    SP_PIECE_OPTION /* the next two may be left out */
} sp_piece_kind;

/** One step of a pattern: a character, or a condition between two. */
typedef struct sp_ignore_piece {
    sp_piece_kind kind;
    bool negated, repeated; /* repeated: any number of times, none included */
    uint32_t first_range, range_count;
} sp_ignore_piece;

/** Characters from one to another. */
typedef struct sp_ignore_range {
    uint32_t low, high;
} sp_ignore_range;

typedef struct sp_ignore_pattern {
    sp_str text; /* cleaned, without the '!' */
    uint32_t line;
    bool exception; /* '!': brings back */
    sp_ignore_kind kind;
    const sp_ignore_piece *pieces;
    uint32_t piece_count;
    const sp_ignore_range *ranges;
} sp_ignore_pattern;

typedef struct sp_ignore {
    SP_LIST(sp_ignore_pattern) patterns;
    bool exceptions; /* some pattern is one */
    sp_str reason;   /* why nothing can be told by this file, with the line; "" when all of it was read */
    bool refused;    /* … and BuildKit refuses to build with it */
    sp_arena *arena; /* everything here */
    bool *reached;   /* room for matching, made with the first question; then nothing is added any more */
    uint32_t most_pieces;
} sp_ignore;

/** One without patterns, and one read from a file. They never fail but for memory (recovery point, here and below). */
sp_ignore *sp_ignore_new(sp_arena *arena);
sp_ignore *sp_ignore_read(sp_arena *arena, sp_str text);

/** Adds a pattern as it stands in a line; false, with `reason` set, when it is refused. */
bool sp_ignore_add(sp_ignore *ignore, sp_str pattern, uint32_t line);

typedef enum sp_ignored { SP_IGNORED_NO, SP_IGNORED_YES, SP_IGNORED_REFUSED, SP_IGNORED_UNKNOWN } sp_ignored;

/** What was found out about a path, and at what cost. */
typedef struct sp_ignore_verdict {
    sp_ignored ignored;
    const sp_ignore_pattern *by; /* the last one that decided or could not be compared; NULL when none did */
    uint64_t steps;
} sp_ignore_verdict;

/** Is a path (cleaned; "." never is) left out of what the builder gets: as it walks the context, folder by folder. */
sp_ignore_verdict sp_ignore_excludes(sp_ignore *ignore, sp_str path);

/** Does a path match, or one of the folders it is in: as BuildKit asks about the sources of COPY. An exception that
    names a folder brings back what another pattern leaves out in it, where the walk does not. */
sp_ignore_verdict sp_ignore_matches(sp_ignore *ignore, sp_str path);

#endif
