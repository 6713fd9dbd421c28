/* Globs over texts of which parts may be unknown: * any run ('/' included), ? one character, [a-z], \ escapes. */
#ifndef SP_FACTS_GLOB_H
#define SP_FACTS_GLOB_H

#include "facts/answer.h"

/** Whether a text matches. */
bool sp_glob_matches(sp_str glob, sp_str text);

/** The same over a shape (sp_value.shape: NUL is an unknown run): yes or no where every text of that shape agrees. */
sp_truth sp_glob_matches_shape(sp_str glob, sp_str shape);

/** A glob that matches exactly this text. */
sp_str sp_glob_quote(sp_arena *arena, sp_str text);

#endif
