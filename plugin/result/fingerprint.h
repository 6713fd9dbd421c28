/* What makes a finding "the same as last time". Final: a changed byte here closes and reopens every finding of every
   user, so the recipe below never changes.

   SHA-256 over these parts, each preceded by its size as 8 bytes, most significant first; the first 16 bytes of the
   digest, in lower-case hexadecimal:

     1. "stagepolicy fingerprint 1"
     2. the policy's id
     3. the path, as reports call the file
     4. the stage key: the stage's name in lower case; of a stage without a name "FROM " and the base as written (its
        number would change with every stage before it); "" when the finding is about no stage
     5. SHA-256 of the text of the instruction that `at` stands in, "" when it stands in none
     6. SHA-256 of the text of `at`, "" without a place
     7. the ordinal among findings whose parts 1 to 6 are equal, in order of place and message: a decimal number from 0

   Texts of 5 and 6 are taken as written, but each run of blanks, line ends and line continuations (the escape
   character, blanks, a line end) counts as one space, and none at both ends: indenting or wrapping anew changes
   nothing. Line numbers, messages and severities are not part of it.

   A diagnostic has one too, in which part 2 is "dockerfile/" and its id, and part 5 the line of its place, as long as
   reports show it; and so has a failure, of which part 2 is "policy-failure/" and its kind, and part 4 the policy. */
#ifndef SP_RESULT_FINGERPRINT_H
#define SP_RESULT_FINGERPRINT_H

#include "result/finding.h"

/** Parts 5 and 6: the digest of a text, 32 bytes in the arena. `escape` is the Dockerfile's escape character. */
sp_str sp_fingerprint_digest(sp_arena *arena, sp_str text, char escape);

/** The whole recipe. */
sp_str sp_fingerprint_make(sp_arena *arena, const sp_result_finding *finding, uint32_t ordinal);

/** Whether parts 1 to 6 are equal (0), or their order. */
int sp_fingerprint_compare(const sp_result_finding *a, const sp_result_finding *b);

#endif
