/* What downloads are taken to bring, and where what they bring lies. */
#include "facts/contents.h"
#include "facts/glob.h"

static const struct {
    sp_str text;
    const char *capabilities;
} downloads[] = {
#define SP_DOWNLOAD(glob, capabilities) {{glob, sizeof(glob) - 1}, capabilities},
#include "facts/download.def"
}, programs[] = {
#define SP_PROGRAM(name, capabilities) {{name, sizeof(name) - 1}, capabilities},
#include "facts/download.def"
}, mentions[] = {
#define SP_MENTION(glob, capabilities) {{glob, sizeof(glob) - 1}, capabilities},
#include "facts/download.def"
}, windows_packages[] = {
#define SP_WINDOWS_PACKAGE(glob, capabilities) {{glob, sizeof(glob) - 1}, capabilities},
#include "facts/download.def"
};

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
    sp_capabilities none = {0};
    const char *possible = NULL;
    *perhaps = false;
    if (sp_str_find(shape, '.') == shape.size)
        return none;
    for (size_t i = 0; i < sizeof downloads / sizeof downloads[0]; i++) {
        sp_truth truth = sp_glob_matches_shape(downloads[i].text, shape);
        if (truth == SP_YES)
            return sp_capabilities__of(downloads[i].capabilities);
        bool may_be = truth == SP_MAYBE && possible == NULL && ends_unknown(shape);
        if (may_be && sp_str_search(shape, known_part(downloads[i].text)) != SIZE_MAX)
            possible = downloads[i].capabilities;
    }
    *perhaps = possible != NULL;
    return possible != NULL ? sp_capabilities__of(possible) : none;
}

sp_capabilities sp_download__by_program(sp_str name)
{
    sp_capabilities none = {0};
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (sp_str_equal(programs[i].text, name))
            return sp_capabilities__of(programs[i].capabilities);
    return none;
}

sp_capabilities sp_mention__capabilities(sp_str shape)
{
    for (size_t i = 0; i < sizeof mentions / sizeof mentions[0]; i++)
        if (sp_glob_matches(mentions[i].text, shape))
            return sp_capabilities__of(mentions[i].capabilities);
    bool perhaps = false;
    sp_capabilities found = sp_download__capabilities(shape, &perhaps), none = {0};
    return perhaps ? none : found;
}

sp_capabilities sp_mention__by_package(sp_str name)
{
    sp_capabilities none = {0};
    for (size_t i = 0; i < sizeof windows_packages / sizeof windows_packages[0]; i++)
        if (sp_glob_matches(windows_packages[i].text, name))
            return sp_capabilities__of(windows_packages[i].capabilities);
    return none;
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
        sp_str place = sp_str_head(places, sp_str_find(places, ' '));
        places = sp_str_skip(places, place.size + 1);
        if (holds(path, place) || fits(path, place))
            return true;
    }
    return false;
}
