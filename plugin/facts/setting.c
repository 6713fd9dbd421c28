/* Effective settings of a stage: what its chain sets last, else its image, else the default. */
#include "facts/facts_internal.h"

#include "base/path.h"
#include "facts/glob.h"

static uint32_t instruction_of(const sp_state *state, sp_setting_kind kind)
{
    switch (kind) {
    case SP_SETTING_USER:
        return state->user;
    case SP_SETTING_WORKDIR:
        return state->workdir;
    case SP_SETTING_SHELL:
        return state->shell;
    case SP_SETTING_ENTRYPOINT:
        return state->entrypoint;
    case SP_SETTING_CMD:
        return state->cmd;
    case SP_SETTING_HEALTHCHECK:
        return state->healthcheck;
    case SP_SETTING_STOPSIGNAL:
        return state->stopsignal;
    }
    return SP_NONE;
}

/* ---- values ---- */

static sp_value known_value(sp_str text, sp_span span)
{
    return (sp_value){
        .text = SP_STR(""), .span = span, .known = true, .value = text, .shape = text, .error = SP_STR("")};
}

static sp_value unknown_value(sp_span span)
{
    return (sp_value){.text = SP_STR(""), .span = span, .value = SP_STR(""), .shape = {"", 1}, .error = SP_STR("")};
}

/* The words of CMD, ENTRYPOINT, SHELL or HEALTHCHECK as one value: they are not expanded. */
static sp_value joined_words(sp_facts *facts, const sp_instruction *instruction)
{
    if (instruction->arguments.count == 0)
        return known_value(SP_STR(""), instruction->span);
    SP_LIST(sp_str) parts = {0};
    for (uint32_t i = 0; i < instruction->arguments.count; i++) {
        if (i > 0)
            *sp_list_add(facts->arena, &parts) = SP_STR(" ");
        *sp_list_add(facts->arena, &parts) = instruction->arguments.items[i].text;
    }
    const sp_word *words = instruction->arguments.items;
    sp_span span = sp_span_join(words[0].span, words[instruction->arguments.count - 1].span);
    sp_value value = known_value(sp_arena_join(facts->arena, parts.items, parts.count), span);
    value.text = value.value;
    return value;
}

static sp_value first_argument(sp_facts *facts, uint32_t id)
{
    const sp_instruction *instruction = facts->graph->instructions[id].instruction;
    if (instruction->arguments.count == 0)
        return unknown_value(instruction->span);
    return sp_graph_expand(facts->graph, id, instruction->arguments.items[0]);
}

/* Whether nothing was set before the Dockerfile: files of a named context come without settings. */
static bool is_scratch(sp_facts *facts, uint32_t stage)
{
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[facts->places[stage].root].base];
    return sp_facts_root_image(facts, stage) == sp_catalogue_scratch() ||
           (base->named != NULL && base->named->kind == SP_NAMED_FILES);
}

/* Longest path that Linux takes, which is also the most relative WORKDIRs that can follow one another. */
#define PATH_LIMIT 4096

static bool is_absolute(const sp_value *value)
{
    return value->shape.size > 0 && value->shape.text[0] == '/';
}

/* Relative WORKDIRs go on from the one before: back to an absolute one or the stage's image, then forth again. */
static sp_value workdir_value(sp_facts *facts, uint32_t stage, uint32_t id)
{
    SP_LIST(sp_value) pending = {0};
    uint32_t at = id;
    do {
        *sp_list_add(facts->arena, &pending) = first_argument(facts, at);
        at = facts->graph->instructions[at].before->workdir;
    } while (at != SP_NONE && !is_absolute(&pending.items[pending.count - 1]) && pending.count < PATH_LIMIT);
    sp_value value = pending.items[0];
    bool rooted = is_absolute(&pending.items[pending.count - 1]) || (at == SP_NONE && is_scratch(facts, stage));
    sp_str path = rooted ? SP_STR("/") : (sp_str){"", 1};
    bool known = rooted, is_default = false;
    for (uint32_t i = pending.count; i > 0 && path.size <= PATH_LIMIT; i--) {
        path = sp_path_join(facts->arena, path, pending.items[i - 1].shape);
        known = known && pending.items[i - 1].known;
        is_default = is_default || pending.items[i - 1].is_default;
    }
    bool fits = path.size <= PATH_LIMIT;
    value.known = known && fits;
    value.is_default = is_default;
    value.shape = fits ? path : (sp_str){"", 1};
    value.value = value.known ? path : SP_STR("");
    return value;
}

static sp_value value_of(sp_facts *facts, uint32_t stage, uint32_t id, sp_setting_kind kind)
{
    switch (kind) {
    case SP_SETTING_USER:
    case SP_SETTING_STOPSIGNAL:
        return first_argument(facts, id);
    case SP_SETTING_WORKDIR:
        return workdir_value(facts, stage, id);
    case SP_SETTING_SHELL:
    case SP_SETTING_ENTRYPOINT:
    case SP_SETTING_CMD:
    case SP_SETTING_HEALTHCHECK:
        break;
    }
    return joined_words(facts, facts->graph->instructions[id].instruction);
}

/* ---- where a setting comes from ---- */

/* The setting that an instruction of the chain makes. */
static sp_setting set_by(sp_facts *facts, uint32_t stage, uint32_t id, sp_value value)
{
    const sp_graph_instruction *at = &facts->graph->instructions[id];
    sp_setting setting = {
        .state = at->stage == stage ? SP_SETTING_SET : SP_SETTING_INHERITED, .value = value, .instruction = id};
    sp_facts__add_chain(facts, &setting.evidence, stage, at->stage);
    sp_steps_add(facts->arena, &setting.evidence, at->instruction->span, "%.*s in %.*s sets it",
                 SP_STR_ARG(sp_instruction_name(at->instruction->kind)),
                 SP_STR_ARG(sp_facts__stage_text(facts, at->stage)));
    return setting;
}

/* A setting of which the Dockerfile says nothing: `value` is what it is on scratch, which sets nothing. */
static sp_setting unset(sp_facts *facts, uint32_t stage, const char *value)
{
    bool is_user = strcmp(value, "root") == 0; /* no other setting is that by default */
    uint32_t root = facts->places[stage].root;
    sp_span span = sp_facts__from_span(facts, root);
    sp_setting setting = {.state = SP_SETTING_UNKNOWN, .value = unknown_value(span), .instruction = SP_NONE};
    sp_facts__add_chain(facts, &setting.evidence, stage, root);
    sp_facts__add_image(facts, &setting.evidence, root);
    if (is_scratch(facts, stage)) {
        setting.state = SP_SETTING_DEFAULT;
        setting.value = known_value(sp_str_from(value), span);
        return setting;
    }
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[root].base];
    sp_str image = sp_facts__image_text(base);
    if (is_user)
        sp_steps_add(facts->arena, &setting.evidence, span, "which user %.*s runs as is not known", SP_STR_ARG(image));
    else
        sp_steps_add(facts->arena, &setting.evidence, span, "what %.*s sets is not known", SP_STR_ARG(image));
    return setting;
}

/* The user that all rows of the image name; NULL when they do not say, or not the same. */
static const char *image_user(sp_facts *facts, const sp_edge *base, const sp_image_row *rows, size_t count)
{
    const char *user = NULL;
    for (size_t i = 0; i < count; i++) {
        if (count > 1 && !sp_facts__row_fits(facts, base, rows, i))
            continue;
        if (rows[i].user == NULL || (user != NULL && strcmp(rows[i].user, user) != 0))
            return NULL;
        user = rows[i].user;
    }
    return user;
}

static bool is_assumed(const sp_image_row *rows, size_t count)
{
    bool assumed = false;
    for (size_t i = 0; i < count; i++)
        assumed = assumed || rows[i].confidence == SP_ASSUMED;
    return assumed;
}

static sp_setting user_of_image(sp_facts *facts, uint32_t stage)
{
    uint32_t root = facts->places[stage].root;
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[root].base];
    size_t count = 0;
    const sp_image_row *row = sp_facts__image_rows(facts, base, &count);
    const char *user = image_user(facts, base, row, count);
    if (user == NULL)
        return unset(facts, stage, "root");
    sp_setting setting = {.state = SP_SETTING_IMAGE,
                          .instruction = SP_NONE,
                          .assumed = is_assumed(row, count),
                          .value = known_value(sp_str_from(user), base->reference.span)};
    sp_facts__add_chain(facts, &setting.evidence, stage, root);
    sp_facts__add_image(facts, &setting.evidence, root);
    sp_steps_add_source(facts->arena, &setting.evidence, sp_facts__source(facts, row), "%.*s runs as %s",
                        SP_STR_ARG(sp_facts__image_text(base)), user);
    return setting;
}

/* The user of a stage, without asking what its own base may be. */
static sp_setting user_of_candidate(sp_facts *facts, uint32_t stage)
{
    uint32_t id = facts->graph->stages[stage].state->user;
    if (id != SP_NONE)
        return set_by(facts, stage, id, first_argument(facts, id));
    return is_scratch(facts, stage) ? unset(facts, stage, "root") : user_of_image(facts, stage);
}

/* Only the build knows which stage the base is; when all of them run as the same user, that is it. */
static sp_setting user_of_candidates(sp_facts *facts, uint32_t stage, const sp_edge *base)
{
    sp_setting user = user_of_candidate(facts, base->candidates[0]);
    bool same = user.value.known;
    for (uint32_t i = 1; i < base->candidate_count && same; i++) {
        sp_setting other = user_of_candidate(facts, base->candidates[i]);
        same = other.value.known && sp_str_equal(other.value.value, user.value.value);
        user.assumed = user.assumed || other.assumed;
    }
    if (!same)
        return unset(facts, stage, "root");
    user.state = user.instruction == SP_NONE ? user.state : SP_SETTING_INHERITED;
    return user;
}

static sp_setting user_of_base(sp_facts *facts, uint32_t stage)
{
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[facts->places[stage].root].base];
    if (sp_facts__has_candidates(base))
        return user_of_candidates(facts, stage, base);
    return is_scratch(facts, stage) ? unset(facts, stage, "root") : user_of_image(facts, stage);
}

/* What a setting is where nothing sets it. */
static const char *default_of(sp_setting_kind kind)
{
    return kind == SP_SETTING_USER ? "root" : kind == SP_SETTING_WORKDIR ? "/" : "";
}

/* An ENTRYPOINT resets the CMD of the stage below: then there is none, surely. */
static sp_setting cleared(sp_facts *facts, const sp_state *state)
{
    const sp_graph_instruction *at = &facts->graph->instructions[state->entrypoint];
    sp_setting setting = {
        .state = SP_SETTING_DEFAULT, .instruction = SP_NONE, .value = known_value(SP_STR(""), at->instruction->span)};
    sp_steps_add(facts->arena, &setting.evidence, at->instruction->span, "ENTRYPOINT resets an inherited CMD");
    return setting;
}

sp_setting sp_facts_setting(sp_facts *facts, uint32_t stage, const sp_state *state, sp_setting_kind kind)
{
    uint32_t id = instruction_of(state, kind);
    if (id != SP_NONE)
        return set_by(facts, stage, id, value_of(facts, stage, id, kind));
    if (kind == SP_SETTING_CMD && state->cmd_cleared && state->entrypoint != SP_NONE)
        return cleared(facts, state);
    if (kind == SP_SETTING_USER)
        return user_of_base(facts, stage);
    return unset(facts, stage, default_of(kind));
}

/* ---- named settings ---- */

/* The value of the last pair of an ENV that has that name. */
static sp_value environment_value(sp_facts *facts, const sp_binding *binding)
{
    const sp_instruction *instruction = facts->graph->instructions[binding->instruction].instruction;
    if (instruction->kind == SP_ENV)
        for (uint32_t i = instruction->as.pairs.count; i > 0; i--) {
            const sp_pair *pair = &instruction->as.pairs.items[i - 1];
            sp_value name = sp_graph_expand(facts->graph, binding->instruction, pair->name);
            if (name.known && sp_str_equal(name.value, binding->name))
                return sp_graph_expand_pair(facts->graph, binding->instruction, pair);
        }
    const sp_variable *variable = &binding->variable;
    bool known = variable->certainty == SP_CERTAIN_KNOWN || variable->certainty == SP_CERTAIN_DEFAULT;
    sp_value value = known ? known_value(variable->value, instruction->span) : unknown_value(instruction->span);
    value.is_default = variable->certainty == SP_CERTAIN_DEFAULT;
    return value;
}

sp_setting sp_facts_environment(sp_facts *facts, uint32_t stage, const sp_state *state, sp_str name)
{
    const sp_binding *binding = sp_map_find(state->environment, name);
    if (binding != NULL && !binding->is_env)
        binding = binding->env;
    if (binding == NULL || binding->instruction == SP_NONE)
        return unset(facts, stage, "");
    return set_by(facts, stage, binding->instruction, environment_value(facts, binding));
}

sp_setting sp_facts_label(sp_facts *facts, uint32_t stage, const sp_state *state, sp_str name)
{
    sp_str glob = sp_glob_quote(facts->arena, name);
    for (const sp_setting_item *item = state->labels; item != NULL; item = item->previous) {
        sp_truth match = sp_glob_matches_shape(glob, item->name.shape);
        if (match == SP_NO)
            continue;
        sp_setting setting = set_by(facts, stage, item->instruction, item->value);
        if (match == SP_MAYBE) {
            setting.state = SP_SETTING_UNKNOWN;
            setting.value = unknown_value(item->value.span);
        }
        return setting;
    }
    return unset(facts, stage, "");
}

/* ---- root ---- */

/* user = name-or-number [":" group]; a group alone, as nothing at all, is root */
static sp_truth is_root(sp_str shape)
{
    sp_str user = sp_str_head(shape, sp_str_find(shape, ':'));
    uint64_t number;
    if (user.size == 0 || (sp_str_to_uint(user, &number) && number == 0))
        return SP_YES;
    sp_truth by_name = sp_glob_matches_shape(SP_STR("root"), user);
    if (by_name != SP_NO)
        return by_name;
    return sp_glob_matches_shape(SP_STR("0"), user);
}

sp_answer sp_facts_is_root(sp_facts *facts, const sp_setting *user)
{
    sp_answer answer = {.placed = true, .span = user->value.span};
    sp_truth truth = is_root(user->value.known ? user->value.value : user->value.shape);
    if (truth == SP_NO) {
        answer.steps = user->evidence;
        return answer;
    }
    sp_str found = truth == SP_YES ? SP_STR("root") : SP_STR("");
    sp_item *item = sp_answer_add(facts->arena, &answer, found, truth == SP_MAYBE);
    item->assumed = user->assumed && truth == SP_YES;
    item->steps = user->evidence;
    if (user->value.known || user->state == SP_SETTING_UNKNOWN)
        return answer;
    sp_steps_add(facts->arena, &item->steps, user->value.span, "what '%.*s' is depends on the build",
                 SP_STR_ARG(user->value.text));
    return answer;
}
