/* Builds that a file beside the Dockerfiles declares: services of a compose file, targets of a bake file, `builds:` of
   the configuration. */
#ifndef SP_CONFIG_DECLARED_H
#define SP_CONFIG_DECLARED_H

#include "base/error.h"
#include "base/list.h"

/** A build argument, or a named context. */
typedef struct sp_declared_pair {
    sp_str name;
    sp_str value;
    bool known; /* false: an argument whose value comes from an environment that nobody gave */
} sp_declared_pair;

typedef SP_LIST(sp_declared_pair) sp_declared_pairs;

/** One build. Texts live in the arena of the reader; variables in them are interpolated. */
typedef struct sp_declared_build {
    sp_str name;                 /* of the service, the bake target, or the configured build; "" without one */
    uint32_t line, column;       /* in the declaring file, from 1; 0 where its reader has no places (JSON) */
    sp_str context;              /* a folder, relative to the declaring file's folder, or absolute; or a URL */
    sp_str dockerfile;           /* a path, relative to the context or absolute; "Dockerfile" when not said */
    const sp_str *inline_text;   /* the Dockerfile itself, when it stands in the file; NULL otherwise */
    sp_str target;               /* a stage; "" for the last one */
    sp_declared_pairs arguments; /* in the order of the file; each name once */
    sp_declared_pairs contexts;  /* named contexts: --build-context */
    SP_LIST(sp_str) platforms;   /* "linux/amd64"; none: the builder's own */
    sp_str path;                 /* of the declaring file, where its reader may read several; "" otherwise */
} sp_declared_build;

typedef SP_LIST(sp_declared_build) sp_declared_builds;

/** What a reader took in its own way, to be said to the person: a variable that nobody gave, for example. */
typedef struct sp_declared_remark {
    sp_str path;
    uint32_t line, column; /* from 1 */
    sp_str text;
} sp_declared_remark;

typedef SP_LIST(sp_declared_remark) sp_declared_remarks;

/** Looks a variable up: the environment, `.env`. False when nobody gave it. `value` must live as long as the arena. */
typedef bool (*sp_declared_lookup)(void *payload, sp_str name, sp_str *value);

#endif
