/* Judging: one policy on one build, or on a whole project, inside the sandbox. Every judgement starts from the same
   memory image, so nothing carries over from one (policy, build) to the next. */
#ifndef SP_LUA_RUNTIME_H
#define SP_LUA_RUNTIME_H

#include "context/folder.h"
#include "facts/facts.h"
#include "lua/policy.h"
#include "result/results.h"

/** The Lua memory of one thread. */
typedef struct sp_runtime sp_runtime;

/** NULL when there is no memory. */
sp_runtime *sp_runtime_new(sp_alloc alloc);
void sp_runtime_free(sp_runtime *runtime);

/** One build, as a policy sees it. */
typedef struct sp_judged_build {
    sp_facts *facts;
    sp_str path; /* as reports call the file; findings keep it, so it lives in the results' arena */
    sp_str name; /* "" without one */
    const sp_build_input *input;
    sp_context_folder *folder; /* NULL when nothing is known of it; what is asked of it is kept there */
} sp_judged_build;

struct sp_field;

/** Who watches judgements: for the tests of policies, and of the API. Members may be NULL. */
typedef struct sp_watch {
    void *payload;
    void (*field)(void *payload, const struct sp_field *field);   /* an object is asked for it (lua/object.h) */
    void (*line)(void *payload, const char *path, uint32_t line); /* the code of another line of a file begins */
    void (*judged)(void *payload, const sp_policy *policy, uint64_t steps); /* at the end of a judgement */
} sp_watch;

/** One judgement. */
typedef struct sp_judgement {
    const sp_policy *policy;
    const sp_judged_build *builds; /* one for a policy of scope "build", all of a project; all in one arena */
    uint32_t build_count;
    sp_str place;           /* what stands for the project: its configuration, else its folder; what a failure names */
    uint64_t steps, memory; /* limits */
    void (*log)(void *payload, const char *text, size_t size); /* may be NULL */
    void *log_payload;
    const sp_watch *watch;      /* may be NULL */
    struct sp_results *results; /* findings and failures are appended */
} sp_judgement;

/** Judges. Findings made before a failure are kept. SP_OK also when the policy failed (that is in the results);
    SP_E_MEMORY only when the host's allocator refused. Sets its own recovery points on both arenas. */
sp_status sp_runtime_judge(sp_runtime *runtime, const sp_judgement *judgement);

/** "Lua 5.4.4 (system)": the release policies run on. Static text. */
const char *sp_runtime_lua_version(void);

#endif
