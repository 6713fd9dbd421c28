/* How each manager writes a package: its name, version and source. */
#include "facts/tool.h"

/* The offset of the first of these bytes, or the size. */
static size_t find_any(sp_str text, const char *bytes)
{
    size_t at = 0;
    while (at < text.size && (text.text[at] == '\0' || strchr(bytes, text.text[at]) == NULL))
        at++;
    return at;
}

static bool starts_with_any(sp_str text, const char *const *heads, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_str_starts(text, sp_str_from(heads[i])))
            return true;
    }
    return false;
}

static bool ends_with_any(sp_str text, const char *const *tails, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_str_ends(text, sp_str_from(tails[i])))
            return true;
    }
    return false;
}

static sp_str source_of(sp_str text, sp_spelling spelling)
{
    static const char *const git[] = {"git+", "git://", "git@", "github:", "gitlab:", "bitbucket:", "hg+", "svn+"};
    static const char *const url[] = {"http://", "https://", "ftp://"};
    static const char *const file[] = {"./", "../", "/", "~/", "file:"};
    static const char *const archives[] = {".whl", ".tar.gz", ".tgz", ".zip",    ".deb",
                                           ".rpm", ".gem",    ".apk", ".tar.bz2"};
    if (find_any(text, "/.:@~") == text.size)
        return SP_STR("index");
    size_t at = spelling == SP_SPELLED_PIP ? sp_str_search(text, SP_STR(" @ ")) : SIZE_MAX;
    sp_str target = at == SIZE_MAX ? text : sp_str_trim(sp_str_skip(text, at + 3));
    if (starts_with_any(target, git, sizeof git / sizeof *git))
        return SP_STR("git");
    if (starts_with_any(target, url, 3))
        return sp_str_ends(target, SP_STR(".git")) ? SP_STR("git") : SP_STR("url");
    bool here =
        sp_str_equal(target, SP_STR(".")) || sp_str_equal(target, SP_STR("..")) || sp_str_starts(target, SP_STR(".["));
    bool path = here || starts_with_any(target, file, 5) || ends_with_any(target, archives, 9);
    return path ? SP_STR("file") : SP_STR("index");
}

static void cut(sp_str text, size_t name, size_t version, sp_package *out)
{
    out->name = sp_str_trim(sp_str_head(text, name));
    out->version = sp_str_trim(sp_str_skip(text, version < text.size ? version : text.size));
}

static void read_apt(sp_str text, sp_package *out)
{
    size_t end = find_any(text, "=/");
    cut(text, end, text.size > end && text.text[end] == '=' ? end + 1 : text.size, out);
    out->name = sp_str_head(out->name, sp_str_find(out->name, ':'));
}

static void read_apk(sp_str text, sp_package *out)
{
    size_t tag = sp_str_find(text, '@');
    text = sp_str_head(text, tag);
    size_t end = find_any(text, "=~<>");
    cut(text, end, end + (end < text.size && text.text[end] == '='), out);
}

/* name-1.2 and name-1.2-3.el9.x86_64, but not gcc-toolset-11: there the dot is missing */
static void read_rpm(sp_str text, sp_package *out)
{
    size_t end = text.size;
    for (size_t i = 1; i + 1 < text.size && end == text.size; i++) {
        sp_str rest = sp_str_skip(text, i + 1);
        bool digit = rest.text[0] >= '0' && rest.text[0] <= '9';
        size_t dash = sp_str_find(rest, '-'), dot = sp_str_find(rest, '.');
        char after = dash + 1 < rest.size ? rest.text[dash + 1] : '0';
        bool release = after >= '0' && after <= '9';
        if (text.text[i] == '-' && digit && dot < dash && release)
            end = i;
    }
    cut(text, end, end + 1, out);
}

static void read_pip(sp_str text, sp_package *out)
{
    text = sp_str_head(text, sp_str_find(text, ';'));
    size_t end = find_any(text, "[=<>!~ @"), version = end;
    if (version < text.size && text.text[version] == '[')
        version += sp_str_find(sp_str_skip(text, version), ']') + 1;
    while (version < text.size && text.text[version] == ' ')
        version++;
    bool elsewhere = version < text.size && text.text[version] == '@' && version > end;
    if (elsewhere)
        version = text.size;
    else if (version < text.size && text.text[version] == '@') /* poetry add flask@3.0 */
        version++;
    if (sp_str_starts(sp_str_skip(text, version), SP_STR("==")))
        version += 2;
    cut(text, end, version, out);
}

static void read_at(sp_str text, sp_package *out)
{
    size_t end = sp_str_find(sp_str_skip(text, 1), '@') + 1;
    cut(text, end < text.size ? end : text.size, end + 1, out);
}

/* A version that is no single one keeps what says so: ">=1.2". */
static void read_separated(sp_str text, const char *separators, sp_package *out)
{
    size_t end = find_any(text, separators), version = end;
    while (version < text.size && strchr("=:", text.text[version]) != NULL)
        version++;
    cut(text, end, version, out);
}

/* What stands behind a URL: pip's "#egg=name" says it, nothing else does. */
static void read_elsewhere(sp_str text, sp_package *out)
{
    size_t egg = sp_str_search(text, SP_STR("#egg="));
    size_t at = sp_str_search(text, SP_STR(" @ "));
    if (egg != SIZE_MAX)
        out->name = sp_str_head(sp_str_skip(text, egg + 5), find_any(sp_str_skip(text, egg + 5), "&["));
    else if (at != SIZE_MAX)
        out->name = sp_str_head(text, find_any(text, " ["));
}

/* A part that only the build knows is no name and no version. */
static sp_str known_or_nothing(sp_str text)
{
    return sp_str_find(text, '\0') < text.size ? (sp_str){"", 0} : text;
}

sp_package sp_package__read(const sp_value *word, sp_spelling spelling)
{
    sp_str text = word->shape;
    sp_package package = {.name = {"", 0}, .version = {"", 0}, .word = *word, .source = source_of(text, spelling)};
    if (spelling == SP_SPELLED_GO && sp_str_starts(text, SP_STR(".")))
        package.source = SP_STR("file");
    if (!sp_str_equal(package.source, SP_STR("index"))) {
        read_elsewhere(text, &package);
    } else {
        switch (spelling) {
        case SP_SPELLED_APT:
            read_apt(text, &package);
            break;
        case SP_SPELLED_APK:
            read_apk(text, &package);
            break;
        case SP_SPELLED_RPM:
            read_rpm(text, &package);
            break;
        case SP_SPELLED_PIP:
            read_pip(text, &package);
            break;
        case SP_SPELLED_NPM:
        case SP_SPELLED_GO:
            read_at(text, &package);
            break;
        case SP_SPELLED_GEM:
            read_separated(text, ":", &package);
            break;
        case SP_SPELLED_PLAIN:
            read_separated(text, "=<>", &package);
            break;
        }
    }
    package.name = known_or_nothing(package.name);
    package.version = known_or_nothing(package.version);
    return package;
}

/* ---- one version ---- */

/* Number of parts, of which all but the last are digits, and the last begins with one: "1.2.3-rc1" has three. */
static uint32_t count_numbers(sp_str version)
{
    for (uint32_t count = 1;; count++) {
        size_t digits = 0;
        while (digits < version.size && version.text[digits] >= '0' && version.text[digits] <= '9')
            digits++;
        if (digits == 0)
            return 0;
        if (digits == version.size || version.text[digits] != '.')
            return count;
        version = sp_str_skip(version, digits + 1);
    }
}

static bool is_commit(sp_str version)
{
    return version.size >= 7 && find_any(version, "ghijklmnopqrstuvwxyz.-_/") == version.size;
}

/* One version: "1.2", "=1.2", "==1.2", not ">=1.2", "1.*" nor "latest". Of npm's and Go's only a whole one is:
   "1.2" is the newest of many there. */
static bool is_one_version(sp_str manager, sp_str version)
{
    static const char *const whole[] = {"npm", "yarn", "pnpm", "bun", "go"};
    while (sp_str_starts(version, SP_STR("=")))
        version = sp_str_skip(version, 1);
    if (version.size == 0 || find_any(version, "<>~^*!, |") < version.size ||
        find_any(version, "0123456789") == version.size)
        return false;
    sp_str number = sp_str_skip(version, version.text[0] == 'v');
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (sp_str_is(manager, whole[i]))
            return count_numbers(number) >= 3 || is_commit(version);
    }
    return true;
}

sp_truth sp_facts_is_pinned(sp_str manager, const sp_package *package)
{
    if (!sp_str_is(package->source, "index") || is_one_version(manager, package->version))
        return SP_YES;
    return package->word.known ? SP_NO : SP_MAYBE;
}
