/* What flags say of instructions:
   FROM platform? · RUN network security · COPY ADD chown? chmod? checksum? exclude[] link parents unpack? keep_git_dir?
   · HEALTHCHECK interval? timeout? start_period? start_interval? retries?. */
#include "lua/object.h"

static const sp_instruction *instruction_of(const void *subject)
{
    return ((const sp_instruction_subject *)subject)->instruction;
}

static bool is_flag_expanded(sp_instruction_kind kind, sp_str name)
{
    static const struct {
        sp_instruction_kind kind;
        sp_str name;
        bool expanded;
    } rows[] = {
#define SP_FLAG(INSTRUCTION, name, type, expanded) {SP_##INSTRUCTION, {name, sizeof name - 1}, expanded},
#include "dockerfile/flag.def"
#undef SP_FLAG
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == kind && sp_str_equal(rows[i].name, name))
            return rows[i].expanded;
    return false;
}

void sp_lua__push_flag(lua_State *state, const sp_instruction_subject *subject, const sp_flag *flag)
{
    sp_value value = is_flag_expanded(subject->instruction->kind, flag->name)
                         ? sp_lua__expand(state, subject, flag->value)
                         : sp_value_literal(flag->value);
    sp_lua__push_once(state, flag, &sp_kind_value, &value, sizeof value);
    lua_pushliteral(state, "name");
    sp_lua__push_text(state, flag->name);
    lua_rawset(state, -3);
}

static void push_flag_of(lua_State *state, const void *subject, const char *name)
{
    const sp_flag *flag = sp_instruction_flag(instruction_of(subject), sp_str_from(name));
    if (flag != NULL)
        sp_lua__push_flag(state, subject, flag);
    else
        lua_pushnil(state);
}

#define FLAG_FIELD(function, name)                                                                                     \
    static void function(lua_State *state, const void *subject)                                                        \
    {                                                                                                                  \
        push_flag_of(state, subject, name);                                                                            \
    }

FLAG_FIELD(push_platform, "platform")
FLAG_FIELD(push_chown, "chown")
FLAG_FIELD(push_chmod, "chmod")
FLAG_FIELD(push_checksum, "checksum")
FLAG_FIELD(push_interval, "interval")
FLAG_FIELD(push_timeout, "timeout")
FLAG_FIELD(push_start_period, "start-period")
FLAG_FIELD(push_start_interval, "start-interval")
FLAG_FIELD(push_retries, "retries")

/* A flag that is there or not: --link, --link=false. */
static bool is_on(const sp_flag *flag)
{
    return flag != NULL && !(flag->has_value && sp_str_equal_nocase(flag->value.text, SP_STR("false")));
}

static void push_link(lua_State *state, const void *subject)
{
    lua_pushboolean(state, is_on(sp_instruction_flag(instruction_of(subject), SP_STR("link"))));
}

static void push_parents(lua_State *state, const void *subject)
{
    lua_pushboolean(state, is_on(sp_instruction_flag(instruction_of(subject), SP_STR("parents"))));
}

static void push_optional_switch(lua_State *state, const sp_flag *flag)
{
    if (flag != NULL)
        lua_pushboolean(state, is_on(flag));
    else
        lua_pushnil(state);
}

static void push_unpack(lua_State *state, const void *subject)
{
    push_optional_switch(state, sp_instruction_flag(instruction_of(subject), SP_STR("unpack")));
}

static void push_keep_git_dir(lua_State *state, const void *subject)
{
    push_optional_switch(state, sp_instruction_flag(instruction_of(subject), SP_STR("keep-git-dir")));
}

static void push_exclude(lua_State *state, const void *subject)
{
    const sp_instruction *instruction = instruction_of(subject);
    uint32_t count = 0;
    sp_lua__push_list(state, 0);
    for (uint32_t i = 0; i < instruction->flags.count; i++)
        if (sp_str_equal(instruction->flags.items[i].name, SP_STR("exclude"))) {
            sp_lua__push_flag(state, subject, &instruction->flags.items[i]);
            sp_lua__append(state, ++count);
        }
}

static void push_flag_text(lua_State *state, const void *subject, const char *name, const char *otherwise)
{
    const sp_flag *flag = sp_instruction_flag(instruction_of(subject), sp_str_from(name));
    sp_lua__push_text(state, flag != NULL ? flag->value.text : sp_str_from(otherwise));
}

static void push_network(lua_State *state, const void *subject)
{
    push_flag_text(state, subject, "network", "default");
}

static void push_security(lua_State *state, const void *subject)
{
    push_flag_text(state, subject, "security", "sandbox");
}

#define COPIES (SP_VARIANT(COPY) | SP_VARIANT(ADD))

static const sp_field fields[] = {
    {"platform", "value?", "of --platform", .push = push_platform, .variants = SP_VARIANT(FROM)},
    {"network", "string", "of --network: \"default\", \"none\" or \"host\"", .push = push_network,
     .variants = SP_VARIANT(RUN)},
    {"security", "string", "of --security: \"sandbox\" or \"insecure\"", .push = push_security,
     .variants = SP_VARIANT(RUN)},
    {"chown", "value?", "of --chown", .push = push_chown, .variants = COPIES},
    {"chmod", "value?", "of --chmod", .push = push_chmod, .variants = COPIES},
    {"checksum", "value?", "of --checksum", .push = push_checksum, .variants = COPIES},
    {"exclude", "value[]", "every --exclude", .push = push_exclude, .variants = COPIES},
    {"link", "boolean", "true with --link", .push = push_link, .variants = COPIES},
    {"parents", "boolean", "true with --parents", .push = push_parents, .variants = COPIES},
    {"unpack", "boolean?", "of --unpack; nil when it is not given", .push = push_unpack, .variants = COPIES},
    {"keep_git_dir", "boolean?", "of --keep-git-dir; nil when it is not given", .push = push_keep_git_dir,
     .variants = COPIES},
    {"interval", "value?", "of --interval, a duration as written: \"30s\"", .push = push_interval,
     .variants = SP_VARIANT(HEALTHCHECK)},
    {"timeout", "value?", "of --timeout, a duration as written", .push = push_timeout,
     .variants = SP_VARIANT(HEALTHCHECK)},
    {"start_period", "value?", "of --start-period, a duration as written", .push = push_start_period,
     .variants = SP_VARIANT(HEALTHCHECK)},
    {"start_interval", "value?", "of --start-interval, a duration as written", .push = push_start_interval,
     .variants = SP_VARIANT(HEALTHCHECK)},
    {"retries", "value?", "of --retries, a number as written", .push = push_retries,
     .variants = SP_VARIANT(HEALTHCHECK)},
};

const sp_kind sp_kind_instruction_flags = {.name = "instruction", SP_FIELDS_OF(fields)};
