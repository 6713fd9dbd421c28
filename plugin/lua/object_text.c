/* What a message calls an object: its %s. */
#include "lua/lib.h"
#include "lua/object.h"

#define LIST_DEPTH 3 /* of lists in lists in one text: a policy may have put a list into itself */

static bool push_text(lua_State *state, int index, int depth);

/* Pushes the items of a list, joined by ", ". */
static void push_list_text(lua_State *state, int index, int depth)
{
    lua_Integer count = (lua_Integer)lua_rawlen(state, index);
    sp_lua_text text;
    sp_lua__text_begin(&text, state);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            sp_lua__text_add(&text, ", ", 2);
        lua_rawgeti(state, index, i);
        if (!push_text(state, lua_gettop(state), depth))
            sp_lua__tostring(state, lua_gettop(state));
        size_t size;
        const char *item = lua_tolstring(state, -1, &size);
        sp_lua__text_add(&text, item, size);
        lua_settop(state, text.slot);
        sp_vm_charge(state, 1);
    }
    sp_lua__text_push(&text);
    lua_remove(state, text.slot);
}

/* Pushes the text of an object; lists that lie too deep in lists are "…". */
static bool push_text(lua_State *state, int index, int depth)
{
    const void *subject;
    const sp_kind *kind = sp_lua__kind(state, index, &subject);
    if (kind == NULL)
        return false;
    if (sp_lua__is_list(kind)) {
        if (depth == 0)
            lua_pushstring(state, "…");
        else
            push_list_text(state, index, depth - 1);
        return true;
    }
    while (kind->text == NULL && kind->parent != NULL)
        kind = kind->parent;
    if (kind->text == NULL) {
        lua_pushstring(state, kind->name);
        return true;
    }
    uint32_t before = sp_lua__enter(state, subject);
    kind->text(state, subject);
    sp_vm_of(state)->build = before;
    return true;
}

bool sp_lua_object_text(lua_State *state, int index)
{
    if (!push_text(state, lua_absindex(state, index), LIST_DEPTH))
        return false;
    sp_vm_charge(state, 1 + lua_rawlen(state, -1) / 64);
    return true;
}

const char *sp_lua_object_kind(lua_State *state, int index)
{
    const void *subject;
    const sp_kind *kind = sp_lua__kind(state, lua_absindex(state, index), &subject);
    return kind != NULL ? kind->name : NULL;
}
