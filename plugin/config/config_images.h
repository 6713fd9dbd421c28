/* `images:` of the configuration; config.c is its only user. */
#ifndef SP_CONFIG_CONFIG_IMAGES_H
#define SP_CONFIG_CONFIG_IMAGES_H

#include "config/config.h"

/** Reads the value of `images:`. SP_E_CONFIG with its place. */
sp_status sp_config__read_images(sp_arena *arena, sp_str path, const sp_yaml *value, sp_config *out, sp_error *error);

#endif
