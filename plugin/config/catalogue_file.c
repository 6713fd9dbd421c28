/* Rows about images, read and checked key by key. */
#include "config/catalogue_file.h"

#include "base/suggest.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path;
    const sp_str *capabilities;
    size_t capability_count;
    sp_catalogue_entries *out;
    sp_error *error;
} reading;

static const sp_str confidences[] = {{"observed", 8}, {"derived", 7}, {"assumed", 7}};
static const sp_str families[] = {{"toolchain", 9},   {"runtime", 7}, {"os", 2},
                                  {"distroless", 10}, {"service", 7}, {"scratch", 7}};
static const sp_str libcs[] = {{"glibc", 5}, {"musl", 4}, {"uclibc", 6}, {"msvcrt", 6}, {"none", 4}};

static sp_status fail_missing(const reading *reader, const sp_yaml *row, const char *key)
{
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, row->line, row->column, "a row needs '%s'", key);
}

/* word = one of `known`; what is not is told with the nearest */
static sp_status read_word(const reading *reader, const sp_yaml *value, const char *what, const sp_str *known,
                           size_t count, size_t *out)
{
    sp_str word = value->kind == SP_YAML_SCALAR ? value->scalar : SP_STR("");
    for (*out = 0; *out < count; ++*out) {
        if (sp_str_equal(word, known[*out]))
            return SP_OK;
    }
    sp_str meant = sp_suggest(word, known, count);
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, value->line, value->column, "'%.*s' is no %s%s%.*s%s",
                       SP_STR_ARG(word), what, meant.size > 0 ? "; did you mean '" : "", SP_STR_ARG(meant),
                       meant.size > 0 ? "'?" : "");
}

static sp_status read_known(const reading *reader, const sp_yaml *row, const char *key, const sp_str *known,
                            size_t count, const char **out)
{
    const sp_yaml *value = sp_yaml_find(row, key);
    size_t index = 0;
    sp_status status = value != NULL ? read_word(reader, value, key, known, count, &index) : SP_OK;
    if (status == SP_OK && value != NULL)
        *out = known[index].text;
    return status;
}

static sp_status read_text(const reading *reader, const sp_yaml *row, const char *key, const char **out)
{
    const sp_yaml *value = sp_yaml_find(row, key);
    if (value == NULL)
        return SP_OK;
    if (value->kind != SP_YAML_SCALAR || value->scalar.size == 0)
        return sp_yaml_fail_kind(value, reader->path, key, "a text that is not empty", reader->error);
    *out = value->scalar.text;
    return SP_OK;
}

/* names = "[" { name } "]"; of capabilities, unless they are tags */
static sp_status read_names(const reading *reader, const sp_yaml *row, const char *key, bool are_tags,
                            sp_catalogue_names *out)
{
    const sp_yaml *list = sp_yaml_find(row, key);
    uint32_t count = list != NULL ? list->items.count : 0;
    const char **names = sp_arena_zeroed(reader->arena, (count + 1) * sizeof *names);
    *out = names;
    if (list != NULL && list->kind != SP_YAML_SEQUENCE)
        return sp_yaml_fail_kind(list, reader->path, key, "a list", reader->error);
    for (uint32_t i = 0; i < count; i++) {
        const sp_yaml *item = list->items.items[i];
        if (item->kind != SP_YAML_SCALAR || item->scalar.size == 0)
            return sp_yaml_fail_kind(item, reader->path, key, "a list of texts that are not empty", reader->error);
        size_t ignored;
        sp_status status =
            are_tags ? SP_OK
                     : read_word(reader, item, "capability", reader->capabilities, reader->capability_count, &ignored);
        if (status != SP_OK)
            return status;
        names[i] = item->scalar.text;
    }
    return SP_OK;
}

static sp_status read_lists(const reading *reader, const sp_yaml *row, sp_catalogue_entry *entry)
{
    sp_status status = read_names(reader, row, "tags", true, &entry->tags);
    if (status == SP_OK && entry->tags[0] == NULL)
        return fail_missing(reader, row, "tags");
    if (status == SP_OK && sp_yaml_find(row, "contains") == NULL)
        return fail_missing(reader, row, "contains");
    if (status == SP_OK)
        status = read_names(reader, row, "contains", false, &entry->contains);
    if (status == SP_OK)
        status = read_names(reader, row, "lacks", false, &entry->lacks);
    if (status == SP_OK)
        status = read_names(reader, row, "unknown", false, &entry->unknown);
    return status;
}

static sp_status read_texts(const reading *reader, const sp_yaml *row, sp_catalogue_entry *entry)
{
    static const char *const needed[] = {"family", "confidence", "source"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (sp_yaml_find(row, needed[i]) == NULL)
            return fail_missing(reader, row, needed[i]);
    }
    size_t confidence = 0;
    sp_status status = read_word(reader, sp_yaml_find(row, "confidence"), "confidence", confidences, 3, &confidence);
    entry->confidence = (uint32_t)confidence;
    if (status == SP_OK)
        status = read_known(reader, row, "family", families, 6, &entry->family);
    if (status == SP_OK)
        status = read_known(reader, row, "libc", libcs, 5, &entry->libc);
    if (status == SP_OK)
        status = read_text(reader, row, "user", &entry->user);
    if (status == SP_OK)
        status = read_text(reader, row, "distro", &entry->distro);
    if (status == SP_OK)
        status = read_text(reader, row, "source", &entry->source);
    return status;
}

/* A repository has its registry written, or no reference would ever be it. */
static sp_status add_entry(const reading *reader, const sp_yaml *image, sp_catalogue_entry entry)
{
    entry.repository = image->kind == SP_YAML_SCALAR ? image->scalar : SP_STR("");
    sp_str host = sp_str_head(entry.repository, sp_str_find(entry.repository, '/'));
    bool is_host = sp_str_equal(host, SP_STR("localhost")) || sp_str_find(host, '.') < host.size ||
                   sp_str_find(host, ':') < host.size;
    if (!is_host || host.size + 1 >= entry.repository.size)
        return sp_yaml_fail_kind(image, reader->path, "image",
                                 "a repository with its registry and without a tag, registry.example/team/base",
                                 reader->error);
    *sp_list_add(reader->arena, reader->out) = entry;
    return SP_OK;
}

/* row = "{" "image:" repositories "tags:" globs "family:" family [ "distro:" text ] [ "libc:" libc ] [ "user:" text ]
   "contains:" names [ "lacks:" names ] [ "unknown:" names ] "confidence:" confidence "source:" text "}" */
static sp_status read_row(const reading *reader, const sp_yaml *row)
{
    static const sp_str keys[] = {{"image", 5},   {"tags", 4},        {"family", 6},   {"distro", 6},
                                  {"libc", 4},    {"user", 4},        {"contains", 8}, {"lacks", 5},
                                  {"unknown", 7}, {"confidence", 10}, {"source", 6}};
    if (row->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(row, reader->path, "a row of images", "a mapping (key: value)", reader->error);
    sp_status status = sp_yaml_check_keys(row, reader->path, keys, sizeof keys / sizeof *keys, reader->error);
    const sp_yaml *image = sp_yaml_find(row, "image");
    if (status == SP_OK && image == NULL)
        return fail_missing(reader, row, "image");
    sp_catalogue_entry entry = {0};
    if (status == SP_OK)
        status = read_lists(reader, row, &entry);
    if (status == SP_OK)
        status = read_texts(reader, row, &entry);
    bool is_list = status == SP_OK && image->kind == SP_YAML_SEQUENCE;
    for (uint32_t i = 0; status == SP_OK && i < (is_list ? image->items.count : 1); i++)
        status = add_entry(reader, is_list ? image->items.items[i] : image, entry);
    return status;
}

/* file = "images:" "[" { row } "]" */
sp_status sp_catalogue_file_read(sp_arena *arena, sp_str path, sp_str text, const sp_str *capabilities, size_t count,
                                 sp_catalogue_entries *out, sp_error *error)
{
    static const sp_str keys[] = {{"images", 6}};
    reading reader = {arena, path, capabilities, count, out, error};
    const sp_yaml *root = NULL;
    sp_status status = sp_yaml_read(arena, path, text, &root, error);
    if (status == SP_OK && root->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(root, path, "a catalogue", "a mapping (images: …)", error);
    if (status == SP_OK)
        status = sp_yaml_check_keys(root, path, keys, 1, error);
    const sp_yaml *images = sp_yaml_find(root, "images");
    if (status == SP_OK && (images == NULL || images->kind != SP_YAML_SEQUENCE))
        return sp_yaml_fail_kind(images != NULL ? images : root, path, "images", "a list of rows", error);
    for (uint32_t i = 0; status == SP_OK && i < images->items.count; i++)
        status = read_row(&reader, images->items.items[i]);
    return status;
}
