/* The version of the headers and of the library that was loaded. */
#ifndef STAGEPOLICY_VERSION_H
#define STAGEPOLICY_VERSION_H

#include <stagepolicy/export.h>

/** Version of these headers. */
#define SP_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the loaded library, for example "0.1.0". Static text, never NULL. */
SP_API const char *sp_version(void);

#ifdef __cplusplus
}
#endif

#endif
