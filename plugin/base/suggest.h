/* "Did you mean …?": the nearest of some names. */
#ifndef SP_BASE_SUGGEST_H
#define SP_BASE_SUGGEST_H

#include "base/str.h"

/** The candidate nearest to `name` (case ignored), or an empty slice when none is near enough to be meant: at most
    one edit for every three bytes, three at most. Among equals the first wins. */
sp_str sp_suggest(sp_str name, const sp_str *candidates, size_t count);

#endif
