/* stage: a state (at its end) and index name? build from base root chain[] target shipped needed instructions[] uses[]
   used_by[] platform packages[] runs left_behind[] · :contains(…) :installs(…) :has_path(…) :exposes(port) :depends_on(…)
   :last(kind, …). */
#include "lua/object.h"

#include "base/path.h"

static const sp_stage *stage_of(const void *subject)
{
    return ((const sp_stage_subject *)subject)->stage;
}

static void text_of_stage(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, sp_stage_label(sp_lua__graph(state), stage_of(subject)->index));
}

static void push_index(lua_State *state, const void *subject)
{
    lua_pushinteger(state, stage_of(subject)->index);
}

static void push_name(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, stage_of(subject)->name);
}

static void push_build(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_build(state);
}

static void push_from(lua_State *state, const void *subject)
{
    sp_lua__push_instruction(state, stage_of(subject)->from);
}

static void push_base(lua_State *state, const void *subject)
{
    sp_lua__push_edge(state, stage_of(subject)->base);
}

/* The base edge at which the chain of a stage ends. */
static uint32_t root_edge(const sp_graph *graph, uint32_t stage)
{
    uint32_t edge = graph->stages[stage].base;
    while (graph->edges[edge].from != SP_NONE)
        edge = graph->stages[graph->edges[edge].from].base;
    return edge;
}

static void push_root(lua_State *state, const void *subject)
{
    sp_lua__push_edge(state, root_edge(sp_lua__graph(state), stage_of(subject)->index));
}

static void push_chain(lua_State *state, const void *subject)
{
    uint32_t count;
    const uint32_t *chain = sp_graph_chain(sp_lua__graph(state), stage_of(subject)->index, &count);
    sp_vm_charge(state, count);
    sp_lua__push_list(state, count);
    for (uint32_t i = 0; i < count; i++) {
        sp_lua__push_stage(state, chain[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_target(lua_State *state, const void *subject)
{
    lua_pushboolean(state, stage_of(subject)->target);
}

static void push_shipped(lua_State *state, const void *subject)
{
    lua_pushboolean(state, stage_of(subject)->shipped);
}

static void push_needed(lua_State *state, const void *subject)
{
    lua_pushboolean(state, stage_of(subject)->needed);
}

static void push_instructions(lua_State *state, const void *subject)
{
    const sp_stage *stage = stage_of(subject);
    sp_vm_charge(state, stage->count);
    sp_lua__push_list(state, stage->count);
    for (uint32_t i = 0; i < stage->count; i++) {
        sp_lua__push_instruction(state, stage->first + i);
        sp_lua__append(state, i + 1);
    }
}

static void push_uses(lua_State *state, const void *subject)
{
    const sp_stage *stage = stage_of(subject);
    sp_lua__push_edge_list(state, stage->uses, stage->use_count);
}

static void push_used_by(lua_State *state, const void *subject)
{
    const sp_stage *stage = stage_of(subject);
    sp_lua__push_edge_list(state, stage->used_by, stage->used_by_count);
}

static void push_platform(lua_State *state, const void *subject)
{
    sp_lua__push_value(state, &stage_of(subject)->platform);
}

static void push_packages(lua_State *state, const void *subject)
{
    sp_lua__push_packages(state, stage_of(subject)->index);
}

static void push_runs(lua_State *state, const void *subject)
{
    sp_answer answer = sp_facts_runs(sp_lua__facts(state), stage_of(subject)->index);
    sp_lua__push_answer(state, &answer);
}

static void push_left_behind(lua_State *state, const void *subject)
{
    uint32_t count;
    const sp_left_behind *items = sp_facts_left_behind(sp_lua__facts(state), stage_of(subject)->index, &count);
    sp_lua__push_list(state, count);
    for (uint32_t i = 0; i < count; i++) {
        sp_lua__push(state, &sp_kind_left_behind, &items[i].answer, sizeof items[i].answer);
        sp_lua__set_optional(state, "path", items[i].path);
        sp_lua__set_optional(state, "kind", items[i].kind);
        sp_lua__append(state, i + 1);
    }
}

/* Ends a method that asked the facts about some texts. */
static int give_answer(lua_State *state, sp_method method, sp_answer *answer, const sp_texts *asked)
{
    sp_lua__doubt(state, answer, asked);
    sp_lua__push_answer(state, answer);
    return sp_lua__end(state, method, answer->items.count);
}

/* stage:contains(capability_or_class, …) → answer */
static int stage_contains(lua_State *state)
{
    const sp_stage_subject *subject = sp_lua__check(state, 1, &sp_kind_stage);
    sp_method method = sp_lua__begin(state);
    sp_texts names = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    size_t count;
    const sp_str *known = sp_capability_names(&count);
    sp_lua__check_names(state, &names, "capability", known, count);
    sp_lua__charge_texts(state, &names, subject->stage->count);
    sp_answer answer =
        sp_facts_contains(sp_lua__facts(state), subject->stage->index, names.items.items, names.items.count);
    return give_answer(state, method, &answer, &names);
}

/* stage:installs("*-dev", …) → answer */
static int stage_installs(lua_State *state)
{
    const sp_stage_subject *subject = sp_lua__check(state, 1, &sp_kind_stage);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_lua__charge_texts(state, &globs, sp_lua__graph(state)->instruction_count); /* answered for all stages at once */
    sp_answer answer =
        sp_facts_installs(sp_lua__facts(state), subject->stage->index, globs.items.items, globs.items.count);
    return give_answer(state, method, &answer, &globs);
}

/* Adds what is known of one path: its steps are those of what was found. */
static void add_path(lua_State *state, sp_answer *all, uint32_t stage, sp_str path)
{
    sp_arena *arena = sp_lua__arena(state);
    sp_answer one = sp_facts_has_path(sp_lua__facts(state), stage, path);
    sp_steps *steps = &all->steps;
    for (uint32_t i = 0; i < one.items.count; i++) {
        sp_item *item = sp_list_add(arena, &all->items);
        *item = one.items.items[i];
        steps = &item->steps;
    }
    for (uint32_t i = 0; i < one.steps.count; i++)
        *sp_list_add(arena, steps) = one.steps.items[i];
}

/* A path that does not begin with '/' is seen from the WORKDIR at the stage's end. */
static sp_answer find_paths(lua_State *state, const sp_stage_subject *subject, const sp_texts *paths)
{
    sp_arena *arena = sp_lua__arena(state);
    sp_answer all = {.placed = true, .span = subject->end.at};
    sp_setting workdir =
        sp_facts_setting(sp_lua__facts(state), subject->end.stage, subject->end.state, SP_SETTING_WORKDIR);
    for (uint32_t i = 0; i < paths->items.count; i++) {
        sp_str path = paths->items.items[i];
        if (sp_str_starts(path, SP_STR("/")) || workdir.value.known)
            add_path(state, &all, subject->stage->index, sp_path_join(arena, workdir.value.value, path));
        else
            sp_steps_add(arena, &sp_answer_add(arena, &all, path, true)->steps, subject->end.at,
                         "'%.*s' is seen from a WORKDIR that is not known", SP_STR_ARG(path));
    }
    return all;
}

/* stage:has_path(path, …) → answer */
static int stage_has_path(lua_State *state)
{
    const sp_stage_subject *subject = sp_lua__check(state, 1, &sp_kind_stage);
    sp_method method = sp_lua__begin(state);
    sp_texts paths = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    sp_lua__charge_texts(state, &paths, sp_lua__graph(state)->instruction_count);
    sp_vm_charge(state,
                 paths.items.count * (sp_lua__graph(state)->document->source.text.size / 64)); /* what RUN names */
    sp_answer answer = find_paths(state, subject, &paths);
    return give_answer(state, method, &answer, &paths);
}

/* stage:exposes(22) → answer */
static int stage_exposes(lua_State *state)
{
    const sp_stage_subject *subject = sp_lua__check(state, 1, &sp_kind_stage);
    lua_Integer port = luaL_checkinteger(state, 2);
    luaL_argcheck(state, lua_type(state, 2) == LUA_TNUMBER && port >= 0 && port <= 65535, 2, "a port number expected");
    sp_method method = sp_lua__begin(state);
    sp_lua__push_exposes(state, subject, (uint32_t)port);
    return sp_lua__end(state, method, 0);
}

/* Takes the stages out of the arguments from 2 on; true, with the answer pushed, when the stage rests on one. */
static bool push_dependence(lua_State *state, const sp_stage_subject *subject)
{
    int argument = 2;
    while (argument <= lua_gettop(state)) {
        const sp_stage_subject *other = sp_lua__test(state, argument, &sp_kind_stage);
        if (other == NULL) {
            argument++;
            continue;
        }
        sp_answer answer = {0}; /* no: a stage rests on none of another build */
        if (sp_lua__build_at(state, argument) == sp_vm_of(state)->build)
            answer = sp_lua__depends_on(state, subject->stage->index, other->stage->index);
        lua_remove(state, argument);
        if (sp_answer_truth(&answer) == SP_YES || lua_gettop(state) == 1) {
            sp_lua__push_answer(state, &answer);
            return true;
        }
    }
    return false;
}

/* stage:depends_on(stage_or_name, …) → answer */
static int stage_depends_on(lua_State *state)
{
    const sp_stage_subject *subject = sp_lua__check(state, 1, &sp_kind_stage);
    sp_method method = sp_lua__begin(state);
    if (push_dependence(state, subject))
        return sp_lua__end(state, method, 0);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_lua__charge_texts(state, &globs, sp_lua__graph(state)->stage_count / 32);
    sp_answer answer =
        sp_facts_depends_on(sp_lua__facts(state), subject->stage->index, globs.items.items, globs.items.count);
    return give_answer(state, method, &answer, &globs);
}

/* stage:last("CMD", "ENTRYPOINT") → instruction or nil */
static int stage_last(lua_State *state)
{
    const sp_stage_subject *subject = sp_lua__check(state, 1, &sp_kind_stage);
    sp_method method = sp_lua__begin(state);
    uint32_t wanted = sp_lua__check_kinds(state, 2);
    const sp_graph *graph = sp_lua__graph(state);
    const sp_stage *stage = subject->stage;
    uint32_t left = stage->count;
    while (left > 0 && (wanted >> graph->instructions[stage->first + left - 1].instruction->kind & 1) == 0)
        left--;
    sp_lua__push_instruction(state, left > 0 ? stage->first + left - 1 : SP_NONE);
    return sp_lua__end(state, method, stage->count - left);
}

static const sp_field fields[] = {
    {"index", "integer", "its position, from 0", .push = push_index},
    {"name", "string?", "in lower case, as BuildKit knows it", .push = push_name},
    {"build", "build", "its build", .push = push_build},
    {"from", "instruction", "its FROM instruction", .push = push_from},
    {"base", "edge", "the edge from its base image or stage", .push = push_base},
    {"root", "edge", "the base edge of the stage where its chain ends", .push = push_root},
    {"chain", "stage[]", "from this stage down the bases to the one on an image", .push = push_chain},
    {"target", "boolean", "true when it is asked for", .push = push_target},
    {"shipped", "boolean", "true when it is in an image: a target, or what one is built FROM", .push = push_shipped},
    {"needed", "boolean", "true when a target needs it, over all edges", .push = push_needed},
    {"instructions", "instruction[]", "its instructions, FROM first, then what its base triggers",
     .push = push_instructions},
    {"uses", "edge[]", "the edges that bring something into it, its base first", .push = push_uses},
    {"used_by", "edge[]", "the edges by which other stages take from it", .push = push_used_by},
    {"platform", "value", "the platform it is built for", .push = push_platform},
    {"packages", "package[]", "what it or its chain installs", .push = push_packages},
    {"runs", "answer", "whether it starts a program of its own; unknown when it may be an image to work in or build on",
     .push = push_runs},
    {"left_behind", "left_behind[]", "what it makes for the image, and nobody takes", .push = push_left_behind},
    {"contains", "(...: text): answer", "whether its filesystem has one of these capabilities or classes",
     .method = stage_contains},
    {"installs", "(...: text): answer",
     "whether it or its chain installs, and keeps, a package that matches: stage:installs(\"*-dev\")",
     .method = stage_installs},
    {"has_path", "(...: text): answer", "whether its filesystem has one of these absolute paths",
     .method = stage_has_path},
    {"exposes", "(port: integer): answer", "whether it exposes that port", .method = stage_exposes},
    {"depends_on", "(...: stage|text|stage[]): answer",
     "whether it needs one of these stages, by name glob or itself, over all edges", .method = stage_depends_on},
    {"last", "(...: text): instruction?",
     "its own last instruction of these kinds: stage:last(\"CMD\", \"ENTRYPOINT\")", .method = stage_last},
    {"all", "(...: text): instruction[]", "its instructions of these kinds", .method = sp_lua__all},
    {"calls", "(...: text): command[]", "its commands with that name and those first words", .method = sp_lua__calls},
    {"operations", "(action: text?, manager: text?): operation[]",
     "what it tells package managers, by action and manager", .method = sp_lua__operations},
};

const sp_kind sp_kind_stage = {.name = "stage",
                               .says = "A stage; as a state, it is the one at its end",
                               .parent = &sp_kind_state,
                               SP_FIELDS_OF(fields),
                               .text = text_of_stage};

sp_span sp_lua__root_span(const sp_graph *graph, uint32_t stage)
{
    return sp_lua__instruction_span(graph, graph->edges[root_edge(graph, stage)].instruction);
}

void sp_lua__push_stage(lua_State *state, uint32_t id)
{
    if (id == SP_NONE) {
        lua_pushnil(state);
        return;
    }
    const sp_graph *graph = sp_lua__graph(state);
    const sp_stage *stage = &graph->stages[id];
    sp_stage_subject subject = {{id, stage->state, sp_lua__instruction_span(graph, stage->from)}, stage};
    sp_lua__push_once(state, stage, &sp_kind_stage, &subject, sizeof subject);
}
