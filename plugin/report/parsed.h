/* A Dockerfile as it was read → bytes, one file a format. */
#ifndef SP_REPORT_PARSED_H
#define SP_REPORT_PARSED_H

#include "base/buf.h"
#include "graph/graph.h"

/** What is written. */
typedef struct sp_parsed {
    const sp_document *document;
    const sp_graph *graph;                   /* gives words their values; NULL: they are written as they stand */
    const sp_diagnostic *const *diagnostics; /* of the document and the graph, in order of place */
    uint32_t diagnostic_count;
    sp_str target; /* that was asked for; "": none */
} sp_parsed;

/** A format: how it is called, and how it is written. The buffer's sticky failure is the only error. */
typedef struct sp_parsed_format {
    const char *name;
    void (*write)(const sp_parsed *parsed, sp_buf *out);
} sp_parsed_format;

/** Format `index` of the table in parsed.c, or NULL; the format of a name, or NULL. */
const sp_parsed_format *sp_parsed_format_get(size_t index);
const sp_parsed_format *sp_parsed_format_find(sp_str name);

/** The document as a tree, with places. Takes memory of the document's arena to expand words: needs a recovery point
    there, and the buffer outside of it. */
void sp_parsed_json(const sp_parsed *parsed, sp_buf *out);

/** What BuildKit's parser prints of its tree. Says nothing of what an instruction refuses. */
void sp_parsed_sexp(const sp_parsed *parsed, sp_buf *out);

/** What BuildKit says of a file that it refuses, its first refusal alone: "dockerfile:LINE: message", without the line
    where it names none; nothing of a file that it accepts. Not a format: it needs a graph in a closed world, or none.
 */
void sp_parsed_refusal(const sp_parsed *parsed, sp_buf *out);

#endif
