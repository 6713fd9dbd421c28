/* RUN's mounts: type target? source? id? mode? sharing? required edge? at. */
#include "lua/object.h"

typedef struct mount_subject {
    sp_instruction_subject instruction;
    const sp_mount *mount;
} mount_subject;

static const sp_mount *mount_of(const void *subject)
{
    return ((const mount_subject *)subject)->mount;
}

static bool place_of_mount(lua_State *state, const void *subject, sp_span *out)
{
    (void)state;
    *out = mount_of(subject)->flag->span;
    return true;
}

static void text_of_mount(lua_State *state, const void *subject)
{
    sp_lua__push_text(state, mount_of(subject)->flag->value.text);
}

static void push_field_word(lua_State *state, const void *subject, const sp_word *word)
{
    if (word == NULL) {
        lua_pushnil(state);
        return;
    }
    sp_value value = sp_lua__expand(state, &((const mount_subject *)subject)->instruction, *word);
    sp_lua__push_word(state, word, &value);
}

/* The last field of that key, or NULL. */
static const sp_mount_field *find_field(const sp_mount *mount, const char *key)
{
    for (uint32_t i = mount->field_count; i > 0; i--)
        if (sp_str_equal(mount->fields[i - 1].key, sp_str_from(key)))
            return &mount->fields[i - 1];
    return NULL;
}

static void push_target(lua_State *state, const void *subject)
{
    push_field_word(state, subject, mount_of(subject)->target);
}

static void push_source(lua_State *state, const void *subject)
{
    push_field_word(state, subject, mount_of(subject)->source);
}

static void push_id(lua_State *state, const void *subject)
{
    const sp_mount_field *field = find_field(mount_of(subject), "id");
    push_field_word(state, subject, field != NULL ? &field->value : NULL);
}

static void push_mode(lua_State *state, const void *subject)
{
    const sp_mount_field *field = find_field(mount_of(subject), "mode");
    push_field_word(state, subject, field != NULL ? &field->value : NULL);
}

static void push_type(lua_State *state, const void *subject)
{
    const sp_word *type = mount_of(subject)->type;
    sp_lua__push_text(state, type != NULL && type->text.size != 0 ? type->text : SP_STR("bind"));
}

static void push_sharing(lua_State *state, const void *subject)
{
    const sp_mount_field *field = find_field(mount_of(subject), "sharing");
    sp_lua__push_optional(state, field != NULL ? field->value.text : SP_STR(""));
}

static void push_required(lua_State *state, const void *subject)
{
    const sp_mount_field *field = find_field(mount_of(subject), "required");
    lua_pushboolean(state,
                    field != NULL && !(field->has_value && sp_str_equal_nocase(field->value.text, SP_STR("false"))));
}

static void push_edge(lua_State *state, const void *subject)
{
    const mount_subject *is = subject;
    const sp_graph *graph = sp_lua__graph(state);
    const sp_graph_instruction *one = &graph->instructions[is->instruction.id];
    sp_vm_charge(state, one->edge_count / 4);
    for (uint32_t i = 0; !is->instruction.onbuild && i < one->edge_count; i++)
        if (graph->edges[one->first_edge + i].mount == is->mount) {
            sp_lua__push_edge(state, one->first_edge + i);
            return;
        }
    lua_pushnil(state);
}

static const sp_field fields[] = {
    {"type", "string", "\"bind\", \"cache\", \"tmpfs\", \"secret\" or \"ssh\"", .push = push_type},
    {"target", "value?", "where it is mounted", .push = push_target},
    {"source", "value?", "the path in what it is mounted from", .push = push_source},
    {"id", "value?", "of a cache, secret or ssh mount", .push = push_id},
    {"mode", "value?", "the permissions, as written", .push = push_mode},
    {"sharing", "string?", "of a cache: \"shared\", \"private\" or \"locked\"", .push = push_sharing},
    {"required", "boolean", "true when the build fails without it", .push = push_required},
    {"edge", "edge?", "the edge of its from", .push = push_edge},
    {"at", "place", "the flag", .push = sp_lua__field_at},
};

const sp_kind sp_kind_mount = {
    .name = "mount", .says = "A --mount of RUN", SP_FIELDS_OF(fields), .place = place_of_mount, .text = text_of_mount};

void sp_lua__run_mounts(lua_State *state, const void *subject)
{
    const sp_instruction *instruction = ((const sp_instruction_subject *)subject)->instruction;
    sp_lua__push_list(state, instruction->as.run.mount_count);
    for (uint32_t i = 0; i < instruction->as.run.mount_count; i++) {
        mount_subject mount = {*(const sp_instruction_subject *)subject, &instruction->as.run.mounts[i]};
        sp_lua__push_once(state, mount.mount, &sp_kind_mount, &mount, sizeof mount);
        sp_lua__append(state, i + 1);
    }
}
