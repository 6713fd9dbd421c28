/* The version of the library. */
#include <stagepolicy/version.h>

const char *sp_version(void)
{
    return SP_VERSION;
}
