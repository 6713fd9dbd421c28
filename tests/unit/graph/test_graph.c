/* The questions that graph.h answers, and what they cost for large files. */
#include "graph/graph.h"

#include "base/buf.h"

#include "unit/arena.h"

static const sp_graph *graph_of(const char *text)
{
    static const sp_build_input nothing;
    sp_str copy = sp_arena_copy(&arena, sp_str_from(text));
    return sp_graph_build(sp_document_parse(&arena, SP_STR("Dockerfile"), copy), &nothing);
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
        TEST(finds_the_last_stage_of_a_name_in_any_case),
        TEST(follows_the_chain_to_the_root),
        TEST(calls_a_stage_by_name_or_number),
        TEST(is_refused_for_what_is_fatal_alone),
        TEST(builds_nothing_from_a_text_without_stages),
        TEST(numbers_instructions_in_order_of_execution),
        TEST(stops_triggers_that_fire_without_end),
        TEST(takes_no_stack_for_long_chains),
        TEST(shares_states_that_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
