/* YAML → a small tree with places, through libyaml. The only file, beside its .c, that knows libyaml. */
#ifndef SP_CONFIG_YAML_H
#define SP_CONFIG_YAML_H

#include "base/error.h"
#include "base/list.h"

typedef enum sp_yaml_kind { SP_YAML_SCALAR, SP_YAML_SEQUENCE, SP_YAML_MAPPING } sp_yaml_kind;

/** What compose's tags `!reset` and `!override` say of what earlier files have at the same place. */
typedef enum sp_yaml_mark { SP_YAML_UNMARKED, SP_YAML_RESET, SP_YAML_OVERRIDE } sp_yaml_mark;

/** One value. Aliases are shared, never copied, so an "anchor bomb" costs nothing. */
typedef struct sp_yaml {
    sp_yaml_kind kind;
    sp_str scalar;                         /* of a scalar; NUL follows */
    bool quoted;                           /* a quoted or block scalar: never a boolean, number or null */
    SP_LIST(const struct sp_yaml *) keys;  /* of a mapping, all scalars, each once */
    SP_LIST(const struct sp_yaml *) items; /* of a mapping (beside its key) or a sequence */
    sp_yaml_mark mark;                     /* only of compose files */
    uint32_t line, column;                 /* from 1 */
    unsigned height; /* levels from here down to the deepest scalar, aliases followed; 1 for a scalar */
} sp_yaml;

typedef SP_LIST(const sp_yaml *) sp_yaml_documents;

/** Reads one document. An empty one gives an empty mapping. SP_E_CONFIG with a place for anything that is not YAML, has
    a key twice, a key that is not a scalar, more than one document, or exceeds a limit. Needs a recovery point. */
sp_status sp_yaml_read(sp_arena *arena, sp_str path, sp_str text, const sp_yaml **out, sp_error *error);

/** Reads every document, as compose files are written: a key `<<` brings the keys of other mappings, whose values are
    shared; `!reset` and `!override` mark a value; a scalar with such a tag, or
    another of one's own, is a text. A text without documents gives
    none. Otherwise as sp_yaml_read. */
sp_status sp_yaml_read_all(sp_arena *arena, sp_str path, sp_str text, sp_yaml_documents *out, sp_error *error);

/** Whether a value is null: left out, `~`, or `null`. */
bool sp_yaml_is_null(const sp_yaml *value);

/** The value of a key of a mapping, or NULL (also for NULL or another kind). */
const sp_yaml *sp_yaml_find(const sp_yaml *mapping, const char *key);

/** Readers with an error at the value's place; `what` names it ("fail_on"). */
sp_status sp_yaml_boolean(const sp_yaml *value, sp_str path, const char *what, bool *out, sp_error *error);
sp_status sp_yaml_integer(const sp_yaml *value, sp_str path, const char *what, int64_t *out, sp_error *error);
sp_status sp_yaml_text(const sp_yaml *value, sp_str path, const char *what, sp_str *out, sp_error *error);

/** SP_E_CONFIG with a place at a value: "`what` must be `wanted`". */
sp_status sp_yaml_fail_kind(const sp_yaml *value, sp_str path, const char *what, const char *wanted, sp_error *error);

/** SP_E_CONFIG with a did-you-mean for the first key of `mapping` that is not in `allowed`. */
sp_status sp_yaml_check_keys(const sp_yaml *mapping, sp_str path, const sp_str *allowed, size_t count, sp_error *error);

#endif
