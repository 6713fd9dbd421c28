/* Pack folders made for a test, and taken away again. */
#ifndef TESTS_ENGINE_PACKS_H
#define TESTS_ENGINE_PACKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/** A policy's file, when what its check does is `body`. */
#define POLICY(id, body)                                                                                               \
    "return { id = \"" id "\", title = \"T\", severity = \"warning\", help = \"H\",\n"                                 \
    "check = function(build, report, options) " body " end }\n"

/** Makes a pack called `name` in a new folder, whose path is written to `folder` (64 bytes). */
static inline void pack_make(char *folder, const char *name)
{
    char path[256];
    strcpy(folder, "/tmp/sp-engine-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/pack.yaml", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name: %s\nversion: 1.0.0\n", name);
    fclose(file);
}

/** Adds a policy to it. */
static inline void pack_add(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/%s/%s.lua", folder, name, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline void pack_remove(const char *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

#endif
