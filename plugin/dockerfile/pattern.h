/* The patterns of ${name#pattern}, ${name%pattern} and ${name/pattern/text}. */
#ifndef SP_DOCKERFILE_PATTERN_H
#define SP_DOCKERFILE_PATTERN_H

#include "dockerfile/lexer.h"

/** A compiled pattern: code points, and the two wildcards. */
typedef struct sp_pattern {
    const uint32_t *tokens;
    uint32_t count;
} sp_pattern;

/** Compiles a pattern, backwards for one that is matched from a value's end. False: a wrong escape. */
bool sp_pattern__compile(sp_arena *arena, sp_str text, bool backwards, sp_pattern *out);

/** Cuts the shortest or longest match off the start (or end) of *value. False: too much work to tell. */
bool sp_pattern__trim(sp_lexer *lexer, const sp_pattern *pattern, bool from_end, bool longest, sp_str *value);

typedef enum sp_replace { SP_REPLACE_DONE, SP_REPLACE_REFUSED, SP_REPLACE_UNDECIDED } sp_replace;

/** Appends the value with the first match, or all of them, replaced. With all, `by` is a template of Go's regexp. */
sp_replace sp_pattern__replace(sp_lexer *lexer, const sp_pattern *pattern, sp_str value, sp_str by, bool all);

#endif
