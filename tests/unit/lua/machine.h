/* A machine for tests: policies from text, judged without a Dockerfile.

   The objects are left out unless they are linked: these weak ones make an empty build and a report that counts. */
#ifndef SP_TESTS_LUA_MACHINE_H
#define SP_TESTS_LUA_MACHINE_H

#include "lua/runtime_internal.h"
#include "result/results.h"

#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#pragma weak sp_lua_open_objects
#pragma weak sp_lua_object_text
#pragma weak sp_lua_object_kind
#pragma weak sp_lua_push_subject
#pragma weak sp_lua_push_report

void sp_lua_open_objects(lua_State *state)
{
    (void)state;
}

bool sp_lua_object_text(lua_State *state, int index)
{
    (void)state;
    (void)index;
    return false;
}

const char *sp_lua_object_kind(lua_State *state, int index)
{
    (void)state;
    (void)index;
    return NULL;
}

void sp_lua_push_subject(lua_State *state)
{
    lua_newtable(state);
}

/* report(line, text) or report { message = text }: counts. The text "refused" stands for a finding for which the host
   had no memory. */
static int count_report(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    size_t size;
    if (lua_type(state, 1) == LUA_TTABLE && lua_getfield(state, 1, "message") == LUA_TSTRING)
        lua_tolstring(state, -1, &size);
    else if (lua_type(state, 1) == LUA_TNUMBER && lua_type(state, 2) == LUA_TSTRING)
        lua_tolstring(state, 2, &size);
    else
        sp_vm_invalid(state, "report needs a message");
    if (strcmp(lua_tostring(state, -1), "refused") == 0)
        sp_arena_fail(&vm->judgement->results->arena);
    vm->finding_bytes += size;
    if (++vm->finding_count > SP_LIMIT_FINDINGS || vm->finding_bytes > SP_LIMIT_FINDING_BYTES)
        sp_vm_trip(state, SP_TRIP_FINDINGS);
    return 0;
}

void sp_lua_push_report(lua_State *state)
{
    lua_pushcfunction(state, count_report);
}

/* What a test judges with. */
typedef struct machine {
    sp_alloc alloc;
    sp_arena arena;
    struct sp_results results;
    sp_runtime *runtime;
    sp_pack pack;
    sp_policy policy;
    uint64_t steps, memory;
    jmp_buf *outer;
} machine;

static inline void machine_open(machine *m, sp_alloc alloc)
{
    memset(m, 0, sizeof *m);
    m->alloc = alloc;
    m->steps = SP_LIMIT_POLICY_STEPS;
    m->memory = SP_LIMIT_POLICY_MEMORY;
    sp_arena_init(&m->arena, alloc);
    sp_arena_init(&m->results.arena, alloc);
    m->runtime = sp_runtime_new(alloc);
    m->pack.name = SP_STR("test");
    m->pack.path = SP_STR("policies/test");
}

static inline void machine_close(machine *m)
{
    sp_runtime_free(m->runtime);
    sp_arena_dispose(&m->results.arena);
    sp_arena_dispose(&m->arena);
}

static inline sp_status machine_load(machine *m, sp_str text)
{
    sp_pack_file file = {SP_STR("policy"), SP_STR("test/policy/policy.lua"), text};
    return sp_policy_load(m->runtime, &m->arena, &m->pack, &file, &m->policy);
}

static inline sp_status machine_judge(machine *m)
{
    sp_judgement judgement = {.policy = &m->policy,
                              .place = SP_STR("Dockerfile"),
                              .steps = m->steps,
                              .memory = m->memory,
                              .results = &m->results};
    return sp_runtime_judge(m->runtime, &judgement);
}

#define MACHINE_HEAD                                                                                                   \
    "return { id = 'test/policy', title = 'T', severity = 'error', check = function(build, report, options)\n"
#define MACHINE_TAIL "\nend }"

/* A policy's text around the body of its check, and its size. */
static inline char *machine_policy(const char *body, size_t size)
{
    char *text = malloc(sizeof MACHINE_HEAD + size + sizeof MACHINE_TAIL);
    size_t used = sizeof MACHINE_HEAD - 1;
    memcpy(text, MACHINE_HEAD, used);
    memcpy(text + used, body, size);
    memcpy(text + used + size, MACHINE_TAIL, sizeof MACHINE_TAIL);
    return text;
}

static inline size_t machine_policy_size(size_t body_size)
{
    return sizeof MACHINE_HEAD - 1 + body_size + sizeof MACHINE_TAIL - 1;
}

/* Loads and judges; the failure, or NULL. */
static inline const sp_result_failure *machine_run(machine *m, const char *body)
{
    char *text = machine_policy(body, strlen(body));
    assert_int_equal(machine_load(m, sp_str_from(text)), SP_OK);
    free(text);
    if (m->policy.failure != NULL)
        return m->policy.failure;
    uint32_t before = m->results.failures.count;
    assert_int_equal(machine_judge(m), SP_OK);
    return m->results.failures.count > before ? &m->results.failures.items[before] : NULL;
}

/* Judges the body on a machine of its own; it must pass, or fail with that kind and a message that holds `part`. */
static inline void machine_expect(const char *body, const char *kind, const char *part)
{
    machine m;
    machine_open(&m, sp_alloc_default());
    assert_non_null(m.runtime);
    const sp_result_failure *failure = machine_run(&m, body);
    if (kind == NULL && failure != NULL)
        fail_msg("%.*s: %.*s", SP_STR_ARG(failure->kind), SP_STR_ARG(failure->message));
    if (kind != NULL) {
        assert_non_null(failure);
        if (!sp_str_equal(failure->kind, sp_str_from(kind)) ||
            sp_str_search(failure->message, sp_str_from(part)) == SIZE_MAX)
            fail_msg("%.*s: %.*s", SP_STR_ARG(failure->kind), SP_STR_ARG(failure->message));
    }
    machine_close(&m);
}

#define PASSES(body) machine_expect(body, NULL, NULL)
#define FAILS(body, kind, part) machine_expect(body, kind, part)

#endif
