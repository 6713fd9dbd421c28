/* Where the command stands, and what reports call a file. */
#ifndef SP_CLI_PATHS_H
#define SP_CLI_PATHS_H

#include <stdbool.h>

typedef struct cli_paths {
    char *working; /* the working directory, absolute */
    char *root;    /* its nearest ancestor with .git, else itself: the configuration lies here */
    char *base;    /* reports name files relative to it: --path-base, else the root */
} cli_paths;

/** Finds them. False, and said, when there is no working directory or no `path_base` (which may be NULL). */
bool cli_paths_init(cli_paths *paths, const char *path_base);

/** What reports call a file or folder: relative to the base, absolute outside of it; UTF-8. free(). */
char *cli_paths_report(const cli_paths *paths, const char *path);

/** What reports call the working directory; "" when it is the base or outside of it. free(). */
char *cli_paths_folder(const cli_paths *paths);

/** How a path below `root` is typed from the working directory ("../x"): for messages. free(). */
char *cli_paths_typed(const cli_paths *paths, const char *name);

void cli_paths_dispose(cli_paths *paths);

/** `folder` and `name` joined by one slash; just `name` when the folder is ".". free(). */
char *cli_path_join(const char *folder, const char *name);

/** The absolute path with links resolved, as far as the folders exist; a link in the last place stays. free(). */
char *cli_path_resolve(const char *path);

/** The rest of `path` behind `folder` and a slash; "" for the folder itself; NULL when it is not inside. */
const char *cli_path_inside(const char *path, const char *folder);

/** The nearest of `folder` (absolute) and its ancestors that has `name` in it; NULL for none. free(). */
char *cli_path_ancestor_with(const char *folder, const char *name);

#endif
