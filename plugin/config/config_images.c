/* `images:` of the configuration: the mirrors that an organisation pulls images from, and what it knows of images. */
#include "config/config_images.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path;
    sp_config *out;
    sp_error *error;
} reading;

/* Docker Hub aside, the first part of a name is a registry only if it looks like a host. */
static bool names_registry(sp_str text)
{
    sp_str host = sp_str_head(text, sp_str_find(text, '/'));
    return sp_str_equal(host, SP_STR("localhost")) || sp_str_find(host, '.') < host.size ||
           sp_str_find(host, ':') < host.size;
}

/* place = registry "/" { name "/" }; in `value`, or beside it when that is none */
static sp_status read_place(const reading *reader, const sp_yaml *value, sp_str *out)
{
    static const char wanted[] =
        "a registry or a part of one, ending with '/': registry.example/dockerhub/, docker.io/";
    *out = value->kind == SP_YAML_SCALAR ? value->scalar : SP_STR("");
    if (names_registry(*out) && sp_str_ends(*out, SP_STR("/")))
        return SP_OK;
    return sp_yaml_fail_kind(value, reader->path, "a mirror, and what it stands for,", wanted, reader->error);
}

/* mirrors = "{" { place ":" place } "}" */
static sp_status read_mirrors(const reading *reader, const sp_yaml *value)
{
    if (value->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(value, reader->path, "mirrors", "a mapping, registry.example/dockerhub/: docker.io/",
                                 reader->error);
    sp_status status = SP_OK;
    for (uint32_t i = 0; status == SP_OK && i < value->keys.count; i++) {
        sp_config_mirror *mirror = sp_list_add(reader->arena, &reader->out->mirrors);
        status = read_place(reader, value->keys.items[i], &mirror->prefix);
        if (status == SP_OK)
            status = read_place(reader, value->items.items[i], &mirror->stands_for);
    }
    return status;
}

/* catalogues = "[" { file } "]" */
static sp_status read_catalogues(const reading *reader, const sp_yaml *value)
{
    static const char wanted[] = "a list of files, [images.yaml]";
    if (value->kind != SP_YAML_SEQUENCE)
        return sp_yaml_fail_kind(value, reader->path, "catalogues", wanted, reader->error);
    for (uint32_t i = 0; i < value->items.count; i++) {
        const sp_yaml *file = value->items.items[i];
        if (file->kind != SP_YAML_SCALAR || file->scalar.size == 0)
            return sp_yaml_fail_kind(file, reader->path, "catalogues", wanted, reader->error);
        *sp_list_add(reader->arena, &reader->out->catalogues) = file->scalar;
    }
    return SP_OK;
}

/* images = "{" [ "mirrors:" mirrors ] [ "catalogues:" catalogues ] "}" */
sp_status sp_config__read_images(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config *out, sp_error *error)
{
    static const sp_str keys[] = {{"mirrors", 7}, {"catalogues", 10}};
    reading reader = {arena, path, out, error};
    if (value->kind != SP_YAML_MAPPING)
        return sp_yaml_fail_kind(value, path, "images", "a mapping (key: value)", error);
    sp_status status = sp_yaml_check_keys(value, path, keys, sizeof keys / sizeof *keys, error);
    const sp_yaml *mirrors = sp_yaml_find(value, "mirrors"), *catalogues = sp_yaml_find(value, "catalogues");
    if (status == SP_OK && mirrors != NULL)
        status = read_mirrors(&reader, mirrors);
    if (status == SP_OK && catalogues != NULL)
        status = read_catalogues(&reader, catalogues);
    return status;
}
