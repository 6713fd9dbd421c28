/* What the files that read bake's JSON share. */
#ifndef SP_CONFIG_BAKE_READING_H
#define SP_CONFIG_BAKE_READING_H

#include "base/map.h"
#include "config/bake.h"

#include <jansson.h>

/* How a message sends people to bake for what only bake can evaluate. */
#define SP_BAKE_HINT "use docker buildx bake --print | stagepolicy check --bake -"

typedef enum sp_bake__progress { SP_BAKE_UNSEEN, SP_BAKE_UNDER_WAY, SP_BAKE_DONE } sp_bake__progress;

/* A text of the file with its variables filled in. */
typedef struct sp_bake__text {
    sp_str text;
    bool is_set; /* false: null, as if not said */
    bool known;
} sp_bake__text;

/* Where a value stands: "target.app.args.VERSION"; what is not needed is "". */
typedef struct sp_bake__place {
    sp_str block, name, key, entry;
} sp_bake__place;

/* A variable, a target or a group. */
typedef struct sp_bake__block {
    sp_str name;
    json_t *body;
    sp_bake__progress progress;
    sp_bake__text value;         /* of a variable, once resolved */
    sp_declared_build build;     /* of a target, once resolved */
    bool has_platforms;          /* of a target: it says some, or that there are none */
    bool is_selected, is_linked; /* of a target */
    bool is_attribute;           /* of a variable: `body` is its value, and the environment does not change it */
} sp_bake__block;

typedef struct sp_bake__blocks {
    SP_LIST(sp_bake__block *) items; /* in the order of the file */
    const sp_map *by_name;           /* name → the position in `items`, plus one */
} sp_bake__blocks;

/* One reading. The tree is jansson's memory: sp_bake_read holds it, outside the guarded work. */
typedef struct sp_bake__reading {
    sp_arena *arena;
    const sp_bake_input *input;
    sp_bake *out;
    sp_error *error;
    json_t *root;
    sp_bake__blocks variables, targets, groups;
    size_t entries; /* merged or listed so far */
    size_t left;    /* bytes that variables may still come to */
} sp_bake__reading;

/* The tree of the text (bake_json.c), which the caller gives back. */
sp_status sp_bake__load(sp_bake__reading *reading);

/* SP_E_CONFIG: "target.app.args must be …". */
sp_status sp_bake__fail(sp_bake__reading *reading, const sp_bake__place *place, const char *message);

/* Counts what is merged or listed; refuses too much of it. */
sp_status sp_bake__charge(sp_bake__reading *reading, const sp_bake__place *place, size_t entries);

/* The block of a name, or NULL; adding one. */
sp_bake__block *sp_bake__named(const sp_bake__blocks *blocks, sp_str name);
void sp_bake__add(sp_bake__reading *reading, sp_bake__blocks *blocks, sp_bake__block block);

/* A value of a block's body, or NULL where it is null or not there. */
json_t *sp_bake__find(json_t *body, const char *key);

/* Variables and texts that use them (bake_template.c). */
sp_status sp_bake__fill(sp_bake__reading *reading, const sp_bake__place *place, json_t *value, sp_bake__text *out);

/* Resolves a target, with what it inherits (bake_target.c). */
sp_status sp_bake__resolve(sp_bake__reading *reading, const sp_bake__place *user, sp_str name, unsigned depth,
                           sp_bake__block **out);

/* A list of texts, those that are null or blank left out; null: an empty one. */
typedef SP_LIST(sp_str) sp_bake__texts;
sp_status sp_bake__list(sp_bake__reading *reading, const sp_bake__place *place, json_t *value, sp_bake__texts *out);

#endif
