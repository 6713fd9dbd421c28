/* Judging: every build of every file in order of path, every policy in order of id; then the project as a whole. */
#include "base/guard.h"
#include "base/limits.h"
#include "engine/abi.h"
#include "engine/inputs.h"
#include "engine/locate.h"
#include "engine/record.h"
#include "engine/remedy.h"
#include "engine/targets.h"
#include "engine/waive.h"
#include "engine/waiver_policies.h"
#include "lua/runtime.h"

#include <stdlib.h>

/* A policy that judges in this run, with the texts that its findings share. */
typedef struct judging {
    const sp_policy *policy;
    sp_str id, aliases, help;
} judging;

typedef SP_LIST(judging) judges;

/* One check under way. */
typedef struct checking {
    sp_run *run;
    struct sp_results *results;
    sp_runtime *runtime;
    judges of_builds, of_project;
    sp_arena documents;              /* of the build under way; of all builds, when somebody judges the project */
    SP_LIST(sp_judged_build) builds; /* of the project, in `documents` */
    const sp_run_input **inputs;     /* in order of path */
    const sp_map *graphs;            /* path → a graph of that file, of the builds above */
    const sp_way *way;               /* the build under way */
    const sp_run_input *input;       /* … its file */
    sp_result_file *file;            /* … and its record */
    sp_targets targets;
    sp_waivers waivers;
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

/* The policies that judge, and the failures of those that cannot: once a run, not once a file. */
static void choose_judges(checking *check)
{
    const sp_engine *engine = check->run->engine;
    sp_arena *arena = &check->results->arena;
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        const sp_policy *policy = &engine->policies.items[i];
        if (!policy->enabled || sp_waiver_policy_is(policy))
            continue;
        if (policy->failure != NULL) {
            add_failure(check, policy->failure);
            continue;
        }
        judging judge = {policy, sp_arena_copy(arena, policy->id), sp_arena_copy(arena, policy->aliases),
                         sp_policy_remedy(arena, policy)};
        bool project = sp_str_is(policy->scope, "project");
        *sp_list_add(arena, project ? &check->of_project : &check->of_builds) = judge;
        *sp_list_add(arena, &check->results->policies) = (sp_result_policy){
            .id = judge.id,
            .title = sp_arena_copy(arena, policy->title),
            .remedy = judge.help,
            .help = sp_arena_copy(arena, policy->help),
            .tags = sp_arena_copy(arena, policy->tags),
            .severity = policy->severity,
            .of_project = project,
        };
    }
    check->results->policy_count = check->of_builds.count + check->of_project.count;
}

static uint64_t steps_for(const sp_engine *engine, const sp_judged_build *builds, uint32_t count)
{
    if (engine->policy_steps != 0)
        return engine->policy_steps;
    uint64_t steps = SP_LIMIT_POLICY_STEPS;
    for (uint32_t i = 0; i < count; i++)
        steps += (uint64_t)SP_LIMIT_POLICY_STEPS_PER_INSTRUCTION *
                 sp_facts_graph(builds[i].facts)->document->instructions.count;
    return steps;
}

/* Lets one policy judge some builds. `place` is what a failure names. */
static sp_status judge_by(checking *check, const judging *judge, const sp_judged_build *builds, uint32_t count,
                          sp_str place)
{
    const sp_engine *engine = check->run->engine;
    uint32_t first = check->results->findings.count;
    sp_judgement judgement = {
        .policy = judge->policy,
        .builds = builds,
        .build_count = count,
        .place = place,
        .steps = steps_for(engine, builds, count),
        .memory = engine->policy_memory != 0 ? engine->policy_memory : SP_LIMIT_POLICY_MEMORY,
        .log = check->run->host.log,
        .log_payload = check->run->host.payload,
        .watch = check->run->watcher != NULL ? &check->run->watch : NULL,
        .results = check->results,
    };
    sp_status status = sp_runtime_judge(check->runtime, &judgement);
    for (uint32_t i = first; i < check->results->findings.count; i++) {
        sp_result_finding *finding = &check->results->findings.items[i];
        finding->policy = judge->id;
        finding->aliases = judge->aliases;
        finding->help = judge->help;
        finding->build = check->file != NULL ? check->file->builds.count - 1 : SP_RESULT_NO_BUILD;
    }
    if (status == SP_OK)
        sp_locate_findings(check->results, first, check->graphs);
    return status;
}

/* Keeps a build for the policies that judge the project. */
static void keep_build(checking *check, const sp_judged_build *build)
{
    *sp_list_add(&check->documents, &check->builds) = *build;
}

/* A declared build names a stage of its file; one of the run's targets may be of another file. */
static sp_status look_at_targets(checking *check, const sp_graph *graph)
{
    sp_arena *arena = &check->results->arena;
    const sp_build_input *input = &check->way->input;
    if (!check->way->declared)
        sp_targets_note(&check->targets, arena, graph);
    else
        return sp_targets_fail(arena, check->way->name, check->file->path, graph, input->targets, input->target_count,
                               &check->error);
    return SP_OK;
}

static sp_status judge_build(void *payload)
{
    checking *check = payload;
    const sp_document *document = sp_document_parse(&check->documents, check->file->path, check->input->text);
    const sp_graph *graph = sp_graph_build(document, &check->way->input);
    sp_record_build(&check->results->arena, check->file, check->way, graph);
    if (sp_graph_is_refused(graph)) {
        check->refused = true;
        check->file->judged = false;
        return SP_OK;
    }
    sp_status status = look_at_targets(check, graph);
    sp_waivers_collect(&check->waivers, check->results, check->file->path, graph);
    check->graphs = sp_map_set(&check->documents, check->graphs, check->file->path, graph);
    const sp_result_build *record = &check->file->builds.items[check->file->builds.count - 1];
    sp_judged_build build = {sp_facts_new_knowing(graph, &check->run->engine->images), check->file->path, record->name,
                             &check->way->input,
                             sp_run__folder(check->run, &check->documents, check->file->path, check->way->folder)};
    for (uint32_t i = 0; i < check->of_builds.count && status == SP_OK; i++) {
        if (sp_run__is_cancelled(check->run))
            return SP_E_CANCELLED;
        status = judge_by(check, &check->of_builds.items[i], &build, 1, check->file->path);
    }
    keep_build(check, &build);
    return status;
}

/* Forgets the documents, unless the project is judged too. */
static void forget_documents(checking *check)
{
    if (check->of_project.count > 0)
        return;
    sp_arena_dispose(&check->documents);
    check->builds.items = NULL;
    check->builds.count = check->builds.capacity = 0;
    check->graphs = NULL;
}

static sp_status check_ways(checking *check)
{
    sp_ways ways = {0};
    sp_run__ways(check->run, &check->results->arena, check->input, &ways);
    check->file->judged = true;
    for (uint32_t i = 0; i < ways.count; i++) {
        check->way = &ways.items[i];
        sp_status status = sp_guard(&check->documents, judge_build, check);
        forget_documents(check);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

static sp_status check_file(checking *check, const sp_run_input *input)
{
    sp_arena *arena = &check->results->arena;
    sp_result_file file = {.path = sp_arena_copy(arena, input->path)};
    sp_status status = SP_OK;
    check->input = input;
    check->file = &file;
    if (input->unreadable)
        sp_record_unreadable(arena, &file, input->reason);
    else
        status = check_ways(check);
    check->file = NULL;
    if (status != SP_OK)
        return status;
    check->refused = check->refused || input->unreadable;
    sp_record_finish(&file);
    *sp_list_add(arena, &check->results->files) = file;
    return SP_OK;
}

static int compare_inputs(const void *a, const void *b)
{
    return sp_str_compare((*(const sp_run_input *const *)a)->path, (*(const sp_run_input *const *)b)->path);
}

static void sort_inputs(checking *check)
{
    sp_run *run = check->run;
    const sp_run_input **inputs = sp_arena_alloc(&check->results->arena, run->inputs.count * sizeof *inputs);
    for (uint32_t i = 0; i < run->inputs.count; i++)
        inputs[i] = &run->inputs.items[i];
    if (run->inputs.count > 1)
        qsort(inputs, run->inputs.count, sizeof *inputs, compare_inputs);
    check->inputs = inputs;
}

static sp_status judge_project(void *payload)
{
    checking *check = payload;
    for (uint32_t i = 0; i < check->of_project.count && check->builds.count > 0; i++) {
        if (sp_run__is_cancelled(check->run))
            return SP_E_CANCELLED;
        sp_status status = judge_by(check, &check->of_project.items[i], check->builds.items, check->builds.count,
                                    check->run->engine->project);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

static sp_status check_files(checking *check)
{
    sp_run *run = check->run;
    for (uint32_t i = 0; i < run->inputs.count; i++) {
        if (sp_run__is_cancelled(run))
            return SP_E_CANCELLED;
        sp_status status = check_file(check, check->inputs[i]);
        if (status != SP_OK)
            return status;
        if (run->host.progress != NULL)
            run->host.progress(run->host.payload, i + 1, run->inputs.count);
    }
    return SP_OK;
}

/* Both are in order of path by now. */
static void hash_lines(checking *check)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < check->run->inputs.count; i++)
        next = sp_locate_lines(check->results, next, check->inputs[i]->path, check->inputs[i]->text);
}

/* A target that no file has is a slip of the pen, unless the file that has it could not be judged. */
static sp_status check_all(void *payload)
{
    checking *check = payload;
    sp_arena *arena = &check->results->arena;
    sp_targets_start(&check->targets, arena, check->run->targets.items, check->run->targets.count);
    sort_inputs(check);
    choose_judges(check);
    sp_status status = sp_inputs_check(check->run, arena, &check->error);
    if (status == SP_OK)
        status = check_files(check);
    if (status == SP_OK)
        status = sp_guard(&check->documents, judge_project, check);
    if (status == SP_OK && !check->refused)
        status = sp_targets_check(&check->targets, arena, &check->error);
    if (status != SP_OK)
        return status;
    sp_waivers_apply(&check->waivers, check->run->engine, check->results, check->run->today);
    sp_results_finish(check->results);
    hash_lines(check);
    return SP_OK;
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
    *out = NULL;
    check.results = results_new(run);
    check.runtime = check.results != NULL ? sp_engine__take_runtime(run->engine, run->alloc) : NULL;
    sp_arena_init(&check.documents, run->alloc);
    sp_status status = SP_E_MEMORY;
    if (check.runtime != NULL)
        status = sp_guard(&check.results->arena, check_all, &check);
    sp_engine__give_runtime(run->engine, run->alloc, check.runtime, status);
    sp_arena_dispose(&check.documents);
    if (status != SP_OK) {
        sp_results_free(check.results);
        return sp_abi_fail(error, &check.error, status);
    }
    *out = check.results;
    return SP_OK;
}
