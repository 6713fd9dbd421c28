/* Graphs: every folder of tests/golden/graph against its expected text, the same while memory is refused, and the
   questions that graph.h answers. */
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

/* --- questions --- */

static sp_arena arena;
static jmp_buf here;

static int begin(void **state)
{
    (void)state;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    return 0;
}

static int end(void **state)
{
    (void)state;
    sp_arena_dispose(&arena);
    return 0;
}

static const sp_graph *graph_of(const char *text)
{
    const sp_graph *graph = NULL;
    assert_true(build(&arena, sp_arena_copy(&arena, sp_str_from(text)), &graph));
    return graph;
}

static void finds_the_last_stage_of_a_name_in_any_case(void **state)
{
    (void)state;
    const sp_graph *graph = graph_of("FROM a AS build\nFROM b AS Build\nFROM c\n");

    assert_int_equal(sp_graph_find_stage(graph, SP_STR("BUILD")), 1);
    assert_int_equal(sp_graph_find_stage(graph, SP_STR("buil")), SP_NONE);
    assert_int_equal(sp_graph_find_stage(graph, SP_STR("")), SP_NONE);
}

static void follows_the_chain_to_the_root(void **state)
{
    (void)state;
    const sp_graph *graph = graph_of("FROM a AS one\nFROM one AS two\nFROM x\nFROM two\n");
    uint32_t count;

    const uint32_t *chain = sp_graph_chain(graph, 3, &count);

    assert_int_equal(count, 3);
    assert_int_equal(chain[0], 3);
    assert_int_equal(chain[1], 1);
    assert_int_equal(chain[2], 0);
}

static void calls_a_stage_by_name_or_number(void **state)
{
    (void)state;
    const sp_graph *graph = graph_of("FROM a AS one\nFROM b\n");

    assert_true(sp_str_equal(sp_stage_label(graph, 0), SP_STR("one")));
    assert_true(sp_str_equal(sp_stage_label(graph, 1), SP_STR("stage 1")));
}

static void is_refused_for_what_is_fatal_alone(void **state)
{
    (void)state;
    assert_false(sp_graph_is_refused(graph_of("FROM a\n")));
    assert_true(sp_graph_is_refused(graph_of("FROM A\n")));
    assert_true(sp_graph_is_refused(graph_of("FRO a\n")));
    assert_false(sp_graph_is_refused(graph_of("FROM a\nSTOPSIGNAL x\nFROM b\n")));
    assert_true(sp_graph_is_refused(graph_of("FROM a AS a\nSTOPSIGNAL x\nFROM a\n")));
}

static void builds_nothing_from_a_text_without_stages(void **state)
{
    (void)state;
    const sp_graph *graph = graph_of("ARG X=1\n");

    assert_int_equal(graph->stage_count, 0);
    assert_int_equal(graph->target_count, 0);
    assert_int_equal(graph->instruction_count, 1);
    assert_int_equal(graph->instructions[0].stage, SP_NONE);
    assert_null(graph->instructions[0].before);
}

static void numbers_instructions_in_order_of_execution(void **state)
{
    (void)state;
    const sp_graph *graph =
        graph_of("ARG G\nFROM a AS base\nONBUILD COPY x y\nONBUILD USER u\nRUN one\nFROM base\nRUN two\n");
    static const sp_instruction_kind kinds[] = {SP_ARG,  SP_FROM, SP_ONBUILD, SP_ONBUILD, SP_RUN,
                                                SP_FROM, SP_COPY, SP_USER,    SP_RUN};

    assert_int_equal(graph->instruction_count, sizeof kinds / sizeof *kinds);
    for (uint32_t i = 0; i < graph->instruction_count; i++)
        assert_int_equal(graph->instructions[i].instruction->kind, kinds[i]);
    assert_false(graph->instructions[5].trigger);
    assert_true(graph->instructions[6].trigger);
    assert_int_equal(graph->instructions[6].edge_count, 1);
    assert_int_equal(graph->edges[graph->instructions[6].first_edge].kind, SP_EDGE_COPY);
    assert_int_equal(graph->stages[1].first, 5);
    assert_int_equal(graph->stages[1].count, 4);
    assert_int_equal(graph->stages[1].state->user, 7);
}

static void shares_states_that_nothing_changes(void **state)
{
    (void)state;
    const sp_graph *graph = graph_of("FROM a\nRUN one\nCOPY x y\nUSER u\nRUN two\n");

    assert_ptr_equal(graph->instructions[0].before, graph->instructions[3].before);
    assert_ptr_not_equal(graph->instructions[3].before, graph->instructions[4].before);
    assert_ptr_equal(graph->instructions[4].before, graph->stages[0].state);
}

static uint32_t count_diagnostics(const sp_graph *graph, sp_diagnostic_id id)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->diagnostics.count; i++)
        count += graph->diagnostics.items[i].id == id;
    return count;
}

/* `before`, then `line` with a number at each '#', `count` times. */
static sp_str repeated(sp_str before, const char *line, int count)
{
    sp_buf out;
    sp_buf_init(&out, sp_alloc_default(), 1 << 24);
    sp_buf_add(&out, before);
    for (int i = 0; i < count; i++) {
        for (const char *c = line; *c != '\0'; c++) {
            if (*c == '#')
                sp_buf_print(&out, "%d", i);
            else
                sp_buf_byte(&out, *c);
        }
    }
    sp_str text = sp_arena_copy(&arena, sp_buf_str(&out));
    sp_buf_dispose(&out);
    return text;
}

static void stops_triggers_that_fire_without_end(void **state)
{
    (void)state;
    sp_str text = repeated(SP_STR("FROM a AS base\n"), "ONBUILD RUN #\n", 1000);
    text = repeated(text, "FROM base AS c#\n", 1000);
    text = repeated(sp_arena_print(&arena, "%.*sFROM x\n", SP_STR_ARG(text)), "COPY --from=c# a b\n", 1000);
    size_t before = arena.used;

    const sp_graph *graph = graph_of(text.text);

    assert_int_equal(graph->stage_count, 1002);
    assert_int_equal(count_diagnostics(graph, SP_DIAGNOSTIC_TRIGGER_LIMIT), 1);
    assert_false(sp_graph_is_refused(graph));
    assert_true(arena.used - before < 64u * 1024 * 1024);
}

static void takes_no_stack_for_long_chains(void **state)
{
    (void)state;
    sp_str text = repeated(SP_STR("FROM a AS s\n"), "FROM s AS s\nCOPY --from=s#x a b\n", 100000);

    const sp_graph *graph = graph_of(text.text);

    uint32_t count;
    sp_graph_chain(graph, graph->stage_count - 1, &count);
    assert_int_equal(count, 100001);
    assert_true(graph->stages[0].shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_every_case),
        cmocka_unit_test(survives_every_refused_allocation),
        cmocka_unit_test_setup_teardown(finds_the_last_stage_of_a_name_in_any_case, begin, end),
        cmocka_unit_test_setup_teardown(follows_the_chain_to_the_root, begin, end),
        cmocka_unit_test_setup_teardown(calls_a_stage_by_name_or_number, begin, end),
        cmocka_unit_test_setup_teardown(is_refused_for_what_is_fatal_alone, begin, end),
        cmocka_unit_test_setup_teardown(builds_nothing_from_a_text_without_stages, begin, end),
        cmocka_unit_test_setup_teardown(numbers_instructions_in_order_of_execution, begin, end),
        cmocka_unit_test_setup_teardown(stops_triggers_that_fire_without_end, begin, end),
        cmocka_unit_test_setup_teardown(takes_no_stack_for_long_chains, begin, end),
        cmocka_unit_test_setup_teardown(shares_states_that_nothing_changes, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
