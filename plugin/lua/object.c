/* Kinds, identity and names: what all objects of the API have in common. */
#include "lua/object.h"

#include "base/suggest.h"
#include "lua/lib.h"

#define NAMES_MOST 96 /* of one kind, for suggestions */
#define LIST_DEPTH 3  /* of lists in lists in one text: a policy may have put a list into itself */

/* Keys of hidden slots: their addresses are the keys. */
static const char subject_key, kind_key, objects_key;

static const sp_kind *const kinds[] = {
    &sp_kind_answer,    &sp_kind_build,       &sp_kind_command,      &sp_kind_comment,   &sp_kind_diagnostic,
    &sp_kind_edge,      &sp_kind_heredoc,     &sp_kind_ignore,       &sp_kind_image,     &sp_kind_instruction,
    &sp_kind_left_behind, &sp_kind_list,      &sp_kind_mount,        &sp_kind_operation, &sp_kind_package,
    &sp_kind_pipe,      &sp_kind_place,       &sp_kind_redirect,     &sp_kind_script,    &sp_kind_set,
    &sp_kind_setting,   &sp_kind_stage,       &sp_kind_state,        &sp_kind_step,      &sp_kind_value,
    &sp_kind_variable,  &sp_kind_build_argument, &sp_kind_destination, &sp_kind_port,    &sp_kind_source,
    &sp_kind_user_value, &sp_kind_command_setting, &sp_kind_port_setting, &sp_kind_user_setting,
};

static const sp_field list_fields[] = {
    {.name = "key"},
};

const sp_kind sp_kind_list = {.name = "list", SP_FIELDS_OF(list_fields)};

static bool is_list(const sp_kind *kind)
{
    return kind == &sp_kind_list || kind->parent == &sp_kind_list;
}

sp_facts *sp_lua__facts(lua_State *state)
{
    return sp_vm_of(state)->judgement->facts;
}

const sp_graph *sp_lua__graph(lua_State *state)
{
    return sp_facts_graph(sp_lua__facts(state));
}

const sp_document *sp_lua__document(lua_State *state)
{
    return sp_lua__graph(state)->document;
}

sp_arena *sp_lua__arena(lua_State *state)
{
    return sp_lua__graph(state)->arena;
}

const sp_kind *sp_lua__kind(lua_State *state, int index, const void **subject)
{
    *subject = NULL;
    if (!lua_istable(state, index) || !lua_getmetatable(state, index))
        return NULL;
    lua_rawgetp(state, -1, &kind_key);
    const sp_kind *kind = lua_touserdata(state, -1);
    lua_pop(state, 2);
    lua_rawgetp(state, index, &subject_key);
    *subject = lua_touserdata(state, -1);
    lua_pop(state, 1);
    return kind;
}

const void *sp_lua__test(lua_State *state, int index, const sp_kind *wanted)
{
    const void *subject;
    for (const sp_kind *kind = sp_lua__kind(state, index, &subject); kind != NULL; kind = kind->parent)
        if (kind == wanted)
            return subject;
    return NULL;
}

const void *sp_lua__check(lua_State *state, int index, const sp_kind *kind)
{
    const void *subject = sp_lua__test(state, index, kind);
    if (subject == NULL)
        luaL_typeerror(state, index, kind->name);
    return subject;
}

/* Sets the metatable of a kind on the table on top. */
static void set_kind(lua_State *state, const sp_kind *kind)
{
    lua_rawgetp(state, LUA_REGISTRYINDEX, kind);
    lua_setmetatable(state, -2);
}

void sp_lua__push(lua_State *state, const sp_kind *kind, const void *subject, size_t size)
{
    luaL_checkstack(state, 8, "too many nested objects");
    lua_createtable(state, 0, 4);
    memcpy(lua_newuserdatauv(state, size, 0), subject, size);
    lua_rawsetp(state, -2, &subject_key);
    set_kind(state, kind);
}

bool sp_lua__find(lua_State *state, const void *identity)
{
    luaL_checkstack(state, 8, "too many nested objects");
    lua_rawgetp(state, LUA_REGISTRYINDEX, &objects_key);
    bool found = lua_rawgetp(state, -1, identity) != LUA_TNIL;
    if (!found)
        lua_pop(state, 1);
    lua_remove(state, found ? -2 : -1);
    return found;
}

void sp_lua__keep(lua_State *state, const void *identity)
{
    lua_rawgetp(state, LUA_REGISTRYINDEX, &objects_key);
    lua_pushvalue(state, -2);
    lua_rawsetp(state, -2, identity);
    lua_pop(state, 1);
}

void sp_lua__push_once(lua_State *state, const void *identity, const sp_kind *kind, const void *subject, size_t size)
{
    if (sp_lua__find(state, identity))
        return;
    sp_lua__push(state, kind, subject, size);
    sp_lua__keep(state, identity);
}

void sp_lua__push_list(lua_State *state, uint32_t count)
{
    luaL_checkstack(state, 8, "too many nested objects");
    lua_createtable(state, count < INT32_MAX ? (int)count : INT32_MAX, 0);
    set_kind(state, &sp_kind_list);
}

void sp_lua__push_list_of(lua_State *state, const sp_kind *kind, uint32_t count, const void *subject, size_t size)
{
    luaL_checkstack(state, 8, "too many nested objects");
    lua_createtable(state, count < INT32_MAX ? (int)count : INT32_MAX, 2);
    memcpy(lua_newuserdatauv(state, size, 0), subject, size);
    lua_rawsetp(state, -2, &subject_key);
    set_kind(state, kind);
}

void sp_lua__set_text(lua_State *state, const char *name, sp_str text)
{
    sp_lua__push_text(state, text);
    lua_setfield(state, -2, name);
}

void sp_lua__push_optional(lua_State *state, sp_str text)
{
    if (text.size == 0)
        lua_pushnil(state);
    else
        sp_lua__push_text(state, text);
}

void sp_lua__set_optional(lua_State *state, const char *name, sp_str text)
{
    if (text.size != 0)
        sp_lua__set_text(state, name, text);
}

void sp_lua__set_boolean(lua_State *state, const char *name, bool flag)
{
    lua_pushboolean(state, flag);
    lua_setfield(state, -2, name);
}

bool sp_lua__place(lua_State *state, int index, sp_span *out)
{
    const void *subject;
    for (const sp_kind *kind = sp_lua__kind(state, index, &subject); kind != NULL; kind = kind->parent)
        if (kind->place != NULL)
            return kind->place(state, subject, out);
    return false;
}

void sp_lua__field_at(lua_State *state, const void *subject)
{
    (void)subject;
    sp_span span;
    if (sp_lua__place(state, 1, &span))
        sp_lua__push_place(state, span);
    else
        lua_pushnil(state);
}

sp_method sp_lua__begin(lua_State *state)
{
    return (sp_method){sp_vm_enter_host(state)};
}

int sp_lua__end(lua_State *state, sp_method method, size_t work)
{
    sp_vm_leave_host(state, method.host);
    sp_vm_bill_facts(state);
    sp_vm_charge(state, 200 + (uint64_t)work);
    return 1;
}

/* Raises "stage has no 'shiped'; did you mean 'shipped'?". */
static int raise_no_such_name(lua_State *state, const sp_kind *kind)
{
    if (lua_type(state, 2) != LUA_TSTRING)
        return luaL_error(state, "%s has no field that is a %s", kind->name, luaL_typename(state, 2));
    sp_str names[NAMES_MOST];
    size_t count = 0;
    for (const sp_kind *at = kind; at != NULL; at = at->parent)
        for (size_t i = 0; i < at->field_count && count < NAMES_MOST; i++)
            names[count++] = sp_str_from(at->fields[i].name);
    sp_str name;
    name.text = lua_tolstring(state, 2, &name.size);
    sp_str meant = sp_suggest(sp_str_head(name, 64), names, count);
    lua_pushlstring(state, name.text, sp_str_head(name, 64).size);
    if (meant.size == 0)
        return luaL_error(state, "%s has no '%s'", kind->name, lua_tostring(state, -1));
    return luaL_error(state, "%s has no '%s'; did you mean '%s'?", kind->name, lua_tostring(state, -1), meant.text);
}

/* Lets a field push its value, and keeps it in the object. */
static int push_field(lua_State *state, const sp_field *field)
{
    lua_rawgetp(state, 1, &subject_key);
    const void *subject = lua_touserdata(state, -1);
    lua_pop(state, 1);
    bool host = sp_vm_enter_host(state);
    field->push(state, subject);
    if (!lua_isnil(state, -1)) {
        lua_pushvalue(state, 2);
        lua_pushvalue(state, -2);
        lua_rawset(state, 1);
    }
    sp_vm_leave_host(state, host);
    sp_vm_bill_facts(state);
    sp_vm_charge(state, 10);
    return 1;
}

/* Whether the object at index 1 is of a variant that lacks the field: RUN has no sources. */
static bool is_of_another_variant(lua_State *state, const sp_kind *kind, const sp_field *field)
{
    if (field->variants == 0 || kind->variant == NULL)
        return false;
    lua_rawgetp(state, 1, &subject_key);
    const void *subject = lua_touserdata(state, -1);
    lua_pop(state, 1);
    return (field->variants & kind->variant(subject)) == 0;
}

/* __index of a kind. Upvalues: the kind, and its fields by name. */
static int index_object(lua_State *state)
{
    const sp_kind *kind = lua_touserdata(state, lua_upvalueindex(1));
    lua_pushvalue(state, 2);
    lua_rawget(state, lua_upvalueindex(2));
    const sp_field *field = lua_touserdata(state, -1);
    lua_settop(state, 2);
    if (field == NULL) {
        if (is_list(kind) && lua_type(state, 2) == LUA_TNUMBER)
            return 0;
        return raise_no_such_name(state, kind);
    }
    if (field->method != NULL) {
        lua_pushcfunction(state, field->method);
        return 1;
    }
    if (field->push == NULL || is_of_another_variant(state, kind, field))
        return 0;
    return push_field(state, field);
}

/* Light userdata are not const in Lua's interface; nothing writes through them. */
static void push_light(lua_State *state, const void *pointer)
{
    union {
        const void *constant;
        void *plain;
    } both = {pointer};
    lua_pushlightuserdata(state, both.plain);
}

/* Pushes a table: name → field, the parents' fields included. */
static void push_names(lua_State *state, const sp_kind *kind)
{
    lua_newtable(state);
    for (const sp_kind *at = kind; at != NULL; at = at->parent)
        for (size_t i = 0; i < at->field_count; i++) {
            if (lua_getfield(state, -1, at->fields[i].name) == LUA_TNIL) {
                push_light(state, &at->fields[i]);
                lua_setfield(state, -3, at->fields[i].name);
            }
            lua_pop(state, 1);
        }
}

/* Makes the metatable of a kind and keeps it in the registry, under the kind's address. */
static void open_kind(lua_State *state, const sp_kind *kind)
{
    lua_createtable(state, 0, 4);
    push_light(state, kind);
    push_names(state, kind);
    lua_pushcclosure(state, index_object, 2);
    lua_setfield(state, -2, "__index");
    lua_pushstring(state, kind->name);
    lua_setfield(state, -2, "__name");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    push_light(state, kind);
    lua_rawsetp(state, -2, &kind_key);
    lua_rawsetp(state, LUA_REGISTRYINDEX, kind);
}

void sp_lua_open_objects(lua_State *state)
{
    lua_newtable(state);
    lua_rawsetp(state, LUA_REGISTRYINDEX, &objects_key);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        open_kind(state, kinds[i]);
    sp_lua__open_lists(state);
}

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
    if (is_list(kind)) {
        if (depth == 0)
            lua_pushstring(state, "…");
        else
            push_list_text(state, index, depth - 1);
        return true;
    }
    while (kind->text == NULL && kind->parent != NULL)
        kind = kind->parent;
    if (kind->text != NULL)
        kind->text(state, subject);
    else
        lua_pushstring(state, kind->name);
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
