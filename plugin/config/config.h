/* .stagepolicy.yaml: which policies, how severe, with which options, over which paths. */
#ifndef SP_CONFIG_CONFIG_H
#define SP_CONFIG_CONFIG_H

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
    uint32_t line, column;
} sp_config_policy;

typedef SP_LIST(sp_str) sp_config_globs;

typedef struct sp_config {
    sp_str path;
    SP_LIST(sp_config_policy) policies;
    sp_severity fail_on;              /* SP_SEVERITY_OFF: not said */
    sp_config_globs include, exclude; /* globs over report paths: config/path_glob.h */
} sp_config;

/** Reads a configuration into the arena; needs a recovery point. SP_E_CONFIG with its place. */
sp_status sp_config_read(sp_arena *arena, sp_str path, sp_str text, sp_config *out, sp_error *error);

/** Whether `paths:` lets a path in. */
bool sp_config_includes(const sp_config *config, sp_str path);

#endif
