/* The compiled catalogue itself, as sp-embed writes it from policies/images/. Only catalogue.c reads it. */
#ifndef SP_IMAGE_CATALOGUE_ROWS_H
#define SP_IMAGE_CATALOGUE_ROWS_H

#include "image/catalogue.h"

/** Sorted by repository; the rows of one repository stand in the order of their file, and the first whose tags match
    counts. */
extern const sp_image_row sp_catalogue__rows[];
extern const size_t sp_catalogue__row_count;

/** What catalogue.yaml says. */
extern const char sp_catalogue__date[], sp_catalogue__version[];

#endif
