/* A report becomes a finding: its texts are copied, for the results outlive policy and document; what people see of a
   place is filled in by the engine. */
#include "lua/report.h"

#include "base/limits.h"

#define STEPS_MOST 50 /* of one finding's evidence: nobody reads more */

static sp_arena *results_arena(lua_State *state)
{
    return &sp_vm_of(state)->judgement->results->arena;
}

static void share(lua_State *state, sp_report_shared *shared)
{
    const sp_judgement *judgement = sp_vm_of(state)->judgement;
    sp_arena *arena = &judgement->results->arena;
    if (shared->policy.text != NULL)
        return;
    shared->help = sp_arena_copy(arena, judgement->policy->title);
    shared->aliases = sp_arena_copy(arena, judgement->policy->aliases);
    shared->place = sp_arena_copy(arena, judgement->place);
    shared->policy = sp_arena_copy(arena, judgement->policy->id);
}

/* The path of a build's file, which lives in the results' arena already; of SP_NONE, the project's own. */
static sp_str path_of(lua_State *state, const sp_report_shared *shared, uint32_t build)
{
    return build == SP_NONE ? shared->place : sp_lua__path(state, build);
}

/* Counts a text against the limit of a judgement. */
static sp_str counted(lua_State *state, sp_str text)
{
    sp_vm *vm = sp_vm_of(state);
    vm->finding_bytes += text.size;
    if (vm->finding_bytes > SP_LIMIT_FINDING_BYTES)
        sp_vm_trip_at(state, SP_TRIP_FINDINGS, SP_LIMIT_FINDING_BYTES, "the text of a policy's findings");
    sp_vm_charge(state, 1 + text.size / 64);
    return text;
}

/* A copy with its line breaks as spaces: they may come from the Dockerfile, which must not be able to make a policy
 * fail. */
static sp_str copy_line(sp_arena *arena, sp_str text)
{
    char *line = sp_arena_alloc(arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        line[i] = text.text[i] == '\n' || text.text[i] == '\r' ? ' ' : text.text[i];
    line[text.size] = '\0';
    return (sp_str){line, text.size};
}

static void add_step(lua_State *state, const sp_report_shared *shared, const sp_report_step *step, sp_evidence *out)
{
    sp_arena *arena = results_arena(state);
    *out = (sp_evidence){.message = copy_line(arena, counted(state, step->message))};
    out->source = sp_arena_copy(arena, step->source);
    if (step->placed)
        out->at = (sp_located){
            .placed = step->build != SP_NONE, .path = path_of(state, shared, step->build), .span = step->span};
}

/* The answer's evidence, then the policy's own; a long one is cut, and says so. */
static void add_evidence(lua_State *state, const sp_report_shared *shared, const sp_report *report,
                         sp_result_finding *out)
{
    sp_step_list steps = {0};
    if (report->answer != NULL)
        sp_lua__answer_steps(report->arena, report->answer, &steps);
    uint32_t total = steps.count + report->evidence.count;
    uint32_t count = total <= STEPS_MOST ? total : STEPS_MOST;
    sp_evidence *evidence = sp_arena_zeroed(results_arena(state), (size_t)count * sizeof *evidence + 1);
    for (uint32_t i = 0; i < count; i++) {
        sp_report_step step;
        if (i < steps.count)
            step = (sp_report_step){steps.items[i]->message, steps.items[i]->placed, steps.items[i]->span,
                                    report->answer_build, steps.items[i]->source};
        else
            step = report->evidence.items[i - steps.count];
        if (i + 1 == STEPS_MOST && total > STEPS_MOST)
            step = (sp_report_step){.message = sp_arena_print(report->arena, "and %u steps more", total - i)};
        add_step(state, shared, &step, &evidence[i]);
    }
    out->evidence = evidence;
    out->evidence_count = count;
}

/* Why an answer cannot be told: the last step of the first thing that is not known, for chains end at their cause. */
static sp_str reason(const sp_report *report)
{
    const sp_answer *answer = report->answer;
    for (uint32_t i = 0; i < answer->items.count; i++) {
        const sp_item *item = &answer->items.items[i];
        if (item->unknown && item->steps.count > 0)
            return item->steps.items[item->steps.count - 1].message;
    }
    if (answer->steps.count > 0)
        return answer->steps.items[answer->steps.count - 1].message;
    return SP_STR("the build decides it");
}

static sp_str message_of(lua_State *state, const sp_report *report)
{
    sp_str title = sp_vm_of(state)->judgement->policy->title;
    if (report->truth == SP_MAYBE) {
        const sp_str undecided[] = {SP_STR("cannot tell whether '"), title, SP_STR("' holds: "), reason(report)};
        return sp_arena_join(report->arena, undecided, 4);
    }
    const sp_str assumed[] = {SP_STR("probably: "), report->message};
    if (report->answer != NULL && sp_lua__answer_assumed(report->answer))
        return sp_arena_join(report->arena, assumed, 2);
    return report->message;
}

/* The executed instruction that a place lies in, or SP_NONE. */
static uint32_t instruction_of(const sp_graph *graph, sp_span at)
{
    uint32_t id = sp_lua__instruction_at(graph, at.start);
    if (id == SP_NONE || !sp_span_contains(sp_lua__instruction_span(graph, id), at))
        return SP_NONE;
    return id;
}

static sp_str label_of(lua_State *state, const sp_report *report, uint32_t instruction)
{
    sp_vm *vm = sp_vm_of(state);
    vm->build = report->stage != NULL ? report->stage_build : report->build;
    const sp_graph *graph = sp_lua__graph(state);
    uint32_t stage = instruction != SP_NONE ? graph->instructions[instruction].stage : SP_NONE;
    if (report->stage != NULL)
        stage = report->stage->stage->index;
    return stage != SP_NONE ? sp_arena_copy(results_arena(state), sp_stage_label(graph, stage)) : SP_STR("");
}

static void count_finding(lua_State *state)
{
    if (++sp_vm_of(state)->finding_count > SP_LIMIT_FINDINGS)
        sp_vm_trip_at(state, SP_TRIP_FINDINGS, SP_LIMIT_FINDINGS, NULL);
}

void sp_lua__add_finding(lua_State *state, sp_report_shared *shared, const sp_report *report)
{
    const sp_judgement *judgement = sp_vm_of(state)->judgement;
    bool undecided = report->truth == SP_MAYBE;
    sp_severity severity = undecided ? judgement->policy->unknown : report->severity;
    count_finding(state);
    if (severity == SP_SEVERITY_OFF)
        return;
    share(state, shared);
    sp_result_finding finding = {.policy = shared->policy, .help = shared->help, .aliases = shared->aliases};
    sp_vm_of(state)->build = report->build;
    uint32_t instruction = report->build != SP_NONE ? instruction_of(sp_lua__graph(state), report->at) : SP_NONE;
    finding.severity = severity;
    finding.undecided = undecided;
    finding.message = copy_line(&judgement->results->arena, counted(state, message_of(state, report)));
    finding.stage = label_of(state, report, instruction);
    finding.at = (sp_located){
        .placed = report->build != SP_NONE, .path = path_of(state, shared, report->build), .span = report->at};
    add_evidence(state, shared, report, &finding);
    *sp_list_add(&judgement->results->arena, &judgement->results->findings) = finding;
}
