/* COPY and ADD: sources[] destination · a source: a value and kind path? edge heredoc? unpacked, and of the context
   (obj_context.c) excluded exists size? :brings(path, …) · a destination: a value and path?. */
#include "lua/object.h"

#include "base/path.h"

typedef sp_source_subject source_subject;

typedef struct destination_subject {
    sp_value_subject value;
    uint32_t instruction; /* SP_NONE inside ONBUILD */
} destination_subject;

static const sp_value *value_of(const void *subject)
{
    return &((const sp_value_subject *)subject)->value;
}

static void push_kind(lua_State *state, const void *subject)
{
    const sp_edge *edge = ((const source_subject *)subject)->edge;
    switch (edge != NULL ? edge->origin : SP_ORIGIN_UNKNOWN) {
    case SP_ORIGIN_URL:
        lua_pushliteral(state, "url");
        break;
    case SP_ORIGIN_GIT:
        lua_pushliteral(state, "git");
        break;
    case SP_ORIGIN_INLINE:
        lua_pushliteral(state, "heredoc");
        break;
    default:
        lua_pushliteral(state, "path");
        break;
    }
}

static bool is_path(const source_subject *source)
{
    sp_origin origin = source->edge != NULL ? source->edge->origin : SP_ORIGIN_UNKNOWN;
    return origin != SP_ORIGIN_URL && origin != SP_ORIGIN_GIT && origin != SP_ORIGIN_INLINE;
}

/* In the context /a and a are the same; in a stage or image paths begin at the root. */
static void push_source_path(lua_State *state, const void *subject)
{
    const source_subject *source = subject;
    const sp_value *value = value_of(subject);
    if (!value->known || !is_path(source)) {
        lua_pushnil(state);
        return;
    }
    bool in_context = source->edge == NULL || source->edge->origin == SP_ORIGIN_CONTEXT;
    sp_arena *arena = sp_lua__arena(state);
    sp_str path = in_context ? sp_path_below(arena, value->value) : sp_path_join(arena, SP_STR("/"), value->value);
    sp_lua__push_text(state, sp_str_equal(path, SP_STR("/")) ? SP_STR(".") : path);
}

static void push_source_edge(lua_State *state, const void *subject)
{
    const sp_edge *edge = ((const source_subject *)subject)->edge;
    sp_lua__push_edge(state, edge != NULL ? (uint32_t)(edge - sp_lua__graph(state)->edges) : SP_NONE);
}

static void push_source_heredoc(lua_State *state, const void *subject)
{
    const source_subject *source = subject;
    const sp_heredocs *heredocs = &source->instruction->heredocs;
    sp_vm_charge(state, heredocs->count / 4);
    for (uint32_t i = 0; !is_path(source) && i < heredocs->count; i++) {
        sp_span opener = heredocs->items[i].opener;
        if (opener.start == value_of(subject)->span.start) {
            sp_lua__push_heredoc(state, &heredocs->items[i]);
            return;
        }
    }
    lua_pushnil(state);
}

static bool is_archive_name(sp_str name)
{
    static const char *const endings[] = {".tar",  ".tar.gz", ".tgz", ".tar.bz2",
                                          ".tbz2", ".tar.xz", ".txz", ".tar.zst"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (sp_str_ends(name, sp_str_from(endings[i])))
            return true;
    return false;
}

/* ADD unpacks local archives, of which the name is a sign; remote ones only when told to. */
static void push_unpacked(lua_State *state, const void *subject)
{
    const source_subject *source = subject;
    const sp_value *value = value_of(subject);
    const sp_flag *flag = sp_instruction_flag(source->instruction, SP_STR("unpack"));
    bool off = flag != NULL && sp_str_equal_nocase(flag->value.text, SP_STR("false"));
    sp_truth truth = value->known ? (sp_truth)is_archive_name(value->value) : SP_MAYBE;
    if (source->instruction->kind == SP_COPY || off || (!is_path(source) && flag == NULL))
        truth = SP_NO;
    sp_answer answer = sp_lua__answer(state, truth, value->known ? value->value : value->text, value->span);
    if (truth == SP_YES)
        answer.items.items[0].assumed = true;
    else if (truth == SP_MAYBE)
        sp_lua__explain_unknown(sp_lua__arena(state), value, &answer.items.items[0].steps);
    sp_lua__push_answer(state, &answer);
}

static const sp_field source_fields[] = {
    {"kind", "'path'|'url'|'git'|'heredoc'", "what it names", .push = push_kind},
    {"path", "string?", "the cleaned path, \".\" for everything; nil when unknown or no path",
     .push = push_source_path},
    {"edge", "edge?", "the edge that brings it; nil inside ONBUILD", .push = push_source_edge},
    {"heredoc", "heredoc?", "the heredoc it stands for", .push = push_source_heredoc},
    {"unpacked", "answer", "whether ADD unpacks it", .push = push_unpacked},
    {"excluded", "answer", "whether .dockerignore leaves out all that it names", .push = sp_lua__source_excluded},
    {"exists", "answer", "whether something that it names is in the build context", .push = sp_lua__source_exists},
    {"size", "integer?", "bytes of the files that it names in the build context", .push = sp_lua__source_size},
    {"brings", "(...: text): answer", "whether one of these paths below it is in the build context, and not left out",
     .method = sp_lua__source_brings},
};

const sp_kind sp_kind_source = {
    .name = "source", .says = "What COPY or ADD takes", .parent = &sp_kind_value, SP_FIELDS_OF(source_fields)};

static void push_destination_path(lua_State *state, const void *subject)
{
    const destination_subject *is = subject;
    const sp_value *value = value_of(subject);
    lua_pushnil(state);
    if (!value->known || is->instruction == SP_NONE)
        return;
    sp_str folder = SP_STR("");
    if (value->value.size == 0 || value->value.text[0] != '/') {
        const sp_graph_instruction *at = &sp_lua__graph(state)->instructions[is->instruction];
        sp_setting workdir = sp_facts_setting(sp_lua__facts(state), at->stage, at->before, SP_SETTING_WORKDIR);
        if (workdir.state == SP_SETTING_UNKNOWN || !workdir.value.known)
            return;
        folder = workdir.value.value;
    }
    lua_pop(state, 1);
    sp_arena *arena = sp_lua__arena(state);
    sp_lua__push_text(state, sp_path_join(arena, sp_path_join(arena, SP_STR("/"), folder), value->value));
}

static const sp_field destination_fields[] = {
    {"path", "string?", "absolute, WORKDIR applied; nil when unknown", .push = push_destination_path},
};

const sp_kind sp_kind_destination = {.name = "destination",
                                     .says = "Where COPY or ADD puts it",
                                     .parent = &sp_kind_value,
                                     SP_FIELDS_OF(destination_fields)};

void sp_lua__push_source(lua_State *state, const sp_edge *edge, const sp_value *source)
{
    source_subject subject = {{*source}, edge, sp_lua__graph(state)->instructions[edge->instruction].instruction};
    sp_lua__push_once(state, source, &sp_kind_source, &subject, sizeof subject);
}

/* All edges of an instruction have the destination of the first. */
void sp_lua__push_destination(lua_State *state, const sp_edge *edge)
{
    const sp_graph *graph = sp_lua__graph(state);
    const sp_edge *first = &graph->edges[graph->instructions[edge->instruction].first_edge];
    destination_subject subject = {{edge->destination}, edge->instruction};
    if (edge->destination.text.size == 0)
        lua_pushnil(state);
    else if (edge->kind == SP_EDGE_MOUNT)
        sp_lua__push_once(state, &edge->destination, &sp_kind_destination, &subject, sizeof subject);
    else
        sp_lua__push_once(state, &first->destination, &sp_kind_destination, &subject, sizeof subject);
}

/* Where the last source was found among those of an instruction's edges: the next one usually follows. */
typedef struct cursor {
    uint32_t edge, source;
} cursor;

static void advance(const sp_graph *graph, const sp_graph_instruction *one, cursor *at)
{
    if (++at->source < graph->edges[one->first_edge + at->edge].sources.count)
        return;
    at->source = 0;
    at->edge = at->edge + 1 < one->edge_count ? at->edge + 1 : 0;
}

/* Finds the edge by which a source comes; pushes the source's object and says true. */
static bool push_edge_source(lua_State *state, const sp_graph_instruction *one, sp_word word, cursor *at)
{
    const sp_graph *graph = sp_lua__graph(state);
    uint32_t left = one->edge_count;
    for (uint32_t i = 0; i < one->edge_count; i++)
        left += graph->edges[one->first_edge + i].sources.count;
    for (; left > 0; left--, advance(graph, one, at)) {
        const sp_edge *edge = &graph->edges[one->first_edge + at->edge];
        if (at->source >= edge->sources.count)
            continue;
        const sp_value *source = &edge->sources.items[at->source];
        if (source->span.start == word.span.start && sp_str_equal(source->text, word.text)) {
            sp_lua__push_source(state, edge, source);
            advance(graph, one, at);
            return true;
        }
        sp_vm_charge(state, 1);
    }
    return false;
}

void sp_lua__copy_sources(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    const sp_graph_instruction *one = &sp_lua__graph(state)->instructions[is->id];
    uint32_t count = is->instruction->as.copy.source_count;
    cursor at = {0, 0};
    sp_vm_charge(state, count);
    sp_lua__push_list(state, count);
    for (uint32_t i = 0; i < count; i++) {
        sp_word word = is->instruction->as.copy.sources[i];
        if (is->onbuild || !push_edge_source(state, one, word, &at)) {
            source_subject source = {{sp_lua__expand(state, is, word)}, NULL, is->instruction};
            sp_lua__push(state, &sp_kind_source, &source, sizeof source);
        }
        sp_lua__append(state, i + 1);
    }
}

void sp_lua__copy_destination(lua_State *state, const void *subject)
{
    const sp_instruction_subject *is = subject;
    const sp_word *word = is->instruction->as.copy.destination;
    const sp_graph *graph = sp_lua__graph(state);
    const sp_graph_instruction *one = &graph->instructions[is->id];
    if (!is->onbuild && one->edge_count > 0 && graph->edges[one->first_edge].destination.text.size > 0) {
        sp_lua__push_destination(state, &graph->edges[one->first_edge]);
        return;
    }
    if (word == NULL) {
        lua_pushnil(state);
        return;
    }
    destination_subject destination = {{sp_lua__expand(state, is, *word)}, is->onbuild ? SP_NONE : is->id};
    sp_lua__push(state, &sp_kind_destination, &destination, sizeof destination);
}
