/* What policies can use, told from the binding tables: as a page for people, and as annotations for editors. */
#ifndef SP_LUA_API_H
#define SP_LUA_API_H

#include "base/buf.h"

struct sp_kind;

enum { SP_API_VERSION = 1 /* `api:` of a pack's manifest; fields are added to it, never renamed */ };

/** A name that is no field of an object: of the policy's own table, of a report, of the environment. */
typedef struct sp_api_row {
    const char *name;
    const char *type; /* as in sp_field */
    const char *says;
} sp_api_row;

/** Rows under a heading; the last has no name. */
typedef struct sp_api_table {
    const char *heading, *says;
    const sp_api_row *rows;
} sp_api_table;

/** The policy's own table (policy.c), one of its options (declare.c), a report (lib_report.c). */
extern const sp_api_table sp_api_policy, sp_api_option, sp_api_report;

/** The globals that are ours, and the methods of strings that are (api.c). */
extern const sp_api_table sp_api_globals, sp_api_strings;

/** What holds everywhere, one sentence each, up to NULL; and the names of Lua's own that are there. */
extern const char *const sp_api_rules[];
extern const char sp_api_lua[];

/** The names of a table, at most `most`; gives their number. */
size_t sp_api_names(const sp_api_table *table, sp_str *out, size_t most);

/** What the page calls a kind, and the kind on the page whose fields it has too, or NULL (kind.c). */
const char *sp_api__type_of(const struct sp_kind *kind);
const struct sp_kind *sp_api__parent_of(const struct sp_kind *kind);

/** Writes the page as Markdown, and the annotations for LuaLS. */
void sp_api_write_page(sp_buf *out);
void sp_api_write_luals(sp_buf *out);

#endif
