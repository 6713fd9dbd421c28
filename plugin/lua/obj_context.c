/* What a source of COPY or ADD is in the build context: excluded exists size? · :brings(path, …).

   excluded: .dockerignore leaves out all that it names; no for what is not taken from the context.
   exists: something that it names is in the context, and not left out; unknown when the context was only assumed, and
   for what a stage, an image, a URL or another build brings.
   brings: one of some paths below what it names is in the context, and not left out; else as exists.
   size: bytes of the files that it names and that are not left out; nil when that is not known, or --exclude is given.
 */
#include "lua/object.h"

#include "base/path.h"
#include "context/find.h"

static const char unasked[] = "what is in the context is not known: --context says which folder is built";

static bool is_of_context(const sp_source_subject *source)
{
    return source->edge != NULL && source->edge->origin == SP_ORIGIN_CONTEXT;
}

/* What is known of a source; NULL when nothing is. */
static const sp_context_found *find(lua_State *state, const sp_source_subject *source)
{
    sp_context_folder *folder = sp_lua__build(state)->folder;
    if (folder == NULL || !is_of_context(source) || !source->value.value.known)
        return NULL;
    return sp_context_find(folder, sp_path_below(sp_lua__arena(state), source->value.value.value));
}

static sp_str name_of(const sp_context_folder *folder)
{
    return folder->name.size > 0 ? folder->name : SP_STR("context");
}

static void push_unknown(lua_State *state, const sp_source_subject *source, const char *why)
{
    sp_answer answer = sp_lua__answer(state, SP_MAYBE, source->value.value.text, source->value.value.span);
    sp_steps *steps = &answer.items.items[0].steps;
    if (!source->value.value.known)
        sp_lua__explain_unknown(sp_lua__arena(state), &source->value.value, steps);
    else
        sp_steps_add_source(sp_lua__arena(state), steps, SP_STR("context"), "%s", why);
    sp_lua__push_answer(state, &answer);
}

static void add_left_out(sp_arena *arena, const sp_context_folder *folder, const sp_context_found *found,
                         sp_steps *steps)
{
    sp_steps_add_source(arena, steps, sp_lua__ignore_line(arena, folder, found->by), "'%.*s' leaves out '%.*s'",
                        SP_STR_ARG(found->by->text), SP_STR_ARG(found->left_out));
}

/* Why something is not told; `otherwise` when the search itself has no doubt. */
static void add_reason(sp_arena *arena, const sp_context_folder *folder, const sp_context_found *found,
                       const char *otherwise, sp_steps *steps)
{
    if (found->reason.size == 0)
        sp_steps_add_source(arena, steps, name_of(folder), "%s", otherwise);
    else if (found->by != NULL || (folder->ignore != NULL && folder->ignore->reason.size > 0))
        sp_steps_add_source(arena, steps, sp_lua__ignore_line(arena, folder, found->by), "%.*s",
                            SP_STR_ARG(found->reason));
    else
        sp_steps_add_source(arena, steps, name_of(folder), "%.*s", SP_STR_ARG(found->reason));
}

static void push_excluded(lua_State *state, const sp_source_subject *source, const sp_context_found *found)
{
    static const char other[] = "another .dockerignore may apply: --context says which folder is built";
    const sp_context_folder *folder = sp_lua__build(state)->folder;
    sp_arena *arena = sp_lua__arena(state);
    sp_truth truth = found->excluded == SP_CONTEXT_YES  ? SP_YES
                     : found->excluded == SP_CONTEXT_NO ? (folder->assumed ? SP_MAYBE : SP_NO)
                                                        : SP_MAYBE;
    sp_str text = truth == SP_YES ? found->left_out : source->value.value.text;
    sp_answer answer = sp_lua__answer(state, truth, text, source->value.value.span);
    if (truth == SP_YES) {
        answer.items.items[0].assumed = folder->assumed;
        add_left_out(arena, folder, found, &answer.items.items[0].steps);
    } else if (truth == SP_MAYBE) {
        add_reason(arena, folder, found, other, &answer.items.items[0].steps);
    } else if (folder->ignore == NULL) {
        sp_steps_add_source(arena, &answer.steps, name_of(folder), "no .dockerignore applies");
    } else if (found->first.size > 0) {
        sp_steps_add_source(arena, &answer.steps, folder->path, "'%.*s' is not left out", SP_STR_ARG(found->first));
    } else {
        sp_steps_add_source(arena, &answer.steps, folder->path, "no pattern leaves out '%.*s'",
                            SP_STR_ARG(source->value.value.value));
    }
    sp_lua__push_answer(state, &answer);
}

void sp_lua__source_excluded(lua_State *state, const void *subject)
{
    const sp_source_subject *source = subject;
    const sp_context_found *found = find(state, source);
    if (found != NULL) {
        push_excluded(state, source, found);
    } else if (is_of_context(source) || source->edge == NULL) {
        push_unknown(state, source, "what .dockerignore leaves out is not known: --context says which folder is built");
    } else {
        sp_answer answer = sp_lua__answer(state, SP_NO, SP_STR(""), source->value.value.span);
        sp_steps_add(sp_lua__arena(state), &answer.steps, source->value.value.span, "it is not of the build context");
        sp_lua__push_answer(state, &answer);
    }
}

static void add_missing(sp_arena *arena, const sp_context_folder *folder, const sp_context_found *found, sp_str path,
                        sp_answer *answer)
{
    if (found->left_out.size > 0)
        add_left_out(arena, folder, found, &answer->steps);
    else
        sp_steps_add_source(arena, &answer->steps, name_of(folder), "the context has no '%.*s'", SP_STR_ARG(path));
}

static const char *word_of(sp_context_kind kind)
{
    return kind == SP_CONTEXT_FILE ? "file" : kind == SP_CONTEXT_FOLDER ? "folder" : "link or special file";
}

/* Adds whether the context has a path that is not left out. */
static void add_presence(sp_arena *arena, sp_context_folder *folder, sp_str path, sp_answer *answer)
{
    static const char unseen[] = "it cannot be read, or a link leads out of the context or to what may be left out";
    const sp_context_found *found = sp_context_find(folder, path);
    bool guessed = folder->assumed && found->exists == SP_CONTEXT_NO;
    if (found->exists == SP_CONTEXT_YES)
        sp_steps_add_source(arena, &sp_answer_add(arena, answer, found->first, false)->steps, name_of(folder),
                            "the context has '%.*s', a %s", SP_STR_ARG(found->first), word_of(found->kind));
    else if (guessed || found->exists == SP_CONTEXT_UNTOLD)
        add_reason(arena, folder, found, folder->reader != NULL ? unseen : unasked,
                   &sp_answer_add(arena, answer, path, true)->steps);
    else
        add_missing(arena, folder, found, path, answer);
}

/* Why nothing is known of a source in the context. */
static void push_unasked(lua_State *state, const sp_source_subject *source)
{
    push_unknown(state, source,
                 is_of_context(source) ? unasked : "only what is taken from the build context is looked at");
}

void sp_lua__source_exists(lua_State *state, const void *subject)
{
    const sp_source_subject *source = subject;
    sp_answer answer = {.placed = true, .span = source->value.value.span};
    if (find(state, source) == NULL) {
        push_unasked(state, source);
        return;
    }
    sp_arena *arena = sp_lua__arena(state);
    add_presence(arena, sp_lua__build(state)->folder, sp_path_below(arena, source->value.value.value), &answer);
    sp_lua__push_answer(state, &answer);
}

int sp_lua__source_brings(lua_State *state)
{
    const sp_source_subject *source = sp_lua__check(state, 1, &sp_kind_source);
    sp_method method = sp_lua__begin(state);
    sp_texts paths = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    sp_answer answer = {.placed = true, .span = source->value.value.span};
    if (find(state, source) == NULL) {
        push_unasked(state, source);
        return sp_lua__end(state, method, 0);
    }
    sp_arena *arena = sp_lua__arena(state);
    sp_str folder = sp_path_below(arena, source->value.value.value);
    for (uint32_t i = 0; i < paths.items.count; i++) {
        sp_str path = sp_path_below(arena, sp_path_join(arena, folder, paths.items.items[i]));
        add_presence(arena, sp_lua__build(state)->folder, path, &answer);
    }
    if (answer.items.count > 0)
        answer.steps.count = 0; /* what else is not there is of no interest */
    sp_lua__doubt(state, &answer, &paths);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, paths.items.count);
}

void sp_lua__source_size(lua_State *state, const void *subject)
{
    const sp_source_subject *source = subject;
    uint64_t bytes = 0;
    const sp_context_found *found = find(state, source);
    bool known = found != NULL && found->exists == SP_CONTEXT_YES &&
                 sp_instruction_flag(source->instruction, SP_STR("exclude")) == NULL &&
                 sp_context_measure(sp_lua__build(state)->folder,
                                    sp_path_below(sp_lua__arena(state), source->value.value.value), &bytes);
    if (known && bytes <= INT64_MAX)
        lua_pushinteger(state, (lua_Integer)bytes);
    else
        lua_pushnil(state);
}
