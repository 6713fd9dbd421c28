/* What the library files share: text of a value, and text under construction. */
#ifndef SP_LUA_LIB_H
#define SP_LUA_LIB_H

#include "lua/vm.h"

/** Pushes the text of a value as tostring gives it: never an address, an object as messages call it. */
void sp_lua__tostring(lua_State *state, int index);

/** What messages call the type of a value: an object's kind ("stage"), else Lua's name. */
const char *sp_lua__typename(lua_State *state, int index);

/** Text under construction: in C memory while short, then in a userdata of its own, which sits in one slot of the
    stack. No text grows beyond the limit of one string: that stops the judgement. */
typedef struct sp_lua_text {
    lua_State *state;
    char *bytes;
    size_t size, capacity;
    int slot;
    char first[256];
} sp_lua_text;

/** Begins a text; pushes its slot. */
void sp_lua__text_begin(sp_lua_text *text, lua_State *state);
void sp_lua__text_add(sp_lua_text *text, const char *bytes, size_t size);
void sp_lua__text_fill(sp_lua_text *text, char byte, size_t count);
/** Repeats what is there until the text has `size` bytes. */
void sp_lua__text_repeat(sp_lua_text *text, size_t size);
/** Appends what tostring gives for a value. */
void sp_lua__text_value(sp_lua_text *text, int index);
/** Pushes the string. The slot stays below it. */
void sp_lua__text_push(sp_lua_text *text);

/** Keeps the bytecode of a module, which is the function on top, when a policy is being loaded (policy.c). */
void sp_lua__keep_module(lua_State *state, sp_str name);

/** `require`, pushed; and the modules' own judgement-long table is made on first use (require.c). */
void sp_lua__push_require(lua_State *state);

/** Sets pairs in the table on top (lib_pairs.c), and __index for unknown globals in the globals' metatable
    (missing.c). */
void sp_lua__open_pairs(lua_State *state);
void sp_lua__open_missing(lua_State *state);

/** sp_suggest, charged: comparing names letter by letter is the most that an error costs. */
sp_str sp_lua__suggest(lua_State *state, sp_str name, const sp_str *candidates, size_t count);

/** Adds format, and find, match, gmatch and gsub, to the string library on top. */
void sp_lua__open_format(lua_State *state);
void sp_lua__open_match(lua_State *state);

/** Offset of `part` in `text` at `from` or later, or SIZE_MAX. Charges. */
size_t sp_lua__search(lua_State *state, sp_str text, sp_str part, size_t from);

/** Pushes a number that a text stands for, and true; or nothing, and false. */
bool sp_lua__push_number(lua_State *state, const char *text, size_t size);

#endif
