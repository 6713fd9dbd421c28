/* What popular images contain, compiled in from policies/images/. */
#ifndef SP_IMAGE_CATALOGUE_H
#define SP_IMAGE_CATALOGUE_H

#include "image/reference.h"

/** How a row is known. */
typedef enum sp_confidence { SP_OBSERVED, SP_DERIVED, SP_ASSUMED } sp_confidence;

/** One row: images of a repository whose tag matches. Lists end with NULL. */
typedef struct sp_image_row {
    const char *repository;      /* "docker.io/library/golang" */
    const char *const *tags;     /* '*' is any text in them */
    const char *const *contains; /* capabilities */
    const char *const *lacks;    /* capabilities that were looked for and are not there */
    const char *const *unknown;  /* capabilities that may be there */
    const char *user;            /* "root", "65532", …; NULL when not known */
    const char *distro;          /* "debian", "alpine", …; NULL */
    const char *libc;            /* "glibc", "musl", "none", …; NULL */
    const char *family;          /* toolchain runtime os distroless service scratch */
    sp_confidence confidence;
    const char *source; /* what says so, for people */
} sp_image_row;

/** The row for a reference, or NULL when the catalogue does not know the image: also when a digest alone does not say
    which of several rows it is. */
const sp_image_row *sp_catalogue_find(const sp_reference *reference);

/** All rows of a reference's repository, next to each other; NULL and 0 when there is none. */
const sp_image_row *sp_catalogue_rows(const sp_reference *reference, size_t *count);

/** The same in a table of one's own, sorted by repository. */
const sp_image_row *sp_catalogue_rows_in(const sp_image_row *table, size_t size, const sp_reference *reference,
                                         size_t *count);

/** Of the rows of a repository the one that a reference means; NULL as in sp_catalogue_find. */
const sp_image_row *sp_catalogue_choose(const sp_image_row *rows, size_t count, const sp_reference *reference);

/** The row of scratch, which is no image of any registry: it contains nothing. */
const sp_image_row *sp_catalogue_scratch(void);

/** Whether a NULL-terminated list holds the text. */
bool sp_catalogue_has(const char *const *list, sp_str text);

/** "2026-11-24" and "2.0.0": the date and the version of the compiled catalogue. */
const char *sp_catalogue_date(void);
const char *sp_catalogue_version(void);

/** Number of rows, and the row at `index`, which is less than that. */
size_t sp_catalogue_count(void);
const sp_image_row *sp_catalogue_at(size_t index);

#endif
