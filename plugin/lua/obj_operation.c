/* operation: manager action at packages[] manifest recommends confirmed cache_left command instruction stage. */
#include "lua/object.h"

static const sp_str actions[] = {
    [SP_INSTALL] = {"install", 7}, [SP_REMOVE] = {"remove", 6}, [SP_UPDATE] = {"update", 6},
    [SP_UPGRADE] = {"upgrade", 7}, [SP_CLEAN] = {"clean", 5},   [SP_DOWNLOAD] = {"download", 8},
};

static const sp_operation *operation_of(const void *subject)
{
    return *(const sp_operation *const *)subject;
}

static bool place_of_operation(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = operation_of(subject)->span;
    return true;
}

static void push_action(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, actions[operation_of(subject)->action]);
}

static void text_of_operation(lua_State *state, const void *subject)
{
    const sp_operation *operation = operation_of(subject);
    sp_lua__push_text(state, operation->manager);
    lua_pushliteral(state, " ");
    push_action(state, subject);
    lua_concat(state, 3);
}

static void push_manager(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, operation_of(subject)->manager);
}

static void push_packages(lua_State *state, const void *subject)
{
    const sp_operation *operation = operation_of(subject);
    sp_lua__push_list(state, operation->package_count);
    for (uint32_t i = 0; i < operation->package_count; i++) {
        sp_lua__push_package(state, operation, i);
        sp_lua__append(state, i + 1);
    }
}

static void push_manifest(lua_State *state, const void *subject)
{
    lua_pushboolean(state, operation_of(subject)->manifest);
}

static void push_recommends(lua_State *state, const void *subject)
{
    const sp_operation *operation = operation_of(subject);
    sp_answer answer =
        sp_lua__answer(state, operation->recommends ? SP_YES : SP_NO, SP_STR("recommended packages"), operation->span);
    sp_lua__push_answer(state, &answer);
}

static void push_confirmed(lua_State *state, const void *subject)
{
    sp_answer answer = sp_facts_confirmed(sp_lua__facts(state), operation_of(subject));
    sp_lua__push_answer(state, &answer);
}

static void push_cache_left(lua_State *state, const void *subject)
{
    sp_answer answer = sp_facts_cache_left(sp_lua__facts(state), operation_of(subject));
    sp_lua__push_answer(state, &answer);
}

static void push_command(lua_State *state, const void *subject)
{
    const sp_operation *operation = operation_of(subject);
    const sp_script *script = sp_facts_script(sp_lua__facts(state), operation->instruction);
    if (script != NULL && operation->command < script->command_count)
        sp_lua__push_command(state, script, operation->command, operation->instruction);
    else
        lua_pushnil(state);
}

static void push_instruction(lua_State *state, const void *subject)
{
    sp_lua__push_instruction(state, operation_of(subject)->instruction);
}

static void push_stage(lua_State *state, const void *subject)
{
    sp_lua__push_stage(state, sp_lua__graph(state)->instructions[operation_of(subject)->instruction].stage);
}

static const sp_field operation_fields[] = {
    {"manager", "string", "\"apt\", \"apk\", \"dnf\", \"pip\", \"npm\", \"go\" …; apt-get is \"apt\"",
     .push = push_manager},
    {"action", "'install'|'remove'|'update'|'upgrade'|'clean'|'download'", "what is asked of it", .push = push_action},
    {"at", "place", "the word of the action", .push = sp_lua__field_at},
    {"packages", "package[]", "the packages that are named", .push = push_packages},
    {"manifest", "boolean", "true when a file lists more: npm ci, pip install -r", .push = push_manifest},
    {"recommends", "answer", "whether recommended packages come along", .push = push_recommends},
    {"confirmed", "answer", "whether it asks nobody: -y, or a variable that says so", .push = push_confirmed},
    {"cache_left", "answer", "whether downloaded lists or archives stay in the layer", .push = push_cache_left},
    {"command", "command", "the command", .push = push_command},
    {"instruction", "instruction", "the instruction it is in", .push = push_instruction},
    {"stage", "stage", "the stage it is in", .push = push_stage},
};

const sp_kind sp_kind_operation = {.name = "operation",
                                   .says = "What a command tells a package manager",
                                   SP_FIELDS_OF(operation_fields),
                                   .place = place_of_operation,
                                   .text = text_of_operation};

void sp_lua__push_operation(lua_State *state, const sp_operation *operation)
{
    sp_lua__push_once(state, operation, &sp_kind_operation, &operation, sizeof operation);
}

/* Whether an operation is one of the action and manager asked for ("" for any). */
static bool is_asked_for(const sp_operation *operation, sp_str action, sp_str manager)
{
    return (action.size == 0 || sp_str_equal(actions[operation->action], action)) &&
           (manager.size == 0 || sp_str_equal(operation->manager, manager));
}

/* One optional text of `operations`. */
static sp_str check_optional(lua_State *state, int index, bool is_action)
{
    if (lua_isnoneornil(state, index))
        return SP_STR("");
    luaL_checktype(state, index, LUA_TSTRING);
    sp_str text;
    text.text = lua_tolstring(state, index, &text.size);
    sp_texts texts = {0};
    *sp_list_add(sp_lua__arena(state), &texts.items) = text;
    if (is_action)
        sp_lua__check_names(state, &texts, "action", actions, sizeof actions / sizeof *actions);
    return text;
}

/* build:operations(action?, manager?) → operations; of a stage and an instruction too */
int sp_lua__operations(lua_State *state)
{
    uint32_t first, count, total = 0, size;
    sp_lua__range(state, 1, &first, &count);
    sp_method method = sp_lua__begin(state);
    sp_str action = check_optional(state, 2, true), manager = check_optional(state, 3, false);
    const sp_graph *graph = sp_lua__graph(state);
    sp_lua__push_list(state, 0);
    for (uint32_t id = first; id < first + count; id++) {
        if (graph->instructions[id].instruction->kind != SP_RUN)
            continue;
        const sp_operation *operations = sp_facts_operations(sp_lua__facts(state), id, &size);
        for (uint32_t i = 0; i < size; i++)
            if (is_asked_for(&operations[i], action, manager)) {
                sp_lua__push_operation(state, &operations[i]);
                sp_lua__append(state, ++total);
            }
    }
    return sp_lua__end(state, method, count + total);
}
