/* A judgement for tests: a Dockerfile and the body of a check, which asserts in Lua. */
#ifndef SP_TESTS_LUA_JUDGE_H
#define SP_TESTS_LUA_JUDGE_H

#include "base/limits.h"
#include "lua/runtime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

/* What a judgement worked with and found; dispose it. */
typedef struct judged {
    sp_arena arena;
    struct sp_results results;
} judged;

/* Set by a test that wants to know what bodies ask for. */
static const sp_watch *judge_watch;
static void (*judge_note)(const char *body);

static const char *judge_scope = "build";

/* What every body may use: eq(got, expected), raises(text, function, …), list(things): their %s joined by "|". */
static const char judge_head[] =
    "title = 'The title', severity = 'warning', unknown = 'info', aliases = { 'DL1' },\n"
    "check = function(build, report, options)\n"
    "local function eq(got, expected)\n"
    "  if got ~= expected then error(('expected %s, got %s'):format(tostring(expected), tostring(got)), 2) end\n"
    "end\n"
    "local function raises(text, f, ...)\n"
    "  local fine, message = pcall(f, ...)\n"
    "  if fine then error('did not raise', 2) end\n"
    "  if not message:find(text, 1, true) then error('raised: ' .. message, 2) end\n"
    "end\n"
    "local function list(things)\n"
    "  local texts = {}\n"
    "  for thing in each(things) do texts[#texts + 1] = tostring(thing) end\n"
    "  return table.concat(texts, '|')\n"
    "end\n";

/* Loads the policy around the body, builds graph and facts, judges. Needs a recovery point on the arena. */
static inline sp_status judge_with(judged *out, sp_runtime *runtime, const char *dockerfile, const char *body,
                                   const sp_build_input *input)
{
    sp_arena *arena = &out->arena;
    sp_str text =
        sp_arena_print(arena, "return { id = 'test/policy', scope = '%s', %s%s\nend }", judge_scope, judge_head, body);
    sp_pack *pack = sp_arena_new(arena, sp_pack);
    pack->name = SP_STR("test");
    pack->path = SP_STR("policies/test");
    sp_pack_file *file = sp_arena_new(arena, sp_pack_file);
    *file = (sp_pack_file){SP_STR("policy"), SP_STR("test/policy/policy.lua"), text};
    sp_policy *policy = sp_arena_new(arena, sp_policy);
    sp_status loaded = sp_policy_load(runtime, arena, pack, file, policy);
    if (loaded != SP_OK)
        return loaded;
    if (policy->failure != NULL)
        fail_msg("%.*s", SP_STR_ARG(policy->failure->message));
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), sp_str_from(dockerfile));
    sp_judged_build build = {.path = SP_STR("app/Dockerfile"), .input = input};
    build.facts = sp_facts_new(sp_graph_build(document, input));
    sp_judgement judgement = {.policy = policy, .builds = &build, .build_count = 1, .place = build.path};
    judgement.steps = 20 * (uint64_t)SP_LIMIT_POLICY_STEPS; /* one test asks every object for every name */
    judgement.memory = SP_LIMIT_POLICY_MEMORY;
    judgement.results = &out->results;
    judgement.watch = judge_watch;
    if (judge_note != NULL)
        judge_note(body);
    return sp_runtime_judge(runtime, &judgement);
}

static inline void judge_as(judged *out, const char *dockerfile, const char *body, const sp_build_input *input)
{
    memset(out, 0, sizeof *out);
    sp_arena_init(&out->arena, sp_alloc_default());
    sp_arena_init(&out->results.arena, sp_alloc_default());
    sp_runtime *runtime = sp_runtime_new(sp_alloc_default());
    assert_non_null(runtime);
    jmp_buf here;
    sp_arena_recover(&out->arena, &here);
    if (setjmp(here) == 0)
        assert_int_equal(judge_with(out, runtime, dockerfile, body, input), SP_OK);
    else
        fail_msg("no memory");
    sp_runtime_free(runtime);
}

static inline void judge(judged *out, const char *dockerfile, const char *body)
{
    judge_as(out, dockerfile, body, &(sp_build_input){0});
}

static inline void judged_dispose(judged *out)
{
    sp_arena_dispose(&out->results.arena);
    sp_arena_dispose(&out->arena);
}

/* Disposes, then fails with the failure there was, if there was one. */
static inline void judged_end(judged *out)
{
    char text[512] = "";
    if (out->results.failures.count > 0)
        snprintf(text, sizeof text, "%.*s: %.*s", SP_STR_ARG(out->results.failures.items[0].kind),
                 SP_STR_ARG(out->results.failures.items[0].message));
    judged_dispose(out);
    if (text[0] != '\0')
        fail_msg("%s", text);
}

/* The body must end without a failure. */
static inline void expect_fine(const char *dockerfile, const char *body)
{
    judged is;
    judge(&is, dockerfile, body);
    judged_end(&is);
}

/* The body must end in a failure of that kind, whose message holds the text. */
static inline void expect_failure(const char *dockerfile, const char *body, const char *kind, const char *text)
{
    judged is;
    judge(&is, dockerfile, body);
    const sp_result_failure *failure = is.results.failures.items;
    if (is.results.failures.count == 1 && sp_str_equal(failure->kind, sp_str_from(kind)) &&
        sp_str_search(failure->message, sp_str_from(text)) != SIZE_MAX)
        is.results.failures.count = 0;
    else if (is.results.failures.count == 0)
        *sp_list_add(&is.results.arena, &is.results.failures) =
            (sp_result_failure){.kind = SP_STR("none"), .message = SP_STR("there was no failure")};
    judged_end(&is);
}

#endif
