/* A file of build arguments, as `--build-arg-file` names one: a line NAME=VALUE each. */
#ifndef SP_CONFIG_ARGUMENT_FILE_H
#define SP_CONFIG_ARGUMENT_FILE_H

#include "config/declared.h"

/** Adds the arguments of a file to `out`, in its order; a name that is there already keeps its place and gets the new
    value. Blank lines and lines that begin with '#' say nothing; a value is taken to the letter, quotes and blanks
    included, as buildah and `docker run --env-file` do. A line that is only a NAME is what `lookup` (NULL: nothing)
    has, and no argument when that has nothing. SP_E_CONFIG with the line. Needs a recovery point. */
sp_status sp_argument_file_read(sp_arena *arena, sp_str path, sp_str text, sp_declared_lookup lookup, void *payload,
                                sp_declared_pairs *out, sp_error *error);

#endif
