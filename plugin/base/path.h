/* Paths in images and build contexts: '/'-separated, judged by their text alone (nobody looks at a disk). */
#ifndef SP_BASE_PATH_H
#define SP_BASE_PATH_H

#include "base/arena.h"

/** The shortest path that names the same, as Go's filepath.Clean: without "." and "..", double and trailing slashes.
   "." for nothing; ".." stays where it leads out of a relative path, and is dropped above the root. */
sp_str sp_path_clean(sp_arena *arena, sp_str path);

/** `path` as seen from the folder `base`, clean. */
sp_str sp_path_join(sp_arena *arena, sp_str base, sp_str path);

/** The path in a folder that ".." does not lead out of: no "/" at the start; "." is the folder. */
sp_str sp_path_below(sp_arena *arena, sp_str path);

/** Whether `inner` is `outer` or lies below it; both clean. */
bool sp_path_contains(sp_str outer, sp_str inner);

/** The last part: "c" of "/a/b/c". */
sp_str sp_path_last(sp_str path);

/** The last part of a path of either kind: "pwsh.exe" of "C:\\tools\\pwsh.exe". */
sp_str sp_path_program(sp_str path);

/** Everything but the last part: "/a/b" of "/a/b/c"; "/" of "/a", "." of "a". */
sp_str sp_path_folder(sp_str path);

#endif
