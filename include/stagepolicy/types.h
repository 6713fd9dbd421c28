/* The small types every other public header uses: statuses, verdicts, severities, places, errors.

   Structs that cross the border start with `size`; SP_INIT sets it and zeroes the rest. Fields are only ever
   appended, zero always means "the default", and a tail that this library does not know must be zero. */
#ifndef STAGEPOLICY_TYPES_H
#define STAGEPOLICY_TYPES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** Zeroes a struct that starts with `size` and sets that member. */
#define SP_INIT(object) (memset(&(object), 0, sizeof(object)), (void)((object).size = sizeof(object)))

/** Result of an operation: SP_OK or one of the negative codes below. Fixed width, for every binding. */
typedef int32_t sp_status;

/** Why an operation failed. Problems of a Dockerfile or a policy are never statuses: they are data in the results. */
enum {
    SP_OK = 0,           /**< it worked */
    SP_E_USAGE = -1,     /**< an argument is wrong, a name is unknown */
    SP_E_MEMORY = -2,    /**< the allocator refused */
    SP_E_VERSION = -3,   /**< a struct is larger than this library knows, and its tail is not zero */
    SP_E_CANCELLED = -4, /**< sp_run_cancel was called, or the host's is_cancelled said so */
    SP_E_LIMIT = -5,     /**< a limit of the run (not of one policy) was exceeded */
    SP_E_READ = -6,      /**< a file or folder could not be read */
    SP_E_CONFIG = -7,    /**< the configuration is wrong; the error carries its place */
    SP_E_PACK = -8       /**< a pack is wrong (pack.yaml, the same id twice); the error carries its place */
};

/** The outcome of a run; the command's exit codes. The largest that applies wins. */
enum {
    SP_PASS = 0,  /**< no finding at or above the gate */
    SP_FAIL = 1,  /**< a finding at or above the gate */
    SP_USAGE = 2, /**< nothing reliable was computed: usage, configuration, no Dockerfile, an unknown target */
    SP_INPUT = 3, /**< an input is unreadable or would be refused by BuildKit */
    SP_POLICY = 4 /**< a policy failed: it could not be loaded, raised, or exceeded a limit */
};

/** How much a finding matters. Larger is worse, so thresholds are comparisons. */
typedef enum sp_severity {
    SP_SEVERITY_OFF = 0,     /**< not reported; of an option: "not given" */
    SP_SEVERITY_INFO = 1,    /**< worth knowing */
    SP_SEVERITY_WARNING = 2, /**< should be changed */
    SP_SEVERITY_ERROR = 3,   /**< must be changed; fails the gate by default */
    SP_SEVERITY_NEVER = 4    /**< only as a gate: nothing fails it */
} sp_severity;

/** A region of a file. Lines and columns count from 1, columns in Unicode code points; the end is exclusive.
    `path` NULL and `line` 0 mean "no place". This struct is frozen: it never grows. */
typedef struct sp_place {
    const char *path;
    uint32_t line, column, end_line, end_column;
} sp_place;

/** What went wrong, for a person. Owned by the caller, who sets `size` (SP_INIT); the first error wins. */
typedef struct sp_error {
    size_t size;
    sp_status status;      /**< the code that the function also returned */
    uint32_t line, column; /**< in `path`; 0 when there is no place */
    char path[256];        /**< NUL-terminated; a longer one loses its front */
    char message[512];     /**< one line, no trailing dot; says what to do */
} sp_error;

#endif
