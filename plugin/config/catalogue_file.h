/* A file that says what images contain, in the format of policies/images/. */
#ifndef SP_CONFIG_CATALOGUE_FILE_H
#define SP_CONFIG_CATALOGUE_FILE_H

#include "config/yaml.h"

/** A list that ends with NULL. */
typedef const char *const *sp_catalogue_names;

/** What one row says of one repository; NULL where it says nothing. */
typedef struct sp_catalogue_entry {
    sp_str repository;
    sp_catalogue_names tags, contains, lacks, unknown;
    const char *user, *distro, *libc, *family, *source;
    uint32_t confidence; /* 0 observed, 1 derived, 2 assumed */
} sp_catalogue_entry;

typedef SP_LIST(sp_catalogue_entry) sp_catalogue_entries;

/** Appends the rows of a text, one for each repository that a row names; `capabilities` are the words there are.
    SP_E_CONFIG with a place, and a did-you-mean. Needs a recovery point. */
sp_status sp_catalogue_file_read(sp_arena *arena, sp_str path, sp_str text, const sp_str *capabilities, size_t count,
                                 sp_catalogue_entries *out, sp_error *error);

#endif
