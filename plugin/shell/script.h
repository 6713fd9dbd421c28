/* The text inside RUN (or CMD, ENTRYPOINT, HEALTHCHECK): simple commands, pipes, redirections, assignments. Unknown is
   a result: a shell we do not read gives a script with `known` false and no commands. */
#ifndef SP_SHELL_SCRIPT_H
#define SP_SHELL_SCRIPT_H

#include "dockerfile/expand.h"

/** One word of a command: text after quote removal, with unknown parts as NUL bytes (as sp_value.shape). */
typedef struct sp_shell_word {
    sp_value value; /* known when no part of it is decided by the running shell */
    bool quoted;    /* some of it was in quotes */
} sp_shell_word;

typedef struct sp_redirect {
    sp_str operator;
    sp_shell_word target;
} sp_redirect;

typedef struct sp_shell_assignment {
    sp_str name;
    sp_shell_word value;
} sp_shell_assignment;

/** A command that may run without those beside it. */
#define SP_NO_BRANCH UINT32_MAX

/** A simple command. What `sudo env exec time nice xargs` run is a command of its own, after them. */
typedef struct sp_command {
    const sp_shell_word *words; /* name first; may be empty when there are only assignments */
    uint32_t word_count;
    sp_str name;     /* base name of the first word; "" when unknown */
    bool certain;    /* false inside if, ||, loops, case, functions: it may not run */
    uint32_t branch; /* commands of the same one run together: 0 always runs; SP_NO_BRANCH is together with nothing */
    uint32_t pipe;   /* index of its pipe in the script, or UINT32_MAX */
    const sp_redirect *redirects;
    uint32_t redirect_count;
    const sp_shell_assignment *assignments;
    uint32_t assignment_count;
    sp_str directory; /* where `cd` before it went: absolute, or seen from the WORKDIR; "" is the WORKDIR */
    bool directory_known;
    sp_span span;
} sp_command;

typedef struct sp_pipe {
    uint32_t first, count; /* commands; those of a pipe inside it carry that pipe's own index */
    bool pipefail;         /* set in the script before it, or by the SHELL's words */
    sp_span span;
} sp_pipe;

typedef struct sp_script {
    bool known;
    const sp_command *commands; /* in order */
    uint32_t command_count;
    const sp_pipe *pipes;
    uint32_t pipe_count;
} sp_script;

/** What a script needs from around it. */
typedef struct sp_script_input {
    const sp_instruction *instruction; /* RUN, CMD, ENTRYPOINT, HEALTHCHECK */
    const sp_words *shell;             /* SHELL's words in force, NULL for the default /bin/sh -c */
    bool shell_known;                  /* false: the base image may have set one; sh is assumed */
    sp_lookup lookup;                  /* the environment: ARG and ENV */
    void *payload;
} sp_script_input;

/** Reads the script of an instruction into the arena; needs a recovery point there. Heredoc bodies of a RUN that is one
    heredoc are the script; the exec form is one command. */
const sp_script *sp_script_parse(sp_arena *arena, const sp_document *document, const sp_script_input *input);

#endif
