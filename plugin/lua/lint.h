/* What looks wrong in the text of a policy, without running it.

   The file compiles, so its structure is certain. Types are followed as far as the tables of the API tell them: from
   what check is given, through fields, methods, each and ipairs, into locals that are never assigned again. Where they
   end nothing is said: a remark is never a guess. */
#ifndef SP_LUA_LINT_H
#define SP_LUA_LINT_H

#include "lua/policy.h"

typedef struct sp_lint_remark {
    const char *check; /* "no-such-name" */
    uint32_t line, column;
    sp_str message;
} sp_lint_remark;

typedef SP_LIST(sp_lint_remark) sp_lint_remarks;

/** Reads the file of a policy that was loaded; with `policy` NULL, a module. Remarks come in order of place. Needs a
    recovery point. */
void sp_lint_read(sp_arena *arena, const sp_policy *policy, sp_str text, sp_lint_remarks *out);

#endif
