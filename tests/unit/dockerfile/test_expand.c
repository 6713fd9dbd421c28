/* Word expansion: the rows of tests/tables/expand.tsv, then limits and places. */
#include "unit/dockerfile/parsed.h"

#include "base/buf.h"
#include "base/limits.h"
#include "dockerfile/expand.h"

#include <stdio.h>

typedef struct environment {
    sp_str name[8];
    sp_variable variable[8];
    size_t count;
} environment;

static sp_variable look_up(sp_str name, void *payload)
{
    const environment *known = payload;
    for (size_t i = 0; i < known->count; i++) {
        if (sp_str_equal(known->name[i], name))
            return known->variable[i];
    }
    return (sp_variable){.certainty = SP_CERTAIN_UNDEFINED, .definition = UINT32_MAX};
}

/* '*' stands for the NUL byte of an unknown run. */
static sp_str with_unknowns(sp_str text)
{
    sp_str copy = sp_arena_copy(&arena, text);
    char *bytes = (char *)(uintptr_t)copy.text;
    for (size_t i = 0; i < copy.size; i++)
        bytes[i] = (char)(bytes[i] == '*' ? '\0' : bytes[i]);
    return copy;
}

/* A=x, A~x, A?, A?=shape; values may hold blanks: a word without '=', '~' or '?' belongs to the one before. */
static void add_variable(environment *known, sp_str text)
{
    size_t size = 0;
    while (size < text.size && strchr("=~?", text.text[size]) == NULL)
        size++;
    char kind = text.text[size];
    sp_variable variable = {.set = true, .value = sp_str_skip(text, size + 1), .definition = 7};
    variable.certainty = kind == '=' ? SP_CERTAIN_KNOWN : kind == '~' ? SP_CERTAIN_DEFAULT : SP_CERTAIN_UNKNOWN;
    if (kind == '?') {
        variable.set = variable.value.size > 0;
        variable.shape = with_unknowns(sp_str_skip(variable.value, 1));
        variable.value = SP_STR("");
    }
    known->name[known->count] = sp_str_head(text, size);
    known->variable[known->count++] = variable;
}

static bool begins_variable(sp_str text)
{
    size_t size = 0;
    while (size < text.size && (unsigned char)text.text[size] > ' ' && strchr("=~?", text.text[size]) == NULL)
        size++;
    return size > 0 && size < text.size && text.text[size] != ' ';
}

static environment read_environment(sp_str text)
{
    environment known = {.count = 0};
    if (sp_str_equal(text, SP_STR("-")))
        return known;
    while (text.size > 0) {
        size_t end = 0;
        do
            end += 1 + sp_str_find(sp_str_skip(text, end + 1), ' ');
        while (end < text.size && !begins_variable(sp_str_skip(text, end + 1)));
        add_variable(&known, sp_str_head(text, end));
        text = sp_str_skip(text, end + 1);
    }
    return known;
}

static void show_text(sp_buf *out, sp_str text)
{
    for (size_t i = 0; i < text.size; i++)
        sp_buf_byte(out, text.text[i] == '\0' ? '*' : text.text[i]);
}

static void show(sp_buf *out, const sp_value *value)
{
    if (value->failed) {
        sp_buf_print(out, "!%.*s", SP_STR_ARG(value->error));
        return;
    }
    assert_true(value->known || !value->is_default);
    sp_buf_text(out, value->is_default ? "~\"" : value->known ? "\"" : "?\"");
    show_text(out, value->shape);
    sp_buf_text(out, value->fails_unknown ? "\" (may fail)" : "\"");
}

static void show_words(sp_buf *out, const sp_values *words)
{
    for (uint32_t i = 0; i < words->count; i++) {
        sp_buf_text(out, i == 0 ? "[" : " [");
        show_text(out, words->items[i].shape);
        sp_buf_byte(out, ']');
    }
}

static void expand_row(sp_buf *out, sp_str mode, sp_str text, environment *known)
{
    sp_word word = {text, {0, (uint32_t)text.size}};
    char escape = sp_str_equal(mode, SP_STR("tick")) ? '`' : '\\';
    if (sp_str_equal(mode, SP_STR("split"))) {
        sp_values words = {0};
        sp_expand_split(&arena, NULL, word, escape, look_up, known, &words);
        show_words(out, &words);
        return;
    }
    sp_expand_mode how = sp_str_equal(mode, SP_STR("body")) ? SP_EXPAND_BODY : SP_EXPAND_WORD;
    sp_value value = sp_expand(&arena, NULL, word, escape, how, look_up, known);
    show(out, &value);
}

static sp_str field(sp_str *row)
{
    sp_str text = *row;
    text.size = sp_str_find(text, '\t');
    *row = sp_str_skip(*row, text.size + 1);
    return text;
}

static bool is_as_expected(sp_str shown, sp_str expected)
{
    if (expected.size > 0 && expected.text[0] == '!')
        return sp_str_starts(shown, SP_STR("!")) && sp_str_search(shown, sp_str_skip(expected, 1)) != SIZE_MAX;
    return sp_str_equal(shown, expected);
}

static void judge_row(sp_str row)
{
    sp_buf out;
    sp_str whole = row, mode = field(&row), text = field(&row), variables = field(&row);
    environment known = read_environment(variables);
    sp_buf_init(&out, sp_alloc_default(), 1 << 16);
    expand_row(&out, mode, text, &known);
    if (!is_as_expected(sp_buf_str(&out), row))
        fail_msg("%.*s\nbecame %.*s", SP_STR_ARG(whole), SP_STR_ARG(sp_buf_str(&out)));
    sp_buf_dispose(&out);
}

static void rows_hold(void **state)
{
    static char path[1024], table[1 << 16];
    const char *root = getenv("SP_SOURCE_DIR");
    (void)state;
    snprintf(path, sizeof path, "%s/tests/tables/expand.tsv", root != NULL ? root : ".");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    sp_str rest = {table, fread(table, 1, sizeof table, file)};
    fclose(file);
    size_t judged = 0;
    while (rest.size > 0) {
        sp_str row = sp_str_head(rest, sp_str_find(rest, '\n'));
        rest = sp_str_skip(rest, row.size + 1);
        if (row.size == 0 || row.text[0] == '#')
            continue;
        judge_row(row);
        judged++;
    }
    assert_true(judged > 150);
}

static sp_value expand(sp_str text, environment *known)
{
    sp_word word = {text, {100, 100 + (uint32_t)text.size}};
    return sp_expand(&arena, NULL, word, '\\', SP_EXPAND_WORD, look_up, known);
}

static void takes_a_word_that_says_nothing_as_it_is(void **state)
{
    environment none = {.count = 0};
    sp_str text = SP_STR("registry.example/app:1.2");
    (void)state;

    sp_value value = expand(text, &none);

    assert_ptr_equal(value.value.text, text.text);
    assert_int_equal(value.variable_count, 0);
}

static void repairs_bytes_that_are_no_text(void **state)
{
    environment none = {.count = 0};
    (void)state;
    assert_text(expand(SP_STR("a\xFF"
                              "b"),
                       &none)
                    .value,
                "a\xEF\xBF\xBD"
                "b");
    assert_text(expand(SP_STR("\xEF\xBB\xBFx"), &none).value, "x");
}

static void says_where_each_variable_stands(void **state)
{
    environment known = {.count = 0};
    (void)state;
    add_variable(&known, SP_STR("A=1"));

    sp_value value = expand(SP_STR("x$A\"${B:-$C}\""), &known);

    assert_int_equal(value.variable_count, 3);
    const sp_variable_use *uses = value.variables;
    assert_text(uses[0].name, "A");
    assert_int_equal(uses[0].definition, 7);
    assert_int_equal(uses[0].at.start, 101);
    assert_int_equal(uses[0].at.end, 103);
    assert_text(uses[1].name, "B");
    assert_int_equal(uses[1].certainty, SP_CERTAIN_UNDEFINED);
    assert_int_equal(uses[1].at.start, 104);
    assert_int_equal(uses[1].at.end, 112);
    assert_text(uses[2].name, "C");
    assert_int_equal(uses[2].at.start, 109);
}

static void finds_a_variable_across_lines(void **state)
{
    environment none = {.count = 0};
    (void)state;
    const sp_document *document = parse(SP_STR("FROM im$\\\nVA\\\nR:1\n"));
    const sp_instruction *from = &document->instructions.items[0];

    sp_value value = sp_expand(&arena, &from->line, *from->as.from.base, '\\', SP_EXPAND_WORD, look_up, &none);

    assert_int_equal(value.variable_count, 1);
    assert_text(value.variables[0].name, "VAR");
    assert_text(sp_source_text(&document->source, value.variables[0].at), "$\\\nVA\\\nR");
}

static void refuses_too_many_expansions_within_each_other(void **state)
{
    environment none = {.count = 0};
    (void)state;
    sp_str open = repeated(SP_STR(""), SP_STR("${A:-"), SP_LIMIT_EXPANSION_DEPTH, SP_STR("x"));
    sp_str deepest = repeated(open, SP_STR("}"), SP_LIMIT_EXPANSION_DEPTH, SP_STR(""));
    sp_str deeper = repeated(SP_STR("${A:-"), deepest, 1, SP_STR("}"));

    assert_text(expand(deepest, &none).value, "x");
    assert_true(expand(deeper, &none).failed);
}

static void refuses_a_value_over_the_limit(void **state)
{
    environment known = {.count = 0};
    (void)state;
    add_variable(&known, repeated(SP_STR("A="), SP_STR("x"), SP_LIMIT_EXPANDED_BYTES / 2, SP_STR("")));

    assert_true(expand(SP_STR("$A$A"), &known).known);
    sp_value over = expand(SP_STR("$A$A-"), &known);
    assert_true(over.failed);
    assert_int_not_equal(sp_str_search(over.error, SP_STR("longer than")), SIZE_MAX);
}

static void leaves_a_pattern_undecided_that_costs_too_much(void **state)
{
    environment known = {.count = 0};
    (void)state;
    add_variable(&known, repeated(SP_STR("A="), SP_STR("a"), 100000, SP_STR("")));
    sp_str pattern = repeated(SP_STR("${A##"), SP_STR("*a"), 1000, SP_STR("b}"));

    sp_value value = expand(pattern, &known);

    assert_false(value.known || value.failed);
}

static void follows_only_cheap_patterns_after_many_costly_ones(void **state)
{
    environment known = {.count = 0};
    (void)state;
    add_variable(&known, repeated(SP_STR("A="), SP_STR("a"), 1000, SP_STR("b")));
    add_variable(&known, SP_STR("B=v1.2"));

    assert_true(expand(SP_STR("${A##*b}"), &known).known);
    for (int i = 0; i < 10000; i++)
        expand(SP_STR("${A##*b}"), &known);

    assert_false(expand(SP_STR("${A##*b}"), &known).known);
    assert_text(expand(SP_STR("${B%.*}"), &known).value, "v1");
}

static void passes_over_many_stars_at_once(void **state)
{
    environment known = {.count = 0};
    (void)state;
    add_variable(&known, SP_STR("A=abcabcabcb"));

    for (int i = 0; i < 50; i++)
        assert_text(expand(repeated(SP_STR("${A##"), SP_STR("*"), 5000, SP_STR("c}")), &known).value, "b");
}

static void matches_no_line_feed_with_a_wildcard(void **state)
{
    environment known = {.count = 0};
    (void)state;
    add_variable(&known, SP_STR("A=ab\ncd"));

    assert_text(expand(SP_STR("${A##*}"), &known).value, "\ncd");
    assert_text(expand(SP_STR("${A%%*}"), &known).value, "ab\n");
    assert_text(expand(SP_STR("${A/b?c/x}"), &known).value, "ab\ncd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_hold),
        TEST(takes_a_word_that_says_nothing_as_it_is),
        TEST(repairs_bytes_that_are_no_text),
        TEST(says_where_each_variable_stands),
        TEST(finds_a_variable_across_lines),
        TEST(refuses_too_many_expansions_within_each_other),
        TEST(refuses_a_value_over_the_limit),
        TEST(leaves_a_pattern_undecided_that_costs_too_much),
        TEST(follows_only_cheap_patterns_after_many_costly_ones),
        TEST(passes_over_many_stars_at_once),
        TEST(matches_no_line_feed_with_a_wildcard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
