/* What downloads are taken to bring, and where what they bring lies. */
#include "facts/contents.h"
#include "facts/glob.h"

typedef struct row {
    sp_str glob;
    const char *capabilities;
} row;

static const row downloads[] = {
#define SP_DOWNLOAD(glob, capabilities) {{glob, sizeof(glob) - 1}, capabilities},
#include "facts/download.def"
};

static const row programs[] = {
#define SP_PROGRAM(name, capabilities) {{name, sizeof(name) - 1}, capabilities},
#include "facts/download.def"
};

static const row mentions[] = {
#define SP_MENTION(glob, capabilities) {{glob, sizeof(glob) - 1}, capabilities},
#include "facts/download.def"
};

static const row windows_packages[] = {
#define SP_WINDOWS_PACKAGE(glob, capabilities) {{glob, sizeof(glob) - 1}, capabilities},
#include "facts/download.def"
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The first row that matches, or NULL. */
static const row *find_row(const row *rows, size_t count, sp_str text)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_glob_matches(rows[i].glob, text))
            return &rows[i];
    }
    return NULL;
}

static sp_capabilities capabilities_of(const row *found)
{
    return found != NULL ? sp_capabilities__of(found->capabilities) : (sp_capabilities){0};
}

/* "host/folder/" of a row "*host/folder/name*": what an address must have in it whatever else is unknown. */
static sp_str known_part(sp_str glob)
{
    sp_str literal = sp_str_head(sp_str_skip(glob, 1), sp_str_find(sp_str_skip(glob, 1), '*'));
    size_t slash = literal.size;
    while (slash > 0 && literal.text[slash - 1] != '/')
        slash--;
    return slash > 0 ? sp_str_head(literal, slash) : literal;
}

/* Whether the last part of an address is unknown: one with a known name is what its name says. */
static bool ends_unknown(sp_str shape)
{
    size_t at = shape.size;
    while (at > 0 && shape.text[at - 1] != '/' && shape.text[at - 1] != '\0')
        at--;
    return at > 0 && shape.text[at - 1] == '\0';
}

sp_capabilities sp_download__capabilities(sp_str shape, bool *perhaps)
{
    const row *possible = NULL;
    *perhaps = false;
    if (sp_str_find(shape, '.') == shape.size)
        return (sp_capabilities){0};
    for (size_t i = 0; i < COUNT(downloads); i++) {
        sp_truth truth = sp_glob_matches_shape(downloads[i].glob, shape);
        if (truth == SP_YES)
            return capabilities_of(&downloads[i]);
        bool may_be = truth == SP_MAYBE && possible == NULL && ends_unknown(shape);
        if (may_be && sp_str_search(shape, known_part(downloads[i].glob)) != SIZE_MAX)
            possible = &downloads[i];
    }
    *perhaps = possible != NULL;
    return capabilities_of(possible);
}

bool sp_download__is_known(sp_str shape)
{
    for (size_t i = 0; i < COUNT(downloads); i++) {
        if (sp_glob_matches_shape(downloads[i].glob, shape) == SP_YES)
            return true;
    }
    return false;
}

sp_capabilities sp_download__by_program(sp_str name, sp_str verb)
{
    for (size_t i = 0; i < COUNT(programs); i++) {
        sp_str program = programs[i].glob, first = sp_str_head(program, sp_str_find(program, ' '));
        bool bare = first.size == program.size;
        if (sp_str_equal(first, name) && (bare || sp_str_equal(sp_str_skip(program, first.size + 1), verb)))
            return capabilities_of(&programs[i]);
    }
    return (sp_capabilities){0};
}

sp_capabilities sp_mention__capabilities(sp_str shape)
{
    const row *mention = find_row(mentions, COUNT(mentions), shape);
    if (mention != NULL)
        return capabilities_of(mention);
    bool perhaps = false;
    sp_capabilities found = sp_download__capabilities(shape, &perhaps);
    return perhaps ? (sp_capabilities){0} : found;
}

sp_capabilities sp_mention__by_package(sp_str name)
{
    return capabilities_of(find_row(windows_packages, COUNT(windows_packages), name));
}

/* Whether `path` is `place` or a folder above it. */
static bool holds(sp_str path, sp_str place)
{
    if (sp_str_equal(path, SP_STR("/")))
        return true;
    return sp_str_starts(place, path) && (place.size == path.size || place.text[path.size] == '/');
}

/* place = folder {"/" name}, the last name perhaps with a '*', which stands for any one name */
static bool fits(sp_str path, sp_str place)
{
    size_t slashes = 0;
    for (size_t i = 0; i < path.size; i++)
        slashes += path.text[i] == '/';
    for (size_t i = 0; i < place.size; i++)
        slashes -= place.text[i] == '/';
    return slashes == 0 && sp_glob_matches(place, path);
}

bool sp_capability__lies_in(uint32_t capability, sp_str path)
{
    sp_str places = sp_capability__places(capability);
    if (places.size == 0)
        return holds(path, SP_STR("/usr")) || sp_str_equal(path, SP_STR("/usr/bin"));
    while (places.size > 0) {
        sp_str place = sp_str_take_word(&places);
        if (holds(path, place) || fits(path, place))
            return true;
    }
    return false;
}
