/* Comparing with tests/golden/report/CASE/; UPDATE_GOLDEN=1 rewrites. */
#ifndef TESTS_REPORT_GOLDEN_H
#define TESTS_REPORT_GOLDEN_H

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

/** Fails the test when the text differs from the file's. */
static inline void golden_compare(const char *folder, const char *name, sp_str text)
{
    static char path[1024], wanted[65536];
    const char *root = getenv("SP_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/tests/golden/report/%s/%s", root != NULL ? root : ".", folder, name);
    const char *update = getenv("UPDATE_GOLDEN");
    FILE *file = fopen(path, update != NULL ? "wb" : "rb");
    if (file == NULL)
        fail_msg("cannot open %s", path);
    if (update != NULL) {
        fwrite(text.text, 1, text.size, file);
        fclose(file);
        return;
    }
    size_t size = fread(wanted, 1, sizeof wanted, file);
    fclose(file);
    if (!sp_str_equal(text, (sp_str){wanted, size}))
        fail_msg("%s differs; this is what was written:\n%.*s", path, SP_STR_ARG(text));
}

#endif
