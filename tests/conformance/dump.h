/* What the files of the program share. */
#ifndef SP_TESTS_CONFORMANCE_DUMP_H
#define SP_TESTS_CONFORMANCE_DUMP_H

#include "graph/graph.h"

#include <jansson.h>

/** Each byte as the character of its number, as the requests and answers write them. */
json_t *text_of(sp_str bytes);
void append_text(json_t *list, sp_str bytes);

/** The line that BuildKit names: that of the instruction on which something stands. */
int line_of(const sp_document *document, sp_span span);

/** The settings of the target, and every stage with the steps that could enter its files. */
json_t *describe_graph(const sp_graph *graph);

#endif
