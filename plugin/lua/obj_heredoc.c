/* heredoc: name content expands at. */
#include "lua/object.h"

static const sp_heredoc *heredoc_of(const void *subject)
{
    return *(const sp_heredoc *const *)subject;
}

static bool place_of_heredoc(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = heredoc_of(subject)->opener;
    return true;
}

static void push_name(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, heredoc_of(subject)->name);
}

static void push_content(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, heredoc_of(subject)->content);
}

static void push_expands(lua_State *state, const void *subject)
{
    lua_pushboolean(state, heredoc_of(subject)->expands);
}

static const sp_field fields[] = {
    {"name", "string", "the word that ends it", .push = push_name},
    {"content", "string", "its lines", .push = push_content},
    {"expands", "boolean", "true when variables in it are expanded: its word is not quoted", .push = push_expands},
    {"at", "place", "its opener: <<EOF", .push = sp_lua__field_at},
};

const sp_kind sp_kind_heredoc = {.name = "heredoc",
                                 .says = "A heredoc of an instruction",
                                 SP_FIELDS_OF(fields),
                                 .place = place_of_heredoc,
                                 .text = push_name};

void sp_lua__push_heredoc(lua_State *state, const sp_heredoc *heredoc)
{
    sp_lua__push_once(state, heredoc, &sp_kind_heredoc, &heredoc, sizeof heredoc);
}
