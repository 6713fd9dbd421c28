/* The lexer of word expansion: quotes, escapes and $variables, as one pass over the bytes of a word.

   Everything is written to one buffer. The word inside ${name-word} is written there too, where its result would
   stand; it is then kept, or cut off and replaced. So nesting costs no copies. */
#ifndef SP_DOCKERFILE_LEXER_H
#define SP_DOCKERFILE_LEXER_H

#include "dockerfile/expand.h"

enum {
    SP_LEX_SPLIT = 1,        /* collect words between spaces */
    SP_LEX_PLAIN_QUOTES = 2, /* quotes are ordinary characters */
    SP_LEX_RAW_QUOTES = 4,   /* quotes stay in the result */
    SP_LEX_RAW_ESCAPES = 8,  /* escapes stay in the result */
    SP_LEX_KEEP_UNSET = 16   /* no lookup: variables stay as written */
};

/** A word of splitting mode: where it stands in the result, and the raw bytes it came from. */
typedef struct sp_lexed_word {
    uint32_t start, end;
    const char *raw_start, *raw_end;
} sp_lexed_word;

typedef struct sp_lexer {
    sp_arena *arena;
    const char *begin, *next, *end;
    unsigned flags;
    char escape;
    unsigned char meaningful; /* which bytes outside quotes mean something */
    bool raw_escapes;         /* of the level: patterns keep escapes */
    bool pattern;             /* of the level: escapes in quotes are doubled, for the reader of the pattern */
    uint32_t depth;
    sp_lookup lookup;
    void *payload;

    char *out; /* the result so far */
    size_t size, capacity, ceiling;
    SP_LIST(uint32_t) unknowns; /* where in the result an unknown run stands */
    uint32_t unknown_parts;     /* what was unknown so far: several side by side are one run */
    uint32_t defaults;          /* uses of a default that the result hangs on */
    bool fails_unknown;
    uint32_t pattern_steps;        /* spent on patterns */
    sp_str error;                  /* set when a function returned false */
    sp_str refusal;                /* the same in BuildKit's words; "" where only ours fails */
    SP_LIST(sp_variable_use) uses; /* their places are offsets in the word, until the word's own place is added */

    SP_LIST(sp_lexed_word) words;
    sp_lexed_word word; /* being collected; `end` is where the result ended then */
    bool in_word;
} sp_lexer;

/** A state of the result to come back to. */
typedef struct sp_lexer_mark {
    size_t size;
    uint32_t unknowns, unknown_parts, defaults;
} sp_lexer_mark;

/** Makes a lexer over `text`; without SP_LEX_KEEP_UNSET, the caller sets `lookup` and `payload`. */
sp_lexer sp_lexer__new(sp_arena *arena, sp_str text, char escape, unsigned flags);

/** Runs over the whole text; false when BuildKit would refuse it, then `error` says why. */
bool sp_lexer__run(sp_lexer *lexer);

/** Runs up to `stop`, which is consumed; the inside of a substitution. */
bool sp_lexer__run_until(sp_lexer *lexer, char stop, bool raw_escapes, bool pattern);

/** '$' and what follows. */
bool sp_lexer__substitute(sp_lexer *lexer);

/** Sets `error`; always false, so that callers can `return sp_lexer__fail(…)`. They set `refusal` before it, but for
   our own limits. */
bool sp_lexer__fail(sp_lexer *lexer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Appends to the result; false when it would grow past its ceiling. */
bool sp_lexer__append(sp_lexer *lexer, sp_str text);

/** Appends an unknown run: one NUL, and neighbours are one run. */
bool sp_lexer__append_unknown(sp_lexer *lexer);

/** Whether so many bytes more may be taken: short texts always, longer ones until the document has taken enough. */
bool sp_lexer__may_take(const sp_lexer *lexer, size_t bytes);

/** Notes where the result is, and cuts it back to there. */
sp_lexer_mark sp_lexer__mark(const sp_lexer *lexer);
void sp_lexer__cut(sp_lexer *lexer, sp_lexer_mark mark);

/** The code point at `next`; at the end, UINT32_MAX. */
uint32_t sp_lexer__peek(const sp_lexer *lexer, uint32_t *size);

#endif
