/* Any text as a policy: it loads or says why not, and judges a Dockerfile within small limits, twice with the same end.
 */
#include "lua/runtime.h"

#include "fuzz/target.h"

static const char dockerfile[] = "# check=skip=none\n"
                                 "ARG VERSION=1.22\n"
                                 "FROM golang:${VERSION} AS build\n"
                                 "ENV A=b C=$A\n"
                                 "RUN apt-get update && apt-get install -y gcc | cat\n"
                                 "COPY --chown=1:1 go.mod main.go /src/\n"
                                 "FROM alpine AS test\n"
                                 "RUN --mount=type=cache,target=/x <<EOT\n"
                                 "go test\n"
                                 "EOT\n"
                                 "FROM scratch\n"
                                 "COPY --from=build /app /app\n"
                                 "USER 1000\n"
                                 "ENTRYPOINT [\"/app\"]\n";

enum { STEPS = 200000, MEMORY = 2000000 };

/* The end of one judgement: the failure's kind, or "". */
static sp_str judge(sp_runtime *runtime, const sp_policy *policy, sp_facts *facts, struct sp_results *results)
{
    uint32_t before = results->failures.count;
    sp_judged_build build = {.facts = facts, .path = SP_STR("Dockerfile")};
    sp_judgement judgement = {.policy = policy,
                              .builds = &build,
                              .build_count = 1,
                              .place = SP_STR("Dockerfile"),
                              .steps = STEPS,
                              .memory = MEMORY,
                              .results = results};
    require(sp_runtime_judge(runtime, &judgement) == SP_OK);
    require(results->failures.count <= before + 1);
    if (results->failures.count == before)
        return SP_STR("");
    require(results->failures.items[before].message.size > 0);
    return results->failures.items[before].kind;
}

static void check_policy(sp_runtime *runtime, sp_arena *arena, struct sp_results *results, sp_str text)
{
    sp_pack_file module = {SP_STR("names"), SP_STR("test/lib/names.lua"), text};
    sp_pack pack = {.name = SP_STR("test"), .path = SP_STR("policies/test")};
    pack.modules.items = &module;
    pack.modules.count = 1;
    sp_pack_file file = {SP_STR("policy"), SP_STR("test/policy/policy.lua"), text};
    sp_policy policy;
    require(sp_policy_load(runtime, arena, &pack, &file, &policy) == SP_OK);
    if (policy.failure != NULL)
        return;
    const sp_document *document =
        sp_document_parse(arena, SP_STR("Dockerfile"), (sp_str){dockerfile, sizeof dockerfile - 1});
    const sp_build_input input = {.arguments_complete = false};
    sp_facts *facts = sp_facts_new(sp_graph_build(document, &input));
    sp_str first = judge(runtime, &policy, facts, results);
    require(sp_str_equal(first, judge(runtime, &policy, facts, results)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static sp_runtime *runtime;
    if (runtime == NULL)
        runtime = sp_runtime_new(sp_alloc_default());
    require(runtime != NULL);
    sp_arena arena;
    struct sp_results results = {0};
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_init(&results.arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    require(setjmp(here) == 0);
    check_policy(runtime, &arena, &results, (sp_str){(const char *)bytes, size});
    sp_arena_dispose(&results.arena);
    sp_arena_dispose(&arena);
    return 0;
}
