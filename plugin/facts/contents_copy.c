/* How a COPY or ADD changes what a stage contains: whole trees and toolchain folders bring what lies in them; an
   ordinary file or folder of an application brings nothing. */
#include "base/path.h"
#include "facts/contents.h"
#include "facts/ecosystem.h"

/* Where a COPY takes from: a stage that is worked out already, or an image. */
typedef struct origin {
    const sp_facts_contents *contents;
    uint32_t stage; /* or SP_NONE */
} origin;

static const sp_facts_contents *contents_of_image(sp_facts *facts, const sp_edge *edge)
{
    sp_facts_contents *contents = sp_arena_new(facts->arena, sp_facts_contents);
    contents->image = sp_facts__image(facts, edge);
    return contents;
}

/* A stage further down the file is a mistake that the graph's diagnostics tell. */
static origin find_origin(sp_facts *facts, const sp_edge *edge)
{
    if (edge->from != SP_NONE && edge->from < facts->contents_made)
        return (origin){.contents = &facts->contents[edge->from], .stage = edge->from};
    bool files = edge->named != NULL && edge->named->kind == SP_NAMED_FILES;
    if (edge->origin == SP_ORIGIN_IMAGE || (edge->origin == SP_ORIGIN_NAMED_CONTEXT && !files))
        return (origin){.contents = contents_of_image(facts, edge), .stage = SP_NONE};
    return (origin){.contents = NULL, .stage = SP_NONE};
}

static bool is_system(sp_str path)
{
    return sp_str_equal(path, SP_STR("/")) || sp_str_equal(path, SP_STR("/usr"));
}

/* Folders in which things lie that have no place of their own. */
static bool is_spread(sp_str path)
{
    return is_system(path) || sp_str_equal(path, SP_STR("/usr/bin")) || sp_str_equal(path, SP_STR("/usr/local"));
}

/* The gcc images have their own compiler in /usr/local. */
static bool is_gcc_in_local(const sp_facts_contents *contents, uint32_t capability, sp_str path)
{
    const sp_image_row *row = contents->image->row;
    return row != NULL && sp_str_ends(sp_str_from(row->repository), SP_STR("/gcc")) &&
           sp_str_equal(path, SP_STR("/usr/local")) &&
           (capability == SP_CAPABILITY_C_COMPILER || capability == SP_CAPABILITY_CXX_COMPILER);
}

/* One path that is copied. */
typedef struct taking {
    sp_facts *facts;
    const sp_facts_contents *contents;
    sp_str path;
} taking;

/* What a package installs is spread over /usr, whatever its places are elsewhere. */
static bool is_taken(const sp_way *way, uint32_t capability, const void *payload)
{
    const taking *of = payload;
    sp_str place = way != NULL ? sp_way__place(of->facts, way) : SP_STR("");
    if (place.size > 0)
        return sp_place__is_taken(place, of->path) != SP_NO;
    bool package = way != NULL && way->kind == SP_WAY_PACKAGE;
    if (package && (is_system(of->path) || sp_str_equal(of->path, SP_STR("/usr/bin"))))
        return true;
    return sp_capability__lies_in(capability, of->path) ||
           (way == NULL && is_gcc_in_local(of->contents, capability, of->path));
}

/* How sure it is that the path brings something. Of an image that nobody knows, a toolchain's own folder may. */
static sp_rank rank_of_copy(const taking *of, uint32_t capability, sp_reason reason)
{
    sp_str place = reason.way != NULL ? sp_way__place(of->facts, reason.way) : SP_STR("");
    if (reason.rank != SP_RANK_NO && place.size > 0 && sp_place__is_taken(place, of->path) == SP_MAYBE)
        return SP_RANK_PERHAPS;
    if (reason.rank != SP_RANK_NO)
        return reason.rank;
    bool own_place =
        !of->contents->image->known && !is_spread(of->path) && sp_capability__lies_in(capability, of->path);
    return own_place ? SP_RANK_PERHAPS : SP_RANK_NO;
}

/* Where it lies after the copy; "" is where it usually does. */
static sp_str place_after(const taking *of, const sp_way *way, sp_str destination)
{
    sp_str place = way != NULL ? sp_way__place(of->facts, way) : SP_STR("");
    if (destination.size == 0)
        return SP_STR("");
    if (place.size > 0 && sp_path_contains(of->path, place)) {
        sp_str rest = sp_str_skip(place, of->path.size + (of->path.size > 1));
        return rest.size > 0 ? sp_path_join(of->facts->arena, destination, rest) : destination;
    }
    bool same = sp_str_equal(destination, of->path) || sp_str_equal(destination, sp_path_folder(of->path));
    return same && place.size == 0 ? SP_STR("") : destination;
}

static void copy_path(sp_facts *facts, sp_facts_contents *contents, const origin *from, sp_way way, sp_str destination)
{
    const taking of = {.facts = facts, .contents = from->contents, .path = way.name};
    bool spread = is_spread(of.path);
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++) {
        if (!spread && !sp_capabilities__has(&from->contents->placed, i) && !sp_capability__lies_in(i, of.path))
            continue;
        sp_reason reason = sp_contents__reason_among(from->contents, i, is_taken, &of);
        sp_rank rank = rank_of_copy(&of, i, reason);
        if (rank == SP_RANK_NO)
            continue;
        way.unknown = rank == SP_RANK_PERHAPS;
        way.assumed = rank == SP_RANK_PROBABLY;
        way.origin = reason.way;
        way.place = place_after(&of, reason.way, destination);
        sp_contents__add(facts, contents, i, &way);
    }
    way.unknown = true;
    way.origin = from->contents->anything;
    if (is_system(of.path) && (!from->contents->image->known || way.origin != NULL))
        sp_contents__add_anything(facts, contents, &way);
}

/* A variable that only the image has: $JAVA_HOME. */
static bool is_of_image(const sp_value *source)
{
    for (uint32_t i = 0; i < source->variable_count; i++) {
        const sp_variable_use *use = &source->variables[i];
        if (use->certainty == SP_CERTAIN_UNKNOWN && use->definition == UINT32_MAX)
            return true;
    }
    return false;
}

/* A folder that a variable of the image names may be that of anything which has a folder of its own. */
static void copy_unknown(sp_facts *facts, sp_facts_contents *contents, const origin *from, sp_way way)
{
    way.unknown = true;
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++) {
        sp_reason reason = sp_contents__reason(from->contents, i);
        way.origin = reason.way;
        if (reason.rank != SP_RANK_NO && sp_capability__places(i).size > 0)
            sp_contents__add(facts, contents, i, &way);
    }
}

static void copy_edge(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction, const sp_edge *edge)
{
    origin from = find_origin(facts, edge);
    if (from.contents == NULL)
        return;
    sp_str destination = sp_ecosystem__copied_to(facts, edge);
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        const sp_value *source = &edge->sources.items[i];
        sp_way way = {.kind = SP_WAY_COPY,
                      .stage = edge->to,
                      .instruction = instruction,
                      .span = source->span,
                      .name = source->text,
                      .manager = {"", 0},
                      .place = {"", 0},
                      .image = from.contents->image,
                      .from = from.stage};
        if (source->known) {
            way.name = sp_path_join(facts->arena, SP_STR("/"), source->value);
            copy_path(facts, contents, &from, way, destination);
        } else if (is_of_image(source)) {
            copy_unknown(facts, contents, &from, way);
        }
    }
}

/* ADD unpacks what has such a name, when it comes from the context. */
static bool is_archive(sp_str name)
{
    static const char *const ends[] = {".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (sp_str_ends(name, sp_str_from(ends[i])))
            return true;
    }
    return false;
}

/* A root filesystem may come as an archive. */
static void add_archive(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction, const sp_edge *edge)
{
    bool over_root = edge->destination.known && sp_str_equal(edge->destination.value, SP_STR("/"));
    for (uint32_t i = 0; over_root && i < edge->sources.count; i++) {
        const sp_value *source = &edge->sources.items[i];
        if (!is_archive(source->shape))
            continue;
        sp_way way = {.kind = SP_WAY_ARCHIVE,
                      .stage = edge->to,
                      .instruction = instruction,
                      .span = source->span,
                      .unknown = true,
                      .name = source->text,
                      .manager = {"", 0},
                      .place = {"", 0},
                      .from = SP_NONE};
        sp_contents__add_anything(facts, contents, &way);
    }
}

static void add_download(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction, const sp_edge *edge)
{
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        const sp_value *source = &edge->sources.items[i];
        bool perhaps = false;
        sp_capabilities brings = sp_download__capabilities(source->shape, &perhaps);
        sp_way way = {.kind = SP_WAY_DOWNLOAD,
                      .stage = edge->to,
                      .instruction = instruction,
                      .span = source->span,
                      .assumed = true,
                      .unknown = perhaps,
                      .name = source->known ? source->value : source->text,
                      .manager = {"", 0},
                      .place = {"", 0},
                      .from = SP_NONE};
        for (uint32_t j = sp_capabilities__next(&brings, 0); j < SP_CAPABILITY_COUNT;
             j = sp_capabilities__next(&brings, j + 1))
            sp_contents__add(facts, contents, j, &way);
    }
}

void sp_contents__copy(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction)
{
    const sp_graph_instruction *at = &facts->graph->instructions[instruction];
    for (uint32_t i = 0; i < at->edge_count; i++) {
        const sp_edge *edge = &facts->graph->edges[at->first_edge + i];
        if (edge->kind == SP_EDGE_COPY)
            copy_edge(facts, contents, instruction, edge);
        else if (edge->kind == SP_EDGE_ADD && edge->origin == SP_ORIGIN_CONTEXT)
            add_archive(facts, contents, instruction, edge);
        else if (edge->kind == SP_EDGE_ADD && edge->origin == SP_ORIGIN_URL)
            add_download(facts, contents, instruction, edge);
    }
}
