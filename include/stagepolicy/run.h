/* A run: Dockerfiles in, results out. One thread at a time; only sp_run_cancel may come from elsewhere. */
#ifndef STAGEPOLICY_RUN_H
#define STAGEPOLICY_RUN_H

#include <stagepolicy/engine.h>
#include <stagepolicy/export.h>
#include <stagepolicy/results.h>
#include <stagepolicy/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One evaluation of some Dockerfiles by one engine. */
typedef struct sp_run sp_run;

/** Makes a run. `host` NULL means the engine's. @param out owned by the caller: sp_run_free. SP_E_MEMORY. */
SP_API SP_NODISCARD sp_status sp_run_new(sp_run **out, sp_engine *engine, const sp_host *host);

/** Adds a Dockerfile; the bytes and the path are copied. `path` is what reports call it: relative, '/'-separated.
    Any bytes are accepted. SP_E_USAGE when the path was added before, SP_E_MEMORY. */
SP_API sp_status sp_run_file(sp_run *run, const char *path, const void *bytes, size_t size);

/** Adds a Dockerfile that could not be read, with the reason ("permission denied"): the verdict will be SP_INPUT. */
SP_API sp_status sp_run_unreadable(sp_run *run, const char *path, const char *reason);

/** Gives a build argument, as `docker build --build-arg` does. `value` NULL is refused: SP_E_USAGE. */
SP_API sp_status sp_run_arg(sp_run *run, const char *name, const char *value);

/** Adds a target stage by name; without any, the last stage of each file is the target. */
SP_API sp_status sp_run_target(sp_run *run, const char *stage);

/** Judges every file, in order of path, and makes the results. Findings, refused files and failed policies are in the
    results, not errors. A file without a target that others have is judged by its last stage; a target that no file
    has is SP_E_USAGE. @param out owned by the caller: sp_results_free. @param error may be NULL. */
SP_API SP_NODISCARD sp_status sp_run_check(sp_run *run, sp_results **out, sp_error *error);

/** Makes a running sp_run_check return SP_E_CANCELLED soon; any thread. */
SP_API void sp_run_cancel(sp_run *run);

/** Frees the run; NULL is allowed. Its results live on. */
SP_API void sp_run_free(sp_run *run);

#ifdef __cplusplus
}
#endif

#endif
