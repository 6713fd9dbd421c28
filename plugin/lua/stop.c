/* Stopping a judgement: steps, the clock, and a reason that is kept in C, where nothing in Lua can hold it. */
#include "base/limits.h"
#include "lua/vm_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    HOOK_INTERVAL = 1000,  /* VM instructions */
    WATCH_INTERVAL = 10,   /* the same of a judgement whose steps somebody wants to know */
    CLOCK_INTERVAL = 20000 /* steps between two looks at the clock while library functions work */
};

static void on_count(lua_State *state, lua_Debug *frame);

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

void sp_vm__set_trip(sp_vm *vm, sp_trip reason, uint64_t limit, const char *what)
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
_Noreturn void sp_vm__throw(lua_State *state)
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
    sp_vm__set_trip(vm, reason, limit_of(vm, reason), NULL);
    sp_vm__throw(state);
}

_Noreturn void sp_vm_trip_at(lua_State *state, sp_trip reason, uint64_t limit, const char *what)
{
    sp_vm__set_trip(sp_vm_of(state), reason, limit, what);
    sp_vm__throw(state);
}

void sp_vm_charge(lua_State *state, uint64_t steps)
{
    sp_vm *vm = sp_vm_of(state);
    vm->steps += steps;
    if (vm->steps > vm->step_limit)
        sp_vm__set_trip(vm, SP_TRIP_STEPS, vm->step_limit, NULL);
    if (vm->steps >= vm->next_look) {
        vm->next_look = vm->steps + CLOCK_INTERVAL;
        if (vm->trip == SP_TRIP_NONE && is_late(vm))
            sp_vm__set_trip(vm, SP_TRIP_TIME, SP_LIMIT_POLICY_SECONDS, NULL);
    }
    if (vm->trip != SP_TRIP_NONE)
        sp_vm__throw(state);
}

static void tell_line(lua_State *state, lua_Debug *frame)
{
    const sp_watch *watch = sp_vm_of(state)->judgement->watch;
    lua_getinfo(state, "S", frame);
    if (frame->source[0] == '@')
        watch->line(watch->payload, frame->source + 1, (uint32_t)frame->currentline);
}

/* The longest instructions (comparing two texts of a megabyte) cost no more steps than others, so every hook looks at
   the clock. */
static void on_count(lua_State *state, lua_Debug *frame)
{
    sp_vm *vm = sp_vm_of(state);
    if (frame->event == LUA_HOOKLINE) {
        tell_line(state, frame);
        return;
    }
    vm->next_look = 0;
    sp_vm_charge(state, (uint64_t)vm->hook_interval);
}

void sp_vm_note_line(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    lua_Debug frame;
    for (int level = 0; vm->line == 0 && level < SP_VM_LINE_LEVELS && lua_getstack(state, level, &frame); level++) {
        lua_getinfo(state, "Sl", &frame);
        if (frame.currentline > 0 && frame.source[0] == '@' && sp_str_equal(sp_str_from(frame.source + 1), vm->source))
            vm->line = (uint32_t)frame.currentline;
    }
}

void sp_vm__start_budget(sp_vm *vm)
{
    int64_t allowance = (int64_t)SP_LIMIT_POLICY_SECONDS * 1000000000;
    vm->deadline = nanoseconds(CLOCK_THREAD_CPUTIME_ID) + allowance;
    vm->wall_deadline = nanoseconds(CLOCK_MONOTONIC) + allowance;
    const sp_watch *watch = vm->judgement != NULL ? vm->judgement->watch : NULL;
    bool lines = watch != NULL && watch->line != NULL;
    vm->hook_interval = watch != NULL && watch->judged != NULL ? WATCH_INTERVAL : HOOK_INTERVAL;
    lua_sethook(vm->state, on_count, LUA_MASKCOUNT | (lines ? LUA_MASKLINE : 0), vm->hook_interval);
}

/* Raising */

static void push_where(lua_State *state, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

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
