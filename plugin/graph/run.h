/* One stage being executed, and what executing any instruction needs. */
#ifndef SP_GRAPH_RUN_H
#define SP_GRAPH_RUN_H

#include "graph/build.h"

/** One stage being executed. */
typedef struct sp_run {
    sp_builder *builder;
    uint32_t stage;
    uint32_t id; /* of the instruction at hand */
    const sp_instruction *instruction;
    const sp_state *state;
    uint32_t next_link;
    bool has_cmd; /* this stage ran a CMD: ENTRYPOINT does not reset it then */
    bool fatal;   /* the stage is needed: what BuildKit refuses here, it refuses */
} sp_run;

/** The state for the instructions after this one, to be changed; all others keep theirs. */
sp_state *sp_run__change(sp_run *run);

sp_scope sp_run__scope(const sp_run *run);

/** Expands a word of the instruction in the state before it, and says where BuildKit would refuse to. */
sp_value sp_run__expand(const sp_run *run, sp_word word);

/** Adds an edge into the stage: without a reference, or the one that the next link resolved. */
sp_edge *sp_run__add_edge(sp_run *run, sp_edge_kind kind, sp_origin origin);
sp_edge *sp_run__add_link_edge(sp_run *run, sp_edge_kind kind);

/** Whether files come by the next link. */
bool sp_run__reads_link(const sp_run *run);

/** What the instructions do: COPY and ADD; RUN; all that change settings. */
void sp_run__copy(sp_run *run);
void sp_run__mount(sp_run *run);
void sp_run__set(sp_run *run);

#endif
