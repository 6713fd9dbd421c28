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

/** Adds a target stage by name; without any, the last stage of each file is the target. A declared build (sp_run_build)
    has its own. */
SP_API sp_status sp_run_target(sp_run *run, const char *stage);

/** Gives a named context, as `docker build --build-context NAME=VALUE` does. Of one name, the last value counts. The
    name is that of a stage or an image, perhaps with "::" and the one platform it holds for. */
SP_API sp_status sp_run_context(sp_run *run, const char *name, const char *value);

/** Adds a platform that is built for ("linux/arm64"), or several with commas between, each a build of its own; without
    any, it is not known. A declared build with a platform keeps it. */
SP_API sp_status sp_run_platform(sp_run *run, const char *platform);

/** Says which day it is, "2026-11-25": waivers end. Without, none does, since the library has no clock. SP_E_USAGE
    when it is no day of the calendar, SP_E_MEMORY. */
SP_API sp_status sp_run_today(sp_run *run, const char *date);

/** One way to build a Dockerfile: a service of a compose file, a target of a bake file, a build of a pipeline. */
typedef struct sp_build {
    size_t size;
    const char *path;           /**< of a file that was added to the run */
    const char *name;           /**< what people call it; NULL without one */
    const char *const *targets; /**< stages; none: the last one */
    size_t target_count;
    const char *const *arguments; /**< NAME=VALUE each; an argument whose value is not known is left out */
    size_t argument_count;
    const char *const *contexts; /**< named contexts, NAME=VALUE each */
    size_t context_count;
    const char *platform; /**< "linux/arm64"; NULL when it is not known */
    int32_t lends;        /**< non-zero: it is not judged; its targets only count as needed in the others */
    const char *folder;   /**< name of the folder that it is built from (sp_folder.name); NULL: the file's own */
} sp_build;

/** Declares a build; its texts are copied. A file without declared builds (other than those that only lend) is built
    once, by the run's own targets. Arguments and contexts of the run (sp_run_arg, sp_run_context) win over a build's.
    Builds that come to the same are judged once; a finding says which builds it holds for, where it is not all of the
    file's. SP_E_USAGE when no file has the path, or an argument or context is not NAME=VALUE; SP_E_MEMORY. */
SP_API sp_status sp_run_build(sp_run *run, const sp_build *build);

/** What stands at a path in a folder. */
enum {
    SP_ENTRY_UNKNOWN = 0, /**< it cannot be told */
    SP_ENTRY_ABSENT = 1,  /**< nothing is there */
    SP_ENTRY_FILE = 2,    /**< a file, of so many bytes */
    SP_ENTRY_FOLDER = 3,
    SP_ENTRY_OTHER = 4 /**< a device, a pipe; in a listed folder also a link */
};

/** What a host sees at a path in a folder. */
typedef struct sp_entry {
    size_t size;
    int32_t kind;     /**< one of SP_ENTRY_… */
    int32_t followed; /**< non-zero: a link led there */
    uint64_t bytes;   /**< of a file */
} sp_entry;

/** Takes one name that a folder holds, and what it is; the host stops when it gives anything but zero. */
typedef int32_t sp_entry_take(void *to, const char *name, const sp_entry *entry);

/** The folder that a Dockerfile is built from, as far as the host has looked at it: the library reads no files. */
typedef struct sp_folder {
    size_t size;
    const char *path;        /**< of the Dockerfile, which was added to the run */
    const char *ignore_path; /**< of the .dockerignore that applies, as reports call it; NULL: there is none */
    const void *ignore;      /**< its bytes, which are copied */
    size_t ignore_size;
    const char *reason; /**< why that file could not be read; NULL: it could */
    int32_t assumed; /**< non-zero: nobody said that this is the folder, so what the file leaves out is only probable */
    const char *name; /**< what reports call the folder; declared builds name it so. NULL: of all that name none */
    /** Looks at one path: relative, clean, '/'-separated, "." for the folder. NULL: what is there is unknown. A link is
        followed as long as it stays inside. Called while the run is checked, in its thread; so is `list`. */
    void (*look)(void *payload, const char *path, sp_entry *entry);
    /** Gives what a folder holds to `take`, in any order, links not followed. Non-zero when it cannot be listed. */
    int32_t (*list)(void *payload, const char *path, sp_entry_take *take, void *to);
    void *payload; /**< for both; it must live until the run is freed */
} sp_folder;

/** Tells of a folder that one Dockerfile is built from; without it, what is in the context and what is left out of it is
    unknown. A folder with a name is that of the declared builds that name it, one without of all others. The
    Dockerfile's own file (`NAME.dockerignore` beside it) wins over `.dockerignore` in the folder, and applies whatever
    the folder is. Into an assumed folder nobody looks: what is not there says nothing. SP_E_USAGE when no file has the
    path, when `look` comes without `list` or the reverse; SP_E_MEMORY. */
SP_API sp_status sp_run_folder(sp_run *run, const sp_folder *folder);

/** Judges every build of every file, in order of path, then the project as a whole, and makes the results. Findings,
   refused files and failed policies are in the results, not errors. A file without a target that others have is judged
   by its last stage; a target that no file has is SP_E_USAGE, and so are a platform and the name of a context that
   BuildKit would refuse. @param out owned by the caller: sp_results_free. @param
   error may be NULL. */
SP_API SP_NODISCARD sp_status sp_run_check(sp_run *run, sp_results **out, sp_error *error);

/** Makes a running sp_run_check return SP_E_CANCELLED soon; any thread. */
SP_API void sp_run_cancel(sp_run *run);

/** Frees the run; NULL is allowed. Its results live on. */
SP_API void sp_run_free(sp_run *run);

#ifdef __cplusplus
}
#endif

#endif
