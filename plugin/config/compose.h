/* Compose files → the builds of their services. */
#ifndef SP_CONFIG_COMPOSE_H
#define SP_CONFIG_COMPOSE_H

#include "config/declared.h"

/** A compose file that the caller has read. */
typedef struct sp_compose_file {
    sp_str path; /* the folder it is in is that to which other paths are relative */
    sp_str text;
} sp_compose_file;

/** Reads a file that `extends` or `include` names, at a path made of the first file's folder and what they say. False
    when it cannot be had. `text` must live as long as the arena. */
typedef bool (*sp_compose_open)(void *payload, sp_str path, sp_str *text);

/** What to read: files, each of which adds to or overrides those before it, as `compose.override.yaml` does. */
typedef struct sp_compose_input {
    const sp_compose_file *files; /* at least one */
    size_t count;
    sp_declared_lookup lookup; /* the environment, then `.env`: sp_dotenv_find; NULL: there are no variables */
    sp_compose_open open;      /* NULL: a file that names another is refused */
    void *payload;             /* of both */
} sp_compose_input;

/** Builds in the order in which services first come. Paths are relative to the folder of the first file. */
typedef struct sp_compose {
    sp_declared_builds builds;
    sp_declared_remarks remarks;
} sp_compose;

/** Reads compose files as compose does: interpolation, `extends`, `include`, `<<`, `!reset`, `!override`, several
    documents; services behind a profile too. What does not matter for a build is not looked at. A build argument whose
    value uses a variable that nobody gave is not `known`; elsewhere such a variable is blank; both are remarked.
    A value `service:NAME` of a named context is the image of another service's build. SP_E_CONFIG with a place for what
    is not a compose file or exceeds a limit. Needs a recovery point. */
sp_status sp_compose_read(sp_arena *arena, const sp_compose_input *input, sp_compose *out, sp_error *error);

#endif
