/* Paths of compose files, put together as text; nothing looks at the disk. */
#include "config/compose_reading.h"

static bool is_absolute(sp_str path)
{
    return sp_str_starts(path, SP_STR("/"));
}

bool sp_compose__is_remote(sp_str path)
{
    static const char *const starts[] = {"service:", "github.com/", "git@"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (sp_str_starts(path, sp_str_from(starts[i])))
            return true;
    }
    return sp_str_search(path, SP_STR("://")) != SIZE_MAX;
}

sp_str sp_compose__folder_of(sp_str path)
{
    while (path.size > 0 && path.text[path.size - 1] != '/')
        path.size--;
    return path.size > 1 ? sp_str_head(path, path.size - 1) : path;
}

/* Takes the last step away from steps; false when there is none, or it leads up. */
static bool drop_step(sp_str *steps, uint32_t *count)
{
    if (*count == 0 || sp_str_equal(steps[*count - 1], SP_STR("..")))
        return false;
    --*count;
    return true;
}

sp_str sp_compose__join(sp_arena *arena, sp_str folder, sp_str path)
{
    if (sp_compose__is_remote(path))
        return path;
    if (is_absolute(path))
        folder = SP_STR("");
    sp_str parts[] = {folder, SP_STR("/"), path};
    sp_str rest = folder.size > 0 ? sp_arena_join(arena, parts, 3) : path;
    bool absolute = is_absolute(rest);
    SP_LIST(sp_str) kept = {0}; /* each step behind a slash, but the first of a relative path */
    uint32_t count = 0;
    sp_str *steps = sp_arena_alloc(arena, (rest.size / 2 + 1) * sizeof *steps);
    while (rest.size > 0) {
        sp_str step = sp_str_head(rest, sp_str_find(rest, '/'));
        rest = sp_str_skip(rest, step.size + 1);
        bool leads_up = sp_str_equal(step, SP_STR(".."));
        if (step.size == 0 || sp_str_equal(step, SP_STR(".")) || (leads_up && (drop_step(steps, &count) || absolute)))
            continue;
        steps[count++] = step;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (absolute || i > 0)
            *sp_list_add(arena, &kept) = SP_STR("/");
        *sp_list_add(arena, &kept) = steps[i];
    }
    if (count == 0)
        return absolute ? SP_STR("/") : SP_STR(".");
    return sp_arena_join(arena, kept.items, kept.count);
}
