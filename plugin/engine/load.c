/* Packs → loaded policies, in order of id, each id once. */
#include "engine/engine.h"

#include "base/guard.h"
#include "engine/waiver_policies.h"

#include <stdlib.h>

static void add_builtin_packs(sp_engine *engine)
{
    for (size_t i = 0; i < sp_pack_builtin_count(); i++) {
        sp_pack *pack = sp_arena_new(&engine->arena, sp_pack);
        sp_pack_builtin_at(&engine->arena, i, pack);
        *sp_list_add(&engine->arena, &engine->packs) = pack;
    }
}

static sp_status add_pack_folders(sp_engine *engine, const char *const *folders, sp_error *error)
{
    for (; folders != NULL && *folders != NULL; folders++) {
        sp_pack *pack = sp_arena_new(&engine->arena, sp_pack);
        sp_status status = sp_pack_read(&engine->arena, sp_str_from(*folders), pack, error);
        if (status != SP_OK)
            return status;
        *sp_list_add(&engine->arena, &engine->packs) = pack;
    }
    return SP_OK;
}

static int compare_policies(const void *a, const void *b)
{
    const sp_policy *first = a, *second = b;
    int order = sp_str_compare(first->id, second->id);
    return order != 0 ? order : sp_str_compare(first->path, second->path);
}

static sp_status check_twice(const sp_engine *engine, sp_error *error)
{
    for (uint32_t i = 1; i < engine->policies.count; i++) {
        const sp_policy *first = &engine->policies.items[i - 1], *second = &engine->policies.items[i];
        if (sp_str_equal(first->id, second->id))
            return sp_error_at(error, SP_E_PACK, second->path, 0, 0,
                               "the policy '%.*s' is already in %.*s; one of the two needs another id",
                               SP_STR_ARG(second->id), SP_STR_ARG(first->path));
    }
    return SP_OK;
}

/* Loading under way: one runtime for all policies, which the arena cannot give back. */
typedef struct loading {
    sp_engine *engine;
    sp_runtime *runtime;
} loading;

static sp_status load_policies(void *payload)
{
    const loading *load = payload;
    sp_engine *engine = load->engine;
    for (uint32_t i = 0; i < engine->packs.count; i++) {
        const sp_pack *pack = engine->packs.items[i];
        for (uint32_t j = 0; j < pack->policies.count; j++) {
            sp_policy policy = {0};
            sp_status status = sp_policy_load(load->runtime, &engine->arena, pack, &pack->policies.items[j], &policy);
            if (status != SP_OK)
                return status;
            *sp_list_add(&engine->arena, &engine->policies) = policy;
        }
    }
    return SP_OK;
}

sp_status sp_engine__load(sp_engine *engine, const sp_options *options, sp_error *error)
{
    if (options->no_builtin_packs == 0)
        add_builtin_packs(engine);
    sp_status status = add_pack_folders(engine, options->packs, error);
    if (status != SP_OK)
        return status;
    loading load = {engine, sp_engine__take_runtime(engine, engine->alloc)};
    status = load.runtime != NULL ? sp_guard(&engine->arena, load_policies, &load) : SP_E_MEMORY;
    sp_engine__give_runtime(engine, engine->alloc, load.runtime, status);
    if (status != SP_OK)
        return status;
    if (options->no_builtin_packs == 0)
        sp_waiver_policies_add(engine);
    if (engine->policies.count > 1)
        qsort(engine->policies.items, engine->policies.count, sizeof *engine->policies.items, compare_policies);
    return check_twice(engine, error);
}
