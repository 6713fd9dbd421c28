/* Paths in a build context: always with '/', never out of its folder. */
#ifndef SP_CONTEXT_PATH_H
#define SP_CONTEXT_PATH_H

#include "base/arena.h"

/** The shortest path that names the same, as Go's filepath.Clean: "." for nothing left, ".." kept where it leads out.
 */
sp_str sp_context_clean(sp_arena *arena, sp_str path);

/** The same of a path in the context, which ".." does not lead out of: no "/" at the start; "." is the context. */
sp_str sp_context_path(sp_arena *arena, sp_str path);

#endif
