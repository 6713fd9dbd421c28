/* A report between being read from Lua (lib_report.c) and being a finding (finding.c). */
#ifndef SP_LUA_REPORT_H
#define SP_LUA_REPORT_H

#include "lua/object.h"

typedef struct sp_report_step {
    sp_str message;
    bool placed;
    sp_span span;
    uint32_t build; /* whose file the span is in */
    sp_str source;
} sp_report_step;

/** What a policy reported. Texts are Lua's or the document's: they are copied when it becomes a finding. */
typedef struct sp_report {
    sp_arena *arena; /* the document's, for the list below */
    sp_truth truth;
    const sp_answer *answer; /* NULL without one */
    uint32_t answer_build;   /* … and the build that it is about */
    sp_span at;
    uint32_t build; /* whose file `at` is in; SP_NONE: it is the project itself */
    sp_str message;
    const sp_stage_subject *stage; /* NULL: taken from the place */
    uint32_t stage_build;
    sp_severity severity;
    SP_LIST(sp_report_step) evidence;
} sp_report;

/** Texts in the results' arena that all findings of a judgement share; empty until the first. */
typedef struct sp_report_shared {
    sp_str policy, help, aliases, place;
} sp_report_shared;

#define NAME(literal)                                                                                                  \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

/** Raises for the first key, in byte order, of the table at `table` that is not allowed. Integers pass. */
void sp_lua__check_keys(lua_State *state, int table, const char *what, const sp_str *allowed, size_t count);

/** The text on top, which is `what` and must not be blank. */
sp_str sp_lua__check_text(lua_State *state, const char *what);

/** The place on top; `what` names it. */
sp_span sp_lua__check_place(lua_State *state, const char *what);

/** Checks the field `fix` of the report at 1. */
void sp_lua__check_fix(lua_State *state);

/** Appends a finding to the results, within the limits. */
void sp_lua__add_finding(lua_State *state, sp_report_shared *shared, const sp_report *report);

#endif
