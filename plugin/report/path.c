/* Relative paths, by their text alone. */
#include "report/path.h"

#include "report/cells.h"

/* The size of the first name and the '/' after it. */
static size_t first_name(sp_str path)
{
    size_t size = sp_str_find(path, '/');
    return size < path.size ? size + 1 : size;
}

/* Whether a line that begins so is a command to some CI system that reads logs: "::error::", "##[group]", "--- ", … */
static bool is_command(sp_str path)
{
    return path.size > 0 && path.text[0] != '\0' && strchr(":#-+~^ ", path.text[0]) != NULL;
}

void sp_path_write(sp_buf *out, sp_str folder, sp_str path)
{
    bool absolute = sp_str_starts(path, SP_STR("/"));
    if (absolute != sp_str_starts(folder, SP_STR("/")))
        folder = SP_STR("");
    while (sp_str_ends(folder, SP_STR("/")))
        folder.size--;
    while (folder.size > 0) {
        size_t size = sp_str_find(folder, '/');
        sp_str name = sp_str_head(folder, size);
        if (path.size <= size || path.text[size] != '/' || !sp_str_starts(path, name))
            break;
        path = sp_str_skip(path, size + 1);
        folder = sp_str_skip(folder, first_name(folder));
    }
    if (folder.size == 0 && is_command(path))
        sp_buf_text(out, "./");
    for (; folder.size > 0; folder = sp_str_skip(folder, first_name(folder)))
        sp_buf_text(out, "../");
    sp_cells_write(out, path);
}
