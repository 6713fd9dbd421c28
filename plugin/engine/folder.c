/* The folders that Dockerfiles are built from, as the host tells of them; the library itself reads no files. */
#include "engine/run.h"

#include "base/guard.h"
#include "base/limits.h"
#include "engine/abi.h"

/* What was told, until a build is judged. */
typedef struct told {
    sp_str path, text, reason;
    bool present, assumed;
} told;

/* One folder to add, for the guarded function below. */
typedef struct adding {
    sp_run *run;
    const sp_folder *folder;
} adding;

static sp_status add_folder(void *payload)
{
    const adding *add = payload;
    sp_run *run = add->run;
    const sp_folder *folder = add->folder;
    sp_str path = sp_arena_copy(&run->arena, sp_str_from(folder->path));
    if (sp_map_find(run->paths, path) == NULL)
        return SP_E_USAGE;
    size_t kept = folder->ignore_size > SP_LIMIT_IGNORE_BYTES ? SP_LIMIT_IGNORE_BYTES + 1 : folder->ignore_size;
    told *copy = sp_arena_new(&run->arena, told);
    copy->present = folder->ignore_path != NULL;
    copy->assumed = folder->assumed != 0;
    copy->path = sp_arena_copy(&run->arena, sp_str_from(folder->ignore_path));
    copy->reason = sp_arena_copy(&run->arena, sp_str_from(folder->reason));
    copy->text = sp_arena_copy(&run->arena, (sp_str){kept > 0 ? folder->ignore : "", kept});
    run->folders = sp_map_set(&run->arena, run->folders, path, copy);
    return SP_OK;
}

sp_status sp_run_folder(sp_run *run, const sp_folder *folder)
{
    sp_folder ours = {0};
    sp_status status = sp_abi_take(&ours, sizeof ours, folder);
    if (status != SP_OK)
        return status;
    if (ours.path == NULL || (ours.ignore == NULL && ours.ignore_size > 0))
        return SP_E_USAGE;
    adding add = {run, &ours};
    return sp_guard(&run->arena, add_folder, &add);
}

const sp_context_folder *sp_run__folder(const sp_run *run, sp_arena *arena, sp_str path)
{
    const told *known = sp_map_find(run->folders, path);
    if (known == NULL || (known->assumed && !known->present))
        return NULL;
    sp_context_folder *folder = sp_arena_new(arena, sp_context_folder);
    folder->path = known->path;
    folder->assumed = known->assumed;
    folder->ignore = known->present ? sp_ignore_read(arena, known->text) : NULL;
    if (known->present && known->reason.size > 0)
        folder->ignore->reason = sp_arena_copy(arena, known->reason);
    return folder;
}
