/* Which capabilities a package brings: a search in the tables of its manager. */
#include "facts/package.h"

#include "facts/glob.h"

typedef enum manager { APT, APK, DNF, ZYPPER, PACMAN, PIP, NPM, GEM, CONDA, GO, SDKMAN, BREW, UNKNOWN_MANAGER } manager;

typedef struct row {
    manager manager;
    sp_str name; /* or glob */
    const char *except;
    const char *own, *brought, *recommended;
} row;

/* clang-format off */
#define TEXT(literal) {literal, sizeof(literal) - 1}
/* clang-format on */

static const row names[] = {
#define SP_APT(name, own, brought, recommended) {APT, TEXT(name), "", own, brought, recommended},
#include "facts/package_apt.def"
#define SP_PACKAGE(manager, name, capabilities) {manager, TEXT(name), "", capabilities, "", ""},
#include "facts/package.def"
};

static const row globs[] = {
#define SP_APTS(glob, except, own, brought) {APT, TEXT(glob), except, own, brought, ""},
#include "facts/package_apt.def"
#define SP_PACKAGES(manager, glob, except, capabilities) {manager, TEXT(glob), except, capabilities, "", ""},
#include "facts/package.def"
};

/* Here `own` is what depends on the package. */
static const row dependents[] = {
#define SP_APT_NEEDED(glob, names) {APT, TEXT(glob), "", names, "", ""},
#include "facts/package_apt.def"
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Whose packages a manager of tool.def installs. */
static const struct {
    sp_str name;
    manager manager;
} managers[] = {
    {TEXT("apt"), APT},  {TEXT("dpkg"), APT},      {TEXT("rpm"), DNF},       {TEXT("apk"), APK},
    {TEXT("dnf"), DNF},  {TEXT("zypper"), ZYPPER}, {TEXT("pacman"), PACMAN}, {TEXT("pip"), PIP},
    {TEXT("pipx"), PIP}, {TEXT("uv"), PIP},        {TEXT("npm"), NPM},       {TEXT("yarn"), NPM},
    {TEXT("pnpm"), NPM}, {TEXT("bun"), NPM},       {TEXT("gem"), GEM},       {TEXT("conda"), CONDA},
    {TEXT("go"), GO},    {TEXT("sdkman"), SDKMAN}, {TEXT("brew"), BREW},
};

static manager find_manager(sp_str name)
{
    for (size_t i = 0; i < COUNT(managers); i++) {
        if (sp_str_equal(managers[i].name, name))
            return managers[i].manager;
    }
    return UNKNOWN_MANAGER;
}

/* The row of exactly that name: rows are sorted by manager and name. */
static const row *find_name(manager of, sp_str name)
{
    size_t low = 0, high = COUNT(names);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = names[middle].manager != of ? (int)names[middle].manager - (int)of
                                                : sp_str_compare(names[middle].name, name);
        if (order == 0)
            return &names[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_excepted(const char *except, sp_str name)
{
    sp_str rest = sp_str_from(except);
    while (rest.size > 0) {
        if (sp_glob_matches_shape(sp_str_take_word(&rest), name) != SP_NO)
            return true;
    }
    return false;
}

/* Of a name that is known in part, a glob that fits whatever the rest is. Every glob begins with a letter, which
   decides most of them. */
static const row *find_glob(manager of, sp_str name)
{
    for (size_t i = 0; i < COUNT(globs); i++) {
        const row *candidate = &globs[i];
        if (candidate->manager == of && candidate->name.text[0] == name.text[0] &&
            sp_glob_matches_shape(candidate->name, name) == SP_YES && !is_excepted(candidate->except, name))
            return candidate;
    }
    return NULL;
}

/* A group or module of dnf is written @group:stream, and apt takes name:architecture. */
static sp_str plain_name(manager of, sp_str name)
{
    bool group = of == DNF && sp_str_starts(name, SP_STR("@"));
    if (group)
        name = sp_str_skip(name, 1);
    return group || of == APT ? sp_str_head(name, sp_str_find(name, ':')) : name;
}

sp_package_capabilities sp_package__capabilities(sp_str manager_name, sp_str name)
{
    sp_package_capabilities none = {0};
    manager of = find_manager(manager_name);
    name = plain_name(of, name);
    if (of == UNKNOWN_MANAGER || name.size == 0)
        return none;
    const row *found = find_name(of, name);
    if (found == NULL)
        found = find_glob(of, name);
    if (found == NULL)
        return none;
    return (sp_package_capabilities){.own = sp_capabilities__of(found->own),
                                     .brought = sp_capabilities__of(found->brought),
                                     .recommended = sp_capabilities__of(found->recommended)};
}

bool sp_package__same_family(sp_str one, sp_str other)
{
    return sp_str_equal(one, other) ||
           (find_manager(one) != UNKNOWN_MANAGER && find_manager(one) == find_manager(other));
}

sp_str sp_package__dependents(sp_str manager_name, sp_str name)
{
    if (find_manager(manager_name) != APT)
        return (sp_str){"", 0};
    for (size_t i = 0; i < COUNT(dependents); i++) {
        if (sp_glob_matches(dependents[i].name, name))
            return sp_str_from(dependents[i].own);
    }
    return (sp_str){"", 0};
}

bool sp_package__leaves_dependencies(sp_str manager_name)
{
    return find_manager(manager_name) == APT;
}
