/* What the files of the program share. */
#ifndef SP_TESTS_CONFORMANCE_DUMP_H
#define SP_TESTS_CONFORMANCE_DUMP_H

#include "graph/graph.h"

#include <jansson.h>

/** Each byte as the character of its number, as the requests and answers write them. */
json_t *text_of(sp_str bytes);
void append_text(json_t *list, sp_str bytes);

/** The bytes of a JSON text, on the arena. */
sp_str bytes_of(sp_arena *arena, const json_t *text);

/** The line that BuildKit names: that of the instruction on which something stands. */
int line_of(const sp_document *document, sp_span span);

/** The settings of the target, and every stage with the steps that could enter its files. */
json_t *describe_graph(const sp_graph *graph);

/** What a .dockerignore makes of paths. */
json_t *answer_ignore(sp_arena *arena, sp_str text, const json_t *paths);

#endif
