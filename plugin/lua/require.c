/* `require "name"`: a module of the policy's own pack, lib/NAME.lua, run once a judgement. */
#include "lua/lib.h"
#include "lua/policy.h"
#include "lua/runtime.h"

/* The table of modules, in the registry under the address of this byte: a module's value, or false while it runs. */
static const char modules_key;

static const sp_pack_file *find_module(const sp_pack *pack, sp_str name)
{
    for (uint32_t i = 0; pack != NULL && i < pack->modules.count; i++) {
        if (sp_str_equal(pack->modules.items[i].name, name))
            return &pack->modules.items[i];
    }
    return NULL;
}

static _Noreturn void refuse(lua_State *state, const sp_pack *pack, sp_str name)
{
    sp_str near = {0};
    for (uint32_t i = 0; pack != NULL && near.size == 0 && i < pack->modules.count; i++)
        near = sp_lua__suggest(state, name, &pack->modules.items[i].name, 1);
    if (near.size > 0)
        sp_vm_deny(state, "module '%.100s' is not in lib/ of this pack; did you mean '%.*s'?", name.text,
                   SP_STR_ARG(near));
    sp_vm_deny(state, "module '%.100s' is not available to policies; require finds lib/NAME.lua of the same pack",
               name.text);
}

static void push_modules(lua_State *state)
{
    if (lua_rawgetp(state, LUA_REGISTRYINDEX, &modules_key) == LUA_TTABLE)
        return;
    lua_pop(state, 1);
    lua_newtable(state);
    lua_pushvalue(state, -1);
    lua_rawsetp(state, LUA_REGISTRYINDEX, &modules_key);
}

/* Pushes the function of a module: compiled when the policy was loaded, where the policy's chunk requires it. */
static void push_function(lua_State *state, const sp_pack_file *file)
{
    const sp_judgement *judgement = sp_vm_of(state)->judgement;
    for (uint32_t i = 0; judgement != NULL && i < judgement->policy->loaded.count; i++) {
        const sp_policy_module *module = &judgement->policy->loaded.items[i];
        if (!sp_str_equal(module->name, file->name))
            continue;
        if (luaL_loadbufferx(state, module->bytecode.text, module->bytecode.size, "module", "b") != LUA_OK)
            lua_error(state);
        return;
    }
    sp_vm_compile(state, file->path, file->text);
    sp_lua__keep_module(state, file->name);
}

static int base_require(lua_State *state)
{
    sp_str name;
    name.text = luaL_checklstring(state, 1, &name.size);
    lua_settop(state, 1);
    push_modules(state);
    lua_pushvalue(state, 1);
    if (lua_rawget(state, 2) != LUA_TNIL) {
        if (lua_toboolean(state, -1))
            return 1;
        return luaL_error(state, "module '%s' requires itself, directly or through others, or failed before",
                          name.text);
    }
    const sp_pack *pack = sp_vm_of(state)->modules;
    const sp_pack_file *file = find_module(pack, name);
    if (file == NULL)
        refuse(state, pack, name);
    lua_pushvalue(state, 1);
    lua_pushboolean(state, 0);
    lua_rawset(state, 2);
    sp_vm_charge(state, file->text.size);
    push_function(state, file);
    sp_vm_call(state, 0, 1);
    if (!lua_toboolean(state, -1)) {
        lua_pop(state, 1);
        lua_pushboolean(state, 1);
    }
    lua_pushvalue(state, 1);
    lua_pushvalue(state, -2);
    lua_rawset(state, 2);
    return 1;
}

void sp_lua__push_require(lua_State *state)
{
    lua_pushcfunction(state, base_require);
}
