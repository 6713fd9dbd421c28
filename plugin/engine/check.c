/* Judging: every file in order of path, every policy in order of id. */
#include "engine/run.h"

#include "base/guard.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "engine/abi.h"
#include "engine/locate.h"
#include "engine/remedy.h"
#include "facts/facts.h"
#include "lua/runtime.h"

#include <stdlib.h>

/* Names of stages that a message about a missing target shows, and that are kept for a suggestion. */
enum { NAMES_SHOWN = 10, NAMES_KEPT = 1000 };

/* A policy that judges in this run, with the texts that its findings share. */
typedef struct judging {
    const sp_policy *policy;
    sp_str id, aliases, help;
} judging;

/* One check under way. */
typedef struct checking {
    sp_run *run;
    struct sp_results *results;
    sp_runtime *runtime;
    sp_arena document; /* of the file under way */
    SP_LIST(judging) judges;
    sp_build_input build;
    const sp_run_input *input; /* the file under way */
    sp_result_file *file;      /* … and its record */
    bool *found;               /* one a target: some file has it */
    const sp_map *names_seen;  /* stages of the files so far, when there are targets */
    SP_LIST(sp_str) names;
    bool refused; /* a file was not judged: nobody knows what stages it has */
    sp_error error;
} checking;

static void add_failure(checking *check, const sp_result_failure *failure)
{
    sp_arena *arena = &check->results->arena;
    sp_result_failure copy = *failure;
    copy.policy = sp_arena_copy(arena, failure->policy);
    copy.path = sp_arena_copy(arena, failure->path);
    copy.kind = sp_arena_copy(arena, failure->kind);
    copy.message = sp_arena_copy(arena, failure->message);
    *sp_list_add(arena, &check->results->failures) = copy;
}

/* A policy that nobody runs must not look like one that found nothing. */
static void fail_project(checking *check, const sp_policy *policy)
{
    sp_result_failure failure = {.policy = policy->id, .path = SP_STR(""), .kind = SP_STR("load")};
    failure.message =
        sp_arena_print(&check->results->arena, "%.*s: its scope is \"project\", and this version judges only \"build\"",
                       SP_STR_ARG(policy->path));
    add_failure(check, &failure);
}

/* The policies that judge, and the failures of those that cannot: once a run, not once a file. */
static void choose_judges(checking *check)
{
    const sp_engine *engine = check->run->engine;
    sp_arena *arena = &check->results->arena;
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        const sp_policy *policy = &engine->policies.items[i];
        if (!policy->enabled)
            continue;
        if (policy->failure != NULL) {
            add_failure(check, policy->failure);
            continue;
        }
        if (sp_str_equal(policy->scope, SP_STR("project"))) {
            fail_project(check, policy);
            continue;
        }
        judging judge = {policy, sp_arena_copy(arena, policy->id), sp_arena_copy(arena, policy->aliases),
                         sp_policy_remedy(arena, policy)};
        *sp_list_add(arena, &check->judges) = judge;
    }
    check->results->policy_count = check->judges.count;
}

static sp_severity severity_of(const sp_diagnostic *diagnostic)
{
    if (diagnostic->fatal)
        return SP_SEVERITY_ERROR;
    switch (diagnostic->id) {
    case SP_DIAGNOSTIC_EMPTY_CONTINUATION:
    case SP_DIAGNOSTIC_DUPLICATE_STAGE_NAME:
        return SP_SEVERITY_WARNING;
    default: /* what is not known, or was assumed */
        return SP_SEVERITY_INFO;
    }
}

static void add_diagnostics(checking *check, const sp_document *document, const sp_diagnostics *diagnostics)
{
    sp_arena *arena = &check->results->arena;
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        const sp_diagnostic *diagnostic = &diagnostics->items[i];
        sp_result_diagnostic copy = {
            .id = sp_diagnostic_name(diagnostic->id),
            .message = sp_arena_copy(arena, diagnostic->message),
            .severity = severity_of(diagnostic),
            .fatal = diagnostic->fatal,
            .at = sp_locate(arena, &document->source, check->file->path, diagnostic->span),
        };
        *sp_list_add(arena, &check->file->diagnostics) = copy;
    }
}

static int compare_diagnostics(const void *a, const void *b)
{
    const sp_result_diagnostic *first = a, *second = b;
    if (first->at.span.start != second->at.span.start)
        return first->at.span.start < second->at.span.start ? -1 : 1;
    int order = sp_str_compare(first->id, second->id);
    return order != 0 ? order : sp_str_compare(first->message, second->message);
}

/* The document's diagnostics and the graph's, in order of place. */
static void describe_file(checking *check, const sp_document *document, const sp_graph *graph)
{
    sp_arena *arena = &check->results->arena;
    sp_result_file *file = check->file;
    add_diagnostics(check, document, &document->diagnostics);
    add_diagnostics(check, document, &graph->diagnostics);
    if (file->diagnostics.count > 1)
        qsort(file->diagnostics.items, file->diagnostics.count, sizeof *file->diagnostics.items, compare_diagnostics);
    sp_str *targets = sp_arena_alloc(arena, graph->target_count * sizeof *targets);
    for (uint32_t i = 0; i < graph->target_count; i++)
        targets[i] = sp_arena_copy(arena, sp_stage_label(graph, graph->targets[i]));
    file->targets = targets;
    file->target_count = graph->target_count;
    file->stages = graph->stage_count;
}

/* Which of the run's targets this file has, and the names of its stages in case none has one. */
static void note_targets(checking *check, const sp_graph *graph)
{
    if (check->build.target_count == 0)
        return;
    sp_arena *arena = &check->results->arena;
    for (size_t i = 0; i < check->build.target_count; i++)
        check->found[i] = check->found[i] || sp_graph_find_stage(graph, check->build.targets[i]) != SP_NONE;
    for (uint32_t i = 0; i < graph->stage_count && check->names.count < NAMES_KEPT; i++) {
        if (graph->stages[i].name.size == 0 || sp_map_find(check->names_seen, graph->stages[i].name) != NULL)
            continue;
        sp_str name = sp_arena_copy(arena, graph->stages[i].name);
        check->names_seen = sp_map_set(arena, check->names_seen, name, check);
        *sp_list_add(arena, &check->names) = name;
    }
}

static uint64_t steps_for(const sp_engine *engine, const sp_document *document)
{
    if (engine->policy_steps != 0)
        return engine->policy_steps;
    return SP_LIMIT_POLICY_STEPS + (uint64_t)SP_LIMIT_POLICY_STEPS_PER_INSTRUCTION * document->instructions.count;
}

static sp_status judge_by(checking *check, const judging *judge, sp_facts *facts, const sp_graph *graph)
{
    const sp_engine *engine = check->run->engine;
    uint32_t first = check->results->findings.count;
    sp_judgement judgement = {
        .policy = judge->policy,
        .facts = facts,
        .path = check->file->path,
        .input = &check->build,
        .steps = steps_for(engine, graph->document),
        .memory = engine->policy_memory != 0 ? engine->policy_memory : SP_LIMIT_POLICY_MEMORY,
        .log = check->run->host.log,
        .log_payload = check->run->host.payload,
        .results = check->results,
    };
    sp_status status = sp_runtime_judge(check->runtime, &judgement);
    for (uint32_t i = first; i < check->results->findings.count; i++) {
        sp_result_finding *finding = &check->results->findings.items[i];
        finding->policy = judge->id;
        finding->aliases = judge->aliases;
        finding->help = judge->help;
    }
    if (status == SP_OK)
        sp_locate_findings(check->results, first, graph, check->file->path);
    return status;
}

static sp_status judge_file(void *payload)
{
    checking *check = payload;
    const sp_document *document = sp_document_parse(&check->document, check->file->path, check->input->text);
    const sp_graph *graph = sp_graph_build(document, &check->build);
    note_targets(check, graph);
    describe_file(check, document, graph);
    if (sp_graph_is_refused(graph))
        return SP_OK;
    check->file->judged = true;
    sp_facts *facts = sp_facts_new(graph);
    for (uint32_t i = 0; i < check->judges.count; i++) {
        if (sp_run__is_cancelled(check->run))
            return SP_E_CANCELLED;
        sp_status status = judge_by(check, &check->judges.items[i], facts, graph);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

static void describe_unreadable(checking *check)
{
    sp_arena *arena = &check->results->arena;
    sp_result_diagnostic unreadable = {
        .id = sp_diagnostic_name(SP_DIAGNOSTIC_UNREADABLE),
        .message = sp_arena_print(arena, "this file cannot be read: %.*s", SP_STR_ARG(check->input->reason)),
        .severity = SP_SEVERITY_ERROR,
        .fatal = true,
    };
    *sp_list_add(arena, &check->file->diagnostics) = unreadable;
}

static sp_status check_file(checking *check, const sp_run_input *input)
{
    sp_arena *arena = &check->results->arena;
    sp_result_file file = {.path = sp_arena_copy(arena, input->path)};
    sp_status status = SP_OK;
    check->input = input;
    check->file = &file;
    if (input->unreadable)
        describe_unreadable(check);
    else
        status = sp_guard(&check->document, judge_file, check);
    sp_arena_dispose(&check->document);
    if (status != SP_OK)
        return status;
    check->refused = check->refused || !file.judged;
    *sp_list_add(arena, &check->results->files) = file;
    return SP_OK;
}

static sp_str list_names(checking *check)
{
    sp_arena *arena = &check->results->arena;
    sp_str list = SP_STR("");
    uint32_t count = check->names.count;
    for (uint32_t i = 0; i < count && i < NAMES_SHOWN; i++)
        list =
            sp_arena_print(arena, "%.*s%s%.*s", SP_STR_ARG(list), i > 0 ? ", " : "", SP_STR_ARG(check->names.items[i]));
    return count > NAMES_SHOWN ? sp_arena_print(arena, "%.*s, …", SP_STR_ARG(list)) : list;
}

static sp_status fail_target(checking *check, sp_str target)
{
    sp_str meant = sp_suggest(target, check->names.items, check->names.count);
    if (meant.size > 0)
        return sp_error_set(&check->error, SP_E_USAGE, "no stage is called '%.*s'; did you mean '%.*s'?",
                            SP_STR_ARG(target), SP_STR_ARG(meant));
    if (check->names.count == 0)
        return sp_error_set(&check->error, SP_E_USAGE, "no stage is called '%.*s'; no stage has a name",
                            SP_STR_ARG(target));
    return sp_error_set(&check->error, SP_E_USAGE, "no stage is called '%.*s'; there are: %.*s", SP_STR_ARG(target),
                        SP_STR_ARG(list_names(check)));
}

/* A target that no file has is a slip of the pen, unless the file that has it could not be judged. */
static sp_status check_targets(checking *check)
{
    for (size_t i = 0; i < check->build.target_count && !check->refused; i++) {
        if (!check->found[i])
            return fail_target(check, check->build.targets[i]);
    }
    return SP_OK;
}

static int compare_inputs(const void *a, const void *b)
{
    return sp_str_compare((*(const sp_run_input *const *)a)->path, (*(const sp_run_input *const *)b)->path);
}

static const sp_run_input **sort_inputs(checking *check)
{
    sp_run *run = check->run;
    const sp_run_input **inputs = sp_arena_alloc(&check->results->arena, run->inputs.count * sizeof *inputs);
    for (uint32_t i = 0; i < run->inputs.count; i++)
        inputs[i] = &run->inputs.items[i];
    if (run->inputs.count > 1)
        qsort(inputs, run->inputs.count, sizeof *inputs, compare_inputs);
    return inputs;
}

static sp_status check_files(void *payload)
{
    checking *check = payload;
    sp_run *run = check->run;
    const sp_run_input **inputs = sort_inputs(check);
    check->found = sp_arena_zeroed(&check->results->arena, run->targets.count * sizeof *check->found);
    choose_judges(check);
    for (uint32_t i = 0; i < run->inputs.count; i++) {
        if (sp_run__is_cancelled(run))
            return SP_E_CANCELLED;
        sp_status status = check_file(check, inputs[i]);
        if (status != SP_OK)
            return status;
        if (run->host.progress != NULL)
            run->host.progress(run->host.payload, i + 1, run->inputs.count);
    }
    sp_status status = check_targets(check);
    if (status == SP_OK)
        sp_results_finish(check->results);
    return status;
}

static struct sp_results *results_new(const sp_run *run)
{
    struct sp_results *results = sp_alloc_resize(run->alloc, NULL, 0, sizeof *results);
    if (results == NULL)
        return NULL;
    *results = (struct sp_results){.fail_on = run->engine->fail_on};
    sp_arena_init(&results->arena, run->alloc);
    return results;
}

sp_status sp_run_check(sp_run *run, sp_results **out, sp_error *error)
{
    checking check = {.run = run, .error = {.size = sizeof check.error}};
    check.build = (sp_build_input){
        .arguments = run->arguments.items,
        .argument_count = run->arguments.count,
        .targets = run->targets.items,
        .target_count = run->targets.count,
        .arguments_complete = run->engine->build_args_complete,
    };
    *out = NULL;
    check.results = results_new(run);
    check.runtime = check.results != NULL ? sp_engine__take_runtime(run->engine, run->alloc) : NULL;
    sp_arena_init(&check.document, run->alloc);
    sp_status status = SP_E_MEMORY;
    if (check.runtime != NULL)
        status = sp_guard(&check.results->arena, check_files, &check);
    sp_engine__give_runtime(run->engine, run->alloc, check.runtime, status);
    sp_arena_dispose(&check.document);
    if (status != SP_OK) {
        sp_results_free(check.results);
        return sp_abi_fail(error, &check.error, status);
    }
    *out = check.results;
    return SP_OK;
}
