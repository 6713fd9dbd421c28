/* What is known of a path in a stage: what of its chain makes it for sure, and what may. What a RUN does to files is
   not read, so much stays unknown, and is said. */
#include "facts/facts_internal.h"

#include "base/path.h"

/* Steps about one path: nobody reads more, and ten thousand instructions may say WORKDIR /app. */
enum { SHOWN_STEPS = 16 };

/* One path on the way through the chain. */
typedef struct following {
    sp_facts *facts;
    sp_str path;
    sp_str workdir;
    bool workdir_known;
    bool made;       /* something made it for sure */
    bool perhaps;    /* something may have made or removed it since */
    uint32_t runs;   /* since then, that do not name it */
    uint32_t hidden; /* steps that were left out */
    sp_steps steps;
} following;

static void add_step(following *follow, sp_span span, sp_str message)
{
    if (follow->steps.count < SHOWN_STEPS)
        sp_steps_add(follow->facts->arena, &follow->steps, span, "%.*s", SP_STR_ARG(message));
    else
        follow->hidden++;
}

/* From here on, what was doubtful before does not matter. */
static void make(following *follow, sp_span span, sp_str message)
{
    if (!follow->made)
        follow->steps.count = follow->hidden = 0;
    follow->made = true;
    follow->perhaps = false;
    follow->runs = 0;
    add_step(follow, span, message);
}

static void doubt(following *follow, sp_span span, sp_str message)
{
    follow->perhaps = true;
    add_step(follow, span, message);
}

/* A path as the stage has it there; false when only the build knows. */
static bool resolve(const following *follow, const sp_value *value, sp_str *out)
{
    bool absolute = value->shape.size > 0 && value->shape.text[0] == '/';
    if (!value->known || (!absolute && !follow->workdir_known))
        return false;
    *out = sp_path_join(follow->facts->arena, follow->workdir, value->value);
    return true;
}

static void follow_workdir(following *follow, uint32_t id)
{
    const sp_instruction *instruction = follow->facts->graph->instructions[id].instruction;
    if (instruction->arguments.count == 0)
        return;
    sp_value value = sp_graph_expand(follow->facts->graph, id, instruction->arguments.items[0]);
    sp_str folder = SP_STR("");
    follow->workdir_known = resolve(follow, &value, &folder);
    follow->workdir = folder;
    if (!follow->workdir_known && !follow->made)
        doubt(follow, instruction->span, SP_STR("this WORKDIR makes a folder, and only the build knows which"));
    if (follow->workdir_known && sp_path_contains(follow->path, folder))
        make(follow, instruction->span, sp_arena_print(follow->facts->arena, "WORKDIR makes %.*s", SP_STR_ARG(folder)));
}

static sp_str origin_text(sp_facts *facts, const sp_edge *edge)
{
    if (edge->from != SP_NONE)
        return sp_arena_print(facts->arena, " from %.*s", SP_STR_ARG(sp_facts__stage_text(facts, edge->from)));
    if (edge->origin == SP_ORIGIN_CONTEXT || edge->origin == SP_ORIGIN_INLINE)
        return SP_STR("");
    if (edge->reference.text.size == 0)
        return SP_STR("");
    return sp_arena_print(facts->arena, " from %.*s", SP_STR_ARG(sp_facts__image_text(edge)));
}

/* Where a copy puts its sources is there afterwards, with the folders above; what lies below hangs on the sources. */
static void follow_copy(following *follow, const sp_edge *edge)
{
    sp_facts *facts = follow->facts;
    sp_span span = facts->graph->instructions[edge->instruction].instruction->span;
    sp_str sources = sp_facts__sources_text(facts, edge), from = origin_text(facts, edge), to;
    bool known = resolve(follow, &edge->destination, &to);
    if (!known && !follow->made)
        doubt(follow, span,
              sp_arena_print(facts->arena, "%.*s%.*s is copied to %.*s, and only the build knows where that is",
                             SP_STR_ARG(sources), SP_STR_ARG(from), SP_STR_ARG(edge->destination.text)));
    else if (known && sp_path_contains(follow->path, to))
        make(follow, span,
             sp_arena_print(facts->arena, "%.*s%.*s is copied to %.*s", SP_STR_ARG(sources), SP_STR_ARG(from),
                            SP_STR_ARG(to)));
    else if (known && !follow->made && sp_path_contains(to, follow->path))
        doubt(follow, span,
              sp_arena_print(facts->arena, "%.*s%.*s is copied to %.*s, which may bring it", SP_STR_ARG(sources),
                             SP_STR_ARG(from), SP_STR_ARG(to)));
}

static bool is_name_byte(char byte)
{
    return byte == '-' || byte == '_' || byte == '.' || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/* Whether a text has the path in it, and not as a part of a longer name. */
static bool names_path(sp_str text, sp_str path)
{
    for (size_t at = sp_str_search(text, path); at != SIZE_MAX; at = sp_str_search(text, path)) {
        bool begins = at == 0 || (!is_name_byte(text.text[at - 1]) && text.text[at - 1] != '/');
        text = sp_str_skip(text, at + path.size);
        if (begins && (text.size == 0 || !is_name_byte(text.text[0])))
            return true;
    }
    return false;
}

static void follow_run(following *follow, const sp_graph_instruction *executed)
{
    const sp_instruction *instruction = executed->instruction;
    sp_str text = sp_source_text(&follow->facts->graph->document->source, instruction->span);
    if (executed->trigger || !names_path(text, follow->path))
        follow->runs++;
    else
        doubt(follow, instruction->span,
              sp_arena_print(follow->facts->arena, "this RUN names %.*s, and what it does to files is not read",
                             SP_STR_ARG(follow->path)));
}

static void follow_instruction(following *follow, uint32_t id)
{
    const sp_graph_instruction *executed = &follow->facts->graph->instructions[id];
    if (executed->instruction->kind == SP_WORKDIR)
        follow_workdir(follow, id);
    else if (executed->instruction->kind == SP_RUN)
        follow_run(follow, executed);
    else
        for (uint32_t i = 0; i < executed->edge_count; i++) {
            const sp_edge *edge = &follow->facts->graph->edges[executed->first_edge + i];
            if (edge->kind == SP_EDGE_COPY || edge->kind == SP_EDGE_ADD)
                follow_copy(follow, edge);
        }
}

/* What the image at the end of the chain has there. */
static void follow_image(following *follow, uint32_t root)
{
    sp_facts *facts = follow->facts;
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[root].base];
    const sp_state *state = facts->graph->instructions[facts->graph->stages[root].from].before;
    sp_setting workdir = sp_facts_setting(facts, root, state, SP_SETTING_WORKDIR);
    follow->workdir_known = workdir.value.known;
    follow->workdir = workdir.value.value;
    if (base->origin == SP_ORIGIN_SCRATCH || (base->named != NULL && base->named->kind == SP_NAMED_SCRATCH))
        add_step(follow, base->reference.span, SP_STR("scratch is empty"));
    else
        doubt(
            follow, base->reference.span,
            sp_arena_print(facts->arena, "which files %.*s has is not known", SP_STR_ARG(sp_facts__image_text(base))));
}

static void add_rest(following *follow)
{
    sp_arena *arena = follow->facts->arena;
    if (follow->hidden > 0)
        sp_steps_add_source(arena, &follow->steps, SP_STR(""), "%u more instructions have to do with it",
                            follow->hidden);
    if (follow->runs > 0)
        sp_steps_add_source(arena, &follow->steps, SP_STR(""),
                            "%u RUN instruction%s %s: what RUN does to files is not read", follow->runs,
                            follow->runs == 1 ? "" : "s", follow->made ? "after that may change it" : "may make it");
}

sp_answer sp_facts_has_path(sp_facts *facts, uint32_t stage, sp_str path)
{
    const sp_graph *graph = facts->graph;
    following follow = {.facts = facts, .path = sp_path_clean(facts->arena, path), .workdir = {"", 0}};
    sp_answer answer = {.placed = true, .span = graph->instructions[graph->stages[stage].from].instruction->span};
    uint32_t count = 0;
    const uint32_t *chain = sp_graph_chain(graph, stage, &count);
    follow_image(&follow, chain[count - 1]);
    for (uint32_t i = count; i > 0; i--) {
        const sp_stage *below = &graph->stages[chain[i - 1]];
        for (uint32_t j = 0; j < below->count; j++)
            follow_instruction(&follow, below->first + j);
    }
    add_rest(&follow);
    answer.steps = follow.steps;
    bool sure = follow.made && !follow.perhaps;
    if (sure || follow.perhaps || follow.runs > 0)
        sp_answer_add(facts->arena, &answer, follow.path, !sure);
    return answer;
}
