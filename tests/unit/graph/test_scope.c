/* Scopes: what words and pairs of executed instructions expand to, in an open world and in a closed one. */
#include "graph/graph.h"

#include "unit/arena.h"

static const sp_graph *graph_of(const char *text, const sp_build_input *input)
{
    sp_str copy = sp_arena_copy(&arena, sp_str_from(text));
    return sp_graph_build(sp_document_parse(&arena, SP_STR("Dockerfile"), copy), input);
}

static const sp_graph *open_graph(const char *text)
{
    static const sp_build_input nothing;
    return graph_of(text, &nothing);
}

static const sp_graph *closed_graph(const char *text)
{
    static const sp_build_input complete = {.arguments_complete = true};
    return graph_of(text, &complete);
}

/* The value of the first pair of the last instruction of the file: usually a LABEL made for asking. */
static sp_value last_value(const sp_graph *graph)
{
    uint32_t last = graph->instruction_count - 1;
    return sp_graph_expand_pair(graph, last, &graph->instructions[last].instruction->as.pairs.items[0]);
}

static void assert_known(sp_value value, const char *expected, bool is_default)
{
    if (!value.known || !sp_str_equal(value.value, sp_str_from(expected)) || value.is_default != is_default)
        fail_msg("'%.*s'%s%s instead of '%s'", SP_STR_ARG(value.value), value.known ? "" : " (unknown)",
                 value.is_default ? " (default)" : "", expected);
}

static void assert_unknown(sp_value value, const char *shape, size_t size)
{
    if (value.known || !sp_str_equal(value.shape, (sp_str){shape, size}))
        fail_msg("'%.*s'%s", SP_STR_ARG(value.value), value.known ? " is known" : " has another shape");
}

static void gives_a_default_that_a_build_may_replace(void **state)
{
    (void)state;
    assert_known(last_value(open_graph("FROM scratch\nARG X=1\nLABEL a=$X")), "1", true);
    assert_known(last_value(closed_graph("FROM scratch\nARG X=1\nLABEL a=$X")), "1", false);
    assert_known(last_value(open_graph("ARG X=1\nFROM scratch\nARG X\nLABEL a=v$X")), "v1", true);
}

static void takes_an_argument_without_value_as_unknown(void **state)
{
    (void)state;
    assert_unknown(last_value(open_graph("FROM scratch\nARG X\nLABEL a=v$X-b")), "v\0-b", 4);
    assert_known(last_value(open_graph("FROM scratch\nARG X\nLABEL a=${X:-y}")), "y", true);
    assert_known(last_value(closed_graph("FROM scratch\nARG X\nLABEL a=v$X-b")), "v-b", false);
    assert_known(last_value(closed_graph("FROM scratch\nARG X\nLABEL a=${X:-y}")), "y", false);
}

static void knows_what_nothing_defines_where_the_root_is_known(void **state)
{
    (void)state;
    sp_value value = last_value(open_graph("FROM scratch AS a\nFROM a\nLABEL a=$X"));
    assert_known(value, "", false);
    assert_int_equal(value.variables[0].certainty, SP_CERTAIN_UNDEFINED);

    value = last_value(open_graph("FROM python AS a\nFROM a\nLABEL a=$X"));
    assert_unknown(value, "", 1);
    assert_int_equal(value.variables[0].certainty, SP_CERTAIN_UNKNOWN);

    assert_known(last_value(closed_graph("FROM python\nLABEL a=$X")), "", false);
    assert_known(last_value(open_graph("FROM python\nLABEL a=$1$@")), "", false);
}

static void knows_the_path_of_scratch(void **state)
{
    (void)state;
    sp_value value = last_value(open_graph("FROM scratch\nLABEL a=$PATH"));
    assert_true(value.known && sp_str_ends(value.value, SP_STR(":/bin")));
}

static void leaves_automatic_arguments_to_the_build(void **state)
{
    (void)state;
    assert_unknown(last_value(open_graph("FROM scratch\nARG TARGETARCH\nLABEL a=$TARGETARCH")), "", 1);
    assert_unknown(last_value(closed_graph("FROM scratch\nARG TARGETARCH\nLABEL a=$TARGETARCH")), "", 1);
    assert_known(last_value(open_graph("FROM scratch\nLABEL a=$TARGETARCH")), "", false);

    static const sp_argument argument = {{"TARGETARCH", 10}, {"arm64", 5}};
    const sp_build_input input = {.arguments = &argument, .argument_count = 1};
    assert_known(last_value(graph_of("FROM scratch\nARG TARGETARCH\nLABEL a=$TARGETARCH", &input)), "arm64", false);
}

static void lets_the_last_given_argument_win(void **state)
{
    (void)state;
    static const sp_argument arguments[] = {{{"X", 1}, {"1", 1}}, {{"X", 1}, {"2", 1}}};
    const sp_build_input input = {.arguments = arguments, .argument_count = 2};
    assert_known(last_value(graph_of("FROM scratch\nARG X=0\nLABEL a=$X", &input)), "2", false);
    assert_known(last_value(graph_of("FROM scratch\nLABEL a=$X", &input)), "", false);
}

static void gives_the_pairs_of_ARG_after_arguments_and_globals(void **state)
{
    (void)state;
    static const sp_argument argument = {{"X", 1}, {"given", 5}};
    const sp_build_input input = {.arguments = &argument, .argument_count = 1};
    assert_known(last_value(graph_of("FROM scratch\nARG X=own", &input)), "given", false);
    assert_known(last_value(open_graph("FROM scratch\nARG X=own")), "own", true);
    assert_known(last_value(open_graph("ARG X=global\nFROM scratch\nARG X")), "global", true);
    assert_known(last_value(open_graph("ARG X=global")), "global", true);
    assert_unknown(last_value(open_graph("FROM scratch\nARG X")), "", 1);
    assert_known(last_value(closed_graph("FROM scratch\nARG X")), "", false);
}

static void expands_the_words_of_ARG_one_after_the_other(void **state)
{
    (void)state;
    const sp_graph *graph = open_graph("ARG a=1 b=$a$c c=2 d=$c\nFROM scratch\nARG a=3 b=$a$c c=4 d=$c");
    static const char *const expected[2][4] = {{"1", "1", "2", "2"}, {"3", "3", "4", "4"}};
    static const uint32_t ids[2] = {0, 2};
    for (size_t i = 0; i < 2; i++) {
        const sp_pairs *pairs = &graph->instructions[ids[i]].instruction->as.pairs;
        for (uint32_t p = 0; p < pairs->count; p++) {
            assert_known(sp_graph_expand_pair(graph, ids[i], &pairs->items[p]), expected[i][p], true);
            sp_value value = sp_graph_expand(graph, ids[i], pairs->items[p].value);
            assert_true(sp_str_equal(value.value, sp_str_from(expected[i][p])));
        }
    }
}

static void expands_the_words_of_ENV_before_their_line(void **state)
{
    (void)state;
    const sp_graph *graph = open_graph("FROM scratch\nENV a=1\nENV a=2 b=$a");
    const sp_pairs *pairs = &graph->instructions[2].instruction->as.pairs;
    assert_known(sp_graph_expand_pair(graph, 2, &pairs->items[1]), "1", false);
}

static void expands_the_words_of_FROM_among_globals(void **state)
{
    (void)state;
    const sp_graph *graph = open_graph("ARG X=1\nFROM a:$X AS b\nARG X=2\nFROM b:v$X");
    const sp_stage *last = &graph->stages[1];
    assert_known(sp_graph_expand(graph, last->from, *graph->instructions[last->from].instruction->as.from.base), "b:v1",
                 true);
}

static void says_who_defined_a_variable(void **state)
{
    (void)state;
    const sp_graph *graph = open_graph("ARG G=1\nFROM scratch\nARG G\nENV E=2\nLABEL a=$G$E");
    sp_value value = last_value(graph);
    assert_int_equal(value.variable_count, 2);
    assert_int_equal(value.variables[0].definition, 0);
    assert_int_equal(value.variables[1].definition, 3);
    const sp_binding *binding = sp_map_find(graph->stages[0].state->environment, SP_STR("G"));
    assert_int_equal(binding->instruction, 2);
    assert_false(binding->is_env);
}

static void stops_values_that_grow_without_end(void **state)
{
    (void)state;
    sp_str text = SP_STR("FROM scratch\nENV A=0123456789\n");
    for (int i = 0; i < 100; i++) {
        const sp_str parts[] = {text, SP_STR("ENV A=$A$A\n")};
        text = sp_arena_join(&arena, parts, 2);
    }
    size_t before = arena.used;
    const sp_graph *graph = open_graph(sp_arena_copy(&arena, text).text);
    const sp_binding *binding = sp_map_find(graph->stages[0].state->environment, SP_STR("A"));
    assert_int_equal(binding->variable.certainty, SP_CERTAIN_UNKNOWN);
    assert_true(arena.used - before < 64u * 1024 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gives_a_default_that_a_build_may_replace),
        TEST(takes_an_argument_without_value_as_unknown),
        TEST(knows_what_nothing_defines_where_the_root_is_known),
        TEST(knows_the_path_of_scratch),
        TEST(leaves_automatic_arguments_to_the_build),
        TEST(lets_the_last_given_argument_win),
        TEST(gives_the_pairs_of_ARG_after_arguments_and_globals),
        TEST(expands_the_words_of_ARG_one_after_the_other),
        TEST(expands_the_words_of_ENV_before_their_line),
        TEST(expands_the_words_of_FROM_among_globals),
        TEST(says_who_defined_a_variable),
        TEST(stops_values_that_grow_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
