/* Packs on disk: pack.yaml, NAME/NAME.lua and lib/NAME.lua. */
#include "config/pack.h"

#include "base/limits.h"
#include "config/folder.h"

typedef SP_LIST(sp_pack_file) pack_files;

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_pack *pack;
    size_t bytes; /* of Lua so far */
    sp_error *error;
} reading;

/* A fault of pack.yaml has the pack's own status. */
static sp_status as_pack_fault(sp_status status, sp_error *error)
{
    if (status == SP_OK || status == SP_E_MEMORY)
        return status;
    if (error != NULL && error->status == SP_E_CONFIG)
        error->status = SP_E_PACK;
    return SP_E_PACK;
}

bool sp_pack_is_name(sp_str name)
{
    if (name.size == 0 || name.text[0] < 'a' || name.text[0] > 'z')
        return false;
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.text[i];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-'))
            return false;
    }
    return true;
}

/* name = lower-case letter { lower-case letter | digit | "-" } */
static sp_status read_name(const reading *reader, const sp_yaml *root, sp_str path)
{
    const sp_yaml *value = sp_yaml_find(root, "name");
    if (value == NULL)
        return sp_error_at(reader->error, SP_E_PACK, path, root->line, root->column,
                           "the key 'name' is missing; policies of the pack are called NAME/…");
    sp_status status = sp_yaml_text(value, path, "name", &reader->pack->name, reader->error);
    if (status == SP_OK && !sp_pack_is_name(reader->pack->name))
        return sp_error_at(reader->error, SP_E_PACK, path, value->line, value->column,
                           "name must be lower-case letters, digits and '-', a letter first");
    return status;
}

/* api = "1" */
static sp_status read_api(const reading *reader, const sp_yaml *root, sp_str path)
{
    const sp_yaml *value = sp_yaml_find(root, "api");
    int64_t api = 1;
    sp_status status = value != NULL ? sp_yaml_integer(value, path, "api", &api, reader->error) : SP_OK;
    if (status == SP_OK && api != 1)
        return sp_error_at(reader->error, SP_E_PACK, path, value->line, value->column,
                           "this version reads packs of api 1 only");
    return status;
}

/* manifest = "{" "name:" name [ "version:" text ] [ "api:" api ] [ "description:" text ] "}" */
static sp_status read_manifest(const reading *reader, sp_str path, sp_str text)
{
    static const sp_str keys[] = {{"name", 4}, {"version", 7}, {"api", 3}, {"description", 11}};
    const sp_yaml *root = NULL;
    sp_status status = sp_yaml_read(reader->arena, path, text, &root, reader->error);
    if (status != SP_OK)
        return status;
    if (root->kind != SP_YAML_MAPPING)
        return sp_error_at(reader->error, SP_E_PACK, path, root->line, root->column,
                           "a pack.yaml must be a mapping (name: …)");
    status = sp_yaml_check_keys(root, path, keys, sizeof keys / sizeof *keys, reader->error);
    if (status == SP_OK)
        status = read_name(reader, root, path);
    if (status == SP_OK)
        status = read_api(reader, root, path);
    const sp_yaml *version = sp_yaml_find(root, "version"), *description = sp_yaml_find(root, "description");
    sp_str ignored = SP_STR("");
    if (status == SP_OK && version != NULL)
        status = sp_yaml_text(version, path, "version", &reader->pack->version, reader->error);
    if (status == SP_OK && description != NULL)
        status = sp_yaml_text(description, path, "description", &ignored, reader->error);
    return status;
}

static sp_status add_file(reading *reader, pack_files *files, sp_str name, sp_str path)
{
    sp_pack_file file = {.name = name, .path = path};
    sp_status status = sp_file_read(reader->arena, path, SP_LIMIT_POLICY_SOURCE, &file.text, reader->error);
    if (status != SP_OK)
        return status;
    reader->bytes += file.text.size;
    if (reader->bytes > SP_LIMIT_PACK_BYTES || files->count >= SP_LIMIT_PACK_POLICIES)
        return sp_error_at(reader->error, SP_E_PACK, reader->pack->path, 0, 0,
                           "a pack may hold %u policies and %u bytes of Lua", SP_LIMIT_PACK_POLICIES,
                           SP_LIMIT_PACK_BYTES);
    *sp_list_add(reader->arena, files) = file;
    return SP_OK;
}

static bool cut_lua(sp_str *name)
{
    if (name->size <= 4 || !sp_str_ends(*name, SP_STR(".lua")))
        return false;
    name->size -= 4;
    return true;
}

/* lib = { NAME.lua } */
static sp_status read_modules(reading *reader, sp_str folder, pack_files *files)
{
    sp_names names = {0};
    sp_status status = sp_folder_names(reader->arena, folder, &names, reader->error);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++) {
        sp_str path = sp_folder_join(reader->arena, folder, names.items[i]);
        sp_str name = names.items[i];
        if (cut_lua(&name) && sp_file_kind_of(path) == SP_FILE_REGULAR)
            status = add_file(reader, files, sp_arena_copy(reader->arena, name), path);
    }
    return status;
}

/* A folder with Lua files, but not the one that would be the policy: a misspelt name must not switch a policy off. */
static sp_status check_other_lua(const reading *reader, sp_str folder, sp_str wanted)
{
    sp_names names = {0};
    sp_status status = sp_folder_names(reader->arena, folder, &names, reader->error);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++) {
        sp_str name = names.items[i];
        if (cut_lua(&name))
            return sp_error_at(reader->error, SP_E_PACK, folder, 0, 0,
                               "the policy must be the regular file '%.*s'; here is '%.*s'", SP_STR_ARG(wanted),
                               SP_STR_ARG(names.items[i]));
    }
    return status;
}

/* policy-folder = NAME "/" NAME.lua; other folders and files are not the pack's business */
static sp_status read_policy(reading *reader, sp_str folder, sp_str name, pack_files *files)
{
    sp_str file = sp_arena_join(reader->arena, (sp_str[]){name, SP_STR(".lua")}, 2);
    sp_str path = sp_folder_join(reader->arena, folder, file);
    if (sp_file_kind_of(path) != SP_FILE_REGULAR)
        return check_other_lua(reader, folder, file);
    return add_file(reader, files, name, path);
}

static sp_status read_folders(reading *reader, sp_str folder)
{
    pack_files policies = {0}, modules = {0};
    sp_names names = {0};
    sp_status status = sp_folder_names(reader->arena, folder, &names, reader->error);
    for (uint32_t i = 0; status == SP_OK && i < names.count; i++) {
        sp_str path = sp_folder_join(reader->arena, folder, names.items[i]);
        if (sp_file_kind_of(path) != SP_FILE_FOLDER)
            continue;
        if (sp_str_equal(names.items[i], SP_STR("lib")))
            status = read_modules(reader, path, &modules);
        else
            status = read_policy(reader, path, names.items[i], &policies);
    }
    reader->pack->policies.items = policies.items;
    reader->pack->policies.count = policies.count;
    reader->pack->modules.items = modules.items;
    reader->pack->modules.count = modules.count;
    return status;
}

static sp_str without_slashes(sp_str path)
{
    while (path.size > 1 && sp_str_ends(path, SP_STR("/")))
        path.size--;
    return path;
}

sp_status sp_pack_read_manifest(sp_arena *arena, sp_str folder, sp_pack *out, sp_error *error)
{
    folder = sp_arena_copy(arena, without_slashes(folder));
    *out = (sp_pack){.path = folder};
    reading reader = {.arena = arena, .pack = out, .error = error};
    sp_str manifest = sp_folder_join(arena, folder, SP_STR("pack.yaml")), text = SP_STR("");
    sp_names names = {0};
    sp_status status = sp_folder_names(arena, folder, &names, error);
    if (status != SP_OK)
        return status;
    if (sp_file_kind_of(manifest) == SP_FILE_NONE)
        return sp_error_at(error, SP_E_PACK, folder, 0, 0, "not a pack: there is no pack.yaml in this folder");
    status = sp_file_read(arena, manifest, SP_LIMIT_YAML_BYTES, &text, error);
    return status == SP_OK ? as_pack_fault(read_manifest(&reader, manifest, text), error) : status;
}

/* pack = pack.yaml { policy-folder } [ lib ] */
sp_status sp_pack_read(sp_arena *arena, sp_str folder, sp_pack *out, sp_error *error)
{
    sp_status status = sp_pack_read_manifest(arena, folder, out, error);
    reading reader = {.arena = arena, .pack = out, .error = error};
    if (status == SP_OK)
        status = read_folders(&reader, out->path);
    if (status == SP_OK && out->policies.count == 0)
        return sp_error_at(error, SP_E_PACK, out->path, 0, 0, "this pack holds no policy (NAME/NAME.lua)");
    return status;
}
