/* Globs over paths, as `paths:` has them: * and ? stay inside one name, ** crosses '/', [a-z], \ escapes. */
#ifndef SP_CONFIG_PATH_GLOB_H
#define SP_CONFIG_PATH_GLOB_H

#include "base/str.h"

/** Whether a glob covers a path: it matches the path or a folder above it. One without '/' matches a name at any depth;
    one with '/' starts at the root ("/x" is "x" there), and "folder/" covers what lies in folders of that name. */
bool sp_path_glob_covers(sp_str glob, sp_str path);

#endif
