/* A .env file: variables for a compose file. */
#ifndef SP_CONFIG_DOTENV_H
#define SP_CONFIG_DOTENV_H

#include "base/map.h"
#include "config/declared.h"

/** The variables of a .env file; zero it. Texts live in the arena of the reader. */
typedef struct sp_dotenv {
    const sp_map *values; /* name → sp_str */
} sp_dotenv;

/** Reads a file as compose does: NAME=value, `export`, quotes over several lines, comments. Variables in a value are
    those of `lookup`, else those further up; a line that is only a NAME is what `lookup` has. Of two lines with one
   name the later wins, also over what `out` had. SP_E_CONFIG with a line. Needs a recovery point. */
sp_status sp_dotenv_read(sp_arena *arena, sp_str path, sp_str text, sp_declared_lookup lookup, void *payload,
                         sp_dotenv *out, sp_error *error);

/** False when the file does not set the variable. */
bool sp_dotenv_find(const sp_dotenv *file, sp_str name, sp_str *value);

#endif
