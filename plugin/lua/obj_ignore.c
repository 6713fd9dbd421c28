/* ignore: present path? at · :excludes(path). No context folder is known yet. */
#include "lua/object.h"

static bool place_of_ignore(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    (void)subject;
    *out = (sp_span){0, 0};
    return true;
}

static void push_absent(lua_State *state, const void *subject)
{
    (void)subject;
    lua_pushboolean(state, 0);
}

/* ignore:excludes(path) → answer */
static int ignore_excludes(lua_State *state)
{
    sp_lua__check(state, 1, &sp_kind_ignore);
    sp_method method = sp_lua__begin(state);
    sp_lua__check_texts(state, 2, SP_TEXT_PLAIN);
    sp_lua__push_untold(state, (sp_span){0, 0}, "what the build's folder holds");
    return sp_lua__end(state, method, 0);
}

static const sp_field ignore_fields[] = {
    {.name = "present", .push = push_absent},
    {.name = "path"},
    {.name = "at", .push = sp_lua__field_at},
    {.name = "excludes", .method = ignore_excludes},
};

const sp_kind sp_kind_ignore = {.name = "ignore", SP_FIELDS_OF(ignore_fields), .place = place_of_ignore};

void sp_lua__build_ignore(lua_State *state, const void *subject)
{
    sp_lua__push(state, &sp_kind_ignore, &subject, sizeof subject);
}
