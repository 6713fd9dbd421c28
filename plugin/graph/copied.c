/* What a source of COPY or ADD is: a path, something from the net, a git repository, an inline file. */
#include "graph/copied.h"

#include "base/ascii.h"

/* scheme = (letter | digit)+ before "://"; empty without one. */
static sp_str scheme_of(sp_str source)
{
    size_t size = 0;
    while (size < source.size && sp_ascii_is_letter_or_digit(source.text[size]))
        size++;
    bool scheme = size > 0 && sp_str_starts(sp_str_skip(source, size), SP_STR("://"));
    return sp_str_head(source, scheme ? size : 0);
}

/* The source up to '?' or '#'. */
static sp_str without_query(sp_str source)
{
    source = sp_str_head(source, sp_str_find(source, '#'));
    return sp_str_head(source, sp_str_find(source, '?'));
}

/* The length of the run of letters, digits and `others` that the text starts with. */
static size_t run_of(sp_str text, const char *others)
{
    size_t size = 0;
    while (size < text.size && text.text[size] != '\0' &&
           (sp_ascii_is_letter_or_digit(text.text[size]) || strchr(others, text.text[size]) != NULL))
        size++;
    return size;
}

/* scp = user "@" host ":" path */
static bool is_scp(sp_str source)
{
    size_t user = run_of(source, "-_");
    if (user == 0 || user == source.size || source.text[user] != '@')
        return false;
    sp_str rest = sp_str_skip(source, user + 1);
    size_t host = run_of(rest, "-.");
    return host > 0 && host < rest.size && rest.text[host] == ':' && sp_str_find(rest, '\n') == rest.size;
}

static bool is_git(sp_str source)
{
    sp_str scheme = scheme_of(source);
    if (sp_str_starts(source, SP_STR("./")) || sp_str_starts(source, SP_STR("../")) ||
        sp_str_starts(source, SP_STR("github.com/")))
        return false;
    if (scheme.size == 0)
        return is_scp(source);
    if (!sp_copied__is_url(source, scheme))
        return false;
    if (sp_str_equal_nocase(scheme, SP_STR("ssh")) || sp_str_equal_nocase(scheme, SP_STR("git")))
        return true;
    if (!sp_str_equal_nocase(scheme, SP_STR("http")) && !sp_str_equal_nocase(scheme, SP_STR("https")))
        return false;
    sp_str path = sp_str_skip(without_query(source), scheme.size + 3);
    path = sp_str_skip(path, sp_str_find(path, '/'));
    return sp_str_ends(path, SP_STR(".git"));
}

sp_origin sp_copied_origin(sp_str source)
{
    if (sp_str_find(source, ':') == source.size)
        return SP_ORIGIN_CONTEXT;
    if (is_git(source))
        return SP_ORIGIN_GIT;
    bool url = sp_str_starts(source, SP_STR("http://")) || sp_str_starts(source, SP_STR("https://"));
    return url ? SP_ORIGIN_URL : SP_ORIGIN_CONTEXT;
}

sp_origin sp_copied__origin_of_shape(sp_str shape)
{
    sp_str start = sp_str_head(shape, sp_str_find(shape, '\0'));
    sp_str end = shape;
    while (end.size > 0 && sp_str_find(end, '\0') < end.size)
        end = sp_str_skip(end, sp_str_find(end, '\0') + 1);
    if (sp_str_starts(start, SP_STR("http://")) || sp_str_starts(start, SP_STR("https://")))
        return sp_str_ends(end, SP_STR(".git")) ? SP_ORIGIN_GIT : SP_ORIGIN_URL;
    if (sp_str_starts(start, SP_STR("git@")) || sp_str_starts(start, SP_STR("git://")) ||
        sp_str_starts(start, SP_STR("ssh://")))
        return SP_ORIGIN_GIT;
    bool path = run_of(start, "-_+") < start.size && sp_str_find(start, ':') == start.size &&
                sp_str_find(start, '@') == start.size;
    return path ? SP_ORIGIN_CONTEXT : SP_ORIGIN_UNKNOWN;
}

/* --- the query of a git source --- */

enum { REF, TAG, BRANCH, SUBDIR, CHECKSUM, COMMIT, MTIME, KEEP_GIT_DIR, SUBMODULES, FETCH_BY_COMMIT, KEY_COUNT };

static const sp_str keys[KEY_COUNT] = {
    [REF] = {"ref", 3},
    [TAG] = {"tag", 3},
    [BRANCH] = {"branch", 6},
    [SUBDIR] = {"subdir", 6},
    [CHECKSUM] = {"checksum", 8},
    [COMMIT] = {"commit", 6},
    [MTIME] = {"mtime", 5},
    [KEEP_GIT_DIR] = {"keep-git-dir", 12},
    [SUBMODULES] = {"submodules", 10},
    [FETCH_BY_COMMIT] = {"fetch-by-commit", 15},
};

static int key_of(sp_str name)
{
    int key = 0;
    while (key < KEY_COUNT && !sp_str_equal(keys[key], name))
        key++;
    return key;
}

static const char *value_problem(int key, sp_str value)
{
    if (key >= KEEP_GIT_DIR)
        return value.size == 0 || sp_str_is_bool(value) ? NULL : "a git option wants true or false";
    if (value.size == 0)
        return "a git option has no value";
    if (key == MTIME && !sp_str_equal(value, SP_STR("checkout")) && !sp_str_equal(value, SP_STR("commit")))
        return "mtime is checkout or commit";
    return NULL;
}

/* A ref said twice must be said alike; tags and branches have their own prefix. */
static bool refs_differ(sp_str ref, sp_str prefix, sp_str other)
{
    if (ref.size == 0 || other.size == 0)
        return false;
    if (sp_str_starts(other, prefix) || prefix.size == 0)
        return !sp_str_equal(ref, other);
    return !sp_str_starts(ref, prefix) || !sp_str_equal(sp_str_skip(ref, prefix.size), other);
}

static const char *conflict(const sp_str *values, sp_str fragment)
{
    sp_str ref = sp_str_head(fragment, sp_str_find(fragment, ':'));
    sp_str subdir = sp_str_skip(fragment, ref.size + 1);
    if (refs_differ(ref, SP_STR(""), values[REF]))
        return "the git ref is given twice";
    if (ref.size == 0)
        ref = values[REF];
    if (refs_differ(ref, SP_STR("refs/tags/"), values[TAG]) || refs_differ(ref, SP_STR("refs/heads/"), values[BRANCH]))
        return "the git ref is given twice";
    if (values[TAG].size > 0 && values[BRANCH].size > 0)
        return "a git source has a tag or a branch, not both";
    if (subdir.size > 0 && values[SUBDIR].size > 0 && !sp_str_equal(subdir, values[SUBDIR]))
        return "the subdirectory is given twice";
    return NULL;
}

/* query = { key [ "=" value ] "&" } */
const char *sp_copied__git_problem(sp_str source)
{
    size_t hash = sp_str_find(source, '#');
    sp_str fragment = sp_str_skip(source, hash + 1);
    sp_str query = sp_str_head(source, hash);
    query = sp_str_skip(query, sp_str_find(query, '?') + 1);
    sp_str values[KEY_COUNT] = {{"", 0}};
    bool seen[KEY_COUNT] = {false};
    while (query.size > 0) {
        sp_str pair = sp_str_head(query, sp_str_find(query, '&'));
        query = sp_str_skip(query, pair.size + 1);
        if (pair.size == 0)
            continue;
        sp_str name = sp_str_head(pair, sp_str_find(pair, '='));
        int key = key_of(name);
        if (key == KEY_COUNT)
            return "a git source has no such option";
        if (seen[key])
            return "a git option is given twice";
        seen[key] = true;
        values[key] = sp_str_skip(pair, name.size + 1);
        const char *problem = value_problem(key, values[key]);
        if (problem != NULL)
            return problem;
    }
    return conflict(values, fragment);
}
