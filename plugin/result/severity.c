/* Names of severities. */
#include "result/results.h"

static const char *const names[] = {"off", "info", "warning", "error", "never"};

const char *sp_severity_name(sp_severity severity)
{
    return (unsigned)severity < sizeof names / sizeof *names ? names[severity] : "off";
}

int sp_severity_from_name(sp_str name)
{
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
        if (sp_str_equal(name, sp_str_from(names[i])))
            return i;
    }
    return -1;
}
