/* Loading a policy: its chunk is compiled and run once, and the table it returns is checked and copied. */
#include "lua/policy.h"

#include "base/limits.h"
#include "base/suggest.h"
#include "lua/api.h"
#include "lua/failure.h"
#include "lua/lib.h"
#include "lua/options.h"
#include "lua/runtime_internal.h"
#include "result/results.h"

typedef struct sp_loading {
    sp_arena *arena;
    const sp_pack *pack;
    const sp_pack_file *file;
    sp_policy *policy;
} loading;

/* Where the policy's table is on Lua's stack while its fields are read. */
enum { TABLE = 2 };

static const sp_api_row field_rows[] = {
    {"id", "string", "PACK/NAME, by the pack's name and the policy's folder"},
    {"title", "string", "one line that says what is required"},
    {"severity", "'error'|'warning'|'info'", "of its findings; a configuration may change it"},
    {"unknown", "('error'|'warning'|'info'|'ignore')?", "of undecided findings; \"info\" when left out"},
    {"scope", "('build'|'project')?", "what check gets: a build (when left out) or the project"},
    {"enabled", "boolean?", "false: it judges only where a configuration or --policy names it"},
    {"since", "string?", "the pack's version that brought it"},
    {"tags", "(string|string[])?", "words to find it by"},
    {"aliases", "(string|string[])?", "what other tools call it: their ignore comments and explain find it"},
    {"help", "string?",
     "Markdown: why, what to do instead, and code blocks below ### Avoid and ### Prefer, which are tests"},
    {"options", "table<string, policy_option>?", "the options by name, in lower case"},
    {"check", "fun(build: build, report: fun(finding: finding), options: table<string, any>)",
     "judges; called once a build, or once a project (then its first argument is the project)"},
    {NULL, NULL, NULL},
};

const sp_api_table sp_api_policy = {"A policy", "The table that a policy's file returns", field_rows};

enum { MOST_NAMES = sizeof field_rows / sizeof *field_rows };

void sp_lua__keep_module(lua_State *state, sp_str name)
{
    const loading *in = sp_vm_of(state)->loading;
    if (in == NULL)
        return;
    sp_policy_module module = {sp_arena_copy(in->arena, name), sp_vm_dump(state, in->arena)};
    *sp_list_add(in->arena, &in->policy->loaded) = module;
}

static int field(lua_State *state, const char *name)
{
    lua_pushstring(state, name);
    return lua_rawget(state, TABLE);
}

static sp_str copy_top(lua_State *state, loading *in)
{
    sp_str text;
    text.text = lua_tolstring(state, -1, &text.size);
    text = sp_arena_copy(in->arena, text);
    lua_pop(state, 1);
    return text;
}

/* Of several unknown names the first in order is told, so that the message is the same every time. */
static void check_names(lua_State *state)
{
    sp_str unknown = {0}, field_names[MOST_NAMES];
    size_t count = sp_api_names(&sp_api_policy, field_names, MOST_NAMES);
    for (lua_pushnil(state); lua_next(state, TABLE) != 0; lua_pop(state, 1)) {
        sp_str name = {0};
        if (lua_type(state, -2) != LUA_TSTRING)
            luaL_error(state, "the policy's table has a field without a name");
        name.text = lua_tolstring(state, -2, &name.size);
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found |= sp_str_equal(name, field_names[i]);
        if (!found && (unknown.text == NULL || sp_str_compare(name, unknown) < 0))
            unknown = name;
    }
    if (unknown.text == NULL)
        return;
    sp_str near = sp_suggest(unknown, field_names, count);
    if (near.size > 0)
        luaL_error(state, "a policy has no field '%s'; did you mean '%s'?", unknown.text, near.text);
    luaL_error(state, "a policy has no field '%s'", unknown.text);
}

static void check_id(lua_State *state, loading *in)
{
    if (field(state, "id") != LUA_TSTRING)
        luaL_error(state, "id is missing; it should be \"%s\"", in->policy->id.text);
    sp_str id = copy_top(state, in);
    if (!sp_str_equal(id, in->policy->id))
        luaL_error(state, "id is \"%s\"; by its pack and file it should be \"%s\"", id.text, in->policy->id.text);
}

static bool has_line_break(sp_str text)
{
    return sp_str_find(text, '\n') < text.size || sp_str_find(text, '\r') < text.size;
}

static void read_title(lua_State *state, loading *in)
{
    if (field(state, "title") != LUA_TSTRING)
        luaL_error(state, "title is missing; it says in one line what is required");
    in->policy->title = copy_top(state, in);
    if (sp_str_trim(in->policy->title).size == 0 || has_line_break(in->policy->title))
        luaL_error(state, "title must be one line of text");
}

/* severity = "error" | "warning" | "info"; unknown also "ignore" */
static sp_severity read_severity(lua_State *state, const char *name, sp_severity absent)
{
    int type = field(state, name);
    bool may_ignore = absent != SP_SEVERITY_OFF;
    if (type == LUA_TNIL && may_ignore) {
        lua_pop(state, 1);
        return absent;
    }
    sp_str text = {0};
    if (type == LUA_TSTRING)
        text.text = lua_tolstring(state, -1, &text.size);
    if (may_ignore && sp_str_equal(text, SP_STR("ignore"))) {
        lua_pop(state, 1);
        return SP_SEVERITY_OFF;
    }
    int severity = sp_severity_from_name(text);
    if (severity < SP_SEVERITY_INFO || severity > SP_SEVERITY_ERROR)
        luaL_error(state, "%s must be \"error\", \"warning\"%s", name,
                   may_ignore ? ", \"info\" or \"ignore\"" : " or \"info\"");
    lua_pop(state, 1);
    return (sp_severity)severity;
}

static void read_optional_text(lua_State *state, loading *in, const char *name, sp_str *out)
{
    int type = field(state, name);
    if (type != LUA_TNIL && type != LUA_TSTRING)
        luaL_error(state, "%s must be a string", name);
    if (type == LUA_TSTRING)
        *out = copy_top(state, in);
    else
        lua_pop(state, 1);
}

/* words = string of words | list of words: joined by spaces */
static void read_words(lua_State *state, loading *in, const char *name, sp_str *out)
{
    int type = field(state, name);
    if (type == LUA_TNIL || type == LUA_TSTRING) {
        lua_pop(state, 1);
        read_optional_text(state, in, name, out);
        return;
    }
    if (type != LUA_TTABLE)
        luaL_error(state, "%s must be a list of strings", name);
    SP_LIST(sp_str) words = {0};
    lua_Integer count = (lua_Integer)lua_rawlen(state, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(state, -1, i) != LUA_TSTRING)
            luaL_error(state, "%s must be a list of strings", name);
        sp_str word = copy_top(state, in);
        if (word.size == 0 || sp_str_find(word, ' ') < word.size || has_line_break(word))
            luaL_error(state, "%s must be words without blanks", name);
        if (i > 1)
            *sp_list_add(in->arena, &words) = SP_STR(" ");
        *sp_list_add(in->arena, &words) = word;
    }
    lua_pop(state, 1);
    *out = sp_arena_join(in->arena, words.items, words.count);
}

static void read_enabled(lua_State *state, loading *in)
{
    int type = field(state, "enabled");
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        luaL_error(state, "enabled must be true or false");
    in->policy->enabled = type == LUA_TNIL || lua_toboolean(state, -1);
    lua_pop(state, 1);
}

static void read_options(lua_State *state, loading *in)
{
    int type = field(state, "options");
    if (type != LUA_TNIL && type != LUA_TTABLE)
        luaL_error(state, "options must be a table of options");
    if (type == LUA_TTABLE)
        sp_options_declare(state, lua_gettop(state), in->arena, in->policy);
    lua_pop(state, 1);
}

static void read_table(lua_State *state, loading *in)
{
    sp_policy *policy = in->policy;
    check_names(state);
    check_id(state, in);
    read_title(state, in);
    policy->severity = read_severity(state, "severity", SP_SEVERITY_OFF);
    policy->unknown = read_severity(state, "unknown", SP_SEVERITY_INFO);
    read_optional_text(state, in, "help", &policy->help);
    read_optional_text(state, in, "since", &policy->since);
    read_optional_text(state, in, "scope", &policy->scope);
    if (!sp_str_equal(policy->scope, SP_STR("build")) && !sp_str_equal(policy->scope, SP_STR("project")))
        luaL_error(state, "scope must be \"build\" or \"project\"");
    read_words(state, in, "tags", &policy->tags);
    read_words(state, in, "aliases", &policy->aliases);
    read_enabled(state, in);
    read_options(state, in);
    if (field(state, "check") != LUA_TFUNCTION)
        luaL_error(state, "check is missing; it is the function that judges: check(build, report, options)");
}

/* Errors of the fields stand for the file as a whole: they get its path, and no line. */
static int read_fields(lua_State *state)
{
    read_table(state, lua_touserdata(state, 1));
    return 0;
}

static int load_chunk(lua_State *state)
{
    loading *in = lua_touserdata(state, 1);
    sp_vm_compile(state, in->file->path, in->file->text);
    in->policy->bytecode = sp_vm_dump(state, in->arena);
    lua_call(state, 0, 1);
    if (lua_type(state, TABLE) != LUA_TTABLE)
        lua_pushfstring(state, "returns a %s; a policy returns one table", luaL_typename(state, TABLE));
    lua_pushcfunction(state, read_fields);
    lua_pushvalue(state, 1);
    lua_pushvalue(state, TABLE);
    if (lua_type(state, TABLE) == LUA_TTABLE && sp_vm_pcall(state, 2, 0) == LUA_OK)
        return 0;
    lua_settop(state, 3);
    lua_pushlstring(state, in->file->path.text, in->file->path.size);
    lua_pushliteral(state, ": ");
    lua_pushvalue(state, 3);
    lua_concat(state, 3);
    return lua_error(state);
}

/* What a policy is before its table is read. */
static void begin(loading *in)
{
    sp_str id[] = {in->pack->name, SP_STR("/"), in->file->name};
    *in->policy = (sp_policy){
        .id = sp_arena_join(in->arena, id, 3),
        .title = SP_STR(""),
        .help = SP_STR(""),
        .since = SP_STR(""),
        .scope = SP_STR("build"),
        .aliases = SP_STR(""),
        .tags = SP_STR(""),
        .severity = SP_SEVERITY_ERROR,
        .unknown = SP_SEVERITY_INFO,
        .enabled = true,
        .pack = in->pack->name,
        .path = in->file->path,
        .modules = in->pack,
    };
}

static sp_status load(sp_vm *vm, void *payload)
{
    loading *in = payload;
    jmp_buf *recovery = vm->recovery;
    sp_vm_reset(vm, NULL, SP_LIMIT_POLICY_STEPS, SP_LIMIT_POLICY_MEMORY);
    vm->recovery = recovery;
    begin(in);
    vm->source = in->file->path;
    vm->modules = in->pack;
    vm->loading = in;
    bool loaded = sp_vm_run(vm, load_chunk, in);
    vm->loading = NULL;
    if (loaded)
        return SP_OK;
    sp_result_failure failure = {.policy = in->policy->id, .path = SP_STR("")};
    if (!sp_failure_read(in->arena, vm, "load", &failure))
        return SP_E_MEMORY;
    sp_result_failure *kept = sp_arena_new(in->arena, sp_result_failure);
    *kept = failure;
    in->policy->failure = kept;
    return SP_OK;
}

sp_status sp_policy_load(sp_runtime *runtime, sp_arena *arena, const sp_pack *pack, const sp_pack_file *file,
                         sp_policy *out)
{
    loading in = {.arena = arena, .pack = pack, .file = file, .policy = out};
    return sp_runtime__guard(runtime, arena, NULL, load, &in);
}
