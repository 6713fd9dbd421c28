/* Which files a command's PATH arguments stand for. */
#ifndef SP_CLI_DISCOVER_H
#define SP_CLI_DISCOVER_H

#include "cli/paths.h"
#include "cli/strings.h"

typedef struct cli_file {
    char *path;         /* to open; NULL for standard input */
    char *report;       /* what reports call it */
    const char *reason; /* why it cannot be read; NULL while nothing is known against it */
    bool named;         /* a PATH argument itself, or what a build names: not found in a folder */
    const char *text;   /* the file itself, of `size` bytes, where it stands in another; NULL: it must be read */
    size_t size;
    bool added; /* to the run: the configuration's 'paths' may leave it out */
} cli_file;

typedef struct cli_found {
    cli_file *items; /* sorted by report path, each once */
    size_t count, capacity;
    cli_strings sources;   /* files left out because they look like sources or templates, as typed */
    cli_strings declaring; /* files that declare builds, found in a folder or beside a named file; and in HCL */
    cli_strings hcl;
    size_t cases;   /* files left out because they are cases of a policy pack */
    bool asked_git; /* what git ignores was left out */
    bool said_git;  /* it was said that git could not be asked */
} cli_found;

/** Finds the files of every PATH: a file itself, "-" for standard input (reported as `stdin_name`, or "<stdin>"), or
    the Dockerfiles in a folder. What cannot be read is found too, with the reason. */
void cli_discover(const cli_paths *paths, const cli_strings *operands, const char *stdin_name, cli_found *out);

/** Adds the Dockerfile of a declared build: a path, or a text that is borrowed. Sort when all are there. */
void cli_found_declare(cli_found *found, const cli_paths *paths, const char *path, const char *report, const char *text,
                       size_t size);

/** Puts the files in order, each once; and the one that reports call so, or NULL. */
void cli_found_sort(cli_found *found);
const cli_file *cli_found_find(const cli_found *found, const char *report);

void cli_found_dispose(cli_found *found);

/** Adds a file by the path that opens it. For the searches below. */
cli_file *cli_found_add(cli_found *found, const cli_paths *paths, const char *path);

/** Adds what cannot be read, with the reason: an errno. */
void cli_found_fail(cli_found *found, const cli_paths *paths, const char *path, int number);

/** A search: what it adds to, and where. */
typedef struct cli_search {
    cli_found *found;
    const cli_paths *paths;
    const char *limit;   /* the folder that no link may lead out of */
    cli_strings folders; /* still to be searched */
} cli_search;

/** Adds a path in a searched folder if its name and kind say Dockerfile: a regular file, or a link to one that does
    not lead out of the limit. */
void cli_search_judge(const cli_search *search, const char *path);

/** Searches a folder and the folders in it, without git. */
void cli_search_walk(const cli_search *search, const char *folder);

#endif
