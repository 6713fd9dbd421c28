/* A policy's options: declared in its table, set by a configuration, given to check. */
#ifndef SP_LUA_OPTIONS_H
#define SP_LUA_OPTIONS_H

#include "lua/vm.h"

/** Reads the table of declarations at `index` into policy->options, in order of name; raises when one is wrong. */
void sp_options_declare(lua_State *state, int index, sp_arena *arena, sp_policy *policy);

/** Pushes the table of values that check gets. */
void sp_options_push(lua_State *state, const sp_policy *policy);

/** "list", "enum"; back: negative when no type is called so. */
const char *sp_option_type_name(sp_option_type type);
int sp_option_type_from_name(sp_str name);

#endif
