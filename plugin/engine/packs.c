/* What the command asks about packs before it has an engine. */
#include "base/guard.h"
#include "config/pack.h"
#include "engine/abi.h"
#include "engine/tool.h"

#include <stdlib.h>

typedef struct reading {
    sp_arena arena;
    sp_str folder;
    sp_pack pack;
    sp_error error;
} reading;

static sp_status read_manifest(void *payload)
{
    reading *in = payload;
    return sp_pack_read_manifest(&in->arena, in->folder, &in->pack, &in->error);
}

sp_status sp_tool_pack_name(const char *folder, char **out, sp_error *error)
{
    reading in = {.folder = sp_str_from(folder), .error = {.size = sizeof in.error}};
    sp_arena_init(&in.arena, sp_alloc_default());
    sp_status status = sp_guard(&in.arena, read_manifest, &in);
    *out = status == SP_OK ? calloc(in.pack.name.size + 1, 1) : NULL;
    if (*out != NULL)
        memcpy(*out, in.pack.name.text, in.pack.name.size);
    else if (status == SP_OK)
        status = SP_E_MEMORY;
    sp_arena_dispose(&in.arena);
    return status == SP_OK ? SP_OK : sp_abi_fail(error, &in.error, status);
}

int32_t sp_tool_is_name(const char *name)
{
    return sp_pack_is_name(sp_str_from(name));
}
