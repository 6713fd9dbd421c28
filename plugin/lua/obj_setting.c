/* setting: a value and state instruction? present evidence[] · of a user: user? group? root · of shell, entrypoint,
   cmd, healthcheck: words[] · of a port: first? last? protocol?. */
#include "lua/object.h"

typedef struct setting_subject {
    sp_value_subject value;
    sp_setting setting;
    uint32_t stage;
} setting_subject;

static const sp_setting *setting_of(const void *subject)
{
    return &((const setting_subject *)subject)->setting;
}

static const sp_value *value_of(const void *subject)
{
    return &((const setting_subject *)subject)->value.value;
}

static void push_known(lua_State *state, const void *subject)
{
    lua_pushboolean(state, setting_of(subject)->state == SP_SETTING_DEFAULT || value_of(subject)->known);
}

static void push_state(lua_State *state, const void *subject)
{
    static const char *const names[] = {
        [SP_SETTING_SET] = "set",         [SP_SETTING_INHERITED] = "inherited", [SP_SETTING_IMAGE] = "image",
        [SP_SETTING_DEFAULT] = "default", [SP_SETTING_UNKNOWN] = "unknown",
    };
    lua_pushstring(state, names[setting_of(subject)->state]);
}

static void push_instruction(lua_State *state, const void *subject)
{
    sp_lua__push_instruction(state, setting_of(subject)->instruction);
}

static bool is_healthcheck_none(lua_State *state, const sp_setting *setting)
{
    if (setting->instruction == SP_NONE)
        return false;
    const sp_instruction *instruction = sp_lua__graph(state)->instructions[setting->instruction].instruction;
    return instruction->kind == SP_HEALTHCHECK && instruction->as.healthcheck.none;
}

static void push_present(lua_State *state, const void *subject)
{
    const sp_setting *setting = setting_of(subject);
    const sp_value *value = value_of(subject);
    sp_truth truth = SP_YES;
    if (setting->state == SP_SETTING_DEFAULT || is_healthcheck_none(state, setting))
        truth = SP_NO;
    else if (setting->state == SP_SETTING_UNKNOWN)
        truth = SP_MAYBE;
    sp_answer answer = sp_lua__answer(state, truth, value->known ? value->value : value->text, value->span);
    answer.steps = setting->evidence;
    if (truth == SP_MAYBE && answer.steps.count == 0)
        sp_steps_add(sp_lua__arena(state), &answer.steps, value->span, "this base image may set it");
    sp_lua__push_answer(state, &answer);
}

static void push_evidence(lua_State *state, const void *subject)
{
    const sp_setting *setting = setting_of(subject);
    sp_lua__push_list(state, setting->evidence.count);
    for (uint32_t i = 0; i < setting->evidence.count; i++) {
        sp_lua__push(state, &sp_kind_step, &setting->evidence.items[i], sizeof setting->evidence.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static void text_of_setting(lua_State *state, const void *subject)
{
    const sp_value *value = value_of(subject);
    bool absent = setting_of(subject)->state == SP_SETTING_DEFAULT && !value->known;
    sp_lua__push_text(state, absent ? SP_STR("") : value->known ? value->value : value->text);
}

static const sp_field setting_fields[] = {
    {"known", "boolean", "true when the value is known", .push = push_known},
    {"state", "'set'|'inherited'|'image'|'default'|'unknown'",
     "who says so: this stage, one it is built FROM, the base image, nobody", .push = push_state},
    {"instruction", "instruction?", "the instruction that sets it", .push = push_instruction},
    {"present", "answer", "whether anything sets it; no for HEALTHCHECK NONE", .push = push_present},
    {"evidence", "step[]", "the steps that explain it", .push = push_evidence},
};

const sp_kind sp_kind_setting = {.name = "setting",
                                 .says = "One effective property of a stage",
                                 .parent = &sp_kind_value,
                                 SP_FIELDS_OF(setting_fields),
                                 .text = text_of_setting};

static void push_user(lua_State *state, const void *subject)
{
    sp_lua__push_user_part(state, value_of(subject));
}

static void push_group(lua_State *state, const void *subject)
{
    sp_lua__push_group_part(state, value_of(subject));
}

static void push_root(lua_State *state, const void *subject)
{
    sp_answer answer = sp_facts_is_root(sp_lua__facts(state), setting_of(subject));
    sp_lua__push_answer(state, &answer);
}

static const sp_field user_fields[] = {
    {"user", "string?", "the part before ':'; nil when unknown", .push = push_user},
    {"group", "string?", "the part after ':'", .push = push_group},
    {"root", "answer", "whether it is root, by name, number or default", .push = push_root},
};

const sp_kind sp_kind_user_setting = {.name = "setting",
                                      .type = "user_setting",
                                      .says = "The user in force",
                                      .parent = &sp_kind_setting,
                                      SP_FIELDS_OF(user_fields)};

static void push_words(lua_State *state, const void *subject)
{
    uint32_t id = setting_of(subject)->instruction;
    if (id == SP_NONE)
        sp_lua__push_list(state, 0);
    else
        sp_lua__push_words(state, sp_lua__graph(state)->instructions[id].instruction);
}

static const sp_field command_fields[] = {
    {"words", "value[]", "the words of the exec form", .push = push_words},
};

const sp_kind sp_kind_command_setting = {.name = "setting",
                                         .type = "command_setting",
                                         .says = "A setting that is a command",
                                         .parent = &sp_kind_setting,
                                         SP_FIELDS_OF(command_fields)};

static const sp_field port_fields[] = {
    {"first", "integer?", "the first port of the range; nil when unknown", .push = NULL},
    {"last", "integer?", "the last port of the range; nil when unknown", .push = NULL},
    {"protocol", "string?", "in lower case: \"tcp\", \"udp\"; nil when unknown", .push = NULL},
};

const sp_kind sp_kind_port_setting = {.name = "setting",
                                      .type = "port_setting",
                                      .says = "A port that is exposed",
                                      .parent = &sp_kind_setting,
                                      SP_FIELDS_OF(port_fields)};

/* A setting stands at its word, at its instruction when no single word says it, else where `at` says. */
static sp_span place(lua_State *state, const sp_setting *setting, sp_span at)
{
    if (setting->instruction == SP_NONE)
        return at;
    sp_span instruction = sp_lua__instruction_span(sp_lua__graph(state), setting->instruction);
    sp_span word = setting->value.span;
    return word.start < word.end && sp_span_contains(instruction, word) ? word : instruction;
}

void sp_lua__push_setting(lua_State *state, const sp_kind *kind, const sp_setting *setting, uint32_t stage, sp_span at)
{
    setting_subject subject = {{setting->value}, *setting, stage};
    sp_value *value = &subject.value.value;
    value->span = place(state, setting, at);
    if (setting->state == SP_SETTING_DEFAULT && value->value.size == 0)
        value->known = false;
    if (setting->state == SP_SETTING_UNKNOWN)
        value->known = false;
    sp_lua__push(state, kind, &subject, sizeof subject);
}
