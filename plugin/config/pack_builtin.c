/* The compiled-in packs, as packs. */
#include "config/pack.h"

#include "config/builtin.h"

size_t sp_pack_builtin_count(void)
{
    return sp_builtin_pack_count;
}

static sp_pack_file *copy_files(sp_arena *arena, const sp_builtin_file *files, size_t count)
{
    sp_pack_file *copies = sp_arena_zeroed(arena, count * sizeof *copies);
    for (size_t i = 0; i < count; i++)
        copies[i] = (sp_pack_file){.name = files[i].name, .path = files[i].path, .text = files[i].text};
    return copies;
}

void sp_pack_builtin_at(sp_arena *arena, size_t index, sp_pack *out)
{
    const sp_builtin_pack *pack = &sp_builtin_packs[index];
    *out = (sp_pack){.name = pack->name, .version = pack->version, .path = pack->path};
    out->policies.items = copy_files(arena, pack->policies, pack->policy_count);
    out->policies.count = (uint32_t)pack->policy_count;
    out->modules.items = copy_files(arena, pack->modules, pack->module_count);
    out->modules.count = (uint32_t)pack->module_count;
}
