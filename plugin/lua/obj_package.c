/* package: a value and name? version? manager source pinned removed? · :is(…) on name :satisfies(range) on version. */
#include "lua/object.h"

typedef struct package_subject {
    sp_value_subject value;
    const sp_operation *operation;
    const sp_package *package;
} package_subject;

static const package_subject *package_of(const void *subject)
{
    return subject;
}

static void push_name(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, package_of(subject)->package->name);
}

static void push_version(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, package_of(subject)->package->version);
}

static void push_manager(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, package_of(subject)->operation->manager);
}

static void push_source(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, package_of(subject)->package->source);
}

static void push_pinned(lua_State *state, const void *subject)
{
    const package_subject *is = subject;
    const sp_value *value = &is->value.value;
    sp_truth truth = sp_facts_is_pinned(is->operation->manager, is->package);
    sp_answer answer = sp_lua__answer(state, truth, is->package->version, value->span);
    if (truth == SP_MAYBE)
        sp_lua__explain_unknown(sp_lua__arena(state), value, &answer.items.items[0].steps);
    sp_lua__push_answer(state, &answer);
}

/* A part of the package as a value: known when it is there, else as unknown as the word. */
static sp_value part_of(const package_subject *is, sp_str part)
{
    if (part.size != 0)
        return sp_lua__known_value(part, is->value.value.span);
    sp_value value = is->value.value;
    if (value.known)
        value.value = value.shape = SP_STR("");
    return value;
}

/* package:is("*-dev") → answer, on its name */
static int package_is(lua_State *state)
{
    const package_subject *is = sp_lua__check(state, 1, &sp_kind_package);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_value name = part_of(is, is->package->name);
    sp_answer answer = sp_lua__value_is(state, &name, &globs);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, globs.items.count);
}

/* package:satisfies(">=2") → answer, on its version */
static int package_satisfies(lua_State *state)
{
    const package_subject *is = sp_lua__check(state, 1, &sp_kind_package);
    sp_method method = sp_lua__begin(state);
    sp_str range = sp_lua__check_range(state, 2);
    sp_str version = is->package->version;
    while (version.size > 0 && version.text[0] == '=')
        version = sp_str_skip(version, 1);
    sp_value value = part_of(is, version);
    sp_lua__push_satisfies(state, &value, range, false);
    return sp_lua__end(state, method, 0);
}

static const sp_field fields[] = {
    {"name", "string?", "its name; nil when unknown", .push = push_name},
    {"version", "string?", "its version, as written", .push = push_version},
    {"manager", "string", "the package manager", .push = push_manager},
    {"source", "'index'|'file'|'url'|'git'", "where it comes from", .push = push_source},
    {"pinned", "answer", "whether it is one version, or does not come from an index", .push = push_pinned},
    {"removed", "place?", "where it is removed again; of stage.packages only", .push = NULL},
    {"is", "(...: text): answer", "whether its name matches one of these globs", .method = package_is},
    {"satisfies", "(range: string): answer", "whether its version is in a range", .method = package_satisfies},
};

const sp_kind sp_kind_package = {.name = "package",
                                 .says = "A package that an operation names; as a value, it is the word",
                                 .parent = &sp_kind_value,
                                 SP_FIELDS_OF(fields)};

void sp_lua__push_package(lua_State *state, const sp_operation *operation, uint32_t index)
{
    const sp_package *package = &operation->packages[index];
    package_subject subject = {{package->word}, operation, package};
    sp_lua__push_once(state, package, &sp_kind_package, &subject, sizeof subject);
}

/* A package of a stage is an object of its own: where it is removed differs from stage to stage. */
static void push_own_package(lua_State *state, const sp_operation *operation, uint32_t index)
{
    const sp_package *package = &operation->packages[index];
    package_subject subject = {{package->word}, operation, package};
    sp_lua__push(state, &sp_kind_package, &subject, sizeof subject);
}

/* Pushes the key of a package: "apt curl". */
static void push_key(lua_State *state, const sp_operation *operation, const sp_package *package)
{
    sp_lua__push_text(state, operation->manager);
    lua_pushliteral(state, " ");
    sp_lua__push_text(state, package->name);
    lua_concat(state, 3);
}

/* Appends a package to the list on top and notes it in the table below, by its key. */
static void add_package(lua_State *state, const sp_operation *operation, uint32_t index, uint32_t count)
{
    push_own_package(state, operation, index);
    push_key(state, operation, &operation->packages[index]);
    lua_pushvalue(state, -2);
    lua_rawset(state, -5);
    lua_rawseti(state, -2, (lua_Integer)count);
}

/* Notes on the package of that key, if there is one, where it is removed. */
static void remove_package(lua_State *state, const sp_operation *operation, const sp_package *package)
{
    push_key(state, operation, package);
    if (lua_rawget(state, -3) != LUA_TNIL) {
        sp_lua__push_place(state, package->word.span);
        lua_setfield(state, -2, "removed");
    }
    lua_pop(state, 1);
}

/* Below the list on top: a table of the packages so far, by key. Gives the new length of the list. */
static uint32_t add_operation(lua_State *state, const sp_operation *operation, uint32_t count)
{
    for (uint32_t i = 0; i < operation->package_count; i++) {
        if (operation->action == SP_INSTALL)
            add_package(state, operation, i, ++count);
        else
            remove_package(state, operation, &operation->packages[i]);
    }
    return count;
}

/* The packages of a stage: what the stages of its chain install, from the root on, in order. */
void sp_lua__push_packages(lua_State *state, uint32_t stage)
{
    const sp_graph *graph = sp_lua__graph(state);
    uint32_t length, size, count = 0;
    const uint32_t *chain = sp_graph_chain(graph, stage, &length);
    lua_newtable(state);
    sp_lua__push_list(state, 0);
    for (uint32_t i = length; i > 0; i--) {
        const sp_stage *link = &graph->stages[chain[i - 1]];
        sp_vm_charge(state, link->count);
        for (uint32_t id = link->first; id < link->first + link->count; id++) {
            if (graph->instructions[id].instruction->kind != SP_RUN)
                continue;
            const sp_operation *operations = sp_facts_operations(sp_lua__facts(state), id, &size);
            for (uint32_t k = 0; k < size; k++)
                if (operations[k].action == SP_INSTALL || operations[k].action == SP_REMOVE)
                    count = add_operation(state, &operations[k], count);
        }
    }
    lua_remove(state, -2);
}
