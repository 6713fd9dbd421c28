/* report { when= unless= at= message= evidence= stage= severity= fix= }: what a policy found, checked and copied into
   the results. */
#include "lua/report.h"

#include "lua/api.h"
#include "lua/lib.h"

static const sp_api_row report_rows[] = {
    {"when", "(answer|boolean)?", "yes: a finding; no: nothing; unknown: an undecided finding, which has no fix"},
    {"unless", "(answer|boolean)?", "the reverse; with neither there is always a finding"},
    {"at", "any", "an object or a place; may be left out with an answer, which brings its own"},
    {"message", "string", "one sentence"},
    {"evidence", "{at: any, message: string}[]?", "steps beside those of the answer"},
    {"stage", "stage?", "the stage it is about, where the place does not say"},
    {"severity", "('error'|'warning'|'info')?", "only to lower the policy's own"},
    {"fix", "table?",
     "{ title = \"…\", { replace = place, with = \"text\" }, { insert = \"text\", after = place }, { delete = place } "
     "}; insert takes before or after"},
    {NULL, NULL, NULL},
};

const sp_api_table sp_api_report = {
    "A report", "report { … } says what was found; the same (policy, place, message) twice is one finding",
    report_rows};

enum { MOST_NAMES = sizeof report_rows / sizeof *report_rows };

static const sp_str step_keys[] = {NAME("at"), NAME("message"), NAME("source")};

/* Raises for the first key, in byte order, of the table at `table` that is not allowed. Integers pass. */
void sp_lua__check_keys(lua_State *state, int table, const char *what, const sp_str *allowed, size_t count)
{
    sp_str first = {NULL, 0};
    lua_pushnil(state);
    while (lua_next(state, table) != 0) {
        lua_pop(state, 1);
        sp_vm_charge(state, 1);
        if (lua_type(state, -1) != LUA_TSTRING)
            continue;
        sp_str key;
        key.text = lua_tolstring(state, -1, &key.size);
        size_t at = 0;
        while (at < count && !sp_str_equal(key, allowed[at]))
            at++;
        if (at == count && (first.text == NULL || sp_str_compare(key, first) < 0))
            first = key;
    }
    if (first.text == NULL)
        return;
    first = sp_str_head(first, 64);
    sp_str meant = sp_lua__suggest(state, first, allowed, count);
    if (meant.size != 0)
        sp_vm_invalid(state, "%s has no '%.*s'; did you mean '%.*s'?", what, SP_STR_ARG(first), SP_STR_ARG(meant));
    sp_vm_invalid(state, "%s has no '%.*s'", what, SP_STR_ARG(first));
}

/* A text that says something: the field on top, which is `what`. */
sp_str sp_lua__check_text(lua_State *state, const char *what)
{
    sp_str text;
    if (lua_type(state, -1) != LUA_TSTRING)
        sp_vm_invalid(state, "%s must be a text, got %s", what,
                      lua_isnil(state, -1) ? "nothing" : sp_lua__typename(state, -1));
    text.text = lua_tolstring(state, -1, &text.size);
    if (sp_str_trim(text).size == 0)
        sp_vm_invalid(state, "%s is empty", what);
    return text;
}

/* Reads `when` or `unless`: an answer or a boolean, or nothing. */
static bool read_condition(lua_State *state, const char *name, sp_report *out)
{
    if (lua_getfield(state, 1, name) == LUA_TNIL)
        return false;
    const sp_answer_subject *answer = sp_lua__test(state, lua_gettop(state), &sp_kind_answer);
    if (answer != NULL) {
        out->answer = &answer->answer;
        out->answer_build = sp_lua__build_at(state, lua_gettop(state));
        out->truth = sp_answer_truth(out->answer);
    } else if (lua_isboolean(state, -1)) {
        out->truth = lua_toboolean(state, -1) ? SP_YES : SP_NO;
    } else {
        sp_vm_invalid(state, "'%s' must be an answer or a boolean, got a %s", name, sp_lua__typename(state, -1));
    }
    return true;
}

static void read_conditions(lua_State *state, sp_report *out)
{
    out->truth = SP_YES;
    bool when = read_condition(state, "when", out);
    bool unless = read_condition(state, "unless", out);
    if (when && unless)
        sp_vm_invalid(state, "a report has 'when' or 'unless', not both");
    if (unless && out->truth != SP_MAYBE)
        out->truth = out->truth == SP_YES ? SP_NO : SP_YES;
}

/* Reads the place on top; `what` names it. */
sp_span sp_lua__check_place(lua_State *state, const char *what)
{
    sp_span span = {0, 0};
    const void *subject;
    if (sp_lua__place(state, lua_gettop(state), &span))
        return span;
    if (sp_lua__kind(state, lua_gettop(state), &subject) == NULL)
        sp_vm_invalid(state, "%s must be an object or a place, got a %s", what, sp_lua__typename(state, -1));
    sp_vm_invalid(state, "%s is a %s that stands nowhere in this file; give the place", what,
                  sp_lua__typename(state, -1));
}

static void read_place(lua_State *state, sp_report *out)
{
    out->build = out->answer_build;
    if (lua_getfield(state, 1, "at") != LUA_TNIL) {
        out->at = sp_lua__check_place(state, "'at'");
        out->build = sp_lua__build_at(state, lua_gettop(state));
    } else if (out->answer == NULL) {
        sp_vm_invalid(state, "a report without an answer needs 'at'");
    } else if (!sp_lua__answer_place(out->answer, &out->at) && out->stage != NULL) {
        out->at = out->stage->end.at;
        out->build = out->stage_build;
    }
}

static void read_stage(lua_State *state, sp_report *out)
{
    if (lua_getfield(state, 1, "stage") == LUA_TNIL)
        return;
    out->stage = sp_lua__test(state, lua_gettop(state), &sp_kind_stage);
    if (out->stage == NULL)
        sp_vm_invalid(state, "'stage' must be a stage, got a %s", sp_lua__typename(state, -1));
    out->stage_build = sp_lua__build_at(state, lua_gettop(state));
}

static void read_severity(lua_State *state, sp_report *out)
{
    out->severity = sp_vm_of(state)->judgement->policy->severity;
    if (lua_getfield(state, 1, "severity") == LUA_TNIL)
        return;
    sp_str name = sp_lua__check_text(state, "'severity'");
    int severity = sp_severity_from_name(name);
    if (severity < SP_SEVERITY_INFO || severity > SP_SEVERITY_ERROR)
        sp_vm_invalid(state, "'severity' must be 'error', 'warning' or 'info', not '%.*s'",
                      SP_STR_ARG(sp_str_head(name, 64)));
    if ((sp_severity)severity < out->severity)
        out->severity = (sp_severity)severity;
}

/* Reads item `index` of the evidence, on top: a step of an answer, or a table with message and at. */
static sp_report_step read_step(lua_State *state, int index)
{
    sp_report_step step = {.placed = false};
    const sp_step *made = sp_lua__test(state, index, &sp_kind_step);
    if (made != NULL)
        return (sp_report_step){made->message, made->placed, made->span, sp_lua__build_at(state, index), made->source};
    if (!lua_istable(state, index) || sp_lua_object_kind(state, index) != NULL)
        sp_vm_invalid(state, "an item of 'evidence' must be { at = …, message = … }, got a %s",
                      sp_lua__typename(state, index));
    sp_lua__check_keys(state, index, "an item of 'evidence'", step_keys, sizeof step_keys / sizeof *step_keys);
    lua_getfield(state, index, "message");
    step.message = sp_lua__check_text(state, "the message of an item of 'evidence'");
    step.placed = lua_getfield(state, index, "at") != LUA_TNIL;
    if (step.placed) {
        step.span = sp_lua__check_place(state, "'at' of an item of 'evidence'");
        step.build = sp_lua__build_at(state, lua_gettop(state));
    }
    return step;
}

static void read_evidence(lua_State *state, sp_report *out)
{
    if (lua_getfield(state, 1, "evidence") == LUA_TNIL)
        return;
    int list = lua_gettop(state);
    const void *subject;
    const sp_kind *kind = sp_lua__kind(state, list, &subject);
    if (!lua_istable(state, list) || (kind != NULL && !sp_lua__is_list(kind)))
        sp_vm_invalid(state, "'evidence' must be a list, got a %s", sp_lua__typename(state, list));
    sp_lua__check_keys(state, list, "'evidence'", NULL, 0);
    lua_Integer count = (lua_Integer)lua_rawlen(state, list);
    for (lua_Integer i = 1; i <= count; i++) {
        sp_vm_charge(state, 10);
        lua_rawgeti(state, list, i);
        *sp_list_add(out->arena, &out->evidence) = read_step(state, list + 1);
        lua_settop(state, list);
    }
}

/* Upvalue: what the findings of this judgement share. */
static int report(lua_State *state)
{
    sp_report_shared *shared = lua_touserdata(state, lua_upvalueindex(1));
    if (lua_gettop(state) != 1 || !lua_istable(state, 1) || sp_lua_object_kind(state, 1) != NULL)
        sp_vm_invalid(state, "report takes one table: report { at = …, message = … }");
    sp_report out = {.arena = sp_lua__arena(state)};
    sp_str names[MOST_NAMES];
    sp_lua__check_keys(state, 1, "a report", names, sp_api_names(&sp_api_report, names, MOST_NAMES));
    luaL_checkstack(state, 40, "too many values");
    lua_getfield(state, 1, "message");
    out.message = sp_lua__check_text(state, "'message'");
    read_conditions(state, &out);
    read_stage(state, &out);
    read_place(state, &out);
    read_severity(state, &out);
    read_evidence(state, &out);
    sp_lua__check_fix(state);
    sp_vm_charge(state, 200);
    if (out.truth != SP_NO)
        sp_lua__add_finding(state, shared, &out);
    sp_vm_bill_facts(state);
    return 0;
}

void sp_lua_push_report(lua_State *state)
{
    bool host = sp_vm_enter_host(state);
    sp_report_shared shared = {.policy = {NULL, 0}};
    memcpy(lua_newuserdatauv(state, sizeof shared, 0), &shared, sizeof shared);
    lua_pushcclosure(state, report, 1);
    sp_vm_leave_host(state, host);
}
