/* What instructions have by kind, COPY, ADD and RUN's own apart:
   FROM base name? as? platform? · RUN CMD ENTRYPOINT SHELL HEALTHCHECK form words[] script · RUN network security
   · ENV LABEL ARG pairs[] · HEALTHCHECK none interval? timeout? start_period? start_interval? retries? · EXPOSE ports[]
   · USER WORKDIR STOPSIGNAL MAINTAINER argument · VOLUME paths[] · ONBUILD instruction. */
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
    static void function(lua_State *state, const void *subject)                                                       \
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

/* A pair stands at its whole text; the value's own words are its text. */
static sp_value expand_pair(lua_State *state, const sp_instruction_subject *subject, const sp_pair *pair)
{
    sp_value value;
    if (!subject->onbuild)
        value = sp_graph_expand_pair(sp_lua__graph(state), subject->id, pair);
    else if (pair->has_value)
        value = sp_lua__expand(state, subject, pair->value);
    else
        value = (sp_value){.shape = {"\0", 1}};
    if (!pair->has_value)
        value.text = SP_STR("");
    value.span = pair->span;
    return value;
}

static void push_pair_name(lua_State *state, const sp_instruction_subject *subject, const sp_pair *pair)
{
    sp_value name = sp_value_literal(pair->name);
    if (subject->instruction->kind != SP_ARG)
        name = sp_lua__expand(state, subject, pair->name);
    sp_lua__push_text(state, name.known ? name.value : name.text);
}

static void push_pair(lua_State *state, const sp_instruction_subject *subject, const sp_pair *pair)
{
    sp_value value = expand_pair(state, subject, pair);
    sp_lua__push(state, &sp_kind_value, &value, sizeof value);
    push_pair_name(state, subject, pair);
    lua_setfield(state, -2, "name");
    sp_lua__set_boolean(state, "legacy", pair->legacy);
}

static void push_pairs(lua_State *state, const void *subject)
{
    const sp_pairs *pairs = &instruction_of(subject)->as.pairs;
    sp_lua__push_list(state, pairs->count);
    for (uint32_t i = 0; i < pairs->count; i++) {
        push_pair(state, subject, &pairs->items[i]);
        sp_lua__append(state, i + 1);
    }
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

static void push_port(lua_State *state, const sp_value *value)
{
    sp_lua__push(state, &sp_kind_port, value, sizeof *value);
    sp_lua__set_port(state, value, false);
}

/* The state after an instruction: where the ports of EXPOSE are, cut into words. */
static const sp_state *state_after(const sp_graph *graph, const sp_instruction_subject *is)
{
    const sp_stage *stage = &graph->stages[is->stage];
    return is->id + 1 < stage->first + stage->count ? graph->instructions[is->id + 1].before : stage->state;
}

static void push_executed_ports(lua_State *state, const sp_instruction_subject *is)
{
    const sp_setting_item *newest = state_after(sp_lua__graph(state), is)->ports;
    uint32_t count = 0;
    for (const sp_setting_item *item = newest; item != NULL && item->instruction == is->id; item = item->previous)
        count++;
    sp_lua__push_list(state, count);
    for (const sp_setting_item *item = newest; count > 0; item = item->previous) {
        push_port(state, &item->value);
        sp_lua__append(state, count--);
    }
}

static void push_ports(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    if (!is->onbuild && is->stage != SP_NONE) {
        push_executed_ports(state, is);
        return;
    }
    sp_lua__push_list(state, is->instruction->arguments.count);
    for (uint32_t i = 0; i < is->instruction->arguments.count; i++) {
        sp_value value = sp_lua__expand(state, is, is->instruction->arguments.items[i]);
        push_port(state, &value);
        sp_lua__append(state, i + 1);
    }
}

static void push_inner(lua_State *state, const void *subject)
{
    sp_lua__push_onbuild_instruction(state, subject);
}

static const sp_field port_fields[] = {
    {.name = "first"},
    {.name = "last"},
    {.name = "protocol"},
};

const sp_kind sp_kind_port = {.name = "port", .parent = &sp_kind_value, SP_FIELDS_OF(port_fields)};

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
    {.name = "user", .push = push_user},
    {.name = "group", .push = push_group},
    {.name = "root", .push = push_root},
};

const sp_kind sp_kind_user_value = {.name = "value", .parent = &sp_kind_value, SP_FIELDS_OF(user_fields)};

#define COMMANDS (SP_VARIANT(RUN) | SP_VARIANT(CMD) | SP_VARIANT(ENTRYPOINT) | SP_VARIANT(SHELL) | SP_VARIANT(HEALTHCHECK))
#define COPIES (SP_VARIANT(COPY) | SP_VARIANT(ADD))
#define PAIRS (SP_VARIANT(ENV) | SP_VARIANT(LABEL) | SP_VARIANT(ARG))
#define SINGLES (SP_VARIANT(USER) | SP_VARIANT(WORKDIR) | SP_VARIANT(STOPSIGNAL) | SP_VARIANT(MAINTAINER))

static const sp_field fields[] = {
    {.name = "base", .push = push_base, .variants = SP_VARIANT(FROM)},
    {.name = "name", .push = push_name, .variants = SP_VARIANT(FROM)},
    {.name = "as", .push = push_as, .variants = SP_VARIANT(FROM)},
    {.name = "platform", .push = push_platform, .variants = SP_VARIANT(FROM)},
    {.name = "form", .push = push_form, .variants = COMMANDS},
    {.name = "words", .push = push_words, .variants = COMMANDS},
    {.name = "script", .push = push_script, .variants = COMMANDS},
    {.name = "mounts", .push = sp_lua__run_mounts, .variants = SP_VARIANT(RUN)},
    {.name = "network", .push = push_network, .variants = SP_VARIANT(RUN)},
    {.name = "security", .push = push_security, .variants = SP_VARIANT(RUN)},
    {.name = "sources", .push = sp_lua__copy_sources, .variants = COPIES},
    {.name = "destination", .push = sp_lua__copy_destination, .variants = COPIES},
    {.name = "chown", .push = push_chown, .variants = COPIES},
    {.name = "chmod", .push = push_chmod, .variants = COPIES},
    {.name = "checksum", .push = push_checksum, .variants = COPIES},
    {.name = "exclude", .push = push_exclude, .variants = COPIES},
    {.name = "link", .push = push_link, .variants = COPIES},
    {.name = "parents", .push = push_parents, .variants = COPIES},
    {.name = "unpack", .push = push_unpack, .variants = COPIES},
    {.name = "keep_git_dir", .push = push_keep_git_dir, .variants = COPIES},
    {.name = "pairs", .push = push_pairs, .variants = PAIRS},
    {.name = "none", .push = push_none, .variants = SP_VARIANT(HEALTHCHECK)},
    {.name = "interval", .push = push_interval, .variants = SP_VARIANT(HEALTHCHECK)},
    {.name = "timeout", .push = push_timeout, .variants = SP_VARIANT(HEALTHCHECK)},
    {.name = "start_period", .push = push_start_period, .variants = SP_VARIANT(HEALTHCHECK)},
    {.name = "start_interval", .push = push_start_interval, .variants = SP_VARIANT(HEALTHCHECK)},
    {.name = "retries", .push = push_retries, .variants = SP_VARIANT(HEALTHCHECK)},
    {.name = "ports", .push = push_ports, .variants = SP_VARIANT(EXPOSE)},
    {.name = "argument", .push = push_argument, .variants = SINGLES},
    {.name = "paths", .push = push_paths, .variants = SP_VARIANT(VOLUME)},
    {.name = "instruction", .push = push_inner, .variants = SP_VARIANT(ONBUILD)},
};

const sp_kind sp_kind_instruction_fields = {.name = "instruction", SP_FIELDS_OF(fields)};
