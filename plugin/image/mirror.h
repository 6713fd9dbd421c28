/* Registries that hand out the images of another one, as a configuration names them. */
#ifndef SP_IMAGE_MIRROR_H
#define SP_IMAGE_MIRROR_H

#include "image/reference.h"

/** Where the names of a mirror begin ("registry.corp/dockerhub/"), and what that stands for ("docker.io/"). */
typedef struct sp_mirror {
    sp_str prefix, stands_for;
} sp_mirror;

/** All mirrors; {0} for none. */
typedef struct sp_mirrors {
    const sp_mirror *items;
    size_t count;
} sp_mirrors;

/** The text that an image's full name, or the beginning of one, has where it comes from: the longest prefix counts.
    False, and nothing in `*out`, when it is in no mirror. */
bool sp_mirrors_apply(const sp_mirrors *mirrors, sp_arena *arena, sp_str name, sp_str *out);

/** The image that a reference is a copy of. NULL when it is in no mirror, or what comes out is no reference. */
const sp_reference *sp_mirrors_resolve(const sp_mirrors *mirrors, sp_arena *arena, const sp_reference *reference);

#endif
