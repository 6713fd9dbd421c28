/* Cleaning paths: no empty names, no ".", and ".." only where nothing is left that it could take away. */
#include "context/path.h"

/* What of `out` is left without its last name; `size` when there is none that ".." may take away. */
static size_t drop_name(const char *out, size_t size, size_t kept)
{
    while (size > kept && out[size - 1] != '/')
        size--;
    return size > kept ? size - 1 : kept;
}

/* A name behind what is there, with a slash between. */
static size_t put_name(char *out, size_t size, sp_str name)
{
    if (size > 0 && out[size - 1] != '/')
        out[size++] = '/';
    memcpy(out + size, name.text, name.size);
    return size + name.size;
}

sp_str sp_context_clean(sp_arena *arena, sp_str path)
{
    char *out = sp_arena_alloc(arena, path.size + 2);
    bool absolute = path.size > 0 && path.text[0] == '/';
    size_t size = 0, kept = 0; /* of what ".." cannot take away */
    if (absolute)
        out[size++] = '/', kept = 1;
    for (sp_str rest = path; rest.size > 0;) {
        sp_str name = sp_str_head(rest, sp_str_find(rest, '/'));
        rest = sp_str_skip(rest, name.size + 1);
        if (name.size == 0 || sp_str_is(name, "."))
            continue;
        if (!sp_str_is(name, "..")) {
            size = put_name(out, size, name);
        } else if (size > kept) {
            size = drop_name(out, size, kept);
        } else if (!absolute) {
            size = kept = put_name(out, size, name);
        }
    }
    return size > 0 ? (sp_str){out, size} : SP_STR(".");
}

sp_str sp_context_path(sp_arena *arena, sp_str path)
{
    const sp_str parts[] = {SP_STR("/"), path};
    sp_str clean = sp_str_skip(sp_context_clean(arena, sp_arena_join(arena, parts, 2)), 1);
    return clean.size > 0 ? clean : SP_STR(".");
}
