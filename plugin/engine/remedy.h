/* What to do instead, in one line: taken from a policy's help, shown below each of its findings. */
#ifndef SP_ENGINE_REMEDY_H
#define SP_ENGINE_REMEDY_H

#include "lua/policy.h"

/** The first sentence of the second paragraph of the help's prose (the first paragraph says why; headings and code
    follow), else of its only one, else the title; joined to one line without a full stop, copied into the arena. */
sp_str sp_policy_remedy(sp_arena *arena, const sp_policy *policy);

#endif
