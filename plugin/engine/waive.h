/* Waivers of a run: those of the configuration, and the annotations of its Dockerfiles. */
#ifndef SP_ENGINE_WAIVE_H
#define SP_ENGINE_WAIVE_H

#include "engine/engine.h"
#include "graph/graph.h"
#include "result/annotation.h"
#include "result/results.h"

/** What is waived of one policy, or of those that a glob names. */
typedef struct sp_waiver {
    sp_annotation_origin origin;    /* of an annotation */
    const sp_config_waiver *agreed; /* NULL: it is an annotation */
    sp_str policy;                  /* id, glob or alias */
    sp_str path;                    /* of the file it stands in */
    sp_span over;                   /* annotations: places that are covered */
    sp_str stage;                   /* … and what is about this stage but stands outside it; "" for none */
    sp_span inside;                 /* … where that stage is */
    sp_result_waiver told;          /* what reports say */
    sp_str problem;                 /* of a malformed one */
    sp_str exact;                   /* digest of its text, for fingerprints */
    bool refused, expired, met;     /* met: something was found that it is about */
} sp_waiver;

typedef struct sp_waivers {
    SP_LIST(sp_waiver) list; /* of annotations, file by file, in the results' arena */
    const sp_map *files;     /* path → its range of the list */
} sp_waivers;

/** Adds the annotations of a file, once, whatever builds it has. `path` must live as long as the results. */
void sp_waivers_collect(sp_waivers *waivers, struct sp_results *results, sp_str path, const sp_graph *graph);

/** Marks the findings that are waived on the day `today` ("2026-11-25"; "" when it is not known: nothing ends then),
    and adds what is found of the waivers themselves. To be called before sp_results_finish. */
void sp_waivers_apply(sp_waivers *waivers, const sp_engine *engine, struct sp_results *results, sp_str today);

#endif
