/* diagnostic: id message fatal at. */
#include "lua/object.h"

static void add_diagnostics(lua_State *state, const sp_diagnostics *diagnostics, uint32_t before)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        const sp_diagnostic *one = &diagnostics->items[i];
        sp_lua__push(state, &sp_kind_diagnostic, one, sizeof *one);
        sp_lua__set_text(state, "id", sp_diagnostic_name(one->id));
        sp_lua__set_text(state, "message", one->message);
        sp_lua__set_boolean(state, "fatal", one->fatal);
        sp_lua__append(state, before + i + 1);
    }
}

static bool place_of_diagnostic(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = ((const sp_diagnostic *)subject)->span;
    return true;
}

static void text_of_diagnostic(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, ((const sp_diagnostic *)subject)->message);
}

static const sp_field diagnostic_fields[] = {
    {"id", "string", "its name: \"duplicate-stage-name\"", .push = NULL},
    {"message", "string", "what is wrong, one sentence", .push = NULL},
    {"fatal", "boolean", "true when BuildKit refuses the Dockerfile for it", .push = NULL},
    {"at", "place", "where it is", .push = sp_lua__field_at},
};

const sp_kind sp_kind_diagnostic = {.name = "diagnostic",
                                    .says = "What is wrong with a Dockerfile, or could not be read",
                                    SP_FIELDS_OF(diagnostic_fields),
                                    .place = place_of_diagnostic,
                                    .text = text_of_diagnostic};

void sp_lua__build_diagnostics(lua_State *state, const void *subject)
{
    (void)subject;
    const sp_graph *graph = sp_lua__graph(state);
    sp_vm_charge(state, graph->document->diagnostics.count + graph->diagnostics.count);
    sp_lua__push_list(state, graph->document->diagnostics.count + graph->diagnostics.count);
    add_diagnostics(state, &graph->document->diagnostics, 0);
    add_diagnostics(state, &graph->diagnostics, graph->document->diagnostics.count);
}
