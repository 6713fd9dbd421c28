/* Builds that files declare: those of --compose and --bake, those of the configuration, and those of files that merely
   lie beside Dockerfiles. */
#ifndef SP_CLI_BUILDS_H
#define SP_CLI_BUILDS_H

#include "cli/discover.h"
#include "engine/tool.h"

/** One build, the Dockerfile it names, and the folder it is built from. */
typedef struct cli_build {
    const sp_tool_build *declared;
    char *path;    /* to open; NULL when the Dockerfile stands in the declaring file */
    char *report;  /* what reports call it */
    char *context; /* to open; NULL when it is not here */
    char *folder;  /* what reports call that */
    bool lends;
} cli_build;

/** Zero is none. */
typedef struct cli_builds {
    sp_tool_builds **files; /* what was read */
    cli_build *items;
    size_t file_count, count, capacity;
} cli_builds;

/** Reads what `--compose FILE…` and `--bake FILE[:TARGET]…` name: several compose files are one, each over those before
    it. Remarks are said. False, and said, when one cannot be read. */
bool cli_builds_read(const cli_paths *paths, const cli_strings *compose, const cli_strings *bake, cli_builds *out);

/** Reads what the configuration of an engine declares, in it or by the names of compose and bake files. */
bool cli_builds_configured(const cli_paths *paths, const sp_engine *engine, const char *config, cli_builds *out);

/** Reads files that were found beside Dockerfiles: their builds lend stages to the others. One that cannot be read is
    said, and left out. */
void cli_builds_lend(const cli_paths *paths, const cli_strings *found, cli_builds *out);

/** Adds the Dockerfiles of the builds to the files to be judged, but not those of builds that only lend. */
void cli_builds_find(const cli_builds *builds, const cli_paths *paths, cli_found *found);

/** Declares the builds of files that are in the run. A negative status when the run refuses one. */
sp_status cli_builds_declare(const cli_builds *builds, sp_run *run, const cli_found *found);

/** Stages of one Dockerfile that other builds take. Zero is none. */
typedef struct cli_lent {
    sp_tool_lent *items;
    cli_strings names; /* that the items borrow */
    size_t count;
} cli_lent;

/** Those that the builds take from the file that reports call so. Lives no longer than the builds. */
void cli_builds_lent(const cli_builds *builds, const char *report, cli_lent *out);

void cli_lent_dispose(cli_lent *lent);

void cli_builds_dispose(cli_builds *builds);

#endif
