/* image: a value that refers to an image, and edge registry? repository? name? tag? digest? canonical? tagged pinned
   user distro libc · :is(…) :satisfies(range) :contains(capability_or_class, …). */
#include "lua/image_parts.h"
#include "lua/object.h"

static const sp_edge *edge_of(const void *subject)
{
    return ((const sp_edge_subject *)subject)->edge;
}

bool sp_lua__edge_has_image(const sp_edge *edge)
{
    if (edge->origin == SP_ORIGIN_IMAGE || (edge->origin == SP_ORIGIN_NAMED_CONTEXT && edge->image != NULL))
        return true;
    return edge->origin == SP_ORIGIN_UNKNOWN && edge->candidate_count == 0 && edge->reference.text.size != 0;
}

sp_value sp_lua__brought(const sp_edge *edge)
{
    const sp_named_context *named = edge->named;
    if (named == NULL)
        return edge->reference;
    sp_value value = sp_lua__known_value(sp_named_text(named), edge->reference.span);
    if (named->kind == SP_NAMED_UNKNOWN) {
        value.text = named->perhaps ? edge->reference.text : value.text;
        value.known = false;
        value.value = SP_STR("");
        value.shape = (sp_str){"", 1};
    }
    return value;
}

static void push_edge(lua_State *state, const void *subject)
{
    sp_lua__push_edge(state, (uint32_t)(edge_of(subject) - sp_lua__graph(state)->edges));
}

static void push_registry(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, sp_lua__read_parts(sp_lua__arena(state), edge_of(subject)).reference.registry);
}

static void push_repository(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, sp_lua__read_parts(sp_lua__arena(state), edge_of(subject)).reference.repository);
}

static void push_name(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, sp_lua__read_parts(sp_lua__arena(state), edge_of(subject)).reference.name);
}

static void push_tag(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, sp_lua__read_parts(sp_lua__arena(state), edge_of(subject)).reference.tag);
}

static void push_digest(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, sp_lua__read_parts(sp_lua__arena(state), edge_of(subject)).reference.digest);
}

static void push_canonical(lua_State *state, const void *subject)
{
    sp_lua__push_optional(state, sp_lua__read_parts(sp_lua__arena(state), edge_of(subject)).reference.canonical);
}

static void push_fact(lua_State *state, const void *subject, sp_truth truth, sp_str found)
{
    const sp_value *value = &((const sp_edge_subject *)subject)->value.value;
    sp_answer answer = sp_lua__answer(state, truth, found, value->span);
    if (truth == SP_MAYBE)
        sp_lua__explain_unknown(sp_lua__arena(state), value, &answer.items.items[0].steps);
    sp_lua__push_answer(state, &answer);
}

static void push_tagged(lua_State *state, const void *subject)
{
    sp_image_parts is = sp_lua__read_parts(sp_lua__arena(state), edge_of(subject));
    push_fact(state, subject, is.tagged, is.reference.tag.size != 0 ? is.reference.tag : is.reference.digest);
}

static void push_pinned(lua_State *state, const void *subject)
{
    sp_image_parts is = sp_lua__read_parts(sp_lua__arena(state), edge_of(subject));
    push_fact(state, subject, is.pinned, is.reference.digest);
}

static const sp_image_row *row_of(lua_State *state, const void *subject)
{
    return sp_facts_image_row(sp_lua__facts(state), edge_of(subject));
}

/* A setting of the image itself, as the catalogue says. */
static void push_setting(lua_State *state, const void *subject, const sp_kind *kind, const sp_image_row *row,
                         const char *known)
{
    const sp_edge *edge = edge_of(subject);
    const sp_value *value = &((const sp_edge_subject *)subject)->value.value;
    sp_setting setting = {.state = SP_SETTING_UNKNOWN, .instruction = SP_NONE};
    sp_span at = value->span;
    setting.value.span = at;
    if (known != NULL) {
        setting.state = SP_SETTING_IMAGE;
        setting.assumed = row->confidence == SP_ASSUMED;
        setting.value = sp_lua__known_value(sp_str_from(known), at);
        sp_steps_add_source(sp_lua__arena(state), &setting.evidence, sp_str_from(row->source),
                            "the image catalogue says so");
    } else {
        sp_steps_add(sp_lua__arena(state), &setting.evidence, at, "the image catalogue does not say it of '%.*s'",
                     SP_STR_ARG(value->text));
    }
    sp_lua__push_setting(state, kind, &setting, edge->to, at);
}

static void push_user(lua_State *state, const void *subject)
{
    const sp_image_row *row = row_of(state, subject);
    push_setting(state, subject, &sp_kind_user_setting, row, row != NULL ? row->user : NULL);
}

static void push_distro(lua_State *state, const void *subject)
{
    const sp_image_row *row = row_of(state, subject);
    push_setting(state, subject, &sp_kind_setting, row, row != NULL ? row->distro : NULL);
}

static void push_libc(lua_State *state, const void *subject)
{
    const sp_image_row *row = row_of(state, subject);
    push_setting(state, subject, &sp_kind_setting, row, row != NULL ? row->libc : NULL);
}

/* What is unknown of a tag has no ':' in it: 3.$MINOR is never latest. */
static bool may_have_tag(lua_State *state, const sp_image_parts *is, sp_str glob)
{
    size_t colon = glob.size;
    while (colon > 0 && glob.text[colon - 1] != ':' && glob.text[colon - 1] != '@' && glob.text[colon - 1] != '/')
        colon--;
    bool names_tag = colon > 0 && glob.text[colon - 1] == ':' && sp_str_find(glob, '@') == glob.size;
    return !names_tag || is->tag.size == 0 ||
           sp_lua__glob_matches_shape(state, sp_str_skip(glob, colon), is->tag) != SP_NO;
}

static sp_truth part_is(lua_State *state, const sp_image_parts *is, sp_str glob)
{
    if (!sp_lua__speaks_of_tag(glob))
        return sp_lua__glob_matches_shape(state, glob, is->place);
    sp_truth truth = sp_lua__glob_matches_shape(state, glob, is->full);
    return truth == SP_MAYBE && !may_have_tag(state, is, glob) ? SP_NO : truth;
}

static sp_truth parts_are(lua_State *state, const sp_image_parts *is, const sp_texts *globs)
{
    sp_truth best = SP_NO;
    for (uint32_t i = 0; i < globs->items.count && best != SP_YES; i++) {
        sp_truth truth = part_is(state, is, globs->items.items[i]);
        best = truth == SP_NO ? best : truth;
    }
    return best;
}

/* The parts of the image that one in a mirror is a copy of; false when it is in none. */
static bool read_original(lua_State *state, const sp_image_parts *copy, sp_image_parts *out)
{
    sp_arena *arena = sp_lua__arena(state);
    sp_str name, problem;
    bool known = sp_str_find(copy->place, '\0') == copy->place.size;
    *out = *copy;
    if (!known || !sp_mirrors_apply(&sp_facts_known_images(sp_lua__facts(state))->mirrors, arena, copy->place, &name) ||
        !sp_reference_parse(arena, name, &out->reference, &problem))
        return false;
    sp_str parts[] = {out->reference.registry, SP_STR("/"), out->reference.repository};
    out->place = sp_arena_join(arena, parts, 3);
    out->full = sp_arena_join(arena, (sp_str[]){out->place, sp_str_skip(copy->full, copy->place.size)}, 2);
    return true;
}

/* An image in a mirror is what it is called there, and what it is a copy of. */
sp_answer sp_lua__image_is(lua_State *state, const sp_edge *edge, const sp_texts *globs)
{
    sp_image_parts is = sp_lua__read_parts(sp_lua__arena(state), edge), original;
    sp_truth best = parts_are(state, &is, globs);
    if (best != SP_YES && read_original(state, &is, &original)) {
        sp_truth truth = parts_are(state, &original, globs);
        best = truth == SP_NO ? best : truth;
    }
    sp_value brought = sp_lua__brought(edge);
    sp_answer answer = sp_lua__answer(state, best, brought.known ? brought.value : brought.text, brought.span);
    if (best == SP_MAYBE)
        sp_lua__explain_unknown(sp_lua__arena(state), &brought, &answer.items.items[0].steps);
    sp_lua__doubt(state, &answer, globs);
    return answer;
}

/* image:is("*:latest") → answer */
static int image_is(lua_State *state)
{
    const sp_edge_subject *subject = sp_lua__check(state, 1, &sp_kind_image);
    sp_method method = sp_lua__begin(state);
    sp_texts globs = sp_lua__check_texts(state, 2, SP_TEXT_GLOB);
    sp_answer answer = sp_lua__image_is(state, subject->edge, &globs);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, globs.items.count);
}

/* image:satisfies(">=3.9") → answer, on the tag */
static int image_satisfies(lua_State *state)
{
    const sp_edge_subject *subject = sp_lua__check(state, 1, &sp_kind_image);
    sp_method method = sp_lua__begin(state);
    sp_str range = sp_lua__check_range(state, 2);
    sp_image_parts is = sp_lua__read_parts(sp_lua__arena(state), subject->edge);
    sp_value tag = subject->value.value;
    tag.shape = is.tag;
    tag.known = sp_str_find(is.tag, '\0') == is.tag.size && is.tagged != SP_MAYBE;
    tag.value = is.tag.size != 0 ? is.tag : SP_STR("latest");
    sp_lua__push_satisfies(state, &tag, range, true);
    return sp_lua__end(state, method, 0);
}

/* image:contains("native-compiler") → answer */
static int image_contains(lua_State *state)
{
    const sp_edge_subject *subject = sp_lua__check(state, 1, &sp_kind_image);
    sp_method method = sp_lua__begin(state);
    sp_texts names = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    size_t count;
    const sp_str *known = sp_capability_names(&count);
    sp_lua__check_names(state, &names, "capability", known, count);
    sp_lua__charge_texts(state, &names, 8);
    sp_answer answer =
        sp_facts_image_contains(sp_lua__facts(state), subject->edge, names.items.items, names.items.count);
    sp_lua__doubt(state, &answer, &names);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, answer.items.count);
}

static const sp_field fields[] = {
    {"edge", "edge", "the edge it enters by", .push = push_edge},
    {"registry", "string?", "with the default: \"docker.io\"", .push = push_registry},
    {"repository", "string?", "with the default: \"library/python\"", .push = push_repository},
    {"name", "string?", "the last part of the repository: \"python\"", .push = push_name},
    {"tag", "string?", "as written", .push = push_tag},
    {"digest", "string?", "as written", .push = push_digest},
    {"canonical", "string?", "the whole reference with all defaults: \"docker.io/library/python:latest\"",
     .push = push_canonical},
    {"tagged", "answer", "whether it has a tag or digest", .push = push_tagged},
    {"pinned", "answer", "whether it has a digest", .push = push_pinned},
    {"user", "user_setting", "the user that the image sets", .push = push_user},
    {"distro", "setting", "the distribution that the image is made of", .push = push_distro},
    {"libc", "setting", "the C library that the image has", .push = push_libc},
    {"is", "(...: text): answer",
     "whether registry/repository matches one of these globs; canonical, where the last part has ':' or '@'",
     .method = image_is},
    {"satisfies", "(range: string): answer", "whether the version that its tag begins with is in a range: \">=3.9 <4\"",
     .method = image_satisfies},
    {"contains", "(...: text): answer", "whether the image has one of these capabilities or classes",
     .method = image_contains},
};

const sp_kind sp_kind_image = {.name = "image",
                               .says = "An image that an edge refers to; as a value, it is the reference as written",
                               .parent = &sp_kind_value,
                               SP_FIELDS_OF(fields)};

void sp_lua__push_image(lua_State *state, const sp_edge *edge)
{
    sp_edge_subject subject = {{sp_lua__brought(edge)}, edge};
    if (sp_lua__edge_has_image(edge))
        sp_lua__push_once(state, &edge->reference, &sp_kind_image, &subject, sizeof subject);
    else
        lua_pushnil(state);
}
