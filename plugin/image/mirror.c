/* Names of images in mirrors, and where those come from. */
#include "image/mirror.h"

bool sp_mirrors_apply(const sp_mirrors *mirrors, sp_arena *arena, sp_str name, sp_str *out)
{
    const sp_mirror *best = NULL;
    for (size_t i = 0; i < mirrors->count; i++) {
        const sp_mirror *mirror = &mirrors->items[i];
        if (sp_str_starts(name, mirror->prefix) && (best == NULL || mirror->prefix.size > best->prefix.size))
            best = mirror;
    }
    if (best == NULL)
        return false;
    *out = sp_arena_join(arena, (sp_str[]){best->stands_for, sp_str_skip(name, best->prefix.size)}, 2);
    return true;
}

const sp_reference *sp_mirrors_resolve(const sp_mirrors *mirrors, sp_arena *arena, const sp_reference *reference)
{
    sp_str text, problem;
    if (!sp_mirrors_apply(mirrors, arena, reference->canonical, &text))
        return NULL;
    sp_reference *original = sp_arena_new(arena, sp_reference);
    if (!sp_reference_parse(arena, text, original, &problem))
        return NULL;
    if (reference->tag.size == 0) /* the canonical form fills it in, and no tag at all says something too */
        original->tag = SP_STR("");
    return original;
}
