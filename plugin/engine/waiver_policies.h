/* The policies by which waivers themselves are judged. They are no scripts, but are named, configured and explained
   like all others. */
#ifndef SP_ENGINE_WAIVER_POLICIES_H
#define SP_ENGINE_WAIVER_POLICIES_H

#include "engine/engine.h"

typedef enum sp_waiver_fault {
    SP_WAIVER_EXPIRED,
    SP_WAIVER_MALFORMED,
    SP_WAIVER_REFUSED,
    SP_WAIVER_UNUSED,
    SP_WAIVER_FAULT_COUNT
} sp_waiver_fault;

/** Adds them to the engine's policies. */
void sp_waiver_policies_add(sp_engine *engine);

/** Whether a policy is one of them: then there is no script to run. */
bool sp_waiver_policy_is(const sp_policy *policy);

/** The one that a fault is found by, as the configuration left it; NULL when the built-in policies were left
    out. */
const sp_policy *sp_waiver_policy_of(const sp_engine *engine, sp_waiver_fault fault);

#endif
