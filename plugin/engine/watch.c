/* Watching policies judge: which lines run, and how many steps it takes. */
#include "engine/run.h"
#include "facts/glob.h"

static void tell_line(void *payload, const char *path, uint32_t line)
{
    const sp_tool_watch *watcher = ((const sp_run *)payload)->watcher;
    watcher->line(watcher->payload, path, line);
}

static void tell_judged(void *payload, const sp_policy *policy, uint64_t steps)
{
    const sp_tool_watch *watcher = ((const sp_run *)payload)->watcher;
    char id[256];
    size_t size = policy->id.size < sizeof id ? policy->id.size : sizeof id - 1;
    memcpy(id, policy->id.text, size);
    id[size] = '\0';
    watcher->judged(watcher->payload, id, steps);
}

void sp_tool_watch_run(sp_run *run, const sp_tool_watch *watch)
{
    run->watcher = watch;
    run->watch = (sp_watch){.payload = run};
    run->watch.line = watch->line != NULL ? tell_line : NULL;
    run->watch.judged = watch->judged != NULL ? tell_judged : NULL;
}

sp_status sp_tool_code_lines(const char *path, const char *text, size_t size,
                             void (*line)(void *payload, uint32_t line), void *payload)
{
    sp_runtime *runtime = sp_runtime_new(sp_alloc_default());
    if (runtime == NULL)
        return SP_E_MEMORY;
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    sp_status status = sp_policy_lines(runtime, &arena, sp_str_from(path), (sp_str){text, size}, line, payload);
    sp_arena_dispose(&arena);
    sp_runtime_free(runtime);
    return status;
}

int32_t sp_tool_matches(const char *glob, const char *text)
{
    return sp_glob_matches(sp_str_from(glob), sp_str_from(text));
}
