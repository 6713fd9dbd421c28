/* Reading folders and files of a pack: sorted, regular files only, links not followed, each with a ceiling. */
#ifndef SP_CONFIG_FOLDER_H
#define SP_CONFIG_FOLDER_H

#include "base/error.h"
#include "base/list.h"

typedef enum sp_file_kind { SP_FILE_NONE, SP_FILE_REGULAR, SP_FILE_FOLDER, SP_FILE_OTHER } sp_file_kind;

typedef SP_LIST(sp_str) sp_names;

/** What is at a path (which is followed by NUL), a link not followed. */
sp_file_kind sp_file_kind_of(sp_str path);

/** The names in a folder, sorted by bytes, those with a leading dot left out. SP_E_READ. Needs a recovery point. */
sp_status sp_folder_names(sp_arena *arena, sp_str path, sp_names *out, sp_error *error);

/** The bytes of a regular file of at most `ceiling` bytes. SP_E_READ, SP_E_PACK when it is larger. Needs a recovery
    point. */
sp_status sp_file_read(sp_arena *arena, sp_str path, size_t ceiling, sp_str *out, sp_error *error);

/** "folder/name". */
sp_str sp_folder_join(sp_arena *arena, sp_str folder, sp_str name);

#endif
