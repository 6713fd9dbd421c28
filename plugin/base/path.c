/* Paths by their text alone. */
#include "base/path.h"

/* Where the last part of the clean text written so far begins to be taken away by "..": the size without it. */
static size_t without_last(const char *text, size_t size)
{
    while (size > 0 && text[size - 1] != '/')
        size--;
    return size > 0 ? size - 1 : 0;
}

static bool ends_in_parent(const char *text, size_t size)
{
    return size >= 2 && text[size - 1] == '.' && text[size - 2] == '.' && (size == 2 || text[size - 3] == '/');
}

sp_str sp_path_clean(sp_arena *arena, sp_str path)
{
    bool absolute = path.size > 0 && path.text[0] == '/';
    char *text = sp_arena_alloc(arena, path.size + 2);
    size_t size = 0;
    while (path.size > 0) {
        size_t end = sp_str_find(path, '/');
        sp_str part = sp_str_head(path, end);
        path = sp_str_skip(path, end + 1);
        if (part.size == 0 || sp_str_equal(part, SP_STR(".")))
            continue;
        bool up = sp_str_equal(part, SP_STR(".."));
        if (up && (absolute || (size > 0 && !ends_in_parent(text, size)))) {
            size = without_last(text, size);
            continue;
        }
        if (absolute || size > 0)
            text[size++] = '/';
        memcpy(text + size, part.text, part.size);
        size += part.size;
    }
    if (size == 0)
        return absolute ? SP_STR("/") : SP_STR(".");
    return (sp_str){text, size};
}

sp_str sp_path_join(sp_arena *arena, sp_str base, sp_str path)
{
    if (path.size > 0 && path.text[0] == '/')
        return sp_path_clean(arena, path);
    sp_str parts[] = {base, SP_STR("/"), path};
    return sp_path_clean(arena, base.size == 0 ? path : sp_arena_join(arena, parts, 3));
}

sp_str sp_path_below(sp_arena *arena, sp_str path)
{
    const sp_str parts[] = {SP_STR("/"), path};
    sp_str clean = sp_str_skip(sp_path_clean(arena, sp_arena_join(arena, parts, 2)), 1);
    return clean.size > 0 ? clean : SP_STR(".");
}

bool sp_path_contains(sp_str outer, sp_str inner)
{
    if (!sp_str_starts(inner, outer))
        return false;
    return inner.size == outer.size || sp_str_ends(outer, SP_STR("/")) || inner.text[outer.size] == '/';
}

sp_str sp_path_last(sp_str path)
{
    size_t at = path.size;
    while (at > 0 && path.text[at - 1] != '/')
        at--;
    return sp_str_skip(path, at);
}

sp_str sp_path_program(sp_str path)
{
    size_t from = path.size;
    while (from > 0 && path.text[from - 1] != '/' && path.text[from - 1] != '\\')
        from--;
    return sp_str_skip(path, from);
}

sp_str sp_path_folder(sp_str path)
{
    sp_str last = sp_path_last(path);
    size_t size = path.size - last.size;
    if (size == 0)
        return SP_STR(".");
    return (sp_str){path.text, size > 1 ? size - 1 : 1};
}
