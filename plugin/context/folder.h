/* What is known of the folder that a build takes its files from. */
#ifndef SP_CONTEXT_FOLDER_H
#define SP_CONTEXT_FOLDER_H

#include "context/ignore.h"

/** Whoever reads the folder fills it; without one (NULL) nothing is known. */
typedef struct sp_context_folder {
    sp_ignore *ignore; /* the .dockerignore that applies; NULL: there is none */
    sp_str path;       /* of that file, as reports call it; "" without one */
    bool assumed;      /* it may be another folder: what is here is probable, what is not here says nothing */
} sp_context_folder;

#endif
