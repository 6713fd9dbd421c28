/* What a source of COPY or ADD is, once its variables are replaced. */
#ifndef SP_GRAPH_COPIED_H
#define SP_GRAPH_COPIED_H

#include "graph/graph.h"

/** SP_ORIGIN_URL, SP_ORIGIN_GIT, or SP_ORIGIN_CONTEXT for a path. */
sp_origin sp_copied_origin(sp_str source);

/** The same for a source of which only the beginning may be known; SP_ORIGIN_UNKNOWN where it does not decide. */
sp_origin sp_copied__origin_of_shape(sp_str shape);

/** Whether a text that begins with `scheme` and "://" is a URL at all. */
bool sp_copied__is_url(sp_str text, sp_str scheme);

/** What is wrong with the query of a git source; NULL when nothing is. */
const char *sp_copied__git_problem(sp_str source);

#endif
