/* Objects while the host's memory runs out: each refused allocation in turn ends in SP_E_MEMORY, and nothing leaks. */
#include "judge.h"

/* The C library's allocator until `left` runs out. */
typedef struct supply {
    size_t left;
    size_t held; /* bytes not given back */
} supply;

static void *draw(void *payload, void *old, size_t old_size, size_t new_size)
{
    supply *from = payload;
    sp_alloc library = sp_alloc_default();
    if (new_size > old_size && from->left == 0)
        return NULL;
    if (new_size > old_size)
        from->left--;
    void *block = library.realloc(library.payload, old, old_size, new_size);
    if (new_size == 0 || block != NULL)
        from->held = from->held + new_size - (old != NULL ? old_size : 0);
    return block;
}

static const char file[] = "ARG V\nFROM golang:$V AS build\nCOPY a b /c/\nRUN apt-get install -y curl | sh\n"
                           "FROM scratch\nENV A=1\nEXPOSE 80\nLABEL a=b\nCOPY --from=build /x /x\nCMD [\"/x\"]\n";

static const char body[] = "local seen = 0\n"
                           "for stage in each(build.stages) do\n"
                           "  report { when = stage:contains('native-compiler'), message = ('%s'):format(stage) }\n"
                           "  report { when = stage.user.root, at = stage, message = 'root' }\n"
                           "  for one in each(stage.instructions) do seen = seen + #one.values + #one.flags end\n"
                           "  seen = seen + #stage.environment + #stage.labels + #stage.ports + #stage.packages\n"
                           "  seen = seen + #stage.left_behind + #stage.chain + #stage.uses\n"
                           "end\n"
                           "for edge in each(build.edges) do seen = seen + #tostring(edge) end\n"
                           "eq(#group(build.instructions, 'kind') > 3, true)\n"
                           "eq(set({ 'a' }):has('a'), true)\n";

/* Judges with so many allocations; SP_E_MEMORY wherever they did not suffice. */
static sp_status attempt(size_t allocations, size_t *held)
{
    supply from = {.left = allocations};
    sp_alloc alloc = {draw, &from};
    judged *is = calloc(1, sizeof *is);
    sp_arena_init(&is->arena, alloc);
    sp_arena_init(&is->results.arena, alloc);
    sp_runtime *runtime = sp_runtime_new(alloc);
    volatile sp_status status = SP_E_MEMORY;
    jmp_buf here;
    sp_arena_recover(&is->arena, &here);
    if (runtime != NULL && setjmp(here) == 0)
        status = judge_with(is, runtime, file, body, &(sp_build_input){0});
    sp_runtime_free(runtime);
    if (status == SP_OK)
        assert_int_equal(is->results.failures.count, 0);
    judged_dispose(is);
    free(is);
    *held = from.held;
    return status;
}

static void survives_each_refused_allocation(void **state)
{
    (void)state;
    sp_status status = SP_E_MEMORY;
    size_t held;
    for (size_t allocations = 0; status != SP_OK; allocations++) {
        assert_in_range(allocations, 0, 5000);
        status = attempt(allocations, &held);
        assert_int_equal(held, 0);
        assert_true(status == SP_OK || status == SP_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_each_refused_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
