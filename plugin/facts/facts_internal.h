/* What the answers of one graph share: tables filled on first use. Each file of this folder fills its own. */
#ifndef SP_FACTS_FACTS_INTERNAL_H
#define SP_FACTS_FACTS_INTERNAL_H

#include "facts/facts.h"

/** The operations of one instruction; `made` once they were looked for. */
typedef struct sp_facts_operation_list {
    const sp_operation *items;
    uint32_t count;
    bool made;
} sp_facts_operation_list;

/** What one stage leaves behind; `made` once it was looked for. */
typedef struct sp_facts_left_list {
    const sp_left_behind *items;
    uint32_t count;
    bool made;
} sp_facts_left_list;

/** Where a stage stands in its chain. */
typedef struct sp_facts_place {
    uint32_t root;           /* stage at the end of its chain */
    uint32_t depth;          /* stages between: 0 for a root */
    const sp_image_row *row; /* of a root alone: its image's */
} sp_facts_place;

struct sp_facts_contents;
struct sp_facts_memo;

struct sp_facts {
    const sp_graph *graph;
    sp_arena *arena;
    const sp_facts_place *places;              /* by stage (facts.c) */
    const sp_script **scripts;                 /* by instruction, NULL until asked (operations.c) */
    sp_facts_operation_list *operations;       /* by instruction (operations.c) */
    sp_facts_left_list *left_behind;           /* by stage (left_behind.c) */
    struct sp_facts_contents *contents;        /* by stage (contains.c) */
    uint32_t contents_made;                    /* the first so many stages have theirs */
    const sp_value **workdirs;                 /* by instruction (setting.c) */
    const struct sp_facts_memo *installs, *depends_on; /* by the globs that were asked for */
};

/** The stage below, or SP_NONE for a root. */
uint32_t sp_facts__below(const sp_facts *facts, uint32_t stage);

/** "stage 'build'", or "stage 2" for one without a name. */
sp_str sp_facts__stage_text(const sp_facts *facts, uint32_t stage);

/** The word after FROM. */
sp_span sp_facts__from_span(const sp_facts *facts, uint32_t stage);

/** Steps from a stage down to one below it, "stage 'final' is built FROM stage 'build'", a long middle told in one. */
void sp_facts__add_chain(sp_facts *facts, sp_steps *steps, uint32_t stage, uint32_t below);

/** A table of `count` zeroed entries, made on first use. */
#define SP_FACTS_TABLE(facts, table, count)                                                                            \
    ((facts)->table != NULL                                                                                            \
         ? (facts)->table                                                                                              \
         : ((facts)->table = sp_arena_zeroed((facts)->arena, ((size_t)(count) + 1) * sizeof *(facts)->table)))

#endif
