/* Wildcards in the sources of COPY: those of Go's filepath.Match, one name of a path at a time. */
#ifndef SP_CONTEXT_GLOB_H
#define SP_CONTEXT_GLOB_H

#include "base/str.h"

/** Whether a path has a wildcard: '*', '?' or '[' that no '\' escapes. */
bool sp_context__is_wild(sp_str path);

/** Whether a well-formed pattern (sp_ignore__is_valid) takes a name; neither has a '/'. */
bool sp_context__glob_takes(sp_str pattern, sp_str name);

#endif
