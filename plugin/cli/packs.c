/* The packs that a command's arguments name. */
#include "cli/packs.h"

#include "cli/paths.h"
#include "cli/say.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool is_pack(const char *folder)
{
    char *manifest = cli_path_join(folder, "pack.yaml");
    struct stat status;
    bool found = stat(manifest, &status) == 0;
    free(manifest);
    return found;
}

bool cli_packs_list(const char *folder, cli_strings *out)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return errno == ENOENT;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] != '.')
            cli_strings_take(out, cli_path_join(folder, entry->d_name));
    }
    closedir(directory);
    cli_strings_sort(out);
    return true;
}

static bool find(const char *folder, cli_strings *out)
{
    if (is_pack(folder)) {
        cli_strings_add(out, folder);
        return true;
    }
    size_t before = out->count;
    cli_strings entries = {0};
    cli_packs_list(folder, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        if (is_pack(entries.items[i]))
            cli_strings_add(out, entries.items[i]);
    }
    cli_strings_dispose(&entries);
    if (out->count == before)
        cli_say("%s is no pack: neither it nor a folder in it has a pack.yaml", folder);
    return out->count != before;
}

bool cli_packs_find(const cli_strings *folders, cli_strings *out)
{
    bool found = folders->count != 0 || find(".", out);
    for (size_t i = 0; i < folders->count && found; i++)
        found = find(folders->items[i], out);
    return found;
}
