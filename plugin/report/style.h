/* What is coloured how, in the formats that are for terminals. */
#ifndef SP_REPORT_STYLE_H
#define SP_REPORT_STYLE_H

#include "base/buf.h"

#include <stagepolicy/types.h>

typedef enum sp_style {
    SP_STYLE_PLAIN,
    SP_STYLE_STRONG, /* a place, a headline */
    SP_STYLE_ERROR,
    SP_STYLE_WARNING,
    SP_STYLE_NOTE,
    SP_STYLE_HELP,
    SP_STYLE_FAINT /* gutters, ids */
} sp_style;

/** The style of a severity. */
sp_style sp_style_of(sp_severity severity);

/** Switches to a style, SP_STYLE_PLAIN back to none; writes nothing when `color` is false. */
void sp_style_write(sp_buf *out, sp_style style, bool color);

#endif
