/* Platforms and named contexts of a run: what BuildKit would refuse of them, and how it spells them. */
#ifndef SP_ENGINE_INPUTS_H
#define SP_ENGINE_INPUTS_H

#include "base/error.h"
#include "engine/run.h"

/** SP_E_USAGE for the first platform or name of a context that BuildKit would refuse. Needs a recovery point. */
sp_status sp_inputs_check(const sp_run *run, sp_arena *arena, sp_error *error);

/** A platform in its one spelling; empty where it is that of the machine that builds. As above. */
sp_str sp_inputs_platform(sp_arena *arena, sp_str text);

/** The name of a context as BuildKit looks it up: "docker.io/library/alpine:latest" is "alpine". As above. */
sp_str sp_inputs_context(sp_arena *arena, sp_str name);

#endif
