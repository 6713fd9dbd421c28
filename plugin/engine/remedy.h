/* What to do instead, in one line: taken from a policy's help, shown below each of its findings. */
#ifndef SP_ENGINE_REMEDY_H
#define SP_ENGINE_REMEDY_H

#include "lua/policy.h"

/** The second paragraph of the help's prose (the first says why, headings and code follow), else its only one, else the
    title; joined to one line, copied into the arena. */
sp_str sp_policy_remedy(sp_arena *arena, const sp_policy *policy);

#endif
