/* The fix of a report, which is checked. */
#include "lua/lib.h"
#include "lua/report.h"

static const sp_str fix_keys[] = {NAME("replace"), NAME("with"),  NAME("insert"),
                                  NAME("before"),  NAME("after"), NAME("delete")};

/* Checks one edit of a fix, on top: { replace =, with = } | { insert =, before | after = } | { delete = }. */
static void check_edit(lua_State *state, int edit)
{
    if (!lua_istable(state, edit) || sp_lua_object_kind(state, edit) != NULL)
        sp_vm_invalid(state, "an edit of 'fix' must be a table, got a %s", sp_lua__typename(state, edit));
    sp_lua__check_keys(state, edit, "an edit of 'fix'", fix_keys, sizeof fix_keys / sizeof *fix_keys);
    static const char *const places[] = {"replace", "delete", "before", "after"};
    int placed = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (lua_getfield(state, edit, places[i]) != LUA_TNIL) {
            sp_lua__check_place(state, "the place of an edit of 'fix'");
            placed++;
        }
    bool with = lua_getfield(state, edit, "with") == LUA_TSTRING;
    bool insert = lua_getfield(state, edit, "insert") == LUA_TSTRING;
    bool replaces = lua_getfield(state, edit, "replace") != LUA_TNIL;
    bool deletes = lua_getfield(state, edit, "delete") != LUA_TNIL;
    bool fits = replaces ? with && !insert : deletes ? !with && !insert : insert && !with;
    if (placed != 1 || !fits)
        sp_vm_invalid(state, "an edit of 'fix' is { replace = place, with = text }, { insert = text, after = place } "
                             "or { delete = place }");
}

/* A fix is checked, and not used yet. */
void sp_lua__check_fix(lua_State *state)
{
    static const sp_str keys[] = {NAME("title")};
    if (lua_getfield(state, 1, "fix") == LUA_TNIL)
        return;
    int fix = lua_gettop(state);
    if (!lua_istable(state, fix) || sp_lua_object_kind(state, fix) != NULL)
        sp_vm_invalid(state, "'fix' must be a table, got a %s", sp_lua__typename(state, fix));
    sp_lua__check_keys(state, fix, "'fix'", keys, 1);
    lua_getfield(state, fix, "title");
    sp_lua__check_text(state, "the title of 'fix'");
    lua_Integer count = (lua_Integer)lua_rawlen(state, fix);
    if (count == 0)
        sp_vm_invalid(state, "'fix' has no edits");
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(state, fix);
        sp_vm_charge(state, 10);
        lua_rawgeti(state, fix, i);
        check_edit(state, fix + 1);
    }
    lua_settop(state, fix);
}
