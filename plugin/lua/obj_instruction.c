/* instruction: kind keyword text at stage? previous? before? values[] flags[] heredocs[] comments[] onbuild trigger
   · :flag(name) :all(…) :calls(…) :operations(…); then by kind (obj_fields.c, obj_copy.c, obj_run.c). */
#include "lua/object.h"

static const sp_instruction *instruction_of(const void *subject)
{
    return ((const sp_instruction_subject *)subject)->instruction;
}

static bool place_of_instruction(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = instruction_of(subject)->span;
    return true;
}

static uint32_t variant_of_instruction(const void *subject)
{
    return 1u << instruction_of(subject)->kind;
}

static void push_kind(lua_State *state, const void *subject)
{
    const sp_instruction *instruction = instruction_of(subject);
    sp_str name = sp_instruction_name(instruction->kind);
    sp_lua__push_text(state, name.size != 0 ? name : instruction->keyword.text);
}

static void push_keyword(lua_State *state, const void *subject)
{
    const sp_word *keyword = &instruction_of(subject)->keyword;
    sp_value value = sp_value_literal(*keyword);
    sp_lua__push_word(state, keyword, &value);
}

static void push_text(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    if (is->trigger)
        sp_lua__push_text(state, is->instruction->line.text);
    else
        sp_lua__push_text(state, sp_source_text(&sp_lua__document(state)->source, is->instruction->span));
}

static void push_stage(lua_State *state, const void *subject)
{
    sp_lua__push_stage(state, ((const sp_instruction_subject *)subject)->stage);
}

static void push_previous(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    bool is_first = is->stage == SP_NONE || is->id == sp_lua__graph(state)->stages[is->stage].first;
    sp_lua__push_instruction(state, is_first || is->onbuild ? SP_NONE : is->id - 1);
}

static void push_before(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    sp_state_subject moment = {is->stage, sp_lua__graph(state)->instructions[is->id].before, is->instruction->span};
    if (moment.state == NULL)
        lua_pushnil(state);
    else
        sp_lua__push_state(state, &moment);
}

static void push_flags(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    sp_lua__push_list(state, is->instruction->flags.count);
    for (uint32_t i = 0; i < is->instruction->flags.count; i++) {
        sp_lua__push_flag(state, is, &is->instruction->flags.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_heredocs(lua_State *state, const void *subject)
{
    const sp_instruction *instruction = instruction_of(subject);
    sp_lua__push_list(state, instruction->heredocs.count);
    for (uint32_t i = 0; i < instruction->heredocs.count; i++) {
        sp_lua__push_heredoc(state, &instruction->heredocs.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_comments(lua_State *state, const void *subject)
{
    const sp_instruction *instruction = instruction_of(subject);
    sp_lua__push_list(state, instruction->comment_count);
    for (uint32_t i = 0; i < instruction->comment_count; i++) {
        sp_lua__push_comment(state, &instruction->comments[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_onbuild(lua_State *state, const void *subject)
{
    lua_pushboolean(state, ((const sp_instruction_subject *)subject)->onbuild);
}

static void push_trigger(lua_State *state, const void *subject)
{
    lua_pushboolean(state, ((const sp_instruction_subject *)subject)->trigger);
}

/* Appends the field `name` of the object at 1 to the list on top, which has `count` items: a value, or a list of them.
   Gives the new count. */
static uint32_t add_values(lua_State *state, const char *name, uint32_t count)
{
    lua_getfield(state, 1, name);
    if (sp_lua__test(state, lua_gettop(state), &sp_kind_value) != NULL) {
        lua_rawseti(state, -2, (lua_Integer)++count);
        return count;
    }
    lua_Integer items = lua_istable(state, -1) ? (lua_Integer)lua_rawlen(state, -1) : 0;
    for (lua_Integer i = 1; i <= items; i++) {
        lua_rawgeti(state, -1, i);
        if (sp_lua__test(state, lua_gettop(state), &sp_kind_value) != NULL)
            lua_rawseti(state, -3, (lua_Integer)++count);
        else
            lua_pop(state, 1);
    }
    lua_pop(state, 1);
    return count;
}

static void push_values(lua_State *state, const void *subject)
{
    static const char *const fields[] = {"flags",       "base",  "as",       "name",  "pairs", "sources",
                                         "destination", "words", "argument", "ports", "paths"};
    (void)subject;
    uint32_t count = 0;
    sp_lua__push_list(state, 0);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        count = add_values(state, fields[i], count);
}

/* instruction:flag("link") → value or nil */
static int instruction_flag(lua_State *state)
{
    static const sp_str names[] = {
#define SP_FLAG(INSTRUCTION, name, type, expanded) {name, sizeof name - 1},
#include "dockerfile/flag.def"
#undef SP_FLAG
    };
    const sp_instruction_subject *is = sp_lua__check(state, 1, &sp_kind_instruction);
    sp_method method = sp_lua__begin(state);
    lua_settop(state, 2);
    luaL_checktype(state, 2, LUA_TSTRING);
    sp_texts texts = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    sp_lua__check_names(state, &texts, "flag", names, sizeof names / sizeof *names);
    const sp_flag *flag = sp_instruction_flag(is->instruction, texts.items.items[0]);
    if (flag != NULL)
        sp_lua__push_flag(state, is, flag);
    else
        lua_pushnil(state);
    return sp_lua__end(state, method, 0);
}

static const sp_field fields[] = {
    {"kind", "string", "the keyword in upper case: \"RUN\"", .push = push_kind},
    {"keyword", "value", "the keyword as written", .push = push_keyword},
    {"text", "string", "the whole instruction as written", .push = push_text},
    {"at", "place", "from the keyword to the end of its heredocs", .push = sp_lua__field_at},
    {"stage", "stage?", "the stage it is in; nil for a global ARG", .push = push_stage},
    {"previous", "instruction?", "the one before it in its stage", .push = push_previous},
    {"before", "state?", "the settings before it runs; nil for a global ARG", .push = push_before},
    {"values", "value[]", "every value in it", .push = push_values},
    {"flags", "value[]", "its flags, with their name", .push = push_flags},
    {"heredocs", "heredoc[]", "its heredocs", .push = push_heredocs},
    {"comments", "comment[]", "the comments right above it", .push = push_comments},
    {"onbuild", "boolean", "true inside ONBUILD", .push = push_onbuild},
    {"trigger", "boolean", "true when an ONBUILD of the base fired it", .push = push_trigger},
    {"flag", "(name: text): value?", "the flag of that name: instruction:flag(\"link\")", .method = instruction_flag},
    {"all", "(...: text): instruction[]", "itself, when it is of one of these kinds", .method = sp_lua__all},
    {"calls", "(...: text): command[]", "its commands with that name and those first words", .method = sp_lua__calls},
    {"operations", "(action: text?, manager: text?): operation[]", "what it tells package managers",
     .method = sp_lua__operations},
};

const sp_kind sp_kind_instruction = {
    .name = "instruction",
    .says = "An instruction; what only some kinds have is nil for the others",
    .parent = &sp_kind_instruction_fields,
    SP_FIELDS_OF(fields),
    .place = place_of_instruction,
    .text = push_text,
    .variant = variant_of_instruction,
};

void sp_lua__push_instruction(lua_State *state, uint32_t id)
{
    if (id == SP_NONE) {
        lua_pushnil(state);
        return;
    }
    const sp_graph_instruction *one = &sp_lua__graph(state)->instructions[id];
    sp_instruction_subject subject = {one->instruction, id, one->stage, one->trigger, false};
    sp_lua__push_once(state, one, &sp_kind_instruction, &subject, sizeof subject);
}

void sp_lua__push_onbuild_instruction(lua_State *state, const sp_instruction_subject *onbuild)
{
    sp_instruction_subject subject = *onbuild;
    subject.instruction = onbuild->instruction->as.onbuild.instruction;
    subject.onbuild = true;
    if (subject.instruction == NULL)
        lua_pushnil(state);
    else
        sp_lua__push_once(state, subject.instruction, &sp_kind_instruction, &subject, sizeof subject);
}

sp_span sp_lua__instruction_span(const sp_graph *graph, uint32_t id)
{
    return graph->instructions[id].instruction->span;
}

/* The first instruction that begins at `offset` or after it, or the count. */
static uint32_t first_from(const sp_graph *graph, uint32_t offset)
{
    uint32_t low = 0, high = graph->instruction_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (graph->instructions[middle].instruction->span.start >= offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

uint32_t sp_lua__instruction_at(const sp_graph *graph, uint32_t offset)
{
    uint32_t past = first_from(graph, offset + 1);
    if (past == 0)
        return SP_NONE;
    return first_from(graph, graph->instructions[past - 1].instruction->span.start);
}
