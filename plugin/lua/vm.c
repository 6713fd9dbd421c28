/* The machine a policy runs on: budget, sticky stop, protected calls, and the state that every judgement starts from. */
#include "lua/vm.h"

#include "base/limits.h"
#include "lua/bytecode.h"
#include "lua/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    HOOK_INTERVAL = 1000, /* VM instructions */
    CLOCK_INTERVAL = 20000, /* steps between two looks at the clock while library functions work */
    CALL_COST = 10,       /* of a protected call, beside its instructions */
    BYTES_A_STEP = 64,    /* allocating and filling so many bytes takes as long as an instruction */
    MOST_REFUSALS = 8,    /* each costs a full collection */
    GC_PAUSE_FIRST = 1000, /* no collection until the heap is ten times the snapshot … */
    GC_PAUSE = 200,        /* … and from then on at every doubling */
    LINE_LEVELS = 64      /* frames looked at for the policy's line */
};

/* Allowed past the limit between the stop and the next instruction, so that the stop knows its line. */
static const size_t reserve = 4 * (size_t)SP_LIMIT_POLICY_BLOCK;

static void on_count(lua_State *state, lua_Debug *frame);

sp_vm *sp_vm_of(lua_State *state)
{
    void *vm;
    lua_getallocf(state, &vm);
    return vm;
}

static int64_t nanoseconds(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The processor's clock is what counts, so that a busy machine stops nobody, but it is slow to read: it cannot be past
   its deadline before the one on the wall is. */
static bool is_late(const sp_vm *vm)
{
    return nanoseconds(CLOCK_MONOTONIC) > vm->wall_deadline && nanoseconds(CLOCK_THREAD_CPUTIME_ID) > vm->deadline;
}

/* Stopping */

/* Records the first reason; what runs stops at its next instruction, charge or protected call. */
static void set_trip(sp_vm *vm, sp_trip reason, uint64_t limit, const char *what)
{
    if (vm->trip == SP_TRIP_NONE) {
        vm->trip = reason;
        vm->trip_limit = limit;
        vm->trip_what = what;
    }
    if (!vm->armed && vm->state != NULL && !vm->opening) {
        vm->armed = true;
        lua_sethook(vm->state, on_count, LUA_MASKCOUNT, 1);
    }
}

/* A stop is thrown as a light value, which takes no memory and means nothing: the reason is in the machine. */
static _Noreturn void throw_trip(lua_State *state)
{
    sp_vm_note_line(state);
    lua_checkstack(state, 1);
    lua_pushlightuserdata(state, NULL);
    lua_error(state);
    abort();
}

static uint64_t limit_of(const sp_vm *vm, sp_trip reason)
{
    switch (reason) {
    case SP_TRIP_STEPS:
        return vm->step_limit;
    case SP_TRIP_MEMORY:
        return vm->memory_limit;
    case SP_TRIP_TIME:
        return SP_LIMIT_POLICY_SECONDS;
    case SP_TRIP_FINDINGS:
        return SP_LIMIT_FINDINGS;
    default:
        return 0;
    }
}

_Noreturn void sp_vm_trip(lua_State *state, sp_trip reason)
{
    sp_vm *vm = sp_vm_of(state);
    set_trip(vm, reason, limit_of(vm, reason), NULL);
    throw_trip(state);
}

_Noreturn void sp_vm_trip_at(lua_State *state, sp_trip reason, uint64_t limit, const char *what)
{
    set_trip(sp_vm_of(state), reason, limit, what);
    throw_trip(state);
}

void sp_vm_charge(lua_State *state, uint64_t steps)
{
    sp_vm *vm = sp_vm_of(state);
    vm->steps += steps;
    if (vm->steps > vm->step_limit)
        set_trip(vm, SP_TRIP_STEPS, vm->step_limit, NULL);
    if (vm->steps >= vm->next_look) {
        vm->next_look = vm->steps + CLOCK_INTERVAL;
        if (vm->trip == SP_TRIP_NONE && is_late(vm))
            set_trip(vm, SP_TRIP_TIME, SP_LIMIT_POLICY_SECONDS, NULL);
    }
    if (vm->trip != SP_TRIP_NONE)
        throw_trip(state);
}

/* The longest instructions (comparing two texts of a megabyte) cost no more steps than others, so every hook looks at
   the clock. */
static void on_count(lua_State *state, lua_Debug *frame)
{
    (void)frame;
    sp_vm_of(state)->next_look = 0;
    sp_vm_charge(state, HOOK_INTERVAL);
}

void sp_vm_note_line(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    lua_Debug frame;
    for (int level = 0; vm->line == 0 && level < LINE_LEVELS && lua_getstack(state, level, &frame); level++) {
        lua_getinfo(state, "Sl", &frame);
        if (frame.currentline > 0 && frame.source[0] == '@' &&
            sp_str_equal(sp_str_from(frame.source + 1), vm->source))
            vm->line = (uint32_t)frame.currentline;
    }
}

/* Raising */

static void push_where(lua_State *state, const char *format, va_list arguments)
{
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    luaL_where(state, 1);
    lua_pushstring(state, text);
    lua_concat(state, 2);
}

_Noreturn void sp_vm_deny(lua_State *state, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    push_where(state, format, arguments);
    va_end(arguments);
    sp_vm_of(state)->denied = true;
    lua_error(state);
    abort();
}

_Noreturn void sp_vm_invalid(lua_State *state, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    push_where(state, format, arguments);
    va_end(arguments);
    sp_vm_of(state)->invalid = true;
    lua_error(state);
    abort();
}

/* Calls back into Lua */

static void enter_call(lua_State *state, sp_vm *vm)
{
    if (vm->c_depth >= SP_LIMIT_POLICY_C_DEPTH)
        luaL_error(state, "more than %d calls through library functions (pcall, gsub, sort) inside each other",
                   SP_LIMIT_POLICY_C_DEPTH);
    vm->c_depth++;
}

void sp_vm_call(lua_State *state, int arguments, int results)
{
    sp_vm *vm = sp_vm_of(state);
    enter_call(state, vm);
    lua_call(state, arguments, results);
    vm->c_depth--;
}

int sp_vm_pcall(lua_State *state, int arguments, int results)
{
    sp_vm *vm = sp_vm_of(state);
    unsigned depth = vm->c_depth;
    bool in_host = vm->in_host;
    enter_call(state, vm);
    sp_vm_charge(state, CALL_COST);
    int status = lua_pcall(state, arguments, results, 0);
    vm->c_depth = depth;
    vm->in_host = in_host;
    if (status == LUA_ERRMEM)
        set_trip(vm, SP_TRIP_MEMORY, vm->memory_limit, NULL);
    if (vm->trip != SP_TRIP_NONE)
        throw_trip(state);
    if (status != LUA_OK)
        vm->denied = vm->invalid = false;
    return status;
}

bool sp_vm_enter_host(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    bool before = vm->in_host;
    vm->in_host = true;
    return before;
}

void sp_vm_leave_host(lua_State *state, bool before)
{
    sp_vm_of(state)->in_host = before;
}

/* Memory */

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
            set_trip(vm, SP_TRIP_STEPS, vm->step_limit, NULL);
        if (is_string && new_size > SP_LIMIT_POLICY_STRING + sizeof(lua_Integer) * 4)
            set_trip(vm, SP_TRIP_MEMORY, SP_LIMIT_POLICY_STRING, "one string");
        if (new_size > SP_LIMIT_POLICY_BLOCK)
            set_trip(vm, SP_TRIP_MEMORY, SP_LIMIT_POLICY_BLOCK, "one table or the stack");
    }
    if (is_too_much(vm, growth)) {
        if (vm->trip == SP_TRIP_NONE && refuses_first(vm, old, new_size))
            return false;
        set_trip(vm, SP_TRIP_MEMORY, vm->memory_limit, NULL);
    }
    vm->refused_size = 0;
    if (vm->trip == SP_TRIP_NONE)
        return true;
    return growth <= reserve && taken(vm) + growth <= allowed(vm) + reserve;
}

static void *allocate(void *payload, void *old, size_t old_size, size_t new_size)
{
    sp_vm *vm = payload;
    bool is_string = old == NULL && old_size == LUA_TSTRING;
    size_t before = old == NULL ? 0 : old_size;
    bool grows = new_size > before;
    if (grows && !vm->opening && !grants(vm, old, is_string, new_size - before, new_size))
        return NULL;
    void *block = sp_memory_resize(vm->memory, old, before, new_size);
    if (grows && block == NULL)
        set_trip(vm, SP_TRIP_HOST, 0, NULL);
    return block;
}

void sp_vm_bill_facts(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    if (vm->judgement == NULL || vm->judgement->facts == NULL)
        return;
    size_t used = sp_facts_graph(vm->judgement->facts)->arena->used;
    vm->facts = used - vm->facts_start;
    if (is_too_much(vm, 0))
        sp_vm_trip(state, SP_TRIP_MEMORY);
}

/* Making the machine */

static int on_panic(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    set_trip(vm, SP_TRIP_HOST, 0, NULL);
    if (vm->recovery != NULL)
        longjmp(*vm->recovery, 1);
    return 0;
}

/* Lua 5.4.4 drops the second operand of the inner "or" when the constants before it fill the short index. */
static bool compiles_narrow(lua_State *state)
{
    char text[4096] = "local t = {";
    size_t size = strlen(text);
    for (int i = 0; i < 257; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%d.5,", i);
    size += (size_t)snprintf(text + size, sizeof text - size, "} return (1|(2 or 3))");
    if (luaL_loadbufferx(state, text, size, "=probe", "t") != LUA_OK)
        lua_error(state);
    lua_call(state, 0, 1);
    bool wrong = lua_tointeger(state, -1) != 3;
    lua_pop(state, 1);
    return wrong;
}

static int open_libraries(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    vm->narrow_constants = compiles_narrow(state);
    sp_lua_open_base(state);
    sp_lua_open_string(state);
    sp_lua_open_table(state);
    sp_lua_open_math(state);
    sp_lua_open_utf8(state);
    sp_lua_open_objects(state);
    lua_settop(state, 0);
    lua_gc(state, LUA_GCSETPAUSE, GC_PAUSE_FIRST);
    lua_gc(state, LUA_GCCOLLECT);
    lua_gc(state, LUA_GCSETPAUSE, GC_PAUSE);
    return 0;
}

bool sp_vm_open(sp_vm *vm, sp_alloc alloc)
{
    *vm = (sp_vm){.opening = true, .memory = sp_memory_new(alloc)};
    if (vm->memory == NULL)
        return false;
    vm->state = lua_newstate(allocate, vm);
    if (vm->state != NULL) {
        lua_atpanic(vm->state, on_panic);
        lua_pushcfunction(vm->state, open_libraries);
        bool opened = lua_pcall(vm->state, 0, 0, 0) == LUA_OK;
        if (opened && sp_memory_keep(vm->memory)) {
            vm->base = sp_memory_live(vm->memory);
            vm->opening = false;
            return true;
        }
    }
    sp_vm_close(vm);
    return false;
}

void sp_vm_close(sp_vm *vm)
{
    sp_memory_free(vm->memory);
    *vm = (sp_vm){0};
}

void sp_vm_reset(sp_vm *vm, const sp_judgement *judgement, uint64_t steps, uint64_t memory)
{
    sp_memory_restore(vm->memory);
    sp_vm fresh = {.state = vm->state, .memory = vm->memory, .base = vm->base, .narrow_constants = vm->narrow_constants};
    fresh.judgement = judgement;
    fresh.step_limit = steps;
    fresh.memory_limit = memory;
    fresh.model_limit = SP_LIMIT_POLICY_MODEL;
    if (judgement != NULL && judgement->facts != NULL) {
        const sp_graph *graph = sp_facts_graph(judgement->facts);
        fresh.model_limit += (uint64_t)graph->instruction_count * SP_LIMIT_POLICY_MODEL_PER_INSTRUCTION;
        fresh.facts_start = graph->arena->used;
    }
    int64_t allowance = (int64_t)SP_LIMIT_POLICY_SECONDS * 1000000000;
    fresh.deadline = nanoseconds(CLOCK_THREAD_CPUTIME_ID) + allowance;
    fresh.wall_deadline = nanoseconds(CLOCK_MONOTONIC) + allowance;
    *vm = fresh;
    lua_sethook(vm->state, on_count, LUA_MASKCOUNT, HOOK_INTERVAL);
}

/* Compiling */

typedef struct dump {
    char *bytes; /* NULL: only counted */
    size_t size;
} dump;

static int write_dump(lua_State *state, const void *bytes, size_t size, void *payload)
{
    (void)state;
    dump *out = payload;
    if (out->bytes != NULL)
        memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
    return 0;
}

static void check_constants(lua_State *state)
{
    dump out = {0};
    lua_dump(state, write_dump, &out, 0);
    out.bytes = lua_newuserdatauv(state, out.size, 0);
    out.size = 0;
    lua_insert(state, -2);
    lua_dump(state, write_dump, &out, 0);
    if (sp_bytecode_is_doubtful((sp_str){out.bytes, out.size}))
        luaL_error(state, "this Lua (%s) compiles bit operations wrongly in a function with more than 255 constants; "
                          "split the function", LUA_RELEASE);
    lua_remove(state, -2);
}

void sp_vm_compile(lua_State *state, sp_str path, sp_str text)
{
    lua_pushliteral(state, "@");
    lua_pushlstring(state, path.text, path.size);
    lua_concat(state, 2);
    if (text.size > SP_LIMIT_POLICY_SOURCE)
        luaL_error(state, "%s: has more than %d bytes", lua_tostring(state, -1) + 1, (int)SP_LIMIT_POLICY_SOURCE);
    if (luaL_loadbufferx(state, text.text, text.size, lua_tostring(state, -1), "t") != LUA_OK)
        lua_error(state);
    lua_remove(state, -2);
    if (sp_vm_of(state)->narrow_constants)
        check_constants(state);
}

/* The message of an error, with the policy's path in full where Lua shortened it. */
static void push_message(lua_State *state)
{
    const char *text = lua_tostring(state, 1);
    lua_Debug frame;
    for (int level = 0; level < LINE_LEVELS && lua_getstack(state, level, &frame); level++) {
        lua_getinfo(state, "S", &frame);
        size_t size = strlen(frame.short_src);
        bool is_short = frame.source[0] == '@' && strncmp(frame.source + 1, frame.short_src, size) != 0;
        if (is_short && strncmp(text, frame.short_src, size) == 0 && text[size] == ':') {
            lua_pushfstring(state, "%s%s", frame.source + 1, text + size);
            return;
        }
    }
    lua_pushvalue(state, 1);
}

/* Runs where the error was raised, with the frames still there. */
static int on_error(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    if (vm->trip != SP_TRIP_NONE)
        return 1;
    vm->in_host = true;
    sp_vm_note_line(state);
    if (lua_type(state, 1) == LUA_TSTRING)
        push_message(state);
    else if (lua_isnil(state, 1))
        lua_pushstring(state, "raised nil, not a message");
    else
        lua_pushfstring(state, "raised a %s, not a message", luaL_typename(state, 1));
    return 1;
}

bool sp_vm_run(sp_vm *vm, lua_CFunction function, void *argument)
{
    lua_pushcfunction(vm->state, on_error);
    lua_pushcfunction(vm->state, function);
    lua_pushlightuserdata(vm->state, argument);
    int status = lua_pcall(vm->state, 1, 0, 1);
    if (status == LUA_ERRMEM)
        set_trip(vm, SP_TRIP_MEMORY, vm->memory_limit, NULL);
    return status == LUA_OK && vm->trip == SP_TRIP_NONE;
}
