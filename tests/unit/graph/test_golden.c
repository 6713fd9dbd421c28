/* The cases of tests/golden/graph: what is built, as text, and that running out of memory at any moment is said and
   leaks nothing. UPDATE_GOLDEN=1 rewrites what is expected. */
#include "graph/graph.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/graph/dump.h"

enum { TEXT_BYTES = 1 << 16, PATH_BYTES = 1024, CASES = 256 };

static const char *root(void)
{
    const char *folder = getenv("SP_SOURCE_DIR");
    return folder != NULL ? folder : ".";
}

/* --- the folder of cases --- */

typedef struct case_list {
    char names[CASES][128];
    size_t count;
} case_list;

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void list_cases(case_list *list)
{
    static char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/tests/golden/graph", root());
    DIR *folder = opendir(path);
    assert_non_null(folder);
    list->count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.' && list->count < CASES)
            snprintf(list->names[list->count++], sizeof list->names[0], "%.100s", entry->d_name);
    }
    closedir(folder);
    qsort(list->names, list->count, sizeof list->names[0], compare_names);
}

static sp_str read_case(const char *name, const char *file, char *text)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/tests/golden/graph/%s/%s", root(), name, file);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return SP_STR("");
    size_t size = fread(text, 1, TEXT_BYTES, stream);
    fclose(stream);
    return (sp_str){text, size};
}

static void write_expected(const char *name, sp_str text)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/tests/golden/graph/%s/expected", root(), name);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    fwrite(text.text, 1, text.size, stream);
    fclose(stream);
}

/* --- parsing and building; false when memory was refused --- */

static const sp_graph *build_unguarded(sp_arena *arena, sp_str text)
{
    static dump_input input;
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), text);
    dump_read_case(document, &input);
    return sp_graph_build(document, &input.build);
}

static bool build(sp_arena *arena, sp_str text, const sp_graph **out)
{
    jmp_buf here;
    jmp_buf *outer = sp_arena_recover(arena, &here);
    if (setjmp(here) != 0) {
        sp_arena_recover(arena, outer);
        return false;
    }
    *out = build_unguarded(arena, text);
    sp_arena_recover(arena, outer);
    return true;
}

static bool dump_into(sp_arena *arena, const sp_graph *graph, sp_buf *out)
{
    jmp_buf here;
    jmp_buf *outer = sp_arena_recover(arena, &here);
    if (setjmp(here) != 0) {
        sp_arena_recover(arena, outer);
        return false;
    }
    dump_graph(out, graph);
    sp_arena_recover(arena, outer);
    return true;
}

static void check_case(const char *name, bool update)
{
    static char text[TEXT_BYTES], expected[TEXT_BYTES];
    sp_arena arena;
    sp_buf out;
    const sp_graph *graph;
    sp_arena_init(&arena, sp_alloc_default());
    sp_buf_init(&out, sp_alloc_default(), TEXT_BYTES);
    assert_true(build(&arena, read_case(name, "Dockerfile", text), &graph));
    assert_true(dump_into(&arena, graph, &out) && !out.failed);
    if (update)
        write_expected(name, sp_buf_str(&out));
    if (!sp_str_equal(sp_buf_str(&out), read_case(name, "expected", expected)))
        fail_msg("%s differs; this is what was built:\n%.*s", name, SP_STR_ARG(sp_buf_str(&out)));
    sp_buf_dispose(&out);
    sp_arena_dispose(&arena);
}

static void builds_every_case(void **state)
{
    static case_list cases;
    (void)state;
    list_cases(&cases);
    assert_true(cases.count > 30);
    for (size_t i = 0; i < cases.count; i++)
        check_case(cases.names[i], getenv("UPDATE_GOLDEN") != NULL);
}

/* --- the same while memory is refused --- */

typedef struct allowance {
    size_t left, held;
} allowance;

static void *refuse_after(void *payload, void *old, size_t old_size, size_t new_size)
{
    allowance *quota = payload;
    if (new_size == 0) {
        quota->held -= old_size;
        free(old);
        return NULL;
    }
    if (quota->left == 0)
        return NULL;
    quota->left--;
    void *memory = realloc(old, new_size);
    quota->held += new_size - old_size;
    return memory;
}

/* How many allocations a build needs when the n-th is refused: it must come back and leave nothing behind. */
static bool survives(sp_str text, size_t allowed)
{
    allowance quota = {.left = allowed};
    sp_arena arena;
    const sp_graph *graph;
    sp_arena_init(&arena, (sp_alloc){.realloc = refuse_after, .payload = &quota});
    arena.block_size = 64; /* many small blocks: many places where one can be refused */
    bool built = build(&arena, text, &graph);
    sp_arena_dispose(&arena);
    assert_int_equal(quota.held, 0);
    return built;
}

static void survives_every_refused_allocation(void **state)
{
    static case_list cases;
    static char text[TEXT_BYTES];
    (void)state;
    list_cases(&cases);
    for (size_t i = 0; i < cases.count; i++) {
        sp_str file = read_case(cases.names[i], "Dockerfile", text);
        size_t allowed = 0;
        while (!survives(file, allowed))
            allowed++;
        assert_true(allowed > 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_every_case),
        cmocka_unit_test(survives_every_refused_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
