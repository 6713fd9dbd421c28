/* What went wrong in the machine, in the words of a policy failure. */
#include "lua/failure.h"

#include "base/limits.h"

#include <inttypes.h>

static const char *const trip_kinds[] = {
    [SP_TRIP_NONE] = "",           [SP_TRIP_STEPS] = "limit:steps",       [SP_TRIP_MEMORY] = "limit:memory",
    [SP_TRIP_TIME] = "limit:time", [SP_TRIP_FINDINGS] = "limit:findings", [SP_TRIP_HOST] = "",
};

static sp_str limit_text(sp_arena *arena, const sp_vm *vm)
{
    uint64_t limit = vm->trip_limit;
    if (vm->trip_what != NULL)
        return sp_arena_print(arena, "%s may not exceed %" PRIu64 " bytes", vm->trip_what, limit);
    if (vm->trip == SP_TRIP_STEPS)
        return sp_arena_print(arena, "takes more than its %" PRIu64 " steps", limit);
    if (vm->trip == SP_TRIP_MEMORY)
        return sp_arena_print(arena, "takes more than its %" PRIu64 " bytes of memory", limit);
    if (vm->trip == SP_TRIP_TIME)
        return sp_arena_print(arena, "takes more than %" PRIu64 " seconds of processor time", limit);
    return sp_arena_print(arena, "reports more than %" PRIu64 " findings", limit);
}

static bool begins_with_place(sp_str text, sp_str path)
{
    return sp_str_starts(text, path) && text.size > path.size && text.text[path.size] == ':';
}

/* Puts the policy's place before a message that has none, neither there nor in one of the pack's modules. */
static sp_str placed(sp_arena *arena, const sp_vm *vm, sp_str text)
{
    bool has_place = begins_with_place(text, vm->source);
    for (uint32_t i = 0; vm->modules != NULL && i < vm->modules->modules.count; i++)
        has_place |= begins_with_place(text, vm->modules->modules.items[i].path);
    if (has_place)
        return text;
    if (vm->line == 0)
        return sp_arena_print(arena, "%.*s: %.*s", SP_STR_ARG(vm->source), SP_STR_ARG(text));
    return sp_arena_print(arena, "%.*s:%u: %.*s", SP_STR_ARG(vm->source), vm->line, SP_STR_ARG(text));
}

/* The message Lua has on its stack; nothing here allocates in Lua. */
static sp_str raised_text(sp_arena *arena, const sp_vm *vm)
{
    if (lua_gettop(vm->state) == 0 || lua_type(vm->state, -1) != LUA_TSTRING)
        return SP_STR("raised an error without a message");
    sp_str text;
    text.text = lua_tolstring(vm->state, -1, &text.size);
    if (text.size <= SP_LIMIT_POLICY_MESSAGE)
        return sp_arena_copy(arena, text);
    sp_str parts[] = {sp_str_head(text, SP_LIMIT_POLICY_MESSAGE - 3), SP_STR("...")};
    return sp_arena_join(arena, parts, 2);
}

bool sp_failure_read(sp_arena *arena, const sp_vm *vm, const char *otherwise, sp_result_failure *out)
{
    if (vm->trip == SP_TRIP_HOST)
        return false;
    out->line = vm->line;
    if (vm->trip == SP_TRIP_NONE) {
        out->kind = sp_str_from(vm->denied ? "denied" : vm->invalid ? "invalid" : otherwise);
        out->message = placed(arena, vm, raised_text(arena, vm));
        return true;
    }
    out->kind = sp_str_from(trip_kinds[vm->trip]);
    out->limit = vm->trip_limit;
    out->message = placed(arena, vm, limit_text(arena, vm));
    return true;
}
