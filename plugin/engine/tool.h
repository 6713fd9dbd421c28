/* What the command needs beside the public API, and hosts do not: the only internal header that cli/ may include. */
#ifndef SP_ENGINE_TOOL_H
#define SP_ENGINE_TOOL_H

#include <stagepolicy/stagepolicy.h>

/** Whether the configuration's `paths:` lets a report path in. */
int32_t sp_tool_includes_path(const sp_engine *engine, const char *path);

/** Lines of one instruction of a Dockerfile. */
typedef struct sp_tool_instruction {
    uint32_t first_line, last_line; /* from 1; heredocs included */
} sp_tool_instruction;

/** The instructions of a Dockerfile, in file order, in memory of the C library: free with sp_text_free((char *)…).
    SP_E_MEMORY. */
sp_status sp_tool_instructions(const char *text, size_t size, sp_tool_instruction **out, size_t *count);

/** The catalogue's date and number of rows, for `--version` and `policies`. */
const char *sp_tool_catalogue_date(void);
size_t sp_tool_catalogue_count(void);

/** "Lua 5.4.4 (system)". Static text. */
const char *sp_tool_lua_version(void);

/** The severity of a name, or negative; and back. */
int32_t sp_tool_severity_from_name(const char *name);
const char *sp_tool_severity_name(int32_t severity);

/** The nearest of some NULL-terminated names, or NULL. */
const char *sp_tool_suggest(const char *name, const char *const *candidates);

#endif
