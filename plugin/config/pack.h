/* A pack: a folder with pack.yaml and one folder a policy; or the same, compiled in. */
#ifndef SP_CONFIG_PACK_H
#define SP_CONFIG_PACK_H

#include "config/yaml.h"

/** A Lua file of a pack, as text. */
typedef struct sp_pack_file {
    sp_str name; /* "no-compiler", or a module's name */
    sp_str path; /* for people: "policies/shipped/no-compiler/no-compiler.lua" */
    sp_str text;
} sp_pack_file;

typedef struct sp_pack {
    sp_str name, version;
    sp_str path;                    /* its folder, or "policies/NAME" of a built-in one */
    SP_LIST(sp_pack_file) policies; /* NAME/NAME.lua, sorted by name */
    SP_LIST(sp_pack_file) modules;  /* lib/NAME.lua, sorted by name */
} sp_pack;

/** Reads a pack folder into the arena; needs a recovery point. SP_E_PACK, SP_E_READ with the place. */
sp_status sp_pack_read(sp_arena *arena, sp_str folder, sp_pack *out, sp_error *error);

/** The same of its pack.yaml alone, which may be the pack's only file. */
sp_status sp_pack_read_manifest(sp_arena *arena, sp_str folder, sp_pack *out, sp_error *error);

/** Whether a pack or policy may be called so: lower-case letters, digits and '-', a letter first. */
bool sp_pack_is_name(sp_str name);

/** The compiled-in packs. */
size_t sp_pack_builtin_count(void);
void sp_pack_builtin_at(sp_arena *arena, size_t index, sp_pack *out);

#endif
