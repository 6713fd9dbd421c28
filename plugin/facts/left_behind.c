/* What a stage installs for the image and nothing carries there: section "left behind" of the policy API. */
#include "facts/ecosystem.h"

/* What a target is to the packages of one ecosystem. */
typedef struct verdict {
    sp_truth misses;   /* it runs the language and has none of its packages */
    const char *doubt; /* why that is only perhaps so */
    sp_steps steps;
    sp_steps copies; /* what it takes from other stages instead */
} verdict;

/* What is asked about every stage, made once. */
typedef struct survey {
    sp_facts *facts;
    sp_ecosystem ecosystem;
    const sp_holding **held;
    const bool *reaches; /* by stage: its files may go on to the target */
    uint32_t target;
} survey;

typedef SP_LIST(sp_left_behind) left_list;

static const char *const ecosystem_folders[] = {"its own Python installation", "node_modules"};

static bool carries_files(const sp_edge *edge)
{
    return edge->kind != SP_EDGE_MOUNT;
}

/* The stages whose files go on to the target, by base and copy edges. Edges come from stages before their own. */
static const bool *find_reach(sp_facts *facts, uint32_t target)
{
    const sp_graph *graph = facts->graph;
    bool *reaches = sp_arena_zeroed(facts->arena, graph->stage_count + 1);
    reaches[target] = true;
    for (uint32_t stage = target + 1; stage-- > 0;) {
        for (uint32_t i = 0; reaches[stage] && i < graph->stages[stage].use_count; i++) {
            const sp_edge *edge = &graph->edges[graph->stages[stage].uses[i]];
            if (carries_files(edge) && edge->from != SP_NONE && edge->from < stage)
                reaches[edge->from] = true;
            for (uint32_t j = 0; carries_files(edge) && j < edge->candidate_count; j++) {
                if (edge->candidates[j] < stage)
                    reaches[edge->candidates[j]] = true;
            }
        }
    }
    return reaches;
}

static sp_truth holds(const sp_holding *held)
{
    sp_truth found = SP_NO;
    for (; held != NULL; held = held->next) {
        if (held->filled && !held->unknown)
            return SP_YES;
        if (held->filled)
            found = SP_MAYBE;
    }
    return found;
}

static bool anyone_bundles(const survey *on)
{
    for (uint32_t stage = 0; stage < on->facts->graph->stage_count; stage++) {
        if (on->reaches[stage] && sp_ecosystem__bundles(on->facts, stage, on->ecosystem))
            return true;
    }
    return false;
}

/* What the target takes from other stages instead; nobody reads more than a few. */
static sp_steps find_copies(const survey *on, bool sure)
{
    const sp_graph *graph = on->facts->graph;
    sp_steps steps = {0};
    for (uint32_t stage = on->target; stage != SP_NONE; stage = sp_facts__below(on->facts, stage)) {
        for (uint32_t i = 0; i < graph->stages[stage].use_count && steps.count < 4; i++) {
            const sp_edge *edge = &graph->edges[graph->stages[stage].uses[i]];
            if (edge->kind != SP_EDGE_COPY || edge->from == SP_NONE || edge->sources.count == 0)
                continue;
            sp_steps_add(on->facts->arena, &steps, graph->instructions[edge->instruction].instruction->span,
                         "it takes %.*s%s from %.*s%s", SP_STR_ARG(edge->sources.items[0].text),
                         edge->sources.count > 1 ? " and others" : "",
                         SP_STR_ARG(sp_facts__stage_text(on->facts, edge->from)),
                         sure ? ", and the packages are not in it" : "");
        }
    }
    return steps;
}

static verdict judge_target(const survey *on)
{
    verdict judged = {.misses = SP_NO};
    sp_truth has = holds(on->held[on->target]);
    if (has == SP_YES)
        return judged;
    judged.misses = sp_ecosystem__runs(on->facts, on->target, on->ecosystem, &judged.steps);
    if (judged.misses == SP_NO)
        return judged;
    if (has == SP_MAYBE)
        judged.doubt = "what ships may get them another way: only the build knows";
    else if (sp_ecosystem__runtime(on->facts, on->target, on->ecosystem) == SP_RUNTIME_UNKNOWN)
        judged.doubt = "what ships is based on an image that may have them already";
    else if (anyone_bundles(on))
        judged.doubt = "a build step may put them into what is copied";
    if (judged.doubt != NULL)
        judged.misses = SP_MAYBE;
    judged.copies = find_copies(on, judged.misses == SP_YES);
    return judged;
}

/* Where an operation alone would install to. */
static sp_str folder_of(const survey *on, const sp_operation *operation)
{
    const sp_holding *folder = sp_ecosystem__install(on->facts, on->ecosystem, operation, NULL);
    bool one = folder != NULL && folder->next == NULL && !folder->shared && !folder->user;
    return one ? folder->path : (sp_str){"", 0};
}

/* Whether a folder is a cache or tmpfs mount of the instruction: what is written there is not in the stage. */
static bool is_mounted(const survey *on, const sp_operation *operation, sp_str folder)
{
    const sp_instruction *run = on->facts->graph->instructions[operation->instruction].instruction;
    for (uint32_t i = 0; folder.size > 0 && i < run->as.run.mount_count; i++) {
        const sp_mount *mount = &run->as.run.mounts[i];
        bool kept = mount->type == NULL || sp_str_equal(mount->type->text, SP_STR("bind"));
        if (!kept && mount->target != NULL && sp_str_equal(mount->target->text, folder))
            return true;
    }
    return false;
}

static void append(sp_arena *arena, sp_steps *steps, const sp_steps *more)
{
    for (uint32_t i = 0; i < more->count; i++)
        *sp_list_add(arena, steps) = more->items[i];
}

static void add_item(const survey *on, const sp_operation *operation, const sp_command *command, sp_str found,
                     const verdict *judged, left_list *out)
{
    sp_arena *arena = on->facts->arena;
    uint32_t stage = on->facts->graph->instructions[operation->instruction].stage;
    sp_str folder = folder_of(on, operation);
    sp_left_behind *left = sp_list_add(arena, out);
    *left = (sp_left_behind){.path = folder, .kind = SP_STR("package")};
    left->answer.placed = true;
    left->answer.span = operation->span;
    sp_item *item = sp_answer_add(arena, &left->answer, found, judged->misses == SP_MAYBE || !operation->certain);
    sp_str into = folder.size > 0 ? folder : sp_str_from(ecosystem_folders[on->ecosystem]);
    sp_steps_add(arena, &item->steps, operation->span, "%.*s installs the %.*s into %.*s",
                 SP_STR_ARG(sp_facts__stage_text(on->facts, stage)), SP_STR_ARG(found), SP_STR_ARG(into));
    append(arena, &item->steps, &judged->steps);
    if (!operation->certain)
        sp_steps_add(arena, &item->steps, command->span, "it may not run: it stands in a condition or a loop");
    if (judged->doubt != NULL)
        sp_steps_add(arena, &item->steps, sp_facts__from_span(on->facts, on->target), "%s", judged->doubt);
    append(arena, &item->steps, &judged->copies);
}

/* One item a manifest, however often a stage installs it. */
static void add_items(const survey *on, uint32_t stage, const verdict *judged, left_list *out)
{
    const sp_stage *in = &on->facts->graph->stages[stage];
    const sp_map *seen = NULL;
    for (uint32_t i = in->first; i < in->first + in->count; i++) {
        uint32_t count = 0;
        const sp_operation *operations = sp_facts_operations(on->facts, i, &count);
        for (uint32_t j = 0; j < count; j++) {
            const sp_command *command = &sp_facts_script(on->facts, i)->commands[operations[j].command];
            if (sp_ecosystem__of_manager(operations[j].manager) != on->ecosystem ||
                !sp_ecosystem__is_item(on->facts, &operations[j], command))
                continue;
            sp_str manifest = sp_ecosystem__manifest(on->facts, &operations[j], command);
            sp_str found = sp_arena_print(on->facts->arena, "packages of %.*s", SP_STR_ARG(manifest));
            if (sp_map_find(seen, found) != NULL || is_mounted(on, &operations[j], folder_of(on, &operations[j])))
                continue;
            seen = sp_map_set(on->facts->arena, seen, found, on);
            add_item(on, &operations[j], command, found, judged, out);
        }
    }
}

/* The verdict that counts for a stage: a target that has the packages, or needs none, speaks for nobody taking them;
   the surest of the others decides. */
typedef struct decision {
    const survey *on;
    const verdict *judged;
    bool taken;
} decision;

static void decide(decision *decisions, const survey *on, const verdict *judged)
{
    bool taken = holds(on->held[on->target]) == SP_YES;
    for (uint32_t stage = 0; stage < on->facts->graph->stage_count; stage++) {
        decision *one = &decisions[stage];
        if (!on->reaches[stage])
            continue;
        one->taken = one->taken || taken;
        bool surer = one->judged == NULL || (judged->misses == SP_YES && one->judged->misses != SP_YES);
        if (judged->misses != SP_NO && surer) {
            one->on = on;
            one->judged = judged;
        }
    }
}

static void survey_ecosystem(sp_facts *facts, sp_ecosystem ecosystem, left_list *lists)
{
    const sp_graph *graph = facts->graph;
    const sp_holding **held = sp_ecosystem__holdings(facts, ecosystem);
    decision *decisions = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof *decisions);
    for (uint32_t i = 0; i < graph->target_count; i++) {
        survey *on = sp_arena_new(facts->arena, survey);
        *on = (survey){facts, ecosystem, held, find_reach(facts, graph->targets[i]), graph->targets[i]};
        verdict *judged = sp_arena_new(facts->arena, verdict);
        *judged = judge_target(on);
        decide(decisions, on, judged);
    }
    for (uint32_t stage = 0; stage < graph->stage_count; stage++) {
        const decision *one = &decisions[stage];
        if (one->judged != NULL && !one->taken && !graph->stages[stage].shipped)
            add_items(one->on, stage, one->judged, &lists[stage]);
    }
}

static bool may_leave_something(const sp_graph *graph)
{
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        if (graph->stages[i].needed && !graph->stages[i].shipped)
            return true;
    }
    return false;
}

static void survey_all(sp_facts *facts)
{
    const sp_graph *graph = facts->graph;
    left_list *lists = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof *lists);
    if (may_leave_something(graph)) {
        survey_ecosystem(facts, SP_PYTHON, lists);
        survey_ecosystem(facts, SP_NODE, lists);
    }
    for (uint32_t i = 0; i < graph->stage_count; i++)
        facts->left_behind[i] = (sp_facts_left_list){.items = lists[i].items, .count = lists[i].count, .made = true};
}

const sp_left_behind *sp_facts_left_behind(sp_facts *facts, uint32_t stage, uint32_t *count)
{
    sp_facts_left_list *lists = SP_FACTS_TABLE(facts, left_behind, facts->graph->stage_count);
    if (!lists[stage].made)
        survey_all(facts);
    *count = lists[stage].count;
    return lists[stage].items;
}
