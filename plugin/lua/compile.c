/* Compiling the text of a policy or module; code that this Lua compiles wrongly is refused. */
#include "base/limits.h"
#include "lua/bytecode.h"
#include "lua/vm.h"

/* Bytecode in an arena, under construction. */
typedef struct kept {
    sp_arena *arena;
    char *bytes;
    size_t size, capacity;
} kept;

/* It comes in pieces of a few bytes: memory doubles, or a chunk of many constants would be copied for each. */
static int keep_dump(lua_State *state, const void *bytes, size_t size, void *payload)
{
    (void)state;
    kept *out = payload;
    if (out->size + size > out->capacity) {
        size_t capacity = 2 * out->capacity + size;
        out->bytes = sp_arena_grow(out->arena, out->bytes, out->capacity, capacity);
        out->capacity = capacity;
    }
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
    return 0;
}

sp_str sp_vm_dump(lua_State *state, sp_arena *arena)
{
    kept out = {.arena = arena};
    lua_dump(state, keep_dump, &out, 0);
    return (sp_str){out.bytes, out.size};
}

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
        luaL_error(state,
                   "this Lua (%s) compiles bit operations wrongly in a function with more than 255 constants; "
                   "split the function",
                   LUA_RELEASE);
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
