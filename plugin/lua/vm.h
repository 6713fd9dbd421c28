/* The machine a policy runs on: one Lua state in memory of our own, with a budget that nothing in Lua can swallow.

   The first reason to stop is kept here, in C (`trip`); from then on every charge, hook, allocation and protected call
   throws again, so `pcall` cannot hold it. The verdict of a judgement is read from here, never from an error value. */
#ifndef SP_LUA_VM_H
#define SP_LUA_VM_H

#include "lua/runtime.h"

#include <lauxlib.h>
#include <lua.h>

/** Why a judgement was stopped; the names are kinds of a policy failure. */
typedef enum sp_trip {
    SP_TRIP_NONE,
    SP_TRIP_STEPS,    /* limit:steps */
    SP_TRIP_MEMORY,   /* limit:memory */
    SP_TRIP_TIME,     /* limit:time */
    SP_TRIP_FINDINGS, /* limit:findings */
    SP_TRIP_HOST      /* the host's own memory ran out: not the policy's fault */
} sp_trip;

typedef struct sp_vm {
    lua_State *state;
    const sp_judgement *judgement; /* NULL while a policy is loaded */
    uint64_t steps, step_limit;
    uint64_t finding_bytes;
    uint32_t finding_count;
    sp_trip trip;
    bool denied;      /* the error under way is of a name that policies may not use: kind "denied" */
    bool invalid;     /* … of a report that makes no sense: kind "invalid" */
    bool in_host;     /* allocations are the model's, not the policy's */
    unsigned c_depth; /* library functions that called back into Lua */
    uint32_t build;   /* of the judgement's builds, the one of the object that is being asked; SP_NONE: the project */
    struct sp_memory *memory;
    struct sp_loading *loading; /* the policy that is being loaded, or NULL */

    /* Kept by the files of the machine. */
    uint64_t memory_limit, model_limit; /* bytes: the policy's, and the most that the model may add */
    uint64_t model, facts;     /* bytes the host asked for, and those that facts took from the document's arena */
    size_t facts_start;        /* of that arena, when the judgement began */
    size_t base;               /* live bytes of the snapshot */
    uint64_t trip_limit;       /* the number of the limit that was met */
    const char *trip_what;     /* what exceeded it, or NULL for the limit's usual thing */
    uint32_t line;             /* in the policy's file, of what went wrong; 0 unknown */
    sp_str source;             /* the path of that file, which is its chunk's name */
    const sp_pack *modules;    /* whose lib/ `require` may name */
    int hook_interval;         /* VM instructions between two charges */
    bool armed;                /* the next VM instruction throws */
    bool opening;              /* the state is being made: no limits */
    bool narrow_constants;     /* this Lua compiles bit operations past 256 constants wrongly */
    unsigned refusals;         /* allocations refused so that Lua would collect its garbage */
    const void *refused_block; /* … and the last one */
    size_t refused_size;
    int64_t deadline, wall_deadline; /* of the thread's processor time and of the monotonic clock, in nanoseconds */
    uint64_t next_look;              /* steps at which the clock is looked at again */
    jmp_buf *recovery;               /* for an error that no protected call holds */
} sp_vm;

/** Makes the machine: a state with the libraries and the objects, and its snapshot. False when there is no memory;
    nothing is left behind then. */
bool sp_vm_open(sp_vm *vm, sp_alloc alloc);
void sp_vm_close(sp_vm *vm);

/** Back to the snapshot, with a fresh budget, for a judgement (NULL: for loading a policy). */
void sp_vm_reset(sp_vm *vm, const sp_judgement *judgement, uint64_t steps, uint64_t memory);

/** Compiles a text chunk called `path`, pushes its function; raises when it does not compile, is too large, or would
    run wrongly on this Lua. */
void sp_vm_compile(lua_State *state, sp_str path, sp_str text);

/** The bytecode of the function on top, in an arena. */
sp_str sp_vm_dump(lua_State *state, sp_arena *arena);

/** Calls a C function with one light argument, protected. True when it returned and nothing was tripped; else the
    error's message, when it has one, is on top of the stack. */
bool sp_vm_run(sp_vm *vm, lua_CFunction function, void *argument);

/** Protected calls of the libraries: counts the C depth, catches errors, and throws again what must not be caught.
    Arguments and result as lua_pcall's without a message handler. */
int sp_vm_pcall(lua_State *state, int arguments, int results);

/** The same without catching, for callbacks (gsub, sort, require). */
void sp_vm_call(lua_State *state, int arguments, int results);

/** Notes the line of the policy's own file that is running, for a failure; the first note stays. */
void sp_vm_note_line(lua_State *state);

/** The machine of a state. */
sp_vm *sp_vm_of(lua_State *state);

/** Charges steps for work that no VM instruction counts; throws when the budget is spent. */
void sp_vm_charge(lua_State *state, uint64_t steps);

/** Stops the judgement for good. Does not return. */
_Noreturn void sp_vm_trip(lua_State *state, sp_trip reason);

/** The same with the limit's number and what exceeded it ("one string"; a literal). Does not return. */
_Noreturn void sp_vm_trip_at(lua_State *state, sp_trip reason, uint64_t limit, const char *what);

/** Raises "NAME is not available to policies; HINT" as kind `denied`. Does not return. */
_Noreturn void sp_vm_deny(lua_State *state, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Raises a report or result that makes no sense, as kind `invalid`. Does not return. */
_Noreturn void sp_vm_invalid(lua_State *state, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Brackets around making model objects: their memory is not the policy's. Returns what to give to leave. A raise in
    between is fine: the protected call puts the flag back. */
bool sp_vm_enter_host(lua_State *state);
void sp_vm_leave_host(lua_State *state, bool before);

/** Bills what facts took from the document's arena since the judgement began to the policy's memory. */
void sp_vm_bill_facts(lua_State *state);

/** Opens the safe part of Lua's own libraries into the globals (lib_*.c). */
void sp_lua_open_base(lua_State *state);
void sp_lua_open_string(lua_State *state);
void sp_lua_open_table(lua_State *state);
void sp_lua_open_math(lua_State *state);
void sp_lua_open_utf8(lua_State *state);

/** Makes the metatables of every object kind and the API's globals: each, group, set (object.c). Called once, before
    the snapshot is taken. */
void sp_lua_open_objects(lua_State *state);

/** Pushes what a message calls the object at `index` (its `%s`) and returns true; false, with nothing pushed, when it
   is not an object of the API. Charges for the text it makes. */
bool sp_lua_object_text(lua_State *state, int index);

/** The kind's name ("stage") of the object at `index`, or NULL: what a message calls the type. */
const char *sp_lua_object_kind(lua_State *state, int index);

/** Pushes what a policy of its scope judges: the build of the judgement under way, or the project. */
void sp_lua_push_subject(lua_State *state);

/** Pushes the `report` function. */
void sp_lua_push_report(lua_State *state);

#endif
