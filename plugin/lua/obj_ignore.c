/* ignore: present known assumed path? at · :excludes(path, …). */
#include "lua/object.h"

#include "base/path.h"

/* Steps of matching that count as one of the policy's. */
enum { STEPS_FOR_ONE = 16 };

static const sp_context_folder *folder_of(lua_State *state)
{
    return sp_lua__build(state)->folder;
}

/* A finding stands in the Dockerfile, at its start. */
static bool place_of_ignore(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    (void)subject;
    *out = (sp_span){0, 0};
    return true;
}

static void push_present(lua_State *state, const void *subject)
{
    (void)subject;
    lua_pushboolean(state, folder_of(state) != NULL && folder_of(state)->ignore != NULL);
}

static void push_known(lua_State *state, const void *subject)
{
    (void)subject;
    lua_pushboolean(state, folder_of(state) != NULL && !folder_of(state)->assumed);
}

static void push_assumed(lua_State *state, const void *subject)
{
    (void)subject;
    lua_pushboolean(state, folder_of(state) != NULL && folder_of(state)->assumed);
}

static void push_path(lua_State *state, const void *subject)
{
    (void)subject;
    sp_lua__push_optional(state, folder_of(state) != NULL ? folder_of(state)->path : SP_STR(""));
}

sp_str sp_lua__ignore_line(sp_arena *arena, const sp_context_folder *folder, const sp_ignore_pattern *pattern)
{
    if (pattern == NULL)
        return folder->path;
    return sp_arena_print(arena, "%.*s:%u", SP_STR_ARG(folder->path), pattern->line);
}

static void add_unknown(sp_arena *arena, const sp_context_folder *folder, const sp_ignore_verdict *verdict, sp_str path,
                        sp_answer *answer)
{
    const sp_ignore *ignore = folder->ignore;
    sp_steps *steps = &sp_answer_add(arena, answer, path, true)->steps;
    if (ignore != NULL && ignore->reason.size > 0)
        sp_steps_add_source(arena, steps, folder->path, "%.*s cannot be used: %.*s", SP_STR_ARG(folder->path),
                            SP_STR_ARG(ignore->reason));
    else if (verdict->ignored == SP_IGNORED_REFUSED)
        sp_steps_add_source(arena, steps, sp_lua__ignore_line(arena, folder, verdict->by),
                            "BuildKit refuses the pattern '%.*s'", SP_STR_ARG(verdict->by->text));
    else if (verdict->ignored == SP_IGNORED_UNKNOWN)
        sp_steps_add_source(arena, steps, sp_lua__ignore_line(arena, folder, verdict->by),
                            "the pattern '%.*s' is not understood", SP_STR_ARG(verdict->by->text));
    else
        sp_steps_add_source(arena, steps, folder->path,
                            "%.*s leaves out nothing here, but another may apply: --context says which folder is built",
                            SP_STR_ARG(folder->path));
}

static void add_excluded(sp_arena *arena, const sp_context_folder *folder, const sp_ignore_verdict *verdict,
                         sp_str path, sp_answer *answer)
{
    sp_item *item = sp_answer_add(arena, answer, path, false);
    item->assumed = folder->assumed;
    sp_steps_add_source(arena, &item->steps, sp_lua__ignore_line(arena, folder, verdict->by),
                        "'%.*s' leaves out '%.*s'", SP_STR_ARG(verdict->by->text), SP_STR_ARG(path));
}

static void add_no(sp_arena *arena, const sp_context_folder *folder, const sp_ignore_verdict *verdict, sp_str path,
                   sp_answer *answer)
{
    if (folder->ignore == NULL)
        sp_steps_add_source(arena, &answer->steps, SP_STR("context"), "no .dockerignore applies");
    else if (verdict->by != NULL)
        sp_steps_add_source(arena, &answer->steps, sp_lua__ignore_line(arena, folder, verdict->by),
                            "'!%.*s' brings back '%.*s'", SP_STR_ARG(verdict->by->text), SP_STR_ARG(path));
    else
        sp_steps_add_source(arena, &answer->steps, folder->path, "no pattern leaves out '%.*s'", SP_STR_ARG(path));
}

/* Adds what is known of one path; gives the work it took. */
static uint64_t add_path(sp_arena *arena, const sp_context_folder *folder, sp_str given, sp_answer *answer)
{
    sp_str path = sp_path_below(arena, given);
    sp_ignore_verdict verdict = {0};
    if (folder->ignore != NULL)
        verdict = sp_ignore_excludes(folder->ignore, path);
    if (verdict.ignored == SP_IGNORED_YES)
        add_excluded(arena, folder, &verdict, path, answer);
    else if (verdict.ignored != SP_IGNORED_NO || folder->assumed)
        add_unknown(arena, folder, &verdict, path, answer);
    else
        add_no(arena, folder, &verdict, path, answer);
    return verdict.steps;
}

/* ignore:excludes(path, …) → answer */
static int ignore_excludes(lua_State *state)
{
    sp_lua__check(state, 1, &sp_kind_ignore);
    sp_method method = sp_lua__begin(state);
    sp_texts texts = sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    const sp_context_folder *folder = folder_of(state);
    sp_arena *arena = sp_lua__arena(state);
    sp_answer answer = {.placed = true};
    for (uint32_t i = 0; i < texts.items.count; i++) {
        if (folder != NULL)
            sp_vm_charge(state, add_path(arena, folder, texts.items.items[i], &answer) / STEPS_FOR_ONE);
    }
    if (folder == NULL)
        sp_steps_add_source(arena, &sp_answer_add(arena, &answer, SP_STR(""), true)->steps, SP_STR("context"),
                            "what .dockerignore leaves out is not known: --context says which folder is built");
    sp_lua__doubt(state, &answer, &texts);
    sp_lua__push_answer(state, &answer);
    return sp_lua__end(state, method, texts.items.count);
}

static const sp_field ignore_fields[] = {
    {"present", "boolean", "true when there is one", .push = push_present},
    {"known", "boolean", "true when the build context was named, so that no other file can apply", .push = push_known},
    {"assumed", "boolean", "true when it is only the one beside the Dockerfile, and --context could name another",
     .push = push_assumed},
    {"path", "string?", "the file's path, as reports call it", .push = push_path},
    {"at", "place", "the start of the Dockerfile: findings stand there", .push = sp_lua__field_at},
    {"excludes", "(...: text): answer", "whether it leaves out one of these paths of the build context",
     .method = ignore_excludes},
};

const sp_kind sp_kind_ignore = {.name = "ignore",
                                .says = "The .dockerignore that applies to a build",
                                SP_FIELDS_OF(ignore_fields),
                                .place = place_of_ignore};

void sp_lua__build_ignore(lua_State *state, const void *subject)
{
    sp_lua__push(state, &sp_kind_ignore, &subject, sizeof subject);
}
