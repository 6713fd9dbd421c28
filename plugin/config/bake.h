/* Bake files in JSON → the builds of their targets. HCL is not read: `docker buildx bake --print` writes it as JSON. */
#ifndef SP_CONFIG_BAKE_H
#define SP_CONFIG_BAKE_H

#include "config/declared.h"

/** What to read: a `docker-bake.json`, or what `docker buildx bake --print` writes. */
typedef struct sp_bake_input {
    sp_str path; /* for messages */
    sp_str text;
    sp_str selected;           /* a target or a group; "" for `default`, as bake has it */
    sp_declared_lookup lookup; /* the environment; NULL: nothing is in it */
    void *payload;             /* of lookup */
} sp_bake_input;

/** Targets, inheritance and variables resolved. A platform may be `local`: the builder's own. */
typedef struct sp_bake {
    sp_declared_builds builds; /* what is selected, in the order of the groups that name it */
    sp_declared_builds linked; /* what only a named context `target:NAME` of one of them (or of these) uses */
    SP_LIST(sp_str) names;     /* what can be selected: groups, then targets, in the order of the file */
} sp_bake;

/** Reads a bake file as bake does: `inherits`, groups, variables in `${NAME}`. A target that is not selected is not
    looked into. A build argument that uses a variable without a default that nobody gave, or bake's own
    BAKE_LOCAL_PLATFORM, is not `known`; elsewhere such a variable is blank. SP_E_CONFIG for what is not such a file,
    uses more of HCL than that (the message says how to have bake do it), goes in circles, exceeds a limit, or has no
    such target. JSON errors have a line, others name the value. Needs a recovery point. */
sp_status sp_bake_read(sp_arena *arena, const sp_bake_input *input, sp_bake *out, sp_error *error);

#endif
