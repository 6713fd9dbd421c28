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
};

sp_capabilities sp_download__capabilities(sp_str shape)
{
    sp_capabilities none = {0};
    if (sp_str_find(shape, '.') == shape.size)
        return none;
    for (size_t i = 0; i < sizeof downloads / sizeof downloads[0]; i++)
        if (sp_glob_matches_shape(downloads[i].text, shape) == SP_YES)
            return sp_capabilities__of(downloads[i].capabilities);
    return none;
}

sp_capabilities sp_download__by_program(sp_str name)
{
    sp_capabilities none = {0};
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (sp_str_equal(programs[i].text, name))
            return sp_capabilities__of(programs[i].capabilities);
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
