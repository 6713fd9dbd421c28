/* Making objects, finding their subjects, and the one object of each thing. */
#include "lua/object.h"

/* Keys of hidden slots: their addresses are the keys. */
static const char subject_key, kind_key, objects_key;

static const sp_field list_fields[] = {
    {"key", "string|number|boolean|table", "of a list that group made: what its items have in common", .push = NULL},
};

const sp_kind sp_kind_list = {
    .name = "list",
    .says = "A sequence in source order, for #, [i], ipairs and each; an empty one is {}, never nil",
    SP_FIELDS_OF(list_fields)};

bool sp_lua__is_list(const sp_kind *kind)
{
    return kind == &sp_kind_list || kind->parent == &sp_kind_list;
}

/* What a subject's block begins with. */
typedef struct block {
    uint64_t build;
    unsigned char subject[];
} block;

static uint32_t build_of(const void *subject)
{
    const unsigned char *bytes = subject;
    return (uint32_t)((const block *)(const void *)(bytes - offsetof(block, subject)))->build;
}

uint32_t sp_lua__enter(lua_State *state, const void *subject)
{
    sp_vm *vm = sp_vm_of(state);
    uint32_t before = vm->build;
    if (subject != NULL)
        vm->build = build_of(subject);
    return before;
}

uint32_t sp_lua__build_at(lua_State *state, int index)
{
    const void *subject;
    sp_lua__kind(state, index, &subject);
    return subject != NULL ? build_of(subject) : sp_vm_of(state)->build;
}

const sp_judged_build *sp_lua__build(lua_State *state)
{
    sp_vm *vm = sp_vm_of(state);
    return &vm->judgement->builds[vm->build < vm->judgement->build_count ? vm->build : 0];
}

sp_str sp_lua__path(lua_State *state, uint32_t build)
{
    const sp_judgement *judgement = sp_vm_of(state)->judgement;
    return build < judgement->build_count ? judgement->builds[build].path : judgement->place;
}

sp_facts *sp_lua__facts(lua_State *state)
{
    return sp_lua__build(state)->facts;
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
    const block *held = lua_touserdata(state, -1);
    *subject = held != NULL ? held->subject : NULL;
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
    sp_lua__enter(state, subject);
    return subject;
}

/* Light userdata are not const in Lua's interface; nothing writes through them. */
void sp_lua__push_light(lua_State *state, const void *pointer)
{
    union {
        const void *constant;
        void *plain;
    } both = {pointer};
    lua_pushlightuserdata(state, both.plain);
}

void sp_lua__keep_metatable(lua_State *state, const sp_kind *kind)
{
    sp_lua__push_light(state, kind);
    lua_rawsetp(state, -2, &kind_key);
    lua_rawsetp(state, LUA_REGISTRYINDEX, kind);
}

void sp_lua__open_identity(lua_State *state)
{
    lua_newtable(state);
    lua_rawsetp(state, LUA_REGISTRYINDEX, &objects_key);
}

/* Sets the metatable of a kind on the table on top. */
static void set_kind(lua_State *state, const sp_kind *kind)
{
    lua_rawgetp(state, LUA_REGISTRYINDEX, kind);
    lua_setmetatable(state, -2);
}

/* Gives the table on top its subject and its kind. */
static void set_subject(lua_State *state, const sp_kind *kind, const void *subject, size_t size)
{
    block *held = lua_newuserdatauv(state, sizeof *held + size, 0);
    held->build = sp_vm_of(state)->build;
    memcpy(held->subject, subject, size);
    lua_rawsetp(state, -2, &subject_key);
    set_kind(state, kind);
}

void sp_lua__push(lua_State *state, const sp_kind *kind, const void *subject, size_t size)
{
    luaL_checkstack(state, 8, "too many nested objects");
    lua_createtable(state, 0, 4);
    set_subject(state, kind, subject, size);
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
    set_subject(state, kind, subject, size);
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
    const sp_kind *kind = sp_lua__kind(state, index, &subject);
    while (kind != NULL && kind->place == NULL)
        kind = kind->parent;
    if (kind == NULL)
        return false;
    uint32_t before = sp_lua__enter(state, subject);
    bool placed = kind->place(state, subject, out);
    sp_vm_of(state)->build = before;
    return placed;
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
