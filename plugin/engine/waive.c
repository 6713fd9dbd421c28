/* Waivers: collected from Dockerfiles and the configuration, held against the findings, then judged themselves. */
#include "engine/waive.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "config/path_glob.h"
#include "engine/locate.h"
#include "engine/remedy.h"
#include "engine/waiver_policies.h"
#include "facts/glob.h"
#include "result/fingerprint.h"

#include <stdlib.h>

/* Which waivers of the list are of one file. */
typedef struct range {
    uint32_t first, count;
} range;

/* ---- annotations ---- */

/* One file under way. */
typedef struct collecting {
    sp_waivers *waivers;
    sp_arena *arena;
    const sp_graph *graph;
    sp_str path;
    uint32_t instruction; /* the first that ends behind the comment under way */
} collecting;

/* What a stage is: from its FROM to the next, or the end of the file. */
static sp_span stage_span(const collecting *collect, uint32_t stage)
{
    const sp_graph *graph = collect->graph;
    sp_span span = {graph->instructions[graph->stages[stage].from].instruction->span.start,
                    (uint32_t)graph->document->source.text.size};
    if (stage + 1 < graph->stage_count)
        span.end = graph->instructions[graph->stages[stage + 1].from].instruction->span.start;
    return span;
}

/* The stage that an annotation above or inside `instruction` is about; false before the first FROM. */
static bool find_stage(const collecting *collect, sp_span place, uint32_t *out)
{
    uint32_t low = 0, high = collect->graph->stage_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stage_span(collect, middle).start <= place.start)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low - 1;
    return low > 0;
}

/* Annotations come in order of place, and so do instructions. */
static const sp_instruction *next_instruction(collecting *collect, sp_span comment)
{
    const sp_document *document = collect->graph->document;
    uint32_t count = document->instructions.count;
    while (collect->instruction < count && document->instructions.items[collect->instruction].span.end <= comment.start)
        collect->instruction++;
    return collect->instruction < count ? &document->instructions.items[collect->instruction] : NULL;
}

static void name_stage(collecting *collect, uint32_t stage, sp_waiver *waiver)
{
    waiver->stage = sp_arena_copy(collect->arena, sp_stage_label(collect->graph, stage));
    waiver->inside = stage_span(collect, stage);
}

static void cover(collecting *collect, const sp_annotation *annotation, sp_span comment, sp_waiver *waiver)
{
    const sp_instruction *instruction = next_instruction(collect, comment);
    sp_span place = instruction != NULL ? instruction->span : comment;
    uint32_t stage = 0;
    if (annotation->scope == SP_ANNOTATION_FILE) {
        waiver->over = (sp_span){0, (uint32_t)collect->graph->document->source.text.size + 1};
    } else if (annotation->scope == SP_ANNOTATION_INSTRUCTION) {
        waiver->over = place;
        if (instruction == NULL)
            waiver->problem = SP_STR("no instruction follows that it could be about");
        else if (instruction->kind == SP_FROM && find_stage(collect, place, &stage))
            name_stage(collect, stage, waiver);
    } else if (find_stage(collect, place, &stage)) {
        name_stage(collect, stage, waiver);
        waiver->over = waiver->inside;
    } else {
        waiver->problem = SP_STR("it stands before the first stage; put it below FROM, or directly above it");
    }
}

/* BuildKit reads its directive above the first instruction as one for the whole file, and nothing that is indented. */
static bool is_of_file(const sp_document *document, sp_span comment)
{
    for (uint32_t i = 0; i < document->directives.count; i++) {
        sp_span value = document->directives.items[i].value.span;
        if (value.start >= comment.start && value.start < comment.end)
            return true;
    }
    return false;
}

static bool is_indented(const sp_document *document, sp_span comment)
{
    return comment.start > 0 && document->source.text.text[comment.start - 1] != '\n';
}

static bool read(collecting *collect, const sp_word *comment, sp_annotation *out)
{
    const sp_document *document = collect->graph->document;
    if (!sp_annotation_read(collect->arena, comment->text, out))
        return false;
    if (out->origin != SP_ANNOTATION_BUILDKIT)
        return true;
    if (is_of_file(document, comment->span))
        out->scope = SP_ANNOTATION_FILE;
    return !is_indented(document, comment->span);
}

static void add_annotation(collecting *collect, const sp_annotation *annotation, sp_span comment)
{
    sp_arena *arena = collect->arena;
    const sp_document *document = collect->graph->document;
    sp_waiver waiver = {.origin = annotation->origin, .path = collect->path, .stage = SP_STR("")};
    waiver.problem = annotation->problem;
    waiver.told = (sp_result_waiver){
        .inside = true,
        .reason = sp_arena_copy(arena, annotation->reason),
        .owner = sp_arena_copy(arena, annotation->owner),
        .until = sp_arena_copy(arena, annotation->until),
        .at = sp_locate(arena, &document->source, collect->path, comment),
    };
    waiver.exact = sp_fingerprint_digest(arena, sp_source_text(&document->source, comment), document->escape);
    if (waiver.problem.size == 0)
        cover(collect, annotation, comment, &waiver);
    uint32_t count = waiver.problem.size == 0 ? annotation->policies.count : 1;
    for (uint32_t i = 0; i < count; i++) {
        waiver.policy = waiver.problem.size == 0 ? sp_arena_copy(arena, annotation->policies.items[i]) : SP_STR("");
        *sp_list_add(arena, &collect->waivers->list) = waiver;
    }
}

static void collect_file(collecting *collect)
{
    const sp_document *document = collect->graph->document;
    uint32_t first = collect->waivers->list.count;
    for (uint32_t i = 0; i < document->comments.count; i++) {
        const sp_word *comment = &document->comments.items[i];
        sp_annotation annotation;
        if (!read(collect, comment, &annotation))
            continue;
        if (collect->waivers->list.count - first >= SP_LIMIT_ANNOTATIONS) {
            annotation.problem =
                sp_arena_print(collect->arena, "only the first %u waivers of a file count", SP_LIMIT_ANNOTATIONS);
            add_annotation(collect, &annotation, comment->span);
            return;
        }
        add_annotation(collect, &annotation, comment->span);
    }
}

void sp_waivers_collect(sp_waivers *waivers, struct sp_results *results, sp_str path, const sp_graph *graph)
{
    if (sp_map_find(waivers->files, path) != NULL)
        return;
    collecting collect = {.waivers = waivers, .arena = &results->arena, .graph = graph, .path = path};
    range *own = sp_arena_new(&results->arena, range);
    own->first = waivers->list.count;
    collect_file(&collect);
    own->count = waivers->list.count - own->first;
    waivers->files = sp_map_set(&results->arena, waivers->files, path, own);
}

/* ---- what is waived ---- */

/* What may be waived of one policy. */
typedef struct about {
    bool waivable;
    SP_LIST(sp_waiver *) agreed;
} about;

/* One application. */
typedef struct applying {
    sp_waivers *waivers;
    const sp_engine *engine;
    struct sp_results *results;
    sp_arena *arena;
    sp_str today;
    SP_LIST(sp_waiver) agreed; /* one a policy of an entry of the configuration */
    const sp_map *policies;    /* id → what may be waived of it */
    bool listed[SP_WAIVER_FAULT_COUNT];
} applying;

/* Names of BuildKit's checks have letters only. */
static bool has_buildkit_alias(sp_str aliases)
{
    while (aliases.size > 0) {
        sp_str alias = sp_str_take_word(&aliases);
        size_t letters = 0;
        while (letters < alias.size && sp_ascii_is_letter(alias.text[letters]))
            letters++;
        if (letters == alias.size)
            return true;
    }
    return false;
}

static bool names_policy(const sp_waiver *waiver, sp_str id, sp_str aliases)
{
    if (waiver->origin == SP_ANNOTATION_BUILDKIT && sp_str_equal(waiver->policy, SP_STR("all")))
        return has_buildkit_alias(aliases);
    if (waiver->origin == SP_ANNOTATION_OURS && sp_glob_matches(waiver->policy, id))
        return true;
    return sp_str_lists(aliases, waiver->policy);
}

static const sp_policy *policy_of(const sp_engine *engine, sp_str id)
{
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        if (sp_str_equal(engine->policies.items[i].id, id))
            return &engine->policies.items[i];
    }
    return NULL;
}

/* What may be waived of the policy of a finding; asked once a policy. */
static const about *about_policy(applying *apply, const sp_result_finding *finding)
{
    const about *known = sp_map_find(apply->policies, finding->policy);
    if (known != NULL)
        return known;
    const sp_policy *policy = policy_of(apply->engine, finding->policy);
    about *made = sp_arena_new(apply->arena, about);
    made->waivable = policy == NULL || !policy->unwaivable;
    for (uint32_t i = 0; i < apply->agreed.count; i++) {
        if (names_policy(&apply->agreed.items[i], finding->policy, finding->aliases))
            *sp_list_add(apply->arena, &made->agreed) = &apply->agreed.items[i];
    }
    apply->policies = sp_map_set(apply->arena, apply->policies, finding->policy, made);
    return made;
}

static bool agreed_covers(const sp_waiver *waiver, const sp_result_finding *finding)
{
    const sp_config_waiver *agreed = waiver->agreed;
    if (agreed->path.size > 0 && !sp_path_glob_covers(agreed->path, finding->at.path))
        return false;
    if (agreed->stage.size > 0 && !sp_str_equal_nocase(agreed->stage, finding->stage))
        return false;
    return sp_str_search(finding->message, agreed->message) != SIZE_MAX;
}

static bool is_within(sp_span span, const sp_located *at)
{
    return at->placed && at->span.start >= span.start && at->span.start < span.end;
}

/* What is about a stage may stand outside it, at the FROM line that brings it: then what waives its FROM waives that.
 */
static bool annotation_covers(const sp_waiver *waiver, const sp_result_finding *finding)
{
    if (is_within(waiver->over, &finding->at))
        return true;
    if (waiver->stage.size > 0 && sp_str_equal(waiver->stage, finding->stage))
        return !is_within(waiver->inside, &finding->at);
    return !finding->at.placed && waiver->over.start == 0;
}

/* Of several waivers the first is named. */
static void meet(sp_waiver *waiver, sp_result_finding *finding, bool waivable)
{
    waiver->met = true;
    waiver->refused = waiver->refused || !waivable;
    if (waivable && !waiver->refused && !waiver->expired && finding->waived == NULL)
        finding->waived = &waiver->told;
}

static void waive_finding(applying *apply, sp_result_finding *finding)
{
    const about *policy = about_policy(apply, finding);
    const range *own = sp_map_find(apply->waivers->files, finding->at.path);
    for (uint32_t i = 0; own != NULL && i < own->count; i++) {
        sp_waiver *waiver = &apply->waivers->list.items[own->first + i];
        if (waiver->problem.size == 0 && names_policy(waiver, finding->policy, finding->aliases) &&
            annotation_covers(waiver, finding))
            meet(waiver, finding, policy->waivable);
    }
    for (uint32_t i = 0; i < policy->agreed.count; i++) {
        if (agreed_covers(policy->agreed.items[i], finding))
            meet(policy->agreed.items[i], finding, policy->waivable);
    }
}

/* ---- waivers of the configuration ---- */

static sp_located locate_agreed(const applying *apply, const sp_source *source, const sp_config_waiver *entry)
{
    sp_str line = sp_source_line(source, entry->line);
    uint32_t start = (uint32_t)(line.text - source->text.text), end = start + (uint32_t)line.size;
    while (start < end && sp_source_point(source, start).column < entry->column)
        start++;
    return sp_locate(apply->arena, source, apply->engine->project, (sp_span){start, end});
}

static void add_agreed(applying *apply, const sp_source *source, const sp_config_waiver *entry)
{
    sp_arena *arena = apply->arena;
    sp_waiver waiver = {.agreed = entry, .path = apply->engine->project, .stage = SP_STR(""), .problem = SP_STR("")};
    waiver.told = (sp_result_waiver){
        .reason = sp_arena_copy(arena, entry->reason),
        .owner = sp_arena_copy(arena, entry->owner),
        .until = sp_arena_copy(arena, entry->until),
        .at = locate_agreed(apply, source, entry),
    };
    waiver.exact = sp_fingerprint_digest(arena, waiver.told.at.excerpt, '\\');
    for (uint32_t i = 0; i < entry->policies.count; i++) {
        waiver.policy = entry->policies.items[i];
        *sp_list_add(arena, &apply->agreed) = waiver;
    }
}

static void add_all_agreed(applying *apply)
{
    const sp_config *config = &apply->engine->config;
    sp_source source = {.path = apply->engine->project, .text = config->text};
    if (config->waivers.count == 0)
        return;
    sp_source_index(&source, apply->arena);
    for (uint32_t i = 0; i < config->waivers.count; i++)
        add_agreed(apply, &source, &config->waivers.items[i]);
}

/* ---- terms ---- */

/* What the terms miss in a waiver, or NULL. */
static const char *missing_of(const sp_waiver_terms *terms, const sp_waiver *waiver)
{
    if (terms->reason && waiver->told.reason.size == 0)
        return "reason";
    if (terms->owner && waiver->told.owner.size == 0)
        return "owner";
    return terms->until && waiver->told.until.size == 0 ? "until" : NULL;
}

static bool is_forbidden(const sp_waiver_terms *terms, const sp_waiver *waiver)
{
    if (waiver->agreed != NULL)
        return false;
    const bool forbidden[] = {terms->no_inline, terms->no_hadolint, terms->no_buildkit};
    return forbidden[waiver->origin];
}

/* Whether it names exactly one policy that nobody may waive: that is said before anything is found. */
static bool names_unwaivable(const sp_engine *engine, const sp_waiver *waiver)
{
    const sp_policy *policy = policy_of(engine, waiver->policy);
    return policy != NULL && policy->unwaivable;
}

static void judge_waiver(const applying *apply, sp_waiver *waiver)
{
    const sp_waiver_terms *terms = &apply->engine->config.terms;
    sp_str until = waiver->told.until;
    waiver->refused =
        is_forbidden(terms, waiver) || missing_of(terms, waiver) != NULL || names_unwaivable(apply->engine, waiver);
    waiver->expired = until.size > 0 && apply->today.size > 0 && sp_str_compare(until, apply->today) < 0;
    if (waiver->problem.size == 0 && waiver->origin == SP_ANNOTATION_OURS)
        waiver->problem = sp_engine__wrong_name(apply->engine, apply->arena, waiver->policy);
}

/* ---- what is found of waivers ---- */

/* Whether a policy that it names judged in this run. */
static bool was_judged(const sp_engine *engine, const sp_waiver *waiver)
{
    for (uint32_t i = 0; i < engine->policies.count; i++) {
        const sp_policy *policy = &engine->policies.items[i];
        if (policy->enabled && policy->failure == NULL && names_policy(waiver, policy->id, policy->aliases))
            return true;
    }
    return false;
}

/* Whether all was judged that it could be about. Of a part of the repository nobody can tell. */
static bool is_settled(const applying *apply, const sp_waiver *waiver)
{
    bool covered = false;
    if (apply->results->failures.count > 0)
        return false;
    for (uint32_t i = 0; i < apply->results->files.count; i++) {
        const sp_result_file *file = &apply->results->files.items[i];
        bool concerned = waiver->agreed == NULL
                             ? sp_str_equal(file->path, waiver->path)
                             : waiver->agreed->path.size == 0 || sp_path_glob_covers(waiver->agreed->path, file->path);
        if (concerned && !file->judged)
            return false;
        covered = covered || concerned;
    }
    return covered;
}

static void list_policy(applying *apply, sp_waiver_fault fault, const sp_policy *policy)
{
    if (apply->listed[fault])
        return;
    apply->listed[fault] = true;
    *sp_list_add(apply->arena, &apply->results->policies) = (sp_result_policy){
        .id = sp_arena_copy(apply->arena, policy->id),
        .title = sp_arena_copy(apply->arena, policy->title),
        .remedy = sp_policy_remedy(apply->arena, policy),
        .help = sp_arena_copy(apply->arena, policy->help),
        .tags = sp_arena_copy(apply->arena, policy->tags),
        .severity = policy->severity,
        .of_project = true, /* a test case a file that all waivers pass would say nothing */
    };
}

static void find_fault(applying *apply, sp_waiver_fault fault, const sp_waiver *waiver, sp_str message)
{
    const sp_policy *policy = sp_waiver_policy_of(apply->engine, fault);
    if (policy == NULL || !policy->enabled)
        return;
    list_policy(apply, fault, policy);
    *sp_list_add(apply->arena, &apply->results->findings) = (sp_result_finding){
        .policy = sp_arena_copy(apply->arena, policy->id),
        .message = message,
        .help = sp_policy_remedy(apply->arena, policy),
        .aliases = SP_STR(""),
        .severity = policy->severity,
        .stage = SP_STR(""),
        .at = waiver->told.at,
        .build = SP_RESULT_NO_BUILD,
        .stage_key = SP_STR(""),
        .subject = SP_STR(""),
        .exact = waiver->exact,
    };
}

static sp_str why_refused(const applying *apply, const sp_waiver *waiver)
{
    const sp_waiver_terms *terms = &apply->engine->config.terms;
    const char *missing = missing_of(terms, waiver);
    if (is_forbidden(terms, waiver))
        return SP_STR("forbids such comments");
    if (missing != NULL)
        return sp_arena_print(apply->arena, "asks for its '%s'", missing);
    return SP_STR("lets nobody waive this policy");
}

/* Of other tools' comments, only those are ours to judge that would have waived something. */
static void judge_use(applying *apply, const sp_waiver *waiver)
{
    sp_str id = waiver->policy;
    bool ours = waiver->origin == SP_ANNOTATION_OURS;
    if (waiver->problem.size > 0 && !ours)
        return;
    if (waiver->problem.size > 0)
        find_fault(apply, SP_WAIVER_MALFORMED, waiver,
                   sp_arena_print(apply->arena, "this waives nothing: %.*s", SP_STR_ARG(waiver->problem)));
    else if (!(ours || waiver->met) || !was_judged(apply->engine, waiver))
        return;
    else if (waiver->refused)
        find_fault(apply, SP_WAIVER_REFUSED, waiver,
                   sp_arena_print(apply->arena, "the waiver of '%.*s' does not count: %.*s %.*s", SP_STR_ARG(id),
                                  SP_STR_ARG(apply->engine->project), SP_STR_ARG(why_refused(apply, waiver))));
    else if (waiver->expired)
        find_fault(apply, SP_WAIVER_EXPIRED, waiver,
                   sp_arena_print(apply->arena, "the waiver of '%.*s' ended on %.*s", SP_STR_ARG(id),
                                  SP_STR_ARG(waiver->told.until)));
    else if (!waiver->met && is_settled(apply, waiver))
        find_fault(apply, SP_WAIVER_UNUSED, waiver,
                   sp_arena_print(apply->arena, "this waiver of '%.*s' waives nothing", SP_STR_ARG(id)));
}

static int compare_policies(const void *a, const void *b)
{
    return sp_str_compare(((const sp_result_policy *)a)->id, ((const sp_result_policy *)b)->id);
}

void sp_waivers_apply(sp_waivers *waivers, const sp_engine *engine, struct sp_results *results, sp_str today)
{
    applying apply = {waivers, engine, results, &results->arena, today, {0}, NULL, {false}};
    uint32_t count = results->findings.count, policies = results->policies.count;
    add_all_agreed(&apply);
    for (uint32_t i = 0; i < waivers->list.count; i++)
        judge_waiver(&apply, &waivers->list.items[i]);
    for (uint32_t i = 0; i < apply.agreed.count; i++)
        judge_waiver(&apply, &apply.agreed.items[i]);
    for (uint32_t i = 0; i < count && waivers->list.count + apply.agreed.count > 0; i++)
        waive_finding(&apply, &results->findings.items[i]);
    for (uint32_t i = 0; i < waivers->list.count; i++)
        judge_use(&apply, &waivers->list.items[i]);
    for (uint32_t i = 0; i < apply.agreed.count; i++)
        judge_use(&apply, &apply.agreed.items[i]);
    if (results->policies.count > policies)
        qsort(results->policies.items, results->policies.count, sizeof *results->policies.items, compare_policies);
}
