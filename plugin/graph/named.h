/* How named contexts are called. */
#ifndef SP_GRAPH_NAMED_H
#define SP_GRAPH_NAMED_H

#include "image/reference.h"

/** What an image is called as a context: its short name, ":latest" left out. */
sp_str sp_named_key(const sp_reference *image);

#endif
