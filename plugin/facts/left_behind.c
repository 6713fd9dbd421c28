/* What a stage installs for the image and nothing carries there: section "left behind" of the policy API. */
#include "facts/ecosystem.h"

/* What a target is to the packages of one ecosystem. */
typedef struct verdict {
    sp_truth misses; /* it runs the language and has none of its packages */
    sp_steps steps;  /* that it runs the language, */
    sp_steps copies; /* what it takes from other stages instead, */
    sp_steps doubts; /* and why all that is only perhaps so */
} verdict;

/* What is asked about every stage, made once. */
typedef struct survey {
    sp_facts *facts;
    sp_ecosystem ecosystem;
    const sp_holdings *holdings;
    const bool *reaches; /* by stage: its files may go on to the target */
    uint32_t target;
} survey;

typedef SP_LIST(sp_left_behind) left_list;

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

/* Whether a stage has packages; for perhaps, the one of which that cannot be told. */
static sp_truth holds(const sp_holding *held, const sp_holding **doubtful)
{
    *doubtful = NULL;
    for (; held != NULL; held = held->next) {
        if (held->filled && !held->unknown)
            return SP_YES;
        if (held->filled && (*doubtful == NULL || (*doubtful)->doubt == NULL))
            *doubtful = held;
    }
    return *doubtful != NULL ? SP_MAYBE : SP_NO;
}

/* A step that puts packages into what it makes: surely, or perhaps and why. */
static sp_truth anyone_bundles(const survey *on, sp_steps *doubts)
{
    const sp_command *found = NULL;
    bool sure = false;
    for (uint32_t stage = 0; stage < on->facts->graph->stage_count && !sure; stage++) {
        bool this_is_sure = false;
        const sp_command *command =
            on->reaches[stage] ? sp_ecosystem__bundler(on->facts, stage, on->ecosystem, &this_is_sure) : NULL;
        found = command != NULL ? command : found;
        sure = sure || this_is_sure;
    }
    if (found != NULL && !sure)
        sp_steps_add(on->facts->arena, doubts, found->span, "'%.*s' may put the packages into what is copied",
                     SP_STR_ARG(sp_ecosystem__command_text(on->facts, found)));
    return sure ? SP_YES : found != NULL ? SP_MAYBE : SP_NO;
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
                         "what ships takes %.*s%s from %.*s%s", SP_STR_ARG(edge->sources.items[0].text),
                         edge->sources.count > 1 ? " and others" : "",
                         SP_STR_ARG(sp_facts__stage_text(on->facts, edge->from)),
                         sure ? "; they are not in there" : "");
        }
    }
    return steps;
}

/* Why the target may have packages after all; no steps when it surely has none. */
static sp_steps find_doubts(const survey *on, const sp_holding *doubtful)
{
    sp_facts *facts = on->facts;
    sp_steps doubts = {0};
    if (doubtful != NULL && doubtful->doubt != NULL)
        sp_steps_add(facts->arena, &doubts, doubtful->span, "%s", doubtful->doubt);
    else if (doubtful != NULL)
        sp_steps_add(facts->arena, &doubts, sp_facts__from_span(facts, on->target),
                     "what ships may have the packages already");
    else if (sp_ecosystem__runtime(facts, on->target, on->ecosystem) == SP_RUNTIME_UNKNOWN)
        sp_steps_add(facts->arena, &doubts, sp_facts__from_span(facts, facts->places[on->target].root),
                     "what ships is built on an image that may have the packages already");
    return doubts;
}

static verdict judge_target(const survey *on)
{
    verdict judged = {.misses = SP_NO};
    const sp_holding *doubtful;
    if (holds(on->holdings->held[on->target], &doubtful) == SP_YES)
        return judged;
    judged.misses = sp_ecosystem__runs(on->facts, on->target, on->ecosystem, &judged.steps);
    if (judged.misses == SP_NO)
        return judged;
    judged.doubts = find_doubts(on, doubtful);
    if (anyone_bundles(on, &judged.doubts) == SP_YES)
        judged.misses = SP_NO;
    else if (judged.doubts.count > 0)
        judged.misses = SP_MAYBE;
    judged.copies = find_copies(on, judged.misses == SP_YES);
    return judged;
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

/* An item that cannot be told ends with its reason. */
static void add_steps(const survey *on, const sp_operation *operation, const sp_destination *into, sp_item *item,
                      const verdict *judged)
{
    sp_facts *facts = on->facts;
    const sp_graph_instruction *executed = &facts->graph->instructions[operation->instruction];
    sp_steps *steps = &item->steps;
    sp_steps_add(facts->arena, steps, operation->span, "%.*s installs the %.*s into %.*s%s",
                 SP_STR_ARG(sp_facts__stage_text(facts, executed->stage)), SP_STR_ARG(item->found),
                 SP_STR_ARG(into->text), executed->trigger ? ", by an ONBUILD of its base" : "");
    if (into->inactive.size > 0)
        sp_steps_add(facts->arena, steps, operation->span, "and not into %.*s, which nothing activates before",
                     SP_STR_ARG(into->inactive));
    bool runs_perhaps = judged->misses == SP_MAYBE && judged->doubts.count == 0; /* then that is the reason */
    append(facts->arena, steps, runs_perhaps ? &judged->copies : &judged->steps);
    append(facts->arena, steps, runs_perhaps ? &judged->steps : &judged->copies);
    append(facts->arena, steps, &judged->doubts);
    if (!operation->certain)
        sp_steps_add(facts->arena, steps, operation->span,
                     "the install may not run: it stands in a condition or a loop");
}

static void add_item(const survey *on, const sp_operation *operation, const sp_destination *into, sp_str found,
                     const verdict *judged, left_list *out)
{
    sp_arena *arena = on->facts->arena;
    sp_left_behind *left = sp_list_add(arena, out);
    *left = (sp_left_behind){.path = into->path, .kind = SP_STR("package")};
    left->answer.placed = true;
    left->answer.span = operation->span;
    sp_item *item = sp_answer_add(arena, &left->answer, found, judged->misses == SP_MAYBE || !operation->certain);
    add_steps(on, operation, into, item, judged);
}

/* Where an operation installs to; one that came after too many others was not looked at. */
static sp_destination destination_of(const survey *on, uint32_t instruction, uint32_t operation)
{
    const sp_destination *known = on->holdings->destinations[instruction];
    if (known != NULL && known[operation].text.size > 0)
        return known[operation];
    return (sp_destination){.path = {"", 0}, .text = SP_STR("a folder of its own"), .inactive = {"", 0}};
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
            sp_destination into = destination_of(on, i, j);
            sp_str manifest = sp_ecosystem__manifest(on->facts, &operations[j], command);
            sp_str found = sp_arena_print(on->facts->arena, "packages of %.*s", SP_STR_ARG(manifest));
            if (sp_map_find(seen, found) != NULL || is_mounted(on, &operations[j], into.path))
                continue;
            seen = sp_map_set(on->facts->arena, seen, found, on);
            add_item(on, &operations[j], &into, found, judged, out);
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
    const sp_holding *doubtful;
    bool taken = holds(on->holdings->held[on->target], &doubtful) == SP_YES;
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
    const sp_holdings *holdings = sp_ecosystem__holdings(facts, ecosystem);
    decision *decisions = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof *decisions);
    for (uint32_t i = 0; i < graph->target_count; i++) {
        survey *on = sp_arena_new(facts->arena, survey);
        *on = (survey){facts, ecosystem, holdings, find_reach(facts, graph->targets[i]), graph->targets[i]};
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
