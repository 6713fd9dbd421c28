/* What a configuration and its packs know of images beside the compiled catalogue. */
#ifndef SP_IMAGE_KNOWN_H
#define SP_IMAGE_KNOWN_H

#include "image/catalogue.h"
#include "image/mirror.h"

/** {0} for nothing. */
typedef struct sp_known_images {
    sp_mirrors mirrors;
    const sp_image_row *rows; /* sorted by repository; where one is here, the catalogue's rows of it do not count */
    size_t row_count;
} sp_known_images;

/** All rows of a reference's repository, next to each other; NULL and 0 when there is none. Asked under its own name
    first, then under that of what it is a copy of. */
const sp_image_row *sp_known_rows(const sp_known_images *known, sp_arena *arena, const sp_reference *reference,
                                  size_t *count);

/** As sp_catalogue_find. */
const sp_image_row *sp_known_find(const sp_known_images *known, sp_arena *arena, const sp_reference *reference);

/** The image that a reference is a copy of; NULL when it is none, or has rows of its own. */
const sp_reference *sp_known_original(const sp_known_images *known, sp_arena *arena, const sp_reference *reference);

#endif
