/* The engine: compiled packs and configuration. Immutable once made, shared by any number of threads and runs. */
#ifndef STAGEPOLICY_ENGINE_H
#define STAGEPOLICY_ENGINE_H

#include <stagepolicy/export.h>
#include <stagepolicy/host.h>
#include <stagepolicy/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Compiled packs and configuration. Counted: see sp_engine_keep. */
typedef struct sp_engine sp_engine;

/** What an engine is made of. */
typedef struct sp_options {
    size_t size;
    const char *config;          /**< text of a .stagepolicy.yaml [none] */
    const char *config_path;     /**< the name that messages give it [".stagepolicy.yaml"] */
    const char *const *packs;    /**< pack folders, NULL-terminated, added to the built-in packs [none] */
    const char *const *policies; /**< ids or globs of ids, NULL-terminated: only these run [all enabled] */
    int32_t no_builtin_packs;    /**< non-zero leaves the built-in packs out, and what judges waivers */
    int32_t fail_on;             /**< an sp_severity: the gate [the configuration's, else SP_SEVERITY_ERROR] */
    uint64_t policy_steps;       /**< steps a policy may take on a build [10 million + 1,000 an instruction] */
    uint64_t policy_memory;      /**< bytes a policy may hold on a build [16 MiB] */
    int32_t build_args_complete; /**< non-zero closes the world: arguments not given are as BuildKit sees them */
    const char *project;         /**< where reports place what is found about all files together
                                      [config_path, or "." without a configuration] */
} sp_options;

/** What is known about one policy. Texts belong to the engine. */
typedef struct sp_policy_summary {
    size_t size;
    const char *id, *title;
    const char *help;    /**< Markdown; "" when the policy has none */
    const char *pack;    /**< name of the pack */
    const char *path;    /**< of its file: on disk, or inside the built-in packs */
    const char *aliases; /**< other tools' ids for it, separated by spaces */
    int32_t severity;    /**< an sp_severity: of its findings, after the configuration */
    int32_t unknown;     /**< an sp_severity: of its undecided findings; SP_SEVERITY_OFF leaves them out */
    int32_t enabled;     /**< non-zero when a run would judge by it */
    const char *failure; /**< why it could not be loaded; NULL when it was */
} sp_policy_summary;

/** What is known about one option of a policy. Texts belong to the engine. */
typedef struct sp_option_summary {
    size_t size;
    const char *name, *type, *help;
    const char *value; /**< the value in force, as it would be written in the configuration */
} sp_option_summary;

/** Makes an engine. `options` and `host` may be NULL. A policy that cannot be loaded does not fail the engine: it is
    a policy failure of every run. Errors: SP_E_CONFIG, SP_E_PACK, SP_E_READ, SP_E_USAGE (an unknown policy id),
    SP_E_MEMORY, SP_E_VERSION. @param out the engine, owned by the caller: sp_engine_free. @param error may be NULL. */
SP_API SP_NODISCARD sp_status sp_engine_new(sp_engine **out, const sp_options *options, const sp_host *host,
                                            sp_error *error);

/** Adds an owner; any thread. */
SP_API void sp_engine_keep(sp_engine *engine);

/** Drops an owner, the last one frees; any thread; NULL is allowed. Results outlive their engine. */
SP_API void sp_engine_free(sp_engine *engine);

/** Number of policies known, disabled ones included. */
SP_API size_t sp_engine_policy_count(const sp_engine *engine);

/** Fills `out`, whose `size` is set, with the policy at `index`, in order of id. SP_E_USAGE past the end. */
SP_API sp_status sp_engine_policy_at(const sp_engine *engine, size_t index, sp_policy_summary *out);

/** Number of options of the policy at `policy`; 0 past the end. */
SP_API size_t sp_engine_option_count(const sp_engine *engine, size_t policy);

/** Fills `out`, whose `size` is set, with option `index` of the policy at `policy`. SP_E_USAGE past the end. */
SP_API sp_status sp_engine_option_at(const sp_engine *engine, size_t policy, size_t index, sp_option_summary *out);

#ifdef __cplusplus
}
#endif

#endif
