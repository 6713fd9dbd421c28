/* The parts of an image reference, as far as they are known. */
#include "lua/image_parts.h"

static bool has_unknown(sp_str shape)
{
    return sp_str_find(shape, '\0') < shape.size;
}

static sp_image_parts read_known(sp_arena *arena, const sp_reference *reference)
{
    sp_image_parts is = {.reference = *reference, .full = reference->canonical, .tag = reference->tag};
    is.place = sp_arena_print(arena, "%.*s/%.*s", SP_STR_ARG(reference->registry), SP_STR_ARG(reference->repository));
    is.tagged = reference->tag.size != 0 || reference->digest.size != 0 ? SP_YES : SP_NO;
    is.pinned = reference->digest.size != 0 ? SP_YES : SP_NO;
    return is;
}

/* The last part of a shape, after '/'. */
static sp_str last_part(sp_str shape)
{
    size_t start = shape.size;
    while (start > 0 && shape.text[start - 1] != '/')
        start--;
    return sp_str_skip(shape, start);
}

/* Offset of the ':' or '@' that ends the name, or the size. */
static size_t name_end(sp_str shape)
{
    size_t at = shape.size - last_part(shape).size;
    while (at < shape.size && shape.text[at] != ':' && shape.text[at] != '@')
        at++;
    return at;
}

static void read_suffix(sp_str suffix, sp_image_parts *is)
{
    size_t at = sp_str_find(suffix, '@');
    sp_str tag = sp_str_head(suffix, at), digest = sp_str_skip(suffix, at + 1);
    is->tag = sp_str_skip(tag, 1);
    if (!has_unknown(is->tag))
        is->reference.tag = is->tag;
    if (!has_unknown(digest))
        is->reference.digest = digest;
    is->tagged = SP_YES;
    is->pinned = at < suffix.size ? SP_YES : has_unknown(suffix) ? SP_MAYBE : SP_NO;
}

/* A reference of which parts are unknown: "$R/base:1", "python:$V". */
static sp_image_parts read_shape(sp_arena *arena, sp_str shape)
{
    sp_image_parts is = {0};
    size_t end = name_end(shape);
    sp_str head = sp_str_head(shape, end), suffix = sp_str_skip(shape, end), problem;
    bool cut = suffix.size != 0;
    bool name_known = !has_unknown(last_part(head)) && last_part(head).size != 0;
    sp_str anything = {"\0", 1};
    is.place = sp_arena_join(arena, (sp_str[]){anything, head}, 2);
    if (cut && !has_unknown(head) && sp_reference_parse(arena, head, &is.reference, &problem))
        is.place = read_known(arena, &is.reference).place;
    is.reference.tag = is.reference.digest = is.reference.canonical = SP_STR("");
    if (name_known)
        is.reference.name = last_part(head);
    if (cut)
        read_suffix(suffix, &is);
    else
        is.tagged = is.pinned = name_known ? SP_NO : SP_MAYBE;
    sp_str rest = cut ? suffix : name_known ? SP_STR(":latest") : SP_STR("");
    is.full = sp_arena_join(arena, (sp_str[]){is.place, rest}, 2);
    return is;
}

sp_image_parts sp_lua__read_parts(sp_arena *arena, const sp_edge *edge)
{
    if (edge->image != NULL)
        return read_known(arena, edge->image);
    return read_shape(arena, edge->reference.shape);
}

bool sp_lua__speaks_of_tag(sp_str glob)
{
    sp_str part = last_part(glob);
    return sp_str_find(part, ':') < part.size || sp_str_find(part, '@') < part.size;
}
