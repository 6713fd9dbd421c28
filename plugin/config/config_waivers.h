/* `waivers:` and `waiver_terms:` of the configuration; config.c is its only user. */
#ifndef SP_CONFIG_CONFIG_WAIVERS_H
#define SP_CONFIG_CONFIG_WAIVERS_H

#include "config/config.h"

/** Reads the list below `waivers:` into the configuration. SP_E_CONFIG with the place. */
sp_status sp_config__read_waivers(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config *out, sp_error *error);

/** Reads what is below `waiver_terms:`. */
sp_status sp_config__read_terms(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config *out, sp_error *error);

#endif
