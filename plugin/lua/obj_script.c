/* script: known commands[] pipes[] at · pipe: a list of commands and at pipefail. */
#include "lua/object.h"

typedef struct script_subject {
    const sp_script *script;
    uint32_t instruction;
} script_subject;

typedef struct pipe_subject {
    script_subject in;
    const sp_pipe *pipe;
} pipe_subject;

static bool place_of_script(lua_State *state, const void *subject, sp_span *out)
{
    *out = sp_lua__instruction_span(sp_lua__graph(state), ((const script_subject *)subject)->instruction);
    return true;
}

static void push_known(lua_State *state, const void *subject)
{
    lua_pushboolean(state, ((const script_subject *)subject)->script->known);
}

static void push_commands(lua_State *state, const void *subject)
{
    const script_subject *is = subject;
    sp_lua__push_list(state, is->script->command_count);
    sp_vm_charge(state, is->script->command_count);
    for (uint32_t i = 0; i < is->script->command_count; i++) {
        sp_lua__push_command(state, is->script, i, is->instruction);
        sp_lua__append(state, i + 1);
    }
}

static void push_pipes(lua_State *state, const void *subject)
{
    const script_subject *is = subject;
    sp_lua__push_list(state, is->script->pipe_count);
    for (uint32_t i = 0; i < is->script->pipe_count; i++) {
        sp_lua__push_pipe(state, is->script, i, is->instruction);
        sp_lua__append(state, i + 1);
    }
}

static const sp_field script_fields[] = {
    {"known", "boolean", "false when the shell is not one we read: the lists are then empty", .push = push_known},
    {"commands", "command[]", "the commands, in order; what sudo, env and xargs run too", .push = push_commands},
    {"pipes", "pipe[]", "the pipes", .push = push_pipes},
    {"at", "place", "the instruction", .push = sp_lua__field_at},
};

const sp_kind sp_kind_script = {.name = "script",
                                .says = "What RUN does, or what CMD, ENTRYPOINT and HEALTHCHECK would do",
                                SP_FIELDS_OF(script_fields),
                                .place = place_of_script};

static bool place_of_pipe(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = ((const pipe_subject *)subject)->pipe->span;
    return true;
}

static void push_pipefail(lua_State *state, const void *subject)
{
    const sp_pipe *pipe = ((const pipe_subject *)subject)->pipe;
    sp_answer answer = sp_lua__answer(state, pipe->pipefail ? SP_YES : SP_NO, SP_STR("pipefail"), pipe->span);
    sp_lua__push_answer(state, &answer);
}

static const sp_field pipe_fields[] = {
    {"at", "place", "from its first command to its last", .push = sp_lua__field_at},
    {"pipefail", "answer", "whether a failure before the last command counts", .push = push_pipefail},
};

const sp_kind sp_kind_pipe = {.name = "pipe",
                              .says = "The commands of a pipe: a list",
                              .parent = &sp_kind_list,
                              SP_FIELDS_OF(pipe_fields),
                              .place = place_of_pipe};

void sp_lua__push_pipe(lua_State *state, const sp_script *script, uint32_t index, uint32_t instruction)
{
    const sp_pipe *pipe = &script->pipes[index];
    pipe_subject subject = {{script, instruction}, pipe};
    if (sp_lua__find(state, pipe))
        return;
    sp_lua__push_list_of(state, &sp_kind_pipe, pipe->count, &subject, sizeof subject);
    sp_lua__keep(state, pipe);
    for (uint32_t i = 0; i < pipe->count; i++) {
        sp_lua__push_command(state, script, pipe->first + i, instruction);
        sp_lua__append(state, i + 1);
    }
}

void sp_lua__push_script(lua_State *state, uint32_t instruction)
{
    const sp_script *script = instruction != SP_NONE ? sp_facts_script(sp_lua__facts(state), instruction) : NULL;
    script_subject subject = {script, instruction};
    if (script != NULL)
        sp_lua__push_once(state, script, &sp_kind_script, &subject, sizeof subject);
    else
        lua_pushnil(state);
}
