/* Looking into bytecode that this process just made. */
#ifndef SP_LUA_BYTECODE_H
#define SP_LUA_BYTECODE_H

#include "base/str.h"

/** Whether a dumped chunk (Lua 5.4's format) has a function with more than 255 constants that also has bit operations:
    on a Lua with narrow constants its code may compute something else than the source says. */
bool sp_bytecode_is_doubtful(sp_str dump);

#endif
