/* One pattern of a .dockerignore: read, and compared with a path. */
#ifndef SP_CONTEXT_PATTERN_H
#define SP_CONTEXT_PATTERN_H

#include "context/ignore.h"

/** Code points of a regular expression. */
typedef SP_LIST(uint32_t) sp_points;

/** Whether a pattern is well-formed as Go's filepath.Match sees it. */
bool sp_ignore__is_valid(sp_str pattern);

/** Fills kind and pieces of a pattern from its text. */
void sp_ignore__compile(sp_arena *arena, sp_ignore_pattern *pattern);

/** Reads the regular expression that a pattern became into its pieces; sets its kind (pattern_parse.c). `open`:
   anything may follow. */
void sp_ignore__parse(sp_arena *arena, const sp_points *source, bool open, sp_ignore_pattern *pattern);

/** Whether a pattern (not WRONG, not UNREAD) matches a text. `reached` has room for its pieces and one more. */
bool sp_ignore__matches(const sp_ignore_pattern *pattern, sp_str text, bool *reached, uint64_t *steps);

#endif
