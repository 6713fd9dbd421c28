/* What is known of an image reference, also of one that holds variables: "$R/base:1" surely has tag 1. */
#ifndef SP_LUA_IMAGE_PARTS_H
#define SP_LUA_IMAGE_PARTS_H

#include "facts/answer.h"

typedef struct sp_image_parts {
    sp_reference reference; /* its empty texts are absent or not known */
    sp_str place;           /* shape of registry/repository */
    sp_str full;            /* shape of the canonical form */
    sp_str tag;             /* shape of the tag; "" without one */
    sp_truth tagged, pinned;
} sp_image_parts;

/** The parts of an edge's reference. Shapes are as sp_value.shape. */
sp_image_parts sp_lua__read_parts(sp_arena *arena, const sp_edge *edge);

/** Whether a glob speaks of the tag or digest too. */
bool sp_lua__speaks_of_tag(sp_str glob);

#endif
