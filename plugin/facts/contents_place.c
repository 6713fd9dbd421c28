/* Where things lie in a stage that are not where they usually are: packages of Python and Node.js in a folder of their
   own, what was copied elsewhere, what was unpacked. */
#include "facts/contents.h"

#include "base/path.h"
#include "facts/ecosystem.h"
#include "facts/glob.h"

/* The operation of an instruction that names a package there; its index, or the count. */
static uint32_t find_operation(sp_facts *facts, const sp_way *way, uint32_t *count)
{
    const sp_operation *operations = sp_facts_operations(facts, way->instruction, count);
    for (uint32_t i = 0; i < *count; i++) {
        for (uint32_t j = 0; j < operations[i].package_count; j++) {
            if (operations[i].packages[j].word.span.start == way->span.start)
                return i;
        }
    }
    return *count;
}

/* Python's own folder for packages is below this in the images of the language, and beside it in those of systems. */
static sp_str place_of_package(sp_facts *facts, const sp_way *way, sp_ecosystem ecosystem)
{
    uint32_t count = 0, index = find_operation(facts, way, &count);
    const sp_destination *known = sp_ecosystem__holdings(facts, ecosystem)->destinations[way->instruction];
    if (index == count || known == NULL || known[index].path.size == 0)
        return ecosystem == SP_PYTHON ? SP_STR("/usr/local/lib") : SP_STR("");
    return known[index].path;
}

sp_str sp_way__place(sp_facts *facts, const sp_way *way)
{
    if (way->kind != SP_WAY_PACKAGE)
        return way->place;
    sp_ecosystem ecosystem = sp_ecosystem__of_manager(way->manager);
    return ecosystem < SP_ECOSYSTEM_COUNT ? place_of_package(facts, way, ecosystem) : SP_STR("");
}

/* Whether a folder below one of packages holds them all. */
static bool holds_packages(sp_str path)
{
    static const char *const globs[] = {"*/lib", "*-packages", "*/node_modules", "*/lib/python*"};
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
        if (sp_glob_matches(sp_str_from(globs[i]), path))
            return true;
    }
    return false;
}

sp_truth sp_place__is_taken(sp_str place, sp_str path)
{
    bool some = sp_str_ends(place, SP_STR("/?"));
    sp_str folder = some ? sp_path_folder(place) : place;
    if (sp_path_contains(path, folder))
        return SP_YES;
    if (some && sp_str_equal(sp_path_folder(path), folder))
        return SP_MAYBE;
    return sp_path_contains(folder, path) && holds_packages(path) ? SP_YES : SP_NO;
}
