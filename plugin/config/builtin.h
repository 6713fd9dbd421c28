/* The packs that are compiled in: tables that sp-embed writes from policies/ when the library is built. */
#ifndef SP_CONFIG_BUILTIN_H
#define SP_CONFIG_BUILTIN_H

#include "base/str.h"

/** One Lua file of a pack. */
typedef struct sp_builtin_file {
    sp_str name; /* "no-compiler", or a module's name */
    sp_str path; /* "policies/shipped/no-compiler/no-compiler.lua" */
    sp_str text;
} sp_builtin_file;

/** One pack; both lists are sorted by name. */
typedef struct sp_builtin_pack {
    sp_str name, version;
    sp_str path; /* "policies/shipped" */
    const sp_builtin_file *policies;
    size_t policy_count;
    const sp_builtin_file *modules;
    size_t module_count;
} sp_builtin_pack;

/** Sorted by name; `count` may be 0, then there is one empty pack that does not count. */
extern const sp_builtin_pack sp_builtin_packs[];
extern const size_t sp_builtin_pack_count;

#endif
