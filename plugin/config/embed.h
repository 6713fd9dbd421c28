/* What the parts of sp-embed share: reading files and YAML, stopping with a message, writing C text. */
#ifndef SP_CONFIG_EMBED_H
#define SP_CONFIG_EMBED_H

#include "config/yaml.h"

#include <stdio.h>

typedef SP_LIST(sp_str) sp_texts;

/** A program of the build reads, writes and ends: one arena serves it all. */
extern sp_arena *const sp_embed__arena;

/** Ends the program with "path:line:column: error: why", as compilers say it. */
_Noreturn void sp_embed__fail_at(sp_str path, const sp_yaml *value, const char *why);
_Noreturn void sp_embed__fail_with(const sp_error *error);

/** folder/name; NUL follows, as in all texts here. */
sp_str sp_embed__path(sp_str folder, sp_str name);

bool sp_embed__exists(sp_str path);
sp_str sp_embed__file(sp_str path);
const sp_yaml *sp_embed__yaml(sp_str path);

/** The names in a folder, sorted, those with a leading dot left out; none when there is no folder. */
sp_texts sp_embed__names(sp_str folder);

/** A C string literal, and one with its size: an initializer of sp_str. */
void sp_embed__literal(FILE *out, sp_str text);
void sp_embed__str(FILE *out, sp_str text);

/** The two things this program makes. */
void sp_embed__write_packs(FILE *out, sp_str root);
void sp_embed__write_catalogue(FILE *out, sp_str folder);

#endif
