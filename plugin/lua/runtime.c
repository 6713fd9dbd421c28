/* Judging: one policy on what it judges, from the same memory image every time. */
#include "lua/runtime.h"

#include "lua/failure.h"
#include "lua/options.h"
#include "lua/runtime_internal.h"

#include <locale.h>

struct sp_runtime {
    sp_alloc alloc;
    sp_vm vm;
    locale_t c_locale; /* Lua compares and converts by the thread's locale */
};

sp_runtime *sp_runtime_new(sp_alloc alloc)
{
    sp_runtime *runtime = sp_alloc_resize(alloc, NULL, 0, sizeof *runtime);
    if (runtime == NULL)
        return NULL;
    runtime->alloc = alloc;
    runtime->c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(runtime->c_locale);
    bool opened = sp_vm_open(&runtime->vm, alloc);
    uselocale(before);
    if (opened)
        return runtime;
    if (runtime->c_locale != (locale_t)0)
        freelocale(runtime->c_locale);
    sp_alloc_free(alloc, runtime, sizeof *runtime);
    return NULL;
}

void sp_runtime_free(sp_runtime *runtime)
{
    if (runtime == NULL)
        return;
    sp_vm_close(&runtime->vm);
    if (runtime->c_locale != (locale_t)0)
        freelocale(runtime->c_locale);
    sp_alloc_free(runtime->alloc, runtime, sizeof *runtime);
}

sp_status sp_runtime__guard(sp_runtime *runtime, sp_arena *first, sp_arena *second,
                            sp_status (*work)(sp_vm *vm, void *payload), void *payload)
{
    jmp_buf here;
    jmp_buf *first_outer = sp_arena_recover(first, &here);
    jmp_buf *second_outer = second == NULL ? NULL : sp_arena_recover(second, &here);
    locale_t before = uselocale(runtime->c_locale);
    sp_status status = SP_E_MEMORY;
    if (setjmp(here) == 0) {
        runtime->vm.recovery = &here;
        status = work(&runtime->vm, payload);
    } else {
        status = SP_E_MEMORY;
    }
    runtime->vm.recovery = NULL;
    uselocale(before);
    if (second != NULL)
        sp_arena_recover(second, second_outer);
    sp_arena_recover(first, first_outer);
    return status;
}

/* One call of check, while it runs. */
typedef struct call {
    const sp_judgement *judgement;
    bool checking; /* the policy's chunk has run */
} call;

static int run_check(lua_State *state)
{
    call *run = lua_touserdata(state, 1);
    const sp_policy *policy = run->judgement->policy;
    luaL_checkstack(state, LUA_MINSTACK, NULL);
    if (luaL_loadbufferx(state, policy->bytecode.text, policy->bytecode.size, "policy", "b") != LUA_OK)
        return lua_error(state);
    lua_call(state, 0, 1);
    lua_pushliteral(state, "check");
    lua_rawget(state, -2);
    run->checking = true;
    bool before = sp_vm_enter_host(state);
    sp_lua_push_subject(state);
    sp_lua_push_report(state);
    sp_options_push(state, policy);
    sp_vm_leave_host(state, before);
    lua_call(state, 3, 1);
    if (!lua_isnil(state, -1))
        sp_vm_invalid(state, "check returned a %s; it should return nothing and call report", luaL_typename(state, -1));
    return 0;
}

static sp_status judge(sp_vm *vm, void *payload)
{
    const sp_judgement *judgement = payload;
    call run = {.judgement = judgement};
    jmp_buf *recovery = vm->recovery;
    sp_vm_reset(vm, judgement, judgement->steps, judgement->memory);
    vm->recovery = recovery;
    vm->source = judgement->policy->path;
    vm->modules = judgement->policy->modules;
    bool fine = sp_vm_run(vm, run_check, &run);
    if (judgement->watch != NULL && judgement->watch->judged != NULL)
        judgement->watch->judged(judgement->watch->payload, judgement->policy, vm->steps);
    if (fine)
        return SP_OK;
    sp_arena *arena = &judgement->results->arena;
    sp_result_failure failure = {.policy = judgement->policy->id, .path = judgement->place};
    if (!sp_failure_read(arena, vm, run.checking ? "error" : "load", &failure))
        return SP_E_MEMORY;
    failure.policy = sp_arena_copy(arena, failure.policy);
    failure.path = sp_arena_copy(arena, failure.path);
    *sp_list_add(arena, &judgement->results->failures) = failure;
    return SP_OK;
}

sp_status sp_runtime_judge(sp_runtime *runtime, const sp_judgement *judgement)
{
    sp_judgement copy = *judgement;
    sp_arena *document = copy.build_count > 0 ? sp_facts_graph(copy.builds[0].facts)->arena : NULL;
    return sp_runtime__guard(runtime, &copy.results->arena, document, judge, &copy);
}
