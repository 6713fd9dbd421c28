/* The catalogue of images as a C table, for image/catalogue_rows.h: the rows of all files of a folder, and what its
   catalogue.yaml says of the whole. */
#include "config/embed.h"

#include <stdlib.h>

/* One row for one repository; rows of a list of repositories share the YAML. */
typedef struct row {
    sp_str repository;
    sp_str path;
    uint32_t order; /* in the file */
    const sp_yaml *yaml;
} row;

typedef SP_LIST(row) rows;

/* Lists of texts that were written already, by their text: equal ones are shared. */
static sp_texts written;

static const char *const confidences[] = {"observed", "derived", "assumed"};
static const char *const families[] = {"toolchain", "runtime", "os", "distroless", "service", "scratch"};

static const sp_str row_keys[] = {
    {"image", 5},    {"tags", 4},  {"family", 6},  {"distro", 6},      {"libc", 4},   {"user", 4},
    {"contains", 8}, {"lacks", 5}, {"unknown", 7}, {"confidence", 10}, {"source", 6},
};

static const sp_str file_keys[] = {{"images", 6}};
static const sp_str catalogue_keys[] = {{"version", 7}, {"date", 4}};

static sp_str scalar_of(sp_str path, const sp_yaml *value, const char *what)
{
    if (value->kind != SP_YAML_SCALAR || value->scalar.size == 0)
        sp_embed__fail_at(path, value, sp_arena_print(sp_embed__arena, "%s must be a text", what).text);
    return value->scalar;
}

static sp_str one_of(sp_str path, const sp_yaml *row_, const char *key, const char *const *names, size_t count)
{
    const sp_yaml *value = sp_yaml_find(row_, key);
    if (value == NULL)
        sp_embed__fail_at(path, row_, sp_arena_print(sp_embed__arena, "a row needs '%s'", key).text);
    sp_str text = scalar_of(path, value, key);
    for (size_t i = 0; i < count; i++) {
        if (sp_str_equal(text, sp_str_from(names[i])))
            return text;
    }
    sp_embed__fail_at(path, value, sp_arena_print(sp_embed__arena, "'%s' knows no '%.*s'", key, SP_STR_ARG(text)).text);
}

/* The C text of a list; NULL-terminated when compiled. */
static sp_str list_text(sp_str path, const sp_yaml *list, const char *key)
{
    sp_str text = SP_STR("");
    if (list != NULL && list->kind != SP_YAML_SEQUENCE)
        sp_embed__fail_at(path, list, sp_arena_print(sp_embed__arena, "'%s' must be a list", key).text);
    for (uint32_t i = 0; list != NULL && i < list->items.count; i++) {
        sp_str item = scalar_of(path, list->items.items[i], key);
        text = sp_arena_print(sp_embed__arena, "%.*s\"%.*s\", ", SP_STR_ARG(text), SP_STR_ARG(item));
    }
    return text;
}

static uint32_t list_index(sp_str text)
{
    for (uint32_t i = 0; i < written.count; i++) {
        if (sp_str_equal(written.items[i], text))
            return i;
    }
    *sp_list_add(sp_embed__arena, &written) = text;
    return written.count - 1;
}

static const char *const list_keys[] = {"tags", "contains", "lacks", "unknown"};

static void write_list_once(FILE *out, sp_str path, const sp_yaml *yaml, const char *key)
{
    sp_str text = list_text(path, sp_yaml_find(yaml, key), key);
    uint32_t known = written.count;
    if (list_index(text) == known)
        fprintf(out, "static const char *const list_%u[] = {%.*sNULL};\n", known, SP_STR_ARG(text));
}

static void check_keys(sp_str path, const sp_yaml *yaml, const sp_str *keys, size_t count)
{
    sp_error error;
    SP_INIT(error);
    if (yaml->kind != SP_YAML_MAPPING)
        sp_embed__fail_at(path, yaml, "this must be a mapping");
    if (sp_yaml_check_keys(yaml, path, keys, count, &error) != SP_OK)
        sp_embed__fail_with(&error);
}

static void check_row(sp_str path, const sp_yaml *yaml)
{
    check_keys(path, yaml, row_keys, sizeof row_keys / sizeof row_keys[0]);
    const sp_yaml *tags = sp_yaml_find(yaml, "tags");
    if (tags == NULL || tags->kind != SP_YAML_SEQUENCE || tags->items.count == 0)
        sp_embed__fail_at(path, tags != NULL ? tags : yaml, "a row needs a list of 'tags'");
    if (sp_yaml_find(yaml, "contains") == NULL)
        sp_embed__fail_at(path, yaml, "a row needs 'contains', though it be empty");
    if (sp_yaml_find(yaml, "source") == NULL)
        sp_embed__fail_at(path, yaml, "a row needs a 'source' that says so");
}

static void add_row(sp_str path, rows *all, const sp_yaml *yaml, const sp_yaml *repository)
{
    row one = {scalar_of(path, repository, "image"), path, all->count, yaml};
    *sp_list_add(sp_embed__arena, all) = one;
}

static int compare_rows(const void *a, const void *b)
{
    const row *left = a, *right = b;
    int order = sp_str_compare(left->repository, right->repository);
    return order != 0 ? order : (left->order > right->order) - (left->order < right->order);
}

static void collect_file(sp_str path, rows *all)
{
    const sp_yaml *root = sp_embed__yaml(path);
    check_keys(path, root, file_keys, 1);
    const sp_yaml *images = sp_yaml_find(root, "images");
    if (images == NULL || images->kind != SP_YAML_SEQUENCE || images->items.count == 0)
        sp_embed__fail_at(path, root, "a list of 'images' is missing");
    for (uint32_t i = 0; i < images->items.count; i++) {
        const sp_yaml *yaml = images->items.items[i], *image = sp_yaml_find(yaml, "image");
        check_row(path, yaml);
        if (image == NULL)
            sp_embed__fail_at(path, yaml, "a row needs an 'image'");
        if (image->kind != SP_YAML_SEQUENCE)
            add_row(path, all, yaml, image);
        for (uint32_t j = 0; image->kind == SP_YAML_SEQUENCE && j < image->items.count; j++)
            add_row(path, all, yaml, image->items.items[j]);
    }
}

/* The order of a repository's rows decides: all stand in one file, or nobody could read it. */
static void check_places(const rows *all)
{
    for (uint32_t i = 1; i < all->count; i++) {
        const row *above = &all->items[i - 1], *one = &all->items[i];
        if (sp_str_equal(above->repository, one->repository) && !sp_str_equal(above->path, one->path))
            sp_embed__fail_at(one->path, one->yaml,
                              sp_arena_print(sp_embed__arena, "'%.*s' has rows in %.*s already: keep them together",
                                             SP_STR_ARG(one->repository), SP_STR_ARG(above->path))
                                  .text);
    }
}

static bool is_catalogue(sp_str name)
{
    return sp_str_equal(name, SP_STR("catalogue.yaml"));
}

static rows collect_rows(sp_str folder)
{
    rows all = {0};
    sp_texts names = sp_embed__names(folder);
    for (uint32_t i = 0; i < names.count; i++) {
        if (sp_str_ends(names.items[i], SP_STR(".yaml")) && !is_catalogue(names.items[i]))
            collect_file(sp_embed__path(folder, names.items[i]), &all);
    }
    qsort(all.items, all.count, sizeof *all.items, compare_rows);
    check_places(&all);
    return all;
}

static void write_optional(FILE *out, sp_str path, const sp_yaml *yaml, const char *key)
{
    const sp_yaml *value = sp_yaml_find(yaml, key);
    if (value == NULL)
        fputs(", NULL", out);
    else {
        fputs(", ", out);
        sp_embed__literal(out, scalar_of(path, value, key));
    }
}

static void write_row(FILE *out, const row *one)
{
    sp_str path = one->path;
    static const char *const names[] = {"SP_OBSERVED", "SP_DERIVED", "SP_ASSUMED"};
    sp_str confidence = one_of(path, one->yaml, "confidence", confidences, 3);
    sp_str family = one_of(path, one->yaml, "family", families, 6);
    fputs("    {", out);
    sp_embed__literal(out, one->repository);
    for (size_t i = 0; i < 4; i++)
        fprintf(out, ", list_%u", list_index(list_text(path, sp_yaml_find(one->yaml, list_keys[i]), list_keys[i])));
    write_optional(out, path, one->yaml, "user");
    write_optional(out, path, one->yaml, "distro");
    write_optional(out, path, one->yaml, "libc");
    fputs(", ", out);
    sp_embed__literal(out, family);
    for (size_t i = 0; i < 3; i++) {
        if (sp_str_equal(confidence, sp_str_from(confidences[i])))
            fprintf(out, ", %s, ", names[i]);
    }
    sp_embed__literal(out, scalar_of(path, sp_yaml_find(one->yaml, "source"), "source"));
    fputs("},\n", out);
}

static void write_text(FILE *out, sp_str path, const sp_yaml *root, const char *key)
{
    const sp_yaml *value = sp_yaml_find(root, key);
    if (value == NULL)
        sp_embed__fail_at(path, root, sp_arena_print(sp_embed__arena, "a '%s' is missing", key).text);
    fprintf(out, "const char sp_catalogue__%s[] = ", key);
    sp_embed__literal(out, scalar_of(path, value, key));
    fputs(";\n", out);
}

void sp_embed__write_catalogue(FILE *out, sp_str folder)
{
    sp_str path = sp_embed__path(folder, SP_STR("catalogue.yaml"));
    const sp_yaml *root = sp_embed__yaml(path);
    check_keys(path, root, catalogue_keys, 2);
    rows all = collect_rows(folder);
    fputs("/* Written by sp-embed from policies/images/. */\n#include \"image/catalogue_rows.h\"\n\n", out);
    for (uint32_t i = 0; i < all.count; i++) {
        for (size_t j = 0; j < 4; j++)
            write_list_once(out, all.items[i].path, all.items[i].yaml, list_keys[j]);
    }
    fputs("\nconst sp_image_row sp_catalogue__rows[] = {\n", out);
    for (uint32_t i = 0; i < all.count; i++)
        write_row(out, &all.items[i]);
    fprintf(out, "};\nconst size_t sp_catalogue__row_count = %u;\n", all.count);
    write_text(out, path, root, "version");
    write_text(out, path, root, "date");
}
