/* One question about a stage of a Dockerfile: why it ships, is needed, or contains something. */
#include "engine/tool.h"

#include "base/error.h"
#include "base/guard.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "engine/locate.h"
#include "engine/reading.h"
#include "engine/targets.h"
#include "facts/facts.h"
#include "report/why.h"

/* A question under way. The buffer stands outside the arena, so it outlives a recovery. */
typedef struct asking {
    const sp_tool_why_options *options;
    const sp_why_format *format;
    sp_str path, text, about;
    sp_arena arena;
    sp_buf out;
    const sp_document *document;
    const sp_graph *graph;
    sp_facts *facts;
    uint32_t stage;
    sp_str label; /* of the stage, as sentences call it */
    sp_error *error;
    int32_t verdict;
} asking;

/* ---- what is asked ---- */

/* stage = "." | index | name */
static sp_status find_stage(asking *ask)
{
    sp_str name = sp_str_from(ask->options->stage);
    uint64_t index = 0;
    ask->stage = sp_str_is(name, ".") ? ask->graph->targets[0] : sp_graph_find_stage(ask->graph, name);
    if (ask->stage != SP_NONE)
        return SP_OK;
    if (sp_str_to_uint(name, &index)) {
        ask->stage = index < ask->graph->stage_count ? (uint32_t)index : SP_NONE;
        return ask->stage != SP_NONE
                   ? SP_OK
                   : sp_error_set(ask->error, SP_E_USAGE, "there is no stage %s; the first is 0, the last is %u",
                                  ask->options->stage, (unsigned)(ask->graph->stage_count - 1));
    }
    sp_targets wanted = {0};
    sp_targets_start(&wanted, &ask->arena, &name, 1);
    sp_targets_note(&wanted, &ask->arena, ask->graph);
    return sp_targets_check(&wanted, &ask->arena, ask->error);
}

static sp_status check_targets(asking *ask, const sp_build_input *input)
{
    sp_targets targets = {0};
    sp_targets_start(&targets, &ask->arena, input->targets, input->target_count);
    sp_targets_note(&targets, &ask->arena, ask->graph);
    return sp_targets_check(&targets, &ask->arena, ask->error);
}

static bool is_path(sp_str about)
{
    return sp_str_starts(about, SP_STR("/"));
}

/* A capability is one of a vocabulary; a path is any. */
static sp_status check_about(asking *ask)
{
    size_t count = 0;
    const sp_str *names = sp_capability_names(&count);
    if (ask->options->about == NULL || is_path(ask->about))
        return SP_OK;
    for (size_t i = 0; i < count; i++) {
        if (sp_str_equal(names[i], ask->about))
            return SP_OK;
    }
    sp_str meant = sp_suggest(ask->about, names, count);
    if (meant.size > 0)
        return sp_error_set(ask->error, SP_E_USAGE, "there is no capability '%s'; did you mean '%.*s'?",
                            ask->options->about, SP_STR_ARG(meant));
    return sp_error_set(ask->error, SP_E_USAGE,
                        "there is no capability '%s'; there are such as c-compiler, shell and package-manager, and a "
                        "path begins with '/'",
                        ask->options->about);
}

/* ---- what is answered ---- */

static sp_evidence locate(asking *ask, const sp_step *step)
{
    sp_evidence evidence = {.message = step->message, .source = step->source};
    if (step->placed)
        evidence.at = sp_locate(&ask->arena, &ask->document->source, ask->path, step->span);
    return evidence;
}

static void tell(asking *ask, const char *answer, sp_step headline, const sp_steps *steps)
{
    sp_evidence *evidence = sp_arena_alloc(&ask->arena, steps->count * sizeof *evidence);
    for (uint32_t i = 0; i < steps->count; i++)
        evidence[i] = locate(ask, &steps->items[i]);
    const sp_why why = {
        .stage = sp_stage_label(ask->graph, ask->stage),
        .about = ask->about,
        .answer = answer,
        .headline = locate(ask, &headline),
        .steps = evidence,
        .step_count = steps->count,
    };
    ask->format->write(&why, sp_str_from(ask->options->folder), ask->options->color != 0, &ask->out);
}

/* The sentence that answers, at the stage's FROM. */
static sp_step headline(asking *ask, sp_str message)
{
    const sp_stage *stage = &ask->graph->stages[ask->stage];
    sp_span from = ask->graph->instructions[stage->from].instruction->span;
    return (sp_step){.message = message, .placed = true, .span = from, .source = {"", 0}};
}

/* Steps about the same in the same words are told once; few answers have more than some dozens. */
static void add_steps(asking *ask, sp_steps *out, const sp_steps *more)
{
    enum { COMPARED = 64 };
    for (uint32_t i = 0; i < more->count; i++) {
        const sp_step *step = &more->items[i];
        uint32_t at = 0, end = out->count < COMPARED ? out->count : 0;
        while (at < end && !(out->items[at].placed == step->placed && out->items[at].span.start == step->span.start &&
                             sp_str_equal(out->items[at].message, step->message)))
            at++;
        if (at == end)
            *sp_list_add(&ask->arena, out) = *step;
    }
}

/* ---- why a stage is there ---- */

/* The builds beside the asked one that take the stage. */
static void add_lent(asking *ask, sp_steps *steps)
{
    if (ask->options->lent_count == 0)
        sp_steps_add_source(&ask->arena, steps, SP_STR(""), "a build for another platform takes it");
    for (size_t i = 0; i < ask->options->lent_count; i++) {
        const sp_tool_lent *lent = &ask->options->lent[i];
        if (lent->target != NULL)
            sp_steps_add_source(&ask->arena, steps, SP_STR(""), "%s builds '%s'", lent->build, lent->target);
        else
            sp_steps_add_source(&ask->arena, steps, SP_STR(""), "%s builds the last stage", lent->build);
    }
}

static const char *role_of(const sp_stage *stage, sp_truth needed)
{
    if (stage->target)
        return "target";
    if (stage->shipped)
        return "shipped";
    if (needed == SP_YES)
        return "needed";
    return needed == SP_MAYBE ? "maybe" : "dead";
}

static sp_str role_text(asking *ask, const sp_stage *stage, sp_truth needed)
{
    const char *rest = stage->target        ? "is what the build gives: all of it ships"
                       : stage->shipped     ? "ships: the target rests on it"
                       : needed == SP_YES   ? "is needed, and only what others take from it can ship"
                       : needed == SP_MAYBE ? "may be needed: an argument that is not known decides"
                                            : "is not needed: nothing that is built takes from it";
    return sp_arena_print(&ask->arena, "%.*s %s", SP_STR_ARG(ask->label), rest);
}

/* A target's last step says why it is one; nothing else has to be said of it. */
static void tell_role(asking *ask)
{
    const sp_stage *stage = &ask->graph->stages[ask->stage];
    sp_answer answer = sp_facts_needed(ask->facts, ask->stage);
    sp_truth needed = sp_answer_truth(&answer);
    sp_steps *steps = answer.items.count > 0 ? &answer.items.items[0].steps : &answer.steps;
    if (needed != SP_NO || !stage->needed) {
        tell(ask, role_of(stage, needed), headline(ask, role_text(ask, stage, needed)), steps);
        return;
    }
    sp_steps lent = {0};
    add_lent(ask, &lent);
    add_steps(ask, &lent, steps);
    sp_str text =
        sp_arena_print(&ask->arena, "this build does not need %.*s, another build does", SP_STR_ARG(ask->label));
    tell(ask, "needed", headline(ask, text), &lent);
}

/* ---- why it contains something ---- */

/* What decides: the certain things of a yes, the others of an unknown. */
static sp_str take_items(asking *ask, const sp_answer *answer, sp_steps *steps, bool *assumed)
{
    bool unknown = sp_answer_truth(answer) == SP_MAYBE;
    SP_LIST(sp_str) found = {0};
    *assumed = true;
    for (uint32_t i = 0; i < answer->items.count; i++) {
        const sp_item *item = &answer->items.items[i];
        if (item->unknown != unknown)
            continue;
        *assumed = *assumed && item->assumed;
        if (item->found.size > 0)
            *sp_list_add(&ask->arena, &found) = item->found;
        add_steps(ask, steps, &item->steps);
    }
    return sp_arena_list(&ask->arena, found.items, found.count);
}

/* Evidence of a no: what the chain rests on, and that nothing else brings it. */
static void add_absence(asking *ask, sp_steps *steps)
{
    const sp_image_row *row = sp_facts_root_image(ask->facts, ask->stage);
    sp_facts_add_chain(ask->facts, ask->stage, steps);
    if (row != NULL && row != sp_catalogue_scratch())
        sp_steps_add_source(&ask->arena, steps, sp_arena_print(&ask->arena, "catalogue: %s", row->source),
                            "that image is known");
    sp_steps_add_source(&ask->arena, steps, SP_STR(""),
                        "no %.*s is in that image, installed, downloaded or copied so "
                        "that it stays",
                        SP_STR_ARG(ask->about));
}

static void tell_capability(asking *ask)
{
    sp_answer answer = sp_facts_contains(ask->facts, ask->stage, &ask->about, 1);
    sp_truth truth = sp_answer_truth(&answer);
    sp_steps steps = {0};
    bool assumed = false;
    sp_str found = take_items(ask, &answer, &steps, &assumed), text;
    if (found.size == 0 || sp_str_equal(found, ask->about))
        found = ask->about;
    else
        found = sp_arena_print(&ask->arena, "%.*s: %.*s", SP_STR_ARG(ask->about), SP_STR_ARG(found));
    if (truth == SP_NO) {
        add_absence(ask, &steps);
        text = sp_arena_print(&ask->arena, "%.*s contains no %.*s", SP_STR_ARG(ask->label), SP_STR_ARG(ask->about));
    } else if (truth == SP_YES) {
        text = sp_arena_print(&ask->arena, "%.*s %scontains %.*s", SP_STR_ARG(ask->label), assumed ? "probably " : "",
                              SP_STR_ARG(found));
    } else {
        text = sp_arena_print(&ask->arena, "%.*s may contain %.*s", SP_STR_ARG(ask->label), SP_STR_ARG(found));
    }
    const char *yes = assumed ? "probably" : "yes";
    tell(ask, truth == SP_YES ? yes : truth == SP_NO ? "no" : "unknown", headline(ask, text), &steps);
}

static void tell_path(asking *ask)
{
    static const char *const answers[] = {[SP_NO] = "no", [SP_YES] = "yes", [SP_MAYBE] = "unknown"};
    static const char *const verbs[] = {[SP_NO] = "does not have", [SP_YES] = "has", [SP_MAYBE] = "may have"};
    sp_answer answer = sp_facts_has_path(ask->facts, ask->stage, ask->about);
    sp_truth truth = sp_answer_truth(&answer);
    sp_str text =
        sp_arena_print(&ask->arena, "%.*s %s %.*s", SP_STR_ARG(ask->label), verbs[truth], SP_STR_ARG(ask->about));
    tell(ask, answers[truth], headline(ask, text), &answer.steps);
}

/* ---- all of it ---- */

/* A file that BuildKit refuses has no build to explain. */
static void tell_refusal(asking *ask)
{
    uint32_t count = 0;
    const sp_diagnostic **all = sp_reading_diagnostics(&ask->arena, ask->document, ask->graph, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!all[i]->fatal)
            continue;
        sp_str text = sp_arena_print(&ask->arena, "BuildKit would refuse this file: %.*s", SP_STR_ARG(all[i]->message));
        const sp_why why = {
            .stage = SP_STR(""),
            .about = ask->about,
            .answer = "refused",
            .headline = {.message = text,
                         .at = sp_locate(&ask->arena, &ask->document->source, ask->path, all[i]->span)}};
        ask->format->write(&why, sp_str_from(ask->options->folder), ask->options->color != 0, &ask->out);
        break;
    }
    ask->verdict = SP_INPUT;
}

static sp_status read_input(asking *ask, sp_build_input *input)
{
    const sp_tool_why_options *options = ask->options;
    sp_status status = sp_reading_input(&ask->arena, &options->inputs, input, ask->error);
    sp_str *needed = sp_arena_alloc(&ask->arena, options->lent_count * sizeof *needed);
    for (size_t i = 0; i < options->lent_count; i++)
        needed[i] = sp_str_from(options->lent[i].target);
    input->needed = needed;
    input->needed_count = options->lent_count;
    return status;
}

static void tell_answer(asking *ask)
{
    sp_str name = ask->graph->stages[ask->stage].name;
    ask->label = name.size > 0 ? sp_arena_print(&ask->arena, "stage '%.*s'", SP_STR_ARG(name))
                               : sp_stage_label(ask->graph, ask->stage);
    ask->facts = sp_facts_new(ask->graph);
    if (ask->options->about == NULL)
        tell_role(ask);
    else if (is_path(ask->about))
        tell_path(ask);
    else
        tell_capability(ask);
}

static sp_status answer(void *payload)
{
    asking *ask = payload;
    sp_build_input input;
    sp_status status = read_input(ask, &input);
    if (status != SP_OK)
        return status;
    ask->document = sp_document_parse(&ask->arena, ask->path, ask->text);
    ask->graph = sp_graph_build(ask->document, &input);
    if (sp_graph_is_refused(ask->graph)) {
        tell_refusal(ask);
        return ask->out.failed ? SP_E_MEMORY : SP_OK;
    }
    status = check_targets(ask, &input);
    if (status == SP_OK)
        status = find_stage(ask);
    if (status == SP_OK)
        status = check_about(ask);
    if (status != SP_OK)
        return status;
    tell_answer(ask);
    return ask->out.failed ? SP_E_MEMORY : SP_OK;
}

sp_status sp_tool_why(const char *path, const char *text, size_t size, const sp_tool_why_options *options, char **out,
                      size_t *out_size, int32_t *verdict, sp_error *error)
{
    asking ask = {.options = options,
                  .path = sp_str_from(path),
                  .text = {text, size},
                  .about = sp_str_from(options->about),
                  .error = error,
                  .verdict = SP_PASS};
    ask.format = sp_why_format_find(sp_str_from(options->format));
    *out = NULL;
    if (ask.format == NULL)
        return sp_error_set(error, SP_E_USAGE, "there is no format '%s'", options->format);
    sp_buf_init(&ask.out, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    sp_arena_init(&ask.arena, sp_alloc_default());
    sp_status status = sp_guard(&ask.arena, answer, &ask);
    sp_arena_dispose(&ask.arena);
    if (status != SP_OK) {
        sp_buf_dispose(&ask.out);
        return sp_error_set(error, status, "out of memory");
    }
    *out = ask.out.bytes;
    *out_size = ask.out.size;
    *verdict = ask.verdict;
    return SP_OK;
}

const char *sp_tool_why_format_at(size_t index)
{
    const sp_why_format *format = sp_why_format_get(index);
    return format != NULL ? format->name : NULL;
}
