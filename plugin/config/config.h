/* .stagepolicy.yaml: which policies, how severe, with which options, over which paths; which builds there are. */
#ifndef SP_CONFIG_CONFIG_H
#define SP_CONFIG_CONFIG_H

#include "config/declared.h"
#include "config/yaml.h"

#include <stagepolicy/types.h>

/** One entry below `policies:`; later entries win over earlier ones. */
typedef struct sp_config_policy {
    sp_str glob; /* an id, or "pack/…" */
    bool has_severity;
    sp_severity severity; /* SP_SEVERITY_OFF switches off */
    bool has_unknown;
    sp_severity unknown;    /* of undecided findings; SP_SEVERITY_OFF leaves them out */
    const sp_yaml *options; /* a mapping, or NULL */
    bool has_waivable, waivable;
    uint32_t line, column;
} sp_config_policy;

typedef SP_LIST(sp_str) sp_config_texts;

/** What an entry below `builds:` is. */
typedef enum sp_config_build_kind { SP_CONFIG_BUILD, SP_CONFIG_COMPOSE, SP_CONFIG_BAKE } sp_config_build_kind;

/** One entry below `builds:`; one with several `targets` is as many. */
typedef struct sp_config_build {
    sp_config_build_kind kind;
    sp_declared_build build; /* of SP_CONFIG_BUILD; an argument without a value is not known */
    sp_config_texts files;   /* of SP_CONFIG_COMPOSE: at least one, the later over the earlier; of SP_CONFIG_BAKE: one.
                                Relative to the configuration's folder */
    sp_str selected;         /* of SP_CONFIG_BAKE: a target or a group; "" when not said */
    uint32_t line, column;
} sp_config_build;

typedef SP_LIST(sp_config_build) sp_config_builds;

/** One entry below `mirrors:` of `images:`: names of images that begin with `prefix` are copies. */
typedef struct sp_config_mirror {
    sp_str prefix, stands_for; /* "registry.corp/dockerhub/", "docker.io/" */
} sp_config_mirror;

typedef SP_LIST(sp_config_mirror) sp_config_mirrors;

/** One entry below `waivers:`; of what it does not say, anything is covered. */
typedef struct sp_config_waiver {
    sp_config_texts policies;    /* ids, or globs of them: at least one */
    sp_str path;                 /* a glob over report paths: config/path_glob.h */
    sp_str stage, message;       /* message: a part of it */
    sp_str reason, owner, until; /* until: a day, "2027-01-31", the last one */
    uint32_t line, column;
} sp_config_waiver;

/** What `waiver_terms:` asks of waivers, wherever they stand. */
typedef struct sp_waiver_terms {
    bool reason, owner, until;                /* it must say so */
    bool no_inline, no_hadolint, no_buildkit; /* comments that waive nothing */
} sp_waiver_terms;

typedef struct sp_config {
    sp_str path, text;
    SP_LIST(sp_config_policy) policies;
    sp_severity fail_on;              /* SP_SEVERITY_OFF: not said */
    sp_config_texts include, exclude; /* globs over report paths: config/path_glob.h */
    sp_config_builds builds;
    sp_config_mirrors mirrors;
    SP_LIST(sp_config_waiver) waivers;
    sp_waiver_terms terms;
    sp_config_texts catalogues; /* files that say what images contain, relative to the configuration's folder */
} sp_config;

/** Reads a configuration into the arena; needs a recovery point. SP_E_CONFIG with its place. */
sp_status sp_config_read(sp_arena *arena, sp_str path, sp_str text, sp_config *out, sp_error *error);

/** Whether `paths:` lets a path in. */
bool sp_config_includes(const sp_config *config, sp_str path);

#endif
