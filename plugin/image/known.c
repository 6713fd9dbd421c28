/* Looking images up in rows of one's own, through mirrors, and in the compiled catalogue. */
#include "image/known.h"

const sp_reference *sp_known_original(const sp_known_images *known, sp_arena *arena, const sp_reference *reference)
{
    size_t count;
    if (sp_catalogue_rows_in(known->rows, known->row_count, reference, &count) != NULL)
        return NULL;
    return sp_mirrors_resolve(&known->mirrors, arena, reference);
}

const sp_image_row *sp_known_rows(const sp_known_images *known, sp_arena *arena, const sp_reference *reference,
                                  size_t *count)
{
    const sp_reference *original = sp_known_original(known, arena, reference);
    const sp_reference *asked = original != NULL ? original : reference;
    const sp_image_row *rows = sp_catalogue_rows_in(known->rows, known->row_count, asked, count);
    return rows != NULL ? rows : sp_catalogue_rows(asked, count);
}

const sp_image_row *sp_known_find(const sp_known_images *known, sp_arena *arena, const sp_reference *reference)
{
    size_t count = 0;
    const sp_image_row *rows = sp_known_rows(known, arena, reference, &count);
    return sp_catalogue_choose(rows, count, reference);
}
