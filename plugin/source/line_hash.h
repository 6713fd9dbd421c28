/* GitHub's line hashes: what its code scanning knows a line by, wherever it stands ("primaryLocationLineHash"). */
#ifndef SP_SOURCE_LINE_HASH_H
#define SP_SOURCE_LINE_HASH_H

#include "base/str.h"

/** Calls back once a line, in order: its number from 1, and the rolling hash of the hundred UTF-16 code units from its
    first on. Blanks and tabs count for nothing; a CR alone ends a line too. A byte that is not UTF-8 is U+FFFD. */
void sp_line_hashes(sp_str text, void (*each)(void *payload, uint32_t line, uint64_t hash), void *payload);

#endif
