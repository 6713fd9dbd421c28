/* A report becomes a finding: texts copied, places with what a person needs to see there. */
#include "lua/report.h"

#include "base/limits.h"

#define STEPS_MOST 50     /* of one finding's evidence: nobody reads more */
#define EXCERPT_LINES 3u  /* physical lines shown of a place */
#define EXCERPT_BYTES 1000u /* of one of them */

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
    shared->path = sp_arena_copy(arena, judgement->path);
    shared->policy = sp_arena_copy(arena, judgement->policy->id);
}

/* A copy in the results that is made once a judgement and key. */
static sp_str copy_once(lua_State *state, uint64_t key, sp_str (*make)(lua_State *state, uint64_t key))
{
    lua_getiuservalue(state, lua_upvalueindex(1), 1);
    lua_rawgeti(state, -1, (lua_Integer)key);
    const sp_str *kept = lua_touserdata(state, -1);
    lua_pop(state, 1);
    if (kept == NULL) {
        bool host = sp_vm_enter_host(state);
        sp_str *text = sp_arena_new(results_arena(state), sp_str);
        *text = make(state, key);
        lua_pushlightuserdata(state, text);
        lua_rawseti(state, -2, (lua_Integer)key);
        sp_vm_leave_host(state, host);
        kept = text;
    }
    lua_pop(state, 1);
    return *kept;
}

/* A line for people to look at: not longer than they can see, cut between two characters. */
static sp_str visible(sp_str line)
{
    size_t end = EXCERPT_BYTES;
    if (line.size <= end)
        return line;
    while (end > 0 && ((unsigned char)line.text[end] & 0xc0) == 0x80)
        end--;
    return sp_str_head(line, end);
}

/* Keys: instruction ids are below 2^32, excerpts above, as first line and number of lines. */
static uint64_t excerpt_key(uint32_t first, uint32_t count)
{
    return ((uint64_t)first << 32) + count;
}

static sp_str make_excerpt(lua_State *state, uint64_t key)
{
    const sp_source *source = &sp_lua__document(state)->source;
    uint32_t first = (uint32_t)(key >> 32), count = (uint32_t)key;
    sp_str parts[2 * EXCERPT_LINES];
    size_t size = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            parts[size++] = SP_STR("\n");
        parts[size++] = visible(sp_source_line(source, first + i));
    }
    return sp_arena_join(results_arena(state), parts, size);
}

static sp_str make_subject(lua_State *state, uint64_t id)
{
    const sp_graph *graph = sp_lua__graph(state);
    sp_span span = sp_lua__instruction_span(graph, (uint32_t)id);
    return sp_arena_copy(results_arena(state), sp_source_text(&graph->document->source, span));
}

static sp_located locate(lua_State *state, const sp_report_shared *shared, sp_span span)
{
    const sp_source *source = &sp_lua__document(state)->source;
    sp_located at = {.placed = true, .path = shared->path, .span = span};
    at.start = sp_source_point(source, span.start);
    at.end = sp_source_point(source, span.end);
    uint32_t lines = at.end.line - at.start.line + 1;
    at.excerpt = copy_once(state, excerpt_key(at.start.line, lines < EXCERPT_LINES ? lines : EXCERPT_LINES), make_excerpt);
    return at;
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

static void add_step(lua_State *state, const sp_report_shared *shared, const sp_report_step *step, sp_evidence *out)
{
    sp_arena *arena = results_arena(state);
    *out = (sp_evidence){.message = sp_arena_copy(arena, counted(state, step->message))};
    out->source = sp_arena_copy(arena, step->source);
    if (step->placed)
        out->at = locate(state, shared, step->span);
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
                                    steps.items[i]->source};
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
    sp_arena *arena = results_arena(state);
    sp_str title = sp_vm_of(state)->judgement->policy->title;
    sp_str text = report->message;
    if (report->truth == SP_MAYBE)
        return sp_arena_print(arena, "%.*s: cannot tell: %.*s", SP_STR_ARG(title), SP_STR_ARG(reason(report)));
    if (report->answer != NULL && sp_lua__answer_assumed(report->answer))
        return sp_arena_print(arena, "probably: %.*s", SP_STR_ARG(text));
    return sp_arena_copy(arena, text);
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
    uint32_t instruction = instruction_of(sp_lua__graph(state), report->at);
    finding.severity = severity;
    finding.undecided = undecided;
    finding.message = counted(state, message_of(state, report));
    finding.stage = label_of(state, report, instruction);
    finding.at = locate(state, shared, report->at);
    if (instruction != SP_NONE)
        finding.subject = copy_once(state, instruction, make_subject);
    add_evidence(state, shared, report, &finding);
    *sp_list_add(&judgement->results->arena, &judgement->results->findings) = finding;
}
