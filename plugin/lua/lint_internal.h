/* What the files of lint share: types, and the reader. */
#ifndef SP_LUA_LINT_INTERNAL_H
#define SP_LUA_LINT_INTERNAL_H

#include "lua/lint.h"
#include "lua/object.h"
#include "lua/token.h"
#include "source/source.h"

enum {
    SP_LINT_AHEAD = 4,  /* tokens behind the last one, for looking ahead */
    SP_LINT_DEPTH = 400 /* blocks and expressions inside each other: Lua compiles 200 of each */
};

typedef enum sp_lint_base {
    SP_LINT_UNKNOWN,
    SP_LINT_OBJECT, /* of `kind` */
    SP_LINT_LIST,   /* of objects of `kind`, or of texts when that is NULL */
    SP_LINT_TEXT,
    SP_LINT_OTHER, /* a number, boolean, function */
    SP_LINT_NIL,
    SP_LINT_MAP,     /* a table by name */
    SP_LINT_OPTIONS, /* what check gets */
    SP_LINT_REPORT,  /* what check gets */
    SP_LINT_METHOD,  /* gives what `result` says */
    SP_LINT_GLOBAL,  /* the global `name` */
    SP_LINT_EACH,    /* what each and ipairs give: items like those of a list */
    SP_LINT_IPAIRS
} sp_lint_base;

/** What is known of an expression. */
typedef struct sp_lint_type {
    sp_lint_base base;
    bool maybe;   /* it may be nil, or false */
    bool nilable; /* it may be nil: an item of a table that is, leaves a hole */
    const sp_kind *kind;
    const char *result;
    sp_str name;
} sp_lint_type;

/** The type that a row of the API's tables writes: "stage?", "value[]", "'a'|'b'". */
sp_lint_type sp_lint__type_of(const char *text);

/** The type of a field of an object, and NULL's when the kind has no such name; then `meant` is the nearest one. */
bool sp_lint__field(const sp_kind *kind, sp_str name, sp_lint_type *out, sp_str *meant);

/** The type of an item of a list. */
sp_lint_type sp_lint__item(sp_lint_type list);

/** The type of an option's value. */
sp_lint_type sp_lint__option(const sp_option *option);

/** Whether an object is a kind made from another. */
bool sp_lint__is(sp_lint_type type, const sp_kind *kind);

/** Whether Lua, or the API, has a global of that name; `meant` is the nearest one otherwise. */
bool sp_lint__is_global(sp_str name, sp_str *meant);

typedef struct sp_lint_local {
    sp_str name;
    sp_lint_type type;
    uint32_t offset;
    bool used;
} sp_lint_local;

typedef SP_LIST(sp_str) sp_lint_names;

/** One reading. The file is read twice: what names are assigned is known only at its end. */
typedef struct sp_lint_reader {
    sp_arena *arena;
    const sp_policy *policy;
    sp_source source;
    sp_tokens tokens;
    uint32_t at;
    unsigned depth;
    bool telling; /* the second time */
    SP_LIST(sp_lint_local) locals;
    sp_lint_names assigned; /* locals and globals that an assignment changes */
    sp_lint_names holed;    /* tables that may have holes */
    sp_str check_name;      /* of `check = NAME` in the policy's table; "" for a function written there */
    bool check_found;
    sp_lint_remarks *out;
} sp_lint_reader;

void sp_lint__say(sp_lint_reader *in, uint32_t offset, const char *check, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static inline bool sp_lint__has(const sp_lint_names *names, sp_str name)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (sp_str_equal(names->items[i], name))
            return true;
    return false;
}

static inline const sp_token *sp_lint__now(const sp_lint_reader *in)
{
    uint32_t last = in->tokens.count - 1 - SP_LINT_AHEAD;
    return &in->tokens.items[in->at < last ? in->at : last];
}

/** Whether the next token is that name or sign; takes it if so. */
static inline bool sp_lint__take(sp_lint_reader *in, const char *text)
{
    bool found = sp_token_is(sp_lint__now(in), text);
    in->at += found;
    return found;
}

/** Whether one more block or expression may be read inside the others; else the rest of the file is left alone. Leave
    it by lowering `depth`. */
static inline bool sp_lint__enter(sp_lint_reader *in)
{
    in->depth++;
    if (in->depth > SP_LINT_DEPTH)
        in->at = in->tokens.count;
    return in->depth <= SP_LINT_DEPTH;
}

/** Reads an expression (lint_expression.c). */
sp_lint_type sp_lint__expression(sp_lint_reader *in);

/** Reads a call or the left side of an assignment; `variable` is the name when it is nothing but that. */
sp_lint_type sp_lint__suffixed(sp_lint_reader *in, sp_str *variable);

/** Says so when something that is always true is tested. */
void sp_lint__test(sp_lint_reader *in, sp_lint_type type, uint32_t offset);

/** Reads a function from its parameters on (lint.c); `check` when it is the policy's. */
void sp_lint__function(sp_lint_reader *in, bool check, bool method);

/** The local of that name, or NULL. */
sp_lint_local *sp_lint__local(sp_lint_reader *in, sp_str name);

#endif
