/* Looking into bytecode that this process just made. */
#ifndef SP_LUA_BYTECODE_H
#define SP_LUA_BYTECODE_H

#include "base/str.h"

#include <stdint.h>

/** Whether a dumped chunk (Lua 5.4's format) has a function with more than 255 constants that also has bit operations:
    on a Lua with narrow constants its code may compute something else than the source says. */
bool sp_bytecode_is_doubtful(sp_str dump);

/** Calls `line` for every line that has code in a function of a dumped chunk, the chunk's own apart: it runs whenever
    the file is loaded. A line may be told more than once. False when the chunk is not of the format we know. */
bool sp_bytecode_lines(sp_str dump, void (*line)(void *payload, uint32_t line), void *payload);

#endif
