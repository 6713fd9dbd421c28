/* answer: yes no unknown assumed found[] evidence[] at · :except(…).
   step of evidence: message at? source?
   left behind: an answer with path? kind. */
#include "lua/object.h"

#define STEPS_COMPARED 64 /* of one answer; more are shown without looking for repetitions */

static const sp_answer *answer_of(const void *subject)
{
    return &((const sp_answer_subject *)subject)->answer;
}

bool sp_lua__answer_assumed(const sp_answer *answer)
{
    bool assumed = false;
    for (uint32_t i = 0; i < answer->items.count; i++) {
        if (answer->items.items[i].unknown)
            continue;
        if (!answer->items.items[i].assumed)
            return false;
        assumed = true;
    }
    return assumed;
}

static void add_steps(sp_arena *arena, const sp_steps *steps, sp_step_list *out)
{
    for (uint32_t i = 0; i < steps->count; i++) {
        const sp_step *step = &steps->items[i];
        uint32_t at = 0;
        uint32_t end = out->count < STEPS_COMPARED ? out->count : 0;
        while (at < end && !(out->items[at]->span.start == step->span.start && out->items[at]->placed == step->placed &&
                             sp_str_equal(out->items[at]->message, step->message)))
            at++;
        if (at == end)
            *sp_list_add(arena, out) = step;
    }
}

void sp_lua__answer_steps(sp_arena *arena, const sp_answer *answer, sp_step_list *out)
{
    bool unknown = sp_answer_truth(answer) == SP_MAYBE;
    for (uint32_t i = 0; i < answer->items.count; i++)
        if (answer->items.items[i].unknown == unknown)
            add_steps(arena, &answer->items.items[i].steps, out);
    add_steps(arena, &answer->steps, out);
}

static bool first_place(const sp_steps *steps, sp_span *out)
{
    for (uint32_t i = 0; i < steps->count; i++)
        if (steps->items[i].placed) {
            *out = steps->items[i].span;
            return true;
        }
    return false;
}

bool sp_lua__answer_place(const sp_answer *answer, sp_span *out)
{
    *out = answer->span;
    if (answer->placed)
        return true;
    bool unknown = sp_answer_truth(answer) == SP_MAYBE;
    for (uint32_t i = 0; i < answer->items.count; i++)
        if (answer->items.items[i].unknown == unknown && first_place(&answer->items.items[i].steps, out))
            return true;
    return first_place(&answer->steps, out);
}

static bool place_of_answer(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    return sp_lua__answer_place(answer_of(subject), out);
}

static void push_yes(lua_State *state, const void *subject)
{
    lua_pushboolean(state, sp_answer_truth(answer_of(subject)) == SP_YES);
}

static void push_no(lua_State *state, const void *subject)
{
    lua_pushboolean(state, sp_answer_truth(answer_of(subject)) == SP_NO);
}

static void push_unknown(lua_State *state, const void *subject)
{
    lua_pushboolean(state, sp_answer_truth(answer_of(subject)) == SP_MAYBE);
}

static void push_assumed(lua_State *state, const void *subject)
{
    lua_pushboolean(state, sp_lua__answer_assumed(answer_of(subject)));
}

static void push_found(lua_State *state, const void *subject)
{
    const sp_answer *answer = answer_of(subject);
    sp_lua__push_list(state, 0);
    uint32_t count = 0;
    for (uint32_t i = 0; i < answer->items.count; i++)
        if (!answer->items.items[i].unknown) {
            sp_lua__push_text(state, answer->items.items[i].found);
            sp_lua__append(state, ++count);
        }
}

static void text_of_answer(lua_State *state, const void *subject)
{
    push_found(state, subject);
    sp_lua_object_text(state, lua_gettop(state));
    lua_remove(state, -2);
}

static void push_evidence(lua_State *state, const void *subject)
{
    sp_step_list steps = {0};
    sp_lua__answer_steps(sp_lua__arena(state), answer_of(subject), &steps);
    sp_lua__push_list(state, steps.count);
    for (uint32_t i = 0; i < steps.count; i++) {
        sp_lua__push(state, &sp_kind_step, steps.items[i], sizeof *steps.items[i]);
        sp_lua__append(state, i + 1);
    }
}

static bool is_excepted(lua_State *state, const sp_item *item, const sp_texts *globs)
{
    for (uint32_t i = 0; i < globs->items.count; i++)
        if (item->found.size != 0 && sp_lua__glob_matches(state, globs->items.items[i], item->found))
            return true;
    return false;
}

/* answer:except(allowed, …) → answer */
static int answer_except(lua_State *state)
{
    const sp_answer_subject *subject = sp_lua__check(state, 1, &sp_kind_answer);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_answer answer = subject->answer;
    memset(&answer.items, 0, sizeof answer.items);
    for (uint32_t i = 0; i < subject->answer.items.count; i++)
        if (!is_excepted(state, &subject->answer.items.items[i], &globs))
            *sp_list_add(sp_lua__arena(state), &answer.items) = subject->answer.items.items[i];
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, (size_t)globs.items.count * subject->answer.items.count);
}

static const sp_field answer_fields[] = {
    {"yes", "boolean", "true when it is certainly or probably so", .push = push_yes},
    {"no", "boolean", "true when it is certainly not so", .push = push_no},
    {"unknown", "boolean", "true when it cannot be told", .push = push_unknown},
    {"assumed", "boolean", "true when a yes rests on an assumption: the report then begins with \"probably\"",
     .push = push_assumed},
    {"found", "string[]", "the capabilities, packages, paths or stages that made it yes", .push = push_found},
    {"evidence", "step[]", "the steps that explain it", .push = push_evidence},
    {"at", "place?", "the place that decided it", .push = sp_lua__field_at},
    {"except", "(...: text): answer", "the answer without those among what it found: for an allow option",
     .method = answer_except},
};

const sp_kind sp_kind_answer = {
    .name = "answer",
    .says = "A fact: yes, no or unknown, with its reasons; it is an object, so ask answer.yes, never \"if answer\"",
    SP_FIELDS_OF(answer_fields),
    .place = place_of_answer,
    .text = text_of_answer};

static const sp_field left_behind_fields[] = {
    {"path", "string?", "where it lies in the stage", .push = NULL},
    {"kind", "('package'|'artifact'|'download')?", "what sort of thing was left behind", .push = NULL},
};

const sp_kind sp_kind_left_behind = {.name = "answer",
                                     .type = "left_behind",
                                     .says = "Something that a stage makes for the image, and nobody takes",
                                     .parent = &sp_kind_answer,
                                     SP_FIELDS_OF(left_behind_fields)};

static bool place_of_step(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    const sp_step *step = subject;
    *out = step->span;
    return step->placed;
}

static void push_message(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, ((const sp_step *)subject)->message);
}

static void push_source(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, ((const sp_step *)subject)->source);
}

static const sp_field step_fields[] = {
    {"message", "string", "what the step says, one sentence", .push = push_message},
    {"at", "place?", "where it was seen; nil for what is known without the Dockerfile", .push = sp_lua__field_at},
    {"source", "string?",
     "where it is known from, when that is not the Dockerfile: the image catalogue, a .dockerignore",
     .push = push_source},
};

const sp_kind sp_kind_step = {.name = "step",
                              .says = "A step of the evidence",
                              SP_FIELDS_OF(step_fields),
                              .place = place_of_step,
                              .text = push_message};

void sp_lua__push_answer(lua_State *state, const sp_answer *answer)
{
    sp_lua__push(state, &sp_kind_answer, answer, sizeof *answer);
}

sp_answer sp_lua__answer(lua_State *state, sp_truth truth, sp_str found, sp_span at)
{
    sp_answer answer = {.placed = true, .span = at};
    if (truth != SP_NO)
        sp_answer_add(sp_lua__arena(state), &answer, found, truth == SP_MAYBE);
    return answer;
}
