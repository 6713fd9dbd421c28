/* `builds:` of the configuration; config.c is its only user. */
#ifndef SP_CONFIG_CONFIG_BUILDS_H
#define SP_CONFIG_CONFIG_BUILDS_H

#include "config/config.h"

/** Reads the value of `builds:`. SP_E_CONFIG with its place. */
sp_status sp_config__read_builds(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config_builds *out,
                                 sp_error *error);

#endif
