/* Matching of path globs without recursion: of two kinds of stars, only the last of each can still matter. */
#include "config/path_glob.h"

/* The size of the class "[…]" at the start of `glob`, with whether it holds `byte`; 0 when it is not closed. */
static size_t class_size(sp_str glob, char byte, bool *holds)
{
    size_t i = 1;
    bool negated = i < glob.size && (glob.text[i] == '!' || glob.text[i] == '^');
    bool found = false;
    i += negated;
    for (size_t first = i; i < glob.size && (glob.text[i] != ']' || i == first); i++) {
        unsigned char low = (unsigned char)glob.text[i], high = low;
        if (i + 2 < glob.size && glob.text[i + 1] == '-' && glob.text[i + 2] != ']') {
            high = (unsigned char)glob.text[i + 2];
            i += 2;
        }
        found = found || ((unsigned char)byte >= low && (unsigned char)byte <= high);
    }
    *holds = found != negated && byte != '/';
    return i < glob.size ? i + 1 : 0;
}

/* The size of the piece of `glob` that matches `byte`: one byte, an escaped one, '?', or a class. 0: no match. */
static size_t match_one(sp_str glob, char byte)
{
    if (glob.size == 0)
        return 0;
    if (glob.text[0] == '?')
        return byte != '/';
    if (glob.text[0] == '\\' && glob.size > 1)
        return glob.text[1] == byte ? 2 : 0;
    if (glob.text[0] == '[') {
        bool holds = false;
        size_t size = class_size(glob, byte, &holds);
        if (size > 0)
            return holds ? size : 0;
    }
    return glob.text[0] == byte;
}

/* The size of "**" (with the '/' that follows it, which it also stands for) at the start of `glob`, else 0. */
static size_t deep_size(sp_str glob)
{
    if (!sp_str_starts(glob, SP_STR("**")))
        return 0;
    size_t size = 2;
    while (size < glob.size && glob.text[size] == '*')
        size++;
    return size < glob.size && glob.text[size] == '/' ? size + 1 : size;
}

/* Where to go on when what follows a star does not match. */
typedef struct retry {
    bool set;
    size_t glob, path;
} retry;

static bool go_back(retry *point, sp_str path, bool deep, size_t *i, size_t *j)
{
    if (!point->set || point->path >= path.size || (!deep && path.text[point->path] == '/'))
        return false;
    *i = point->glob;
    *j = ++point->path;
    return true;
}

/* After "**" followed by '/', a name must begin. */
static bool starts_name(sp_str path, size_t at)
{
    return at == 0 || path.text[at - 1] == '/';
}

static bool go_back_deep(retry *point, sp_str glob, sp_str path, size_t *i, size_t *j)
{
    bool whole_names = point->set && point->glob > 0 && glob.text[point->glob - 1] == '/';
    do {
        if (!go_back(point, path, true, i, j))
            return false;
    } while (whole_names && !starts_name(path, *j));
    return true;
}

static bool matches(sp_str glob, sp_str path)
{
    retry star = {0}, deep = {0};
    size_t i = 0, j = 0;
    while (i < glob.size || j < path.size) {
        sp_str rest = sp_str_skip(glob, i);
        size_t size = deep_size(rest);
        if (size > 0) {
            i += size;
            deep = (retry){true, i, j};
            star.set = false;
            continue;
        }
        if (rest.size > 0 && rest.text[0] == '*') {
            star = (retry){true, ++i, j};
            continue;
        }
        size = j < path.size ? match_one(rest, path.text[j]) : 0;
        if (size > 0) {
            i += size;
            j++;
            continue;
        }
        if (go_back(&star, path, false, &i, &j))
            continue;
        star.set = false;
        if (!go_back_deep(&deep, glob, path, &i, &j))
            return false;
    }
    return true;
}

/* One name at any depth. */
static bool matches_a_name(sp_str glob, sp_str path, bool folders_only)
{
    for (;;) {
        size_t end = sp_str_find(path, '/');
        bool last = end == path.size;
        if (!(last && folders_only) && matches(glob, sp_str_head(path, end)))
            return true;
        if (last)
            return false;
        path = sp_str_skip(path, end + 1);
    }
}

bool sp_path_glob_covers(sp_str glob, sp_str path)
{
    bool folders_only = glob.size > 1 && sp_str_ends(glob, SP_STR("/"));
    glob.size -= folders_only;
    if (sp_str_starts(glob, SP_STR("./")))
        glob = sp_str_skip(glob, 1);
    if (sp_str_find(glob, '/') == glob.size)
        return matches_a_name(glob, path, folders_only);
    if (glob.text[0] == '/')
        glob = sp_str_skip(glob, 1);
    if (!folders_only && matches(glob, path))
        return true;
    for (size_t end = 0; end < path.size; end++) {
        if (path.text[end] == '/' && matches(glob, sp_str_head(path, end)))
            return true;
    }
    return false;
}
