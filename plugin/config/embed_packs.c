/* The packs of a folder as C tables, for config/builtin.h. */
#include "config/embed.h"

/* One table of files; gives their number. */
static uint32_t write_files(FILE *out, const char *kind, uint32_t pack, const sp_texts *names, const sp_texts *paths,
                            sp_str root)
{
    if (names->count == 0)
        return 0;
    fprintf(out, "\nstatic const sp_builtin_file %s_%u[] = {\n", kind, pack);
    for (uint32_t i = 0; i < names->count; i++) {
        fputs("    {", out);
        sp_embed__str(out, names->items[i]);
        fputs(", ", out);
        sp_embed__str(out, sp_arena_print(sp_embed__arena, "policies/%.*s", SP_STR_ARG(paths->items[i])));
        fputs(", ", out);
        sp_embed__str(out, sp_embed__file(sp_embed__path(root, paths->items[i])));
        fputs("},\n", out);
    }
    fputs("};\n", out);
    return names->count;
}

/* NAME/NAME.lua of a pack. */
static uint32_t write_policies(FILE *out, uint32_t pack, sp_str root, sp_str name)
{
    sp_texts all = sp_embed__names(sp_embed__path(root, name)), names = {0}, paths = {0};
    for (uint32_t i = 0; i < all.count; i++) {
        sp_str policy = all.items[i];
        sp_str path = sp_arena_print(sp_embed__arena, "%.*s/%.*s/%.*s.lua", SP_STR_ARG(name), SP_STR_ARG(policy),
                                     SP_STR_ARG(policy));
        if (!sp_embed__exists(sp_embed__path(root, path)))
            continue;
        *sp_list_add(sp_embed__arena, &names) = policy;
        *sp_list_add(sp_embed__arena, &paths) = path;
    }
    return write_files(out, "policies", pack, &names, &paths, root);
}

/* lib/NAME.lua of a pack. */
static uint32_t write_modules(FILE *out, uint32_t pack, sp_str root, sp_str name)
{
    sp_str folder = sp_embed__path(name, SP_STR("lib"));
    sp_texts all = sp_embed__names(sp_embed__path(root, folder)), names = {0}, paths = {0};
    for (uint32_t i = 0; i < all.count; i++) {
        if (!sp_str_ends(all.items[i], SP_STR(".lua")))
            continue;
        *sp_list_add(sp_embed__arena, &names) = sp_str_head(all.items[i], all.items[i].size - 4);
        *sp_list_add(sp_embed__arena, &paths) = sp_embed__path(folder, all.items[i]);
    }
    return write_files(out, "modules", pack, &names, &paths, root);
}

static void write_list_reference(FILE *out, const char *kind, uint32_t pack, uint32_t count)
{
    if (count == 0)
        fputs(", NULL, 0", out);
    else
        fprintf(out, ", %s_%u, %u", kind, pack, count);
}

static sp_str pack_version(sp_str path)
{
    const sp_yaml *root = sp_embed__yaml(path);
    const sp_yaml *version = sp_yaml_find(root, "version");
    if (version == NULL || version->kind != SP_YAML_SCALAR)
        sp_embed__fail_at(path, version != NULL ? version : root, "a pack needs a version, such as 0.1.0");
    return version->scalar;
}

/* The folders of `root` that have a pack.yaml. */
static sp_texts pack_names(sp_str root)
{
    sp_texts all = sp_embed__names(root), packs = {0};
    for (uint32_t i = 0; i < all.count; i++) {
        if (sp_embed__exists(sp_embed__path(sp_embed__path(root, all.items[i]), SP_STR("pack.yaml"))))
            *sp_list_add(sp_embed__arena, &packs) = all.items[i];
    }
    return packs;
}

void sp_embed__write_packs(FILE *out, sp_str root)
{
    sp_texts packs = pack_names(root);
    uint32_t *policies = sp_arena_zeroed(sp_embed__arena, sizeof *policies * (packs.count + 1));
    uint32_t *modules = sp_arena_zeroed(sp_embed__arena, sizeof *modules * (packs.count + 1));
    fputs("/* Written by sp-embed from policies/. */\n#include \"config/builtin.h\"\n", out);
    for (uint32_t i = 0; i < packs.count; i++) {
        policies[i] = write_policies(out, i, root, packs.items[i]);
        modules[i] = write_modules(out, i, root, packs.items[i]);
    }
    fputs("\nconst sp_builtin_pack sp_builtin_packs[] = {\n", out);
    for (uint32_t i = 0; i < packs.count; i++) {
        sp_str name = packs.items[i];
        fputs("    {", out);
        sp_embed__str(out, name);
        fputs(", ", out);
        sp_embed__str(out, pack_version(sp_embed__path(sp_embed__path(root, name), SP_STR("pack.yaml"))));
        fputs(", ", out);
        sp_embed__str(out, sp_arena_print(sp_embed__arena, "policies/%.*s", SP_STR_ARG(name)));
        write_list_reference(out, "policies", i, policies[i]);
        write_list_reference(out, "modules", i, modules[i]);
        fputs("},\n", out);
    }
    fprintf(out, "%s};\nconst size_t sp_builtin_pack_count = %u;\n", packs.count == 0 ? "    {{0}}\n" : "",
            packs.count);
}
