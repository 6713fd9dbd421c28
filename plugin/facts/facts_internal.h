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

/** The first command after some instructions of a stage that cleans a cache. */
typedef struct sp_late_cleaner {
    const sp_stage *stage;     /* NULL: nobody looked */
    uint32_t from, found;      /* the instructions that were looked at, the last of which it stands in */
    const sp_command *command; /* NULL: there is none */
} sp_late_cleaner;

struct sp_facts_contents;
struct sp_holdings;

struct sp_facts {
    const sp_graph *graph;
    sp_arena *arena;
    const sp_known_images *known;          /* beside the catalogue (evidence.c) */
    const sp_facts_place *places;          /* by stage (facts.c) */
    const sp_script **scripts;             /* by instruction, NULL until asked (script.c) */
    sp_facts_operation_list *operations;   /* by instruction (operations.c) */
    const sp_map **groups;                 /* by stage: apk's virtual packages (operations.c) */
    sp_facts_left_list *left_behind;       /* by stage (left_behind.c) */
    struct sp_facts_contents *contents;    /* by stage (contents.c) */
    uint32_t contents_made;                /* the first so many stages have theirs */
    const struct sp_holdings *holdings[2]; /* by sp_ecosystem (ecosystem_holding.c) */
    sp_late_cleaner *late_cleaners;        /* by row of cache.def (cache_left.c) */
    const sp_map *installs;                /* globs that were asked for → of each stage what matches (installs.c) */
    const sp_map *depends_on;              /* the same → of each stage the edge that leads there (depends_on.c) */
};

/** What a list of globs is kept under in such a map. */
sp_str sp_facts__globs_key(sp_facts *facts, const sp_str *globs, size_t count);

/** The stage below, or SP_NONE for a root. */
uint32_t sp_facts__below(const sp_facts *facts, uint32_t stage);

/** "stage 'build'", or "stage 2" for one without a name. */
sp_str sp_facts__stage_text(const sp_facts *facts, uint32_t stage);

/** The word after FROM. */
sp_span sp_facts__from_span(const sp_facts *facts, uint32_t stage);

/** Steps from a stage down to one below it, "stage 'final' is built FROM stage 'build'", a long middle told in one. */
void sp_facts__add_chain(sp_facts *facts, sp_steps *steps, uint32_t stage, uint32_t below);

/** The sources of a copy, add or mount for a message: the first few, and how many more. */
sp_str sp_facts__sources_text(sp_facts *facts, const sp_edge *edge);

/** What a message calls the image of an edge: as far as it is known, else as it is written. */
sp_str sp_facts__image_text(const sp_edge *edge);

/** The rows that the image of an edge may be: the one row when that is known; all rows of its repository when a digest
    or a tag that only the build knows does not tell which, and then only some of them fit; none when it is not in the
    catalogue. */
const sp_image_row *sp_facts__image_rows(sp_facts *facts, const sp_edge *edge, size_t *count);

/** Whether the image of an edge may be that one of several rows: by what is known of its tag. Images of Windows are
    taken not to be meant. */
bool sp_facts__row_fits(sp_facts *facts, const sp_edge *edge, const sp_image_row *rows, size_t index);

/** Whether the base is one of a few stages, and only the build knows which. More than a few are no better than unknown:
    one for each platform is what people write. */
static inline bool sp_facts__has_candidates(const sp_edge *base)
{
    return base->candidate_count > 0 && base->candidate_count <= 16;
}

/** The step "stage 'build' is built FROM golang:1.22" of a root. */
void sp_facts__add_image(sp_facts *facts, sp_steps *steps, uint32_t root);

/** "catalogue: …": the source of a step that rests on a row. */
sp_str sp_facts__source(sp_facts *facts, const sp_image_row *row);

/** A table of `count` zeroed entries, made on first use. */
#define SP_FACTS_TABLE(facts, table, count)                                                                            \
    ((facts)->table != NULL                                                                                            \
         ? (facts)->table                                                                                              \
         : ((facts)->table = sp_arena_zeroed((facts)->arena, ((size_t)(count) + 1) * sizeof *(facts)->table)))

#endif
