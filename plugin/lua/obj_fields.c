/* What instructions have by kind, flags apart:
   FROM base name? as? · RUN CMD ENTRYPOINT SHELL HEALTHCHECK form words[] script · RUN mounts[] · COPY ADD sources[]
   destination · ENV LABEL ARG pairs[] · HEALTHCHECK none · EXPOSE ports[] · USER WORKDIR STOPSIGNAL MAINTAINER argument
   · VOLUME paths[] · ONBUILD instruction. */
#include "lua/object.h"

static const sp_instruction_subject *subject_of(const void *subject)
{
    return subject;
}

static const sp_instruction *instruction_of(const void *subject)
{
    return subject_of(subject)->instruction;
}

/* Inside ONBUILD nothing is known of variables: another build will run it. */
static sp_variable look_up_nothing(sp_str name, void *payload)
{
    (void)name;
    (void)payload;
    return (sp_variable){.certainty = SP_CERTAIN_UNKNOWN, .shape = SP_STR(""), .definition = UINT32_MAX};
}

sp_value sp_lua__expand(lua_State *state, const sp_instruction_subject *subject, sp_word word)
{
    if (!subject->onbuild)
        return sp_graph_expand(sp_lua__graph(state), subject->id, word);
    return sp_expand(sp_lua__arena(state), &subject->instruction->line, word, sp_lua__document(state)->escape,
                     SP_EXPAND_WORD, look_up_nothing, NULL);
}

void sp_lua__push_word(lua_State *state, const sp_word *word, const sp_value *value)
{
    sp_lua__push_once(state, word, &sp_kind_value, value, sizeof *value);
}

static void push_literal(lua_State *state, const sp_word *word)
{
    if (word == NULL) {
        lua_pushnil(state);
        return;
    }
    sp_value value = sp_value_literal(*word);
    sp_lua__push_word(state, word, &value);
}

static void push_base(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    sp_lua__push_edge(state, is->stage != SP_NONE ? sp_lua__graph(state)->stages[is->stage].base : SP_NONE);
}

static void push_name(lua_State *state, const void *subject)
{
    push_literal(state, instruction_of(subject)->as.from.name);
}

static void push_as(lua_State *state, const void *subject)
{
    push_literal(state, instruction_of(subject)->as.from.keyword);
}

static void push_form(lua_State *state, const void *subject)
{
    static const char *const names[] = {
        [SP_FORM_SHELL] = "shell", [SP_FORM_EXEC] = "exec", [SP_FORM_HEREDOC] = "heredoc"};
    lua_pushstring(state, names[instruction_of(subject)->form]);
}

void sp_lua__push_words(lua_State *state, const sp_instruction *instruction)
{
    uint32_t count = instruction->form == SP_FORM_EXEC ? instruction->arguments.count : 0;
    sp_lua__push_list(state, count);
    for (uint32_t i = 0; i < count; i++) {
        push_literal(state, &instruction->arguments.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_words(lua_State *state, const void *subject)
{
    sp_lua__push_words(state, instruction_of(subject));
}

static void push_script(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    sp_lua__push_script(state, is->onbuild ? SP_NONE : is->id);
}

static void push_none(lua_State *state, const void *subject)
{
    lua_pushboolean(state, instruction_of(subject)->as.healthcheck.none);
}

static void push_argument(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    if (is->instruction->arguments.count == 0) {
        lua_pushnil(state);
        return;
    }
    sp_word word = is->instruction->arguments.items[0];
    sp_value value = is->instruction->kind == SP_MAINTAINER ? sp_value_literal(word) : sp_lua__expand(state, is, word);
    const sp_kind *kind = is->instruction->kind == SP_USER ? &sp_kind_user_value : &sp_kind_value;
    sp_lua__push(state, kind, &value, sizeof value);
}

static void push_paths(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    sp_lua__push_list(state, is->instruction->arguments.count);
    for (uint32_t i = 0; i < is->instruction->arguments.count; i++) {
        sp_value value = sp_lua__expand(state, is, is->instruction->arguments.items[i]);
        sp_lua__push_value(state, &value);
        sp_lua__append(state, i + 1);
    }
}

static void push_inner(lua_State *state, const void *subject)
{
    sp_lua__push_onbuild_instruction(state, subject);
}

static void push_user(lua_State *state, const void *subject)
{
    sp_lua__push_user_part(state, &((const sp_value_subject *)subject)->value);
}

static void push_group(lua_State *state, const void *subject)
{
    sp_lua__push_group_part(state, &((const sp_value_subject *)subject)->value);
}

static void push_root(lua_State *state, const void *subject)
{
    sp_setting user = {.state = SP_SETTING_SET, .instruction = SP_NONE};
    user.value = ((const sp_value_subject *)subject)->value;
    sp_answer answer = sp_facts_is_root(sp_lua__facts(state), &user);
    sp_lua__push_answer(state, &answer);
}

static const sp_field user_fields[] = {
    {"user", "string?", "the part before ':'; nil when unknown", .push = push_user},
    {"group", "string?", "the part after ':'", .push = push_group},
    {"root", "answer", "whether it is root, by name or number", .push = push_root},
};

const sp_kind sp_kind_user_value = {.name = "value",
                                    .type = "user_value",
                                    .says = "The argument of USER",
                                    .parent = &sp_kind_value,
                                    SP_FIELDS_OF(user_fields)};

#define COMMANDS                                                                                                       \
    (SP_VARIANT(RUN) | SP_VARIANT(CMD) | SP_VARIANT(ENTRYPOINT) | SP_VARIANT(SHELL) | SP_VARIANT(HEALTHCHECK))
#define COPIES (SP_VARIANT(COPY) | SP_VARIANT(ADD))
#define PAIRS (SP_VARIANT(ENV) | SP_VARIANT(LABEL) | SP_VARIANT(ARG))
#define SINGLES (SP_VARIANT(USER) | SP_VARIANT(WORKDIR) | SP_VARIANT(STOPSIGNAL) | SP_VARIANT(MAINTAINER))

static const sp_field fields[] = {
    {"base", "edge", "the edge from the base image or stage", .push = push_base, .variants = SP_VARIANT(FROM)},
    {"name", "value?", "the stage's name, as written", .push = push_name, .variants = SP_VARIANT(FROM)},
    {"as", "value?", "the keyword AS, as written", .push = push_as, .variants = SP_VARIANT(FROM)},
    {"form", "'shell'|'exec'|'heredoc'", "how its command is written", .push = push_form, .variants = COMMANDS},
    {"words", "value[]", "the words of the exec form", .push = push_words, .variants = COMMANDS},
    {"script", "script?", "what it runs; nil inside ONBUILD", .push = push_script, .variants = COMMANDS},
    {"mounts", "mount[]", "its mounts", .push = sp_lua__run_mounts, .variants = SP_VARIANT(RUN)},
    {"sources", "source[]", "what is copied", .push = sp_lua__copy_sources, .variants = COPIES},
    {"destination", "destination?", "where to", .push = sp_lua__copy_destination, .variants = COPIES},
    {"pairs", "value[]", "what it sets, with the name", .push = sp_lua__pairs, .variants = PAIRS},
    {"none", "boolean", "true for HEALTHCHECK NONE", .push = push_none, .variants = SP_VARIANT(HEALTHCHECK)},
    {"ports", "port[]", "the ports", .push = sp_lua__expose_ports, .variants = SP_VARIANT(EXPOSE)},
    {"argument", "value?", "its argument; of USER a user_value", .push = push_argument, .variants = SINGLES},
    {"paths", "value[]", "the paths", .push = push_paths, .variants = SP_VARIANT(VOLUME)},
    {"instruction", "instruction", "the instruction to be triggered", .push = push_inner,
     .variants = SP_VARIANT(ONBUILD)},
};

const sp_kind sp_kind_instruction_fields = {
    .name = "instruction", .parent = &sp_kind_instruction_flags, SP_FIELDS_OF(fields)};
