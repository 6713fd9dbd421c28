/* ANSI sequences of the styles. */
#include "report/style.h"

static const char *const sequences[] = {
    [SP_STYLE_PLAIN] = "\033[0m",      [SP_STYLE_STRONG] = "\033[1m",  [SP_STYLE_ERROR] = "\033[1;31m",
    [SP_STYLE_WARNING] = "\033[1;35m", [SP_STYLE_NOTE] = "\033[1;36m", [SP_STYLE_HELP] = "\033[1;32m",
    [SP_STYLE_FAINT] = "\033[2m",
};

sp_style sp_style_of(sp_severity severity)
{
    if (severity == SP_SEVERITY_ERROR)
        return SP_STYLE_ERROR;
    return severity == SP_SEVERITY_WARNING ? SP_STYLE_WARNING : SP_STYLE_NOTE;
}

void sp_style_write(sp_buf *out, sp_style style, bool color)
{
    if (color)
        sp_buf_text(out, sequences[style]);
}
