/* A stage graph as people see it → bytes, one file a format. */
#ifndef SP_REPORT_GRAPH_FORMAT_H
#define SP_REPORT_GRAPH_FORMAT_H

#include "base/buf.h"
#include "graph/graph.h"

#include <stagepolicy/types.h>

/** Whether a compiler is in a stage. */
typedef enum sp_compiler { SP_COMPILER_NOT_ASKED, SP_COMPILER_NO, SP_COMPILER_YES, SP_COMPILER_MAYBE } sp_compiler;

/** What is known of a stage beside its graph: answers come from above this layer. */
typedef struct sp_stage_note {
    sp_compiler compiler;
    uint32_t finding_count;
    sp_severity worst; /* of the findings */
    sp_str title;      /* of the first among the worst */
} sp_stage_note;

/** What is drawn, and how. */
typedef struct sp_graph_drawing {
    const sp_graph *graph;
    const sp_diagnostic *const *diagnostics; /* of the document and the graph, in order of place */
    uint32_t diagnostic_count;
    const sp_stage_note *notes; /* one a stage */
    sp_stage_note elsewhere;    /* findings about no stage */
    uint32_t failures;          /* policies that could not judge */
    bool judged;                /* findings were asked for */
    bool needed_only;           /* stages that no target needs are left out */
    bool color;
} sp_graph_drawing;

/** A format: how it is called, and how it is written. Takes memory of the graph's arena: needs a recovery point there,
    and the buffer outside of it. The buffer's sticky failure is the only other error. */
typedef struct sp_graph_format {
    const char *name;
    void (*write)(const sp_graph_drawing *drawing, sp_buf *out);
} sp_graph_format;

/** Format `index` of the table in graph_format.c, or NULL; the format of a name, or NULL. */
const sp_graph_format *sp_graph_format_get(size_t index);
const sp_graph_format *sp_graph_format_find(sp_str name);

void sp_graph_text(const sp_graph_drawing *drawing, sp_buf *out);
void sp_graph_mermaid(const sp_graph_drawing *drawing, sp_buf *out);
void sp_graph_dot(const sp_graph_drawing *drawing, sp_buf *out);
void sp_graph_json(const sp_graph_drawing *drawing, sp_buf *out);
void sp_graph_svg(const sp_graph_drawing *drawing, sp_buf *out);

#endif
