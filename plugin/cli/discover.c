/* Which files a command's PATH arguments stand for. */
#include "cli/discover.h"

#include "cli/git.h"
#include "cli/memory.h"
#include "cli/name.h"
#include "cli/say.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static cli_file *add(cli_found *found)
{
    if (found->count == found->capacity) {
        found->capacity = found->capacity != 0 ? 2 * found->capacity : 16;
        found->items = cli_resize(found->items, found->capacity * sizeof *found->items);
    }
    cli_file *file = &found->items[found->count++];
    *file = (cli_file){0};
    return file;
}

cli_file *cli_found_add(cli_found *found, const cli_paths *paths, const char *path)
{
    cli_file *file = add(found);
    file->path = cli_copy(path);
    file->report = cli_paths_report(paths, path);
    return file;
}

void cli_found_fail(cli_found *found, const cli_paths *paths, const char *path, int number)
{
    cli_found_add(found, paths, path)->reason = strerror(number);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* A checkout is not trusted: a link in it must not bring a file of the machine into a report. */
static const char *judge_link(const char *path, const char *limit)
{
    char *target = realpath(path, NULL);
    if (target == NULL)
        return strerror(errno);
    const char *reason = cli_path_inside(target, limit) == NULL
                             ? "It is a link that leads out of the searched folder; name it to have it read"
                             : NULL;
    free(target);
    return reason;
}

static bool is_regular(char *path)
{
    struct stat status;
    bool regular = lstat(path, &status) == 0 && S_ISREG(status.st_mode);
    free(path);
    return regular;
}

/* Whether a path is PACK/NAME/cases/…, of a pack with a policy NAME. */
static bool is_case(const char *path)
{
    for (const char *at = path; (at = strstr(at, "/cases/")) != NULL; at++) {
        const char *name = at;
        while (name > path && name[-1] != '/')
            name--;
        int size = (int)(at - name);
        if (is_regular(cli_format("%.*s/%.*s.lua", (int)(at - path), path, size, name)) &&
            is_regular(cli_format("%.*s/../pack.yaml", (int)(at - path), path)))
            return true;
    }
    return false;
}

void cli_search_judge(const cli_search *search, const char *path)
{
    cli_found *found = search->found;
    cli_name kind = cli_name_judge(last_part(path));
    struct stat status;
    if (kind == CLI_NAME_OTHER)
        return;
    if (is_case(path)) {
        found->cases++;
        return;
    }
    if (lstat(path, &status) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            cli_found_fail(found, search->paths, path, errno);
        return;
    }
    bool is_link = S_ISLNK(status.st_mode);
    if (kind == CLI_NAME_BUILDS || kind == CLI_NAME_BAKE_HCL) {
        if (S_ISREG(status.st_mode))
            cli_strings_add(kind == CLI_NAME_BUILDS ? &found->declaring : &found->hcl, path);
        return;
    }
    if (is_link && stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return;
    if (!is_link && !S_ISREG(status.st_mode))
        return;
    if (kind == CLI_NAME_SOURCE) {
        cli_strings_add(&found->sources, path);
        return;
    }
    cli_found_add(found, search->paths, path)->reason = is_link ? judge_link(path, search->limit) : NULL;
}

/* An index can be written by hand: what it lists may stand outside of the folder. */
static bool leads_out(const char *name)
{
    const char *up = strstr(name, "../");
    while (up != NULL && up != name && up[-1] != '/')
        up = strstr(up + 1, "../");
    return name[0] == '/' || up != NULL;
}

/* Whether a folder of the path is .git, node_modules, or by now a link: what lies behind it is not git's. */
static bool is_left_out(const char *folder, const char *name)
{
    for (const char *part = name, *slash; (slash = strchr(part, '/')) != NULL; part = slash + 1) {
        size_t size = (size_t)(slash - part);
        if ((size == 4 && memcmp(part, ".git", 4) == 0) || (size == 12 && memcmp(part, "node_modules", 12) == 0))
            return true;
        char *prefix = cli_format("%.*s", (int)(slash - name), name);
        char *path = cli_path_join(folder, prefix);
        struct stat status;
        bool is_link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
        free(prefix);
        free(path);
        if (is_link)
            return true;
    }
    return false;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A repository inside the repository: git names its folder ("x/" when untracked, "x" for a submodule) and stops. */
static bool is_repository(const char *path)
{
    char *git = cli_path_join(path, ".git");
    struct stat status;
    bool found = is_folder(path) && lstat(git, &status) == 0;
    free(git);
    return found;
}

static void say_once(cli_found *found, const char *folder, const char *reason)
{
    if (!found->said_git) {
        cli_say("git cannot list the files of %s, so ignored files are searched too: %s", folder,
                *reason != '\0' ? reason : "it failed");
        found->said_git = true;
    }
}

static void visit_listed(cli_search *search, const char *folder, const char *name, bool submodules)
{
    size_t size = strlen(name);
    bool nested = name[size - 1] == '/';
    bool wanted = nested || submodules || cli_name_judge(last_part(name)) != CLI_NAME_OTHER;
    if (!wanted || leads_out(name) || is_left_out(folder, name))
        return;
    char *trimmed = cli_format("%.*s", (int)(nested ? size - 1 : size), name);
    char *path = cli_path_join(folder, trimmed);
    free(trimmed);
    if (is_repository(path)) {
        cli_strings_take(&search->folders, path);
        return;
    }
    cli_search_judge(search, path);
    free(path);
}

/* Lists by git where the folder is in a checkout and git agrees; by walking otherwise. */
static void search_folder(cli_search *search, const char *folder)
{
    char *real = realpath(folder, NULL);
    char *checkout = real != NULL ? cli_path_ancestor_with(real, ".git") : NULL;
    cli_strings names = {0};
    char *reason = NULL;
    if (checkout == NULL || !cli_git_list(folder, &names, &reason)) {
        if (checkout != NULL)
            say_once(search->found, folder, reason);
        cli_search_walk(search, folder);
    } else {
        search->found->asked_git = true;
        if (*reason != '\0')
            cli_say("git: %s", reason);
        char *modules = cli_path_join(checkout, ".gitmodules");
        struct stat status;
        bool submodules = lstat(modules, &status) == 0;
        free(modules);
        for (size_t i = 0; i < names.count; i++)
            visit_listed(search, folder, names.items[i], submodules);
    }
    cli_strings_dispose(&names);
    free(reason);
    free(checkout);
    free(real);
}

static void discover_folder(cli_found *found, const cli_paths *paths, const char *folder)
{
    char *real = realpath(folder, NULL);
    if (real == NULL) {
        cli_found_fail(found, paths, folder, errno);
        return;
    }
    bool in_root = cli_path_inside(real, paths->root) != NULL;
    cli_search search = {.found = found, .paths = paths, .limit = in_root ? paths->root : real};
    cli_strings_add(&search.folders, folder);
    for (char *next; (next = cli_strings_pop(&search.folders)) != NULL; free(next))
        search_folder(&search, next);
    cli_strings_dispose(&search.folders);
    free(real);
}

/* A compose file that lies beside a named file is found like one in a searched folder. */
static void look_beside(cli_found *found, const cli_paths *paths, const char *path)
{
    static const char *const names[] = {"compose.yaml",       "compose.yml",      "docker-compose.yaml",
                                        "docker-compose.yml", "docker-bake.json", "docker-bake.hcl"};
    const cli_search search = {.found = found, .paths = paths, .limit = paths->root};
    const char *slash = strrchr(path, '/');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *beside = cli_format("%.*s%s", slash != NULL ? (int)(slash + 1 - path) : 0, path, names[i]);
        cli_search_judge(&search, beside);
        free(beside);
    }
}

static void discover_operand(cli_found *found, const cli_paths *paths, const char *operand, const char *stdin_name)
{
    if (strcmp(operand, "-") == 0) {
        cli_file *file = add(found);
        file->report = stdin_name != NULL ? cli_paths_report(paths, stdin_name) : cli_copy("<stdin>");
        file->named = true;
        return;
    }
    struct stat status;
    if (stat(operand, &status) == 0 && S_ISDIR(status.st_mode)) {
        discover_folder(found, paths, operand);
        return;
    }
    cli_found_add(found, paths, operand)->named = true;
    look_beside(found, paths, operand);
}

static int by_report(const void *left, const void *right)
{
    return strcmp(((const cli_file *)left)->report, ((const cli_file *)right)->report);
}

static int by_report_path(const void *left, const void *right)
{
    const cli_file *a = left, *b = right;
    int order = by_report(a, b);
    return order != 0 ? order : (int)b->named - (int)a->named;
}

static void dispose_file(cli_file *file)
{
    free(file->path);
    free(file->report);
}

/* Two PATHs may lead to the same file; the one that was named stays. */
void cli_found_sort(cli_found *found)
{
    if (found->count == 0)
        return;
    qsort(found->items, found->count, sizeof *found->items, by_report_path);
    size_t kept = 1;
    for (size_t i = 1; i < found->count; i++) {
        if (strcmp(found->items[i].report, found->items[kept - 1].report) == 0)
            dispose_file(&found->items[i]);
        else
            found->items[kept++] = found->items[i];
    }
    found->count = kept;
}

const cli_file *cli_found_find(const cli_found *found, const char *report)
{
    cli_file wanted = {.report = cli_copy(report)};
    const cli_file *file =
        found->count > 0 ? bsearch(&wanted, found->items, found->count, sizeof wanted, by_report) : NULL;
    free(wanted.report);
    return file;
}

void cli_found_declare(cli_found *found, const cli_paths *paths, const char *path, const char *report, const char *text,
                       size_t size)
{
    cli_file *file = path != NULL ? cli_found_add(found, paths, path) : add(found);
    if (path == NULL)
        file->report = cli_copy(report);
    file->named = true;
    file->text = text;
    file->size = size;
}

void cli_discover(const cli_paths *paths, const cli_strings *operands, const char *stdin_name, cli_found *out)
{
    *out = (cli_found){0};
    for (size_t i = 0; i < operands->count; i++)
        discover_operand(out, paths, operands->items[i], stdin_name);
    cli_found_sort(out);
    cli_strings_sort(&out->declaring);
    cli_strings_sort(&out->hcl);
    if (out->cases > 0)
        cli_say("skipped %zu case%s of policy packs, which 'stagepolicy test' runs", out->cases,
                out->cases == 1 ? "" : "s");
}

void cli_found_dispose(cli_found *found)
{
    for (size_t i = 0; i < found->count; i++)
        dispose_file(&found->items[i]);
    free(found->items);
    cli_strings_dispose(&found->sources);
    cli_strings_dispose(&found->declaring);
    cli_strings_dispose(&found->hcl);
    *found = (cli_found){0};
}
