/* The folders that Dockerfiles are built from, as the host tells of them; the library itself reads no files. */
#include "engine/run.h"

#include "base/guard.h"
#include "base/limits.h"
#include "engine/abi.h"

#include <stdlib.h>

/* What was told, until a build is judged; the callbacks are those of `folder`. */
typedef struct told {
    sp_str name, path, text, reason;
    bool present, assumed;
    sp_folder folder;
    sp_context_reader reader; /* its payload is this */
} told;

/* ---- the folder, seen through the host ---- */

static void look(void *payload, sp_str path, sp_context_entry *out)
{
    const told *known = payload;
    sp_entry entry;
    SP_INIT(entry);
    known->folder.look(known->folder.payload, path.text, &entry);
    bool fits = entry.kind >= SP_ENTRY_UNKNOWN && entry.kind <= SP_ENTRY_OTHER;
    out->kind = fits ? (sp_context_kind)entry.kind : SP_CONTEXT_UNKNOWN;
    out->followed = entry.followed != 0;
    out->bytes = entry.bytes;
}

/* A folder being listed, for the guarded function below: the host's own frames must not be jumped over. */
typedef struct listing {
    sp_arena *arena;
    size_t most;
    sp_context_entries *out;
    const char *name;
    sp_entry entry;
    sp_status status;
} listing;

static sp_status add_entry(void *payload)
{
    listing *list = payload;
    bool fits = list->entry.kind > SP_ENTRY_ABSENT && list->entry.kind <= SP_ENTRY_OTHER;
    sp_str name = sp_arena_copy(list->arena, sp_str_from(list->name));
    *sp_list_add(list->arena, list->out) = (sp_context_entry){
        .name = name,
        .kind = fits ? (sp_context_kind)list->entry.kind : SP_CONTEXT_UNKNOWN,
        .bytes = list->entry.bytes,
    };
    return SP_OK;
}

static int32_t take_entry(void *to, const char *name, const sp_entry *entry)
{
    listing *list = to;
    memset(&list->entry, 0, sizeof list->entry);
    list->name = name;
    list->status = sp_abi_take(&list->entry, sizeof list->entry, entry);
    if (list->status == SP_OK && list->out->count >= list->most)
        list->status = SP_E_LIMIT;
    if (list->status == SP_OK)
        list->status = sp_guard(list->arena, add_entry, list);
    return list->status != SP_OK;
}

static int compare_entries(const void *a, const void *b)
{
    return sp_str_compare(((const sp_context_entry *)a)->name, ((const sp_context_entry *)b)->name);
}

static bool list_folder(void *payload, sp_arena *arena, sp_str path, size_t most, sp_context_entries *out)
{
    const told *known = payload;
    listing list = {.arena = arena, .most = most, .out = out};
    bool fine = known->folder.list(known->folder.payload, path.text, take_entry, &list) == 0;
    if (list.status == SP_E_MEMORY)
        sp_arena_fail(arena);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_entries);
    return fine && list.status == SP_OK;
}

/* ---- telling ---- */

/* What a folder is kept under. */
static sp_str key_of(sp_arena *arena, sp_str path, sp_str name)
{
    const sp_str parts[] = {path, {"\0", 1}, name};
    return sp_arena_join(arena, parts, 3);
}

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
    sp_str path = sp_str_from(folder->path);
    if (sp_map_find(run->paths, path) == NULL)
        return SP_E_USAGE;
    size_t kept = folder->ignore_size > SP_LIMIT_IGNORE_BYTES ? SP_LIMIT_IGNORE_BYTES + 1 : folder->ignore_size;
    told *copy = sp_arena_new(&run->arena, told);
    copy->present = folder->ignore_path != NULL;
    copy->assumed = folder->assumed != 0;
    copy->name = sp_arena_copy(&run->arena, sp_str_from(folder->name));
    copy->path = sp_arena_copy(&run->arena, sp_str_from(folder->ignore_path));
    copy->reason = sp_arena_copy(&run->arena, sp_str_from(folder->reason));
    copy->text = sp_arena_copy(&run->arena, (sp_str){kept > 0 ? folder->ignore : "", kept});
    copy->folder = *folder;
    copy->reader = (sp_context_reader){look, list_folder, copy};
    run->folders = sp_map_set(&run->arena, run->folders, key_of(&run->arena, path, copy->name), copy);
    return SP_OK;
}

sp_status sp_run_folder(sp_run *run, const sp_folder *folder)
{
    sp_folder ours = {0};
    sp_status status = sp_abi_take(&ours, sizeof ours, folder);
    if (status != SP_OK)
        return status;
    if (ours.path == NULL || (ours.ignore == NULL && ours.ignore_size > 0) ||
        (ours.look == NULL) != (ours.list == NULL))
        return SP_E_USAGE;
    adding add = {run, &ours};
    return sp_guard(&run->arena, add_folder, &add);
}

sp_context_folder *sp_run__folder(const sp_run *run, sp_arena *arena, sp_str path, sp_str name)
{
    const told *known = sp_map_find(run->folders, key_of(arena, path, name));
    if (known == NULL || (known->assumed && !known->present))
        return NULL;
    sp_context_folder *folder = sp_arena_new(arena, sp_context_folder);
    folder->arena = arena;
    folder->name = known->name;
    folder->path = known->path;
    folder->assumed = known->assumed;
    folder->ignore = known->present ? sp_ignore_read(arena, known->text) : NULL;
    folder->reader = known->folder.look != NULL && !known->assumed ? &known->reader : NULL;
    if (known->present && known->reason.size > 0)
        folder->ignore->reason = sp_arena_copy(arena, known->reason);
    return folder;
}
