/* The day on which waivers are judged. */
#include "cli/today.h"

#include "cli/say.h"
#include "engine/tool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds after which years have five digits. */
#define END_OF_TIME 253402300800

static bool read_epoch(const char *text, time_t *out)
{
    errno = 0;
    long long seconds = strtoll(text, NULL, 10);
    if (*text == '\0' || strspn(text, "0123456789") != strlen(text) || errno != 0 || seconds >= END_OF_TIME) {
        cli_say("SOURCE_DATE_EPOCH=%s: it must be seconds since 1970", text);
        return false;
    }
    *out = (time_t)seconds;
    return true;
}

bool cli_today(const char *given, cli_date *out)
{
    if (given != NULL && !sp_tool_is_day(given)) {
        cli_say("--today %s: it must be a day, 2027-01-31", given);
        return false;
    }
    if (given != NULL) {
        memcpy(out->text, given, strlen(given) + 1);
        return true;
    }
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = time(NULL);
    if (epoch != NULL && !read_epoch(epoch, &now))
        return false;
    struct tm day;
    gmtime_r(&now, &day);
    strftime(out->text, sizeof out->text, "%Y-%m-%d", &day);
    return true;
}
