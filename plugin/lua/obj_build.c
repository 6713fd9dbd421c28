/* build: path name? at stages[] targets[] shipped[] needed[] dead[] target_defaulted instructions[] edges[] images[]
   directives[] comments[] platform args[] ignore diagnostics[] · :stage(name_or_index) :all(…) :calls(…)
   :operations(…). */
#include "lua/object.h"

static bool place_of_build(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    (void)subject;
    *out = (sp_span){0, 0};
    return true;
}

static void push_path(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_text(state, sp_lua__build(state)->path);
}

static void push_name(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_optional(state, sp_lua__build(state)->name);
}

static void push_label(lua_State *state, const void *subject)
{
    const sp_judged_build *build = sp_lua__build(state);
    (void)subject;
    sp_lua__push_text(state, build->name.size > 0 ? build->name : build->path);
}

/* Which stages a list takes. */
typedef bool (*choice)(const sp_stage *stage);

static bool every(const sp_stage *stage)
{
    (void)stage;
    return true;
}

static bool ships(const sp_stage *stage)
{
    return stage->shipped;
}

static bool is_needed(const sp_stage *stage)
{
    return stage->needed;
}

static bool is_dead(const sp_stage *stage)
{
    return !stage->needed;
}

static void push_some_stages(lua_State *state, choice takes)
{
    const sp_graph *graph = sp_lua__graph(state);
    uint32_t count = 0;
    sp_vm_charge(state, graph->stage_count);
    sp_lua__push_list(state, 0);
    for (uint32_t i = 0; i < graph->stage_count; i++)
        if (takes(&graph->stages[i])) {
            sp_lua__push_stage(state, i);
            sp_lua__append(state, ++count);
        }
}

static void push_stages(lua_State *state, const void *subject)
{
    (void)subject;
    push_some_stages(state, every);
}

static void push_shipped(lua_State *state, const void *subject)
{
    (void)subject;
    push_some_stages(state, ships);
}

static void push_needed(lua_State *state, const void *subject)
{
    (void)subject;
    push_some_stages(state, is_needed);
}

static void push_dead(lua_State *state, const void *subject)
{
    (void)subject;
    push_some_stages(state, is_dead);
}

static void push_targets(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_graph *graph = sp_lua__graph(state);
    sp_lua__push_list(state, graph->target_count);
    for (uint32_t i = 0; i < graph->target_count; i++) {
        sp_lua__push_stage(state, graph->targets[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_target_defaulted(lua_State *state, const void *subject)
{
    (void)subject;
    lua_pushboolean(state, sp_lua__graph(state)->target_defaulted);
}

static void push_instructions(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_graph *graph = sp_lua__graph(state);
    sp_vm_charge(state, graph->instruction_count);
    sp_lua__push_list(state, graph->instruction_count);
    for (uint32_t i = 0; i < graph->instruction_count; i++) {
        sp_lua__push_instruction(state, i);
        sp_lua__append(state, i + 1);
    }
}

static void push_edges(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_graph *graph = sp_lua__graph(state);
    sp_vm_charge(state, graph->edge_count);
    sp_lua__push_list(state, graph->edge_count);
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        sp_lua__push_edge(state, i);
        sp_lua__append(state, i + 1);
    }
}

static void push_images(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_graph *graph = sp_lua__graph(state);
    uint32_t count = 0;
    sp_vm_charge(state, graph->edge_count);
    sp_lua__push_list(state, 0);
    for (uint32_t i = 0; i < graph->edge_count; i++)
        if (sp_lua__edge_has_image(&graph->edges[i])) {
            sp_lua__push_image(state, &graph->edges[i]);
            sp_lua__append(state, ++count);
        }
}

static void push_directives(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_document *document = sp_lua__document(state);
    sp_lua__push_list(state, document->directives.count);
    for (uint32_t i = 0; i < document->directives.count; i++) {
        sp_value value = sp_value_literal(document->directives.items[i].value);
        sp_lua__push_named(state, document->directives.items[i].name, &value);
        sp_lua__append(state, i + 1);
    }
}

static void push_comments(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_document *document = sp_lua__document(state);
    sp_vm_charge(state, document->comments.count);
    sp_lua__push_list(state, document->comments.count);
    for (uint32_t i = 0; i < document->comments.count; i++) {
        sp_lua__push_comment(state, &document->comments.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static void push_platform(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_value(state, &sp_lua__graph(state)->platform);
}

static void push_args(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_build_input *input = sp_lua__build(state)->input;
    size_t count = input != NULL ? input->argument_count : 0;
    sp_lua__push_list(state, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        sp_value value = sp_lua__known_value(input->arguments[i].value, (sp_span){0, 0});
        sp_lua__push(state, &sp_kind_build_argument, &value, sizeof value);
        sp_lua__set_text(state, "name", input->arguments[i].name);
        sp_lua__set_text(state, "source", SP_STR("argument"));
        sp_lua__append(state, (uint32_t)i + 1);
    }
}

static const sp_field argument_fields[] = {
    {"source", "'argument'", "where the value comes from", .push = NULL},
};

const sp_kind sp_kind_build_argument = {.name = "value",
                                        .type = "build_argument",
                                        .says = "A build argument that was given",
                                        .parent = &sp_kind_value,
                                        SP_FIELDS_OF(argument_fields)};

/* build:stage(name_or_index) → stage or nil */
static int build_stage(lua_State *state)
{
    sp_lua__check(state, 1, &sp_kind_build);
    const sp_graph *graph = sp_lua__graph(state);
    sp_method method = sp_lua__begin(state);
    uint32_t found = SP_NONE;
    if (lua_type(state, 2) == LUA_TNUMBER) {
        lua_Integer index = luaL_checkinteger(state, 2);
        found = index >= 0 && index < (lua_Integer)graph->stage_count ? (uint32_t)index : SP_NONE;
    } else {
        lua_settop(state, 2);
        sp_texts names = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
        if (names.items.count + names.unknown.count != 1)
            return luaL_argerror(state, 2, "one name expected");
        if (names.items.count == 1)
            found = sp_graph_find_stage(graph, names.items.items[0]);
    }
    sp_lua__push_stage(state, found);
    return sp_lua__end(state, method, 0);
}

static const sp_field build_fields[] = {
    {"path", "string", "the path of the Dockerfile, as reports call it", .push = push_path},
    {"name", "string?", "the compose service, bake target or configured build", .push = push_name},
    {"at", "place", "the start of the Dockerfile", .push = sp_lua__field_at},
    {"stages", "stage[]", "every stage", .push = push_stages},
    {"targets", "stage[]", "the stages that are asked for", .push = push_targets},
    {"shipped", "stage[]", "the targets and the stages they are built FROM: what is in the images",
     .push = push_shipped},
    {"needed", "stage[]", "the stages that a target needs, over all edges", .push = push_needed},
    {"dead", "stage[]", "the stages that no target needs", .push = push_dead},
    {"target_defaulted", "boolean", "true when nobody named a target, so the last stage is it",
     .push = push_target_defaulted},
    {"instructions", "instruction[]", "every instruction, global ARGs too", .push = push_instructions},
    {"edges", "edge[]", "every edge", .push = push_edges},
    {"images", "image[]", "the image of every edge that has one", .push = push_images},
    {"directives", "value[]", "the parser directives, with their name", .push = push_directives},
    {"comments", "comment[]", "every comment", .push = push_comments},
    {"platform", "value", "the platform that is built for", .push = push_platform},
    {"args", "build_argument[]", "the build arguments that were given", .push = push_args},
    {"ignore", "ignore", "the .dockerignore that applies", .push = sp_lua__build_ignore},
    {"diagnostics", "diagnostic[]", "what is wrong with the Dockerfile, or could not be read",
     .push = sp_lua__build_diagnostics},
    {"stage", "(name: string|value|integer): stage?", "the last stage of that name, or the stage at that index from 0",
     .method = build_stage},
    {"all", "(...: text): instruction[]", "the instructions of these kinds: build:all(\"COPY\", \"ADD\")",
     .method = sp_lua__all},
    {"calls", "(...: text): command[]",
     "the commands of RUN with that name and those first words: build:calls(\"go\", \"install\")",
     .method = sp_lua__calls},
    {"operations", "(action: text?, manager: text?): operation[]",
     "what package managers are told, by action and manager", .method = sp_lua__operations},
};

const sp_kind sp_kind_build = {.name = "build",
                               .says = "One Dockerfile, built one way",
                               SP_FIELDS_OF(build_fields),
                               .place = place_of_build,
                               .text = push_label};

void sp_lua__push_build(lua_State *state)
{
    const sp_graph *graph = sp_lua__graph(state);
    sp_lua__push_once(state, graph, &sp_kind_build, &graph, sizeof graph);
}
