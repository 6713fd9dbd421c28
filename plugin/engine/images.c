/* What a configuration and its packs say of images: mirrors, and rows that stand before the compiled catalogue's. */
#include "engine/engine.h"

#include "base/limits.h"
#include "config/catalogue_file.h"
#include "config/folder.h"
#include "facts/capability.h"

#include <stdlib.h>

/* A row, and which it is of which file. */
typedef struct ranked_row {
    sp_image_row row;
    uint32_t file, order;
} ranked_row;

/* One reading. */
typedef struct collecting {
    sp_engine *engine;
    SP_LIST(ranked_row) rows;
    uint32_t files;
    sp_error *error;
} collecting;

static sp_image_row row_of(const sp_catalogue_entry *entry)
{
    return (sp_image_row){.repository = entry->repository.text,
                          .tags = entry->tags,
                          .contains = entry->contains,
                          .lacks = entry->lacks,
                          .unknown = entry->unknown,
                          .user = entry->user,
                          .distro = entry->distro,
                          .libc = entry->libc,
                          .family = entry->family,
                          .confidence = (sp_confidence)entry->confidence,
                          .source = entry->source};
}

static sp_status read_file(collecting *collect, sp_str path)
{
    sp_arena *arena = &collect->engine->arena;
    sp_catalogue_entries entries = {0};
    size_t count;
    const sp_str *capabilities = sp_capability_names(&count); /* the classes of them follow */
    sp_str text;
    sp_status status = sp_file_read(arena, path, SP_LIMIT_YAML_BYTES, &text, collect->error);
    if (status == SP_OK)
        status = sp_catalogue_file_read(arena, path, text, capabilities, SP_CAPABILITY_COUNT, &entries, collect->error);
    for (uint32_t i = 0; i < entries.count; i++)
        *sp_list_add(arena, &collect->rows) = (ranked_row){row_of(&entries.items[i]), collect->files, i};
    collect->files++;
    return status;
}

/* The files that the configuration names, from its folder on. */
static sp_status read_configured(collecting *collect)
{
    const sp_config *config = &collect->engine->config;
    size_t end = config->path.size;
    while (end > 0 && config->path.text[end - 1] != '/')
        end--;
    sp_status status = SP_OK;
    for (uint32_t i = 0; status == SP_OK && i < config->catalogues.count; i++) {
        sp_str file = config->catalogues.items[i];
        sp_str folder = sp_str_starts(file, SP_STR("/")) ? SP_STR("") : sp_str_head(config->path, end);
        status = read_file(collect, sp_arena_join(&collect->engine->arena, (sp_str[]){folder, file}, 2));
    }
    return status;
}

/* images.yaml of each pack that has one. */
static sp_status read_packs(collecting *collect, const char *const *folders)
{
    sp_status status = SP_OK;
    for (; status == SP_OK && folders != NULL && *folders != NULL; folders++) {
        sp_str path = sp_folder_join(&collect->engine->arena, sp_str_from(*folders), SP_STR("images.yaml"));
        if (sp_file_kind_of(path) != SP_FILE_NONE)
            status = read_file(collect, path);
    }
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    const ranked_row *left = a, *right = b;
    int order = strcmp(left->row.repository, right->row.repository);
    if (order == 0)
        order = (left->file > right->file) - (left->file < right->file);
    return order != 0 ? order : (left->order > right->order) - (left->order < right->order);
}

/* Sorted; of a repository, those of the first file that has it. */
static void keep_rows(collecting *collect)
{
    sp_known_images *images = &collect->engine->images;
    uint32_t count = collect->rows.count;
    sp_image_row *rows = sp_arena_zeroed(&collect->engine->arena, (count + 1) * sizeof *rows);
    const ranked_row *first = NULL;
    if (count > 0)
        qsort(collect->rows.items, count, sizeof *collect->rows.items, compare_rows);
    for (uint32_t i = 0; i < count; i++) {
        const ranked_row *one = &collect->rows.items[i];
        if (first == NULL || strcmp(first->row.repository, one->row.repository) != 0)
            first = one;
        if (one->file == first->file)
            rows[images->row_count++] = one->row;
    }
    images->rows = rows;
}

static sp_mirrors mirrors_of(sp_engine *engine)
{
    const sp_config_mirrors *written = &engine->config.mirrors;
    sp_mirror *mirrors = sp_arena_zeroed(&engine->arena, (written->count + 1) * sizeof *mirrors);
    for (uint32_t i = 0; i < written->count; i++)
        mirrors[i] = (sp_mirror){written->items[i].prefix, written->items[i].stands_for};
    return (sp_mirrors){mirrors, written->count};
}

sp_status sp_engine__read_images(sp_engine *engine, const sp_options *options, sp_error *error)
{
    collecting collect = {.engine = engine, .error = error};
    engine->images.mirrors = mirrors_of(engine);
    sp_status status = read_configured(&collect);
    if (status == SP_OK)
        status = read_packs(&collect, options->packs);
    if (status == SP_OK)
        keep_rows(&collect);
    return status;
}
