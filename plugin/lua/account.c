/* Accounting for memory: what the policy takes, what the model adds, and the steps that filling it costs. */
#include "base/limits.h"
#include "lua/memory.h"
#include "lua/vm_internal.h"

enum {
    BYTES_A_STEP = 64, /* allocating and filling so many bytes takes as long as an instruction */
    MOST_REFUSALS = 8  /* each costs a full collection */
};

/* Allowed past the limit between the stop and the next instruction, so that the stop knows its line. */
static const size_t reserve = 4 * (size_t)SP_LIMIT_POLICY_BLOCK;

static uint64_t allowed(const sp_vm *vm)
{
    uint64_t model = vm->model + vm->facts;
    return vm->memory_limit + (model < vm->model_limit ? model : vm->model_limit);
}

static uint64_t taken(const sp_vm *vm)
{
    uint64_t live = sp_memory_live(vm->memory);
    return (live > vm->base ? live - vm->base : 0) + vm->facts;
}

/* Freed blocks stay in their size class, so a heap that keeps changing its sizes could grow beyond what is live. */
static bool is_too_much(const sp_vm *vm, size_t growth)
{
    return taken(vm) + growth > allowed(vm) || sp_memory_held(vm->memory) > 2 * allowed(vm) + reserve;
}

/* Whether Lua should first be refused, so that it collects its garbage and asks once more. */
static bool refuses_first(sp_vm *vm, const void *old, size_t new_size)
{
    bool again = vm->refused_size == new_size && vm->refused_block == old;
    if (again || vm->refusals >= MOST_REFUSALS)
        return false;
    vm->refusals++;
    vm->refused_size = new_size;
    vm->refused_block = old;
    return true;
}

static bool grants(sp_vm *vm, const void *old, bool is_string, size_t growth, size_t new_size)
{
    if (vm->in_host) {
        vm->model += growth;
    } else {
        vm->steps += new_size / BYTES_A_STEP;
        if (vm->steps > vm->step_limit)
            sp_vm__set_trip(vm, SP_TRIP_STEPS, vm->step_limit, NULL);
        if (is_string && new_size > SP_LIMIT_POLICY_STRING + sizeof(lua_Integer) * 4)
            sp_vm__set_trip(vm, SP_TRIP_MEMORY, SP_LIMIT_POLICY_STRING, "one string");
        if (new_size > SP_LIMIT_POLICY_BLOCK)
            sp_vm__set_trip(vm, SP_TRIP_MEMORY, SP_LIMIT_POLICY_BLOCK, "one table or the stack");
    }
    if (is_too_much(vm, growth)) {
        if (vm->trip == SP_TRIP_NONE && refuses_first(vm, old, new_size))
            return false;
        sp_vm__set_trip(vm, SP_TRIP_MEMORY, vm->memory_limit, NULL);
    }
    vm->refused_size = 0;
    if (vm->trip == SP_TRIP_NONE)
        return true;
    return growth <= reserve && taken(vm) + growth <= allowed(vm) + reserve;
}

void *sp_vm__allocate(void *payload, void *old, size_t old_size, size_t new_size)
{
    sp_vm *vm = payload;
    bool is_string = old == NULL && old_size == LUA_TSTRING;
    size_t before = old == NULL ? 0 : old_size;
    bool grows = new_size > before;
    if (grows && !vm->opening && !grants(vm, old, is_string, new_size - before, new_size))
        return NULL;
    void *block = sp_memory_resize(vm->memory, old, before, new_size);
    if (grows && block == NULL)
        sp_vm__set_trip(vm, SP_TRIP_HOST, 0, NULL);
    return block;
}

void sp_vm_bill_facts(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    if (vm->judgement == NULL || vm->judgement->build_count == 0)
        return;
    size_t used = sp_facts_graph(vm->judgement->builds[0].facts)->arena->used;
    vm->facts = used - vm->facts_start;
    if (is_too_much(vm, 0))
        sp_vm_trip(state, SP_TRIP_MEMORY);
}
