/* Text as the library that BuildKit is written with prints it. */
#ifndef SP_REPORT_GO_TEXT_H
#define SP_REPORT_GO_TEXT_H

#include "base/buf.h"

/** Appends a text in double quotes, as strconv.Quote: what is printable stays, the rest is escaped; a byte that is not
    UTF-8 is \xNN. */
void sp_go_quote(sp_buf *out, sp_str text);

/** Appends a text in lower case, as strings.ToLower: letters of any alphabet; a byte that is not UTF-8 becomes U+FFFD.
 */
void sp_go_lower(sp_buf *out, sp_str text);

/** Whether sp_go_lower would change nothing. */
bool sp_go_is_lower(sp_str text);

#endif
