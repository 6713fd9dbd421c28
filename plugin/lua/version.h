/* Versions as texts begin with them, and ranges of versions as policies write them. */
#ifndef SP_LUA_VERSION_H
#define SP_LUA_VERSION_H

#include "facts/answer.h"

/** Whether `range` is one: comparators that must all hold, ">=3.9 <4", alternatives by "||". An operator is one of
    >= > <= < = != and none means =. A comparator speaks of the parts it writes: 3.9.5 satisfies "3.9" and "<=3.9". */
bool sp_version_range_is_valid(sp_str range);

/** Does the version that `text` begins with (a "v" before it is left out) satisfy a valid range. SP_MAYBE when it
    begins with none. `floating`: parts that are not written may be anything (of an image's tag, 3.9 is some 3.9.x),
    else they are 0. */
sp_truth sp_version_satisfies(sp_str text, sp_str range, bool floating);

#endif
