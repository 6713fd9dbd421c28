/* The API as annotations for LuaLS, so that editors complete and check policies. */
#include "lua/api.h"
#include "lua/object.h"

#include <stdio.h>

static const char head[] = "---@meta\n\n"
                           "-- The API of stagepolicy's policies, version %d, for editors with LuaLS; 'stagepolicy api "
                           "--format luals' writes it.\n"
                           "-- Name its folder in workspace.library of .luarc.json, and annotate what check gets:\n"
                           "--   ---@param build build\n"
                           "--   ---@param report fun(finding: finding)\n\n"
                           "---@alias text string|value|(string|value)[]\n";

/* A method of a table of names: "fun(self: stage, ...: text): answer". */
static void add_method(sp_buf *out, const char *name, const char *owner, const char *type, const char *says)
{
    const char *inner = type + 1;
    sp_buf_print(out, "---@field %s fun(self: %s%s%s %s\n", name, owner, *inner == ')' ? "" : ", ", inner, says);
}

static void add_field(sp_buf *out, const sp_field *field, const char *owner)
{
    if (field->method != NULL) {
        add_method(out, field->name, owner, field->type, field->says);
        return;
    }
    size_t size = strlen(field->type);
    bool optional = field->variants != 0 && field->type[size - 1] != '?';
    bool joined = optional && strchr(field->type, '|') != NULL;
    sp_buf_print(out, "---@field %s %s%s%s %s\n", field->name, joined ? "(" : "", field->type,
                 joined     ? ")?"
                 : optional ? "?"
                            : "",
                 field->says);
}

static void add_kind(sp_buf *out, const sp_kind *kind)
{
    const char *name = sp_api__type_of(kind);
    const sp_kind *parent = sp_api__parent_of(kind);
    sp_buf_print(out, "\n--- %s.\n---@class %s", kind->says, name);
    if (kind == &sp_kind_list)
        sp_buf_text(out, ": any[]");
    else if (kind == &sp_kind_pipe)
        sp_buf_text(out, ": command[]");
    else if (parent != NULL)
        sp_buf_print(out, ": %s", sp_api__type_of(parent));
    sp_buf_byte(out, '\n');
    for (const sp_kind *at = kind; at != parent; at = at->parent)
        for (size_t i = 0; i < at->field_count; i++)
            add_field(out, &at->fields[i], name);
}

static void add_class(sp_buf *out, const sp_api_table *table, const char *name)
{
    sp_buf_print(out, "\n--- %s.\n---@class %s\n", table->says, name);
    for (const sp_api_row *row = table->rows; row->name != NULL; row++)
        sp_buf_print(out, "---@field %s %s %s\n", row->name, row->type, row->says);
}

/* The end of a parameter: the next ',' or ')' that is not inside of another type. */
static size_t parameter_size(const char *text)
{
    int depth = 0;
    size_t size = 0;
    for (; depth > 0 || (text[size] != ',' && text[size] != ')'); size++)
        depth += (text[size] == '(') - (text[size] == ')');
    return size;
}

/* global = "(" [ name ":" type { "," name ":" type } ] ")" [ ":" result ], as a function that is declared; T is any
 * type */
static void add_global(sp_buf *out, const sp_api_row *row)
{
    char names[128] = "";
    sp_buf_print(out, "\n--- %s.\n%s", row->says, strstr(row->type, "T[]") != NULL ? "---@generic T\n" : "");
    const char *at = row->type + 1;
    for (; *at != ')'; at += strspn(at, ", ")) {
        size_t size = parameter_size(at), name = strcspn(at, ":");
        sp_buf_print(out, "---@param %.*s %.*s\n", (int)name, at, (int)(size - name - 2), at + name + 2);
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%.*s", used > 0 ? ", " : "", (int)name, at);
        at += size;
    }
    if (at[1] == ':')
        sp_buf_print(out, "---@return %s\n", at + 3);
    sp_buf_print(out, "function %s(%s) end\n", row->name, names);
}

void sp_api_write_luals(sp_buf *out)
{
    sp_buf_print(out, head, (int)SP_API_VERSION);
    add_class(out, &sp_api_policy, "policy");
    add_class(out, &sp_api_option, "policy_option");
    add_class(out, &sp_api_report, "finding");
    for (size_t i = 0; sp_lua__kind_at(i) != NULL; i++)
        add_kind(out, sp_lua__kind_at(i));
    sp_buf_text(out, "\n---@class string\n");
    for (const sp_api_row *row = sp_api_strings.rows; row->name != NULL; row++)
        add_method(out, row->name, "string", row->type, row->says);
    for (const sp_api_row *row = sp_api_globals.rows; row->name != NULL; row++)
        add_global(out, row);
}
