/* Variables in texts, and .env files. */
#include "config/dotenv.h"
#include "config/template.h"

#include "base/guard.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* One text, and what came of it. */
typedef struct reading {
    sp_arena arena;
    sp_str text;
    sp_str filled, problem;
    uint32_t unset;
    sp_dotenv file;
    sp_error error;
} reading;

static bool look_up(void *payload, sp_str name, sp_str *value)
{
    (void)payload;
    if (sp_str_is(name, "SET"))
        *value = SP_STR("s");
    return sp_str_is(name, "SET") || sp_str_is(name, "EMPTY");
}

static sp_status fill_guarded(void *payload)
{
    reading *one = payload;
    sp_template filler = {.arena = &one->arena, .lookup = look_up, .left = SP_LIMIT_FILLED_BYTES};
    bool filled = sp_template_fill(&filler, one->text, &one->filled);
    one->unset = filler.unset.count;
    one->problem = filler.problem;
    return filled ? SP_OK : SP_E_CONFIG;
}

static sp_status read_guarded(void *payload)
{
    reading *one = payload;
    return sp_dotenv_read(&one->arena, SP_STR(".env"), one->text, look_up, NULL, &one->file, &one->error);
}

static sp_status run(reading *one, const char *text, sp_status (*work)(void *))
{
    *one = (reading){.text = sp_str_from(text)};
    SP_INIT(one->error);
    sp_arena_init(&one->arena, sp_alloc_default());
    return sp_guard(&one->arena, work, one);
}

static void fills(const char *text, const char *expected, uint32_t unset)
{
    reading one;
    if (run(&one, text, fill_guarded) != SP_OK)
        fail_msg("%s: %s", text, one.problem.text);
    assert_string_equal(sp_arena_copy(&one.arena, one.filled).text, expected);
    assert_int_equal(one.unset, unset);
    sp_arena_dispose(&one.arena);
}

static void refuses_text(const char *text, const char *message)
{
    reading one;
    assert_int_equal(run(&one, text, fill_guarded), SP_E_CONFIG);
    if (strstr(one.problem.text, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, one.problem.text);
    sp_arena_dispose(&one.arena);
}

static void a_variable_has_its_value_or_is_blank(void **state)
{
    (void)state;
    fills("a", "a", 0);
    fills("$SET-${SET}", "s-s", 0);
    fills("<$NOT${NOT}>", "<>", 2);
    fills("$SETx$SET.", "s.", 1);
}

static void a_dollar_that_names_nothing_stays(void **state)
{
    (void)state;
    fills("$$SET $1 $. $", "$SET $1 $. $", 0);
    fills("$$$$", "$$", 0);
}

static void operators_choose(void **state)
{
    static const char *const cases[][2] = {
        {"${SET:-d}", "s"},
        {"${EMPTY:-d}", "d"},
        {"${NOT:-d}", "d"},
        {"${SET-d}", "s"},
        {"${EMPTY-d}", ""},
        {"${NOT-d}", "d"},
        {"${SET:+r}", "r"},
        {"${EMPTY:+r}", ""},
        {"${NOT:+r}", ""},
        {"${SET+r}", "r"},
        {"${EMPTY+r}", "r"},
        {"${NOT+r}", ""},
        {"${SET:?e}", "s"},
        {"${EMPTY?e}", ""},
        {"${NOT:-}", ""},
        {"${NOT:-${SET}}", "s"},
        {"${NOT:-${NO:-x}y}z", "xyz"},
        {"${NOT-a:-b}", "a:-b"},
        {"${NOT:-$$}", "$"},
        {"${NOT:-{\"a\":1}}", "{\"a\":1}"},
        {"${NOT:-{}}", "{}"},
        {"${NOT:-a} }", "a }"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        fills(cases[i][0], cases[i][1], 0);
}

static void what_compose_refuses_is_refused(void **state)
{
    (void)state;
    refuses_text("${", "not ${NAME}");
    refuses_text("${}", "not ${NAME}");
    refuses_text("${SET", "not ${NAME}");
    refuses_text("${1}", "not ${NAME}");
    refuses_text("${SET.x}", "not ${NAME}");
    refuses_text("${NOT:-a\nb}", "not ${NAME}");
    refuses_text("${NOT?}", "'NOT' is required and not set; give it a value");
    refuses_text("${EMPTY:?because $SET}", "'EMPTY' is required and not set: because s");
}

static void has(const char *text, const char *name, const char *expected)
{
    reading one;
    sp_str value = SP_STR("(none)");
    if (run(&one, text, read_guarded) != SP_OK)
        fail_msg("%s: %s", text, one.error.message);
    sp_dotenv_find(&one.file, sp_str_from(name), &value);
    assert_string_equal(sp_arena_copy(&one.arena, value).text, expected);
    sp_arena_dispose(&one.arena);
}

static void refuses_file(const char *text, uint32_t line, const char *message)
{
    reading one;
    assert_int_equal(run(&one, text, read_guarded), SP_E_CONFIG);
    if (strstr(one.error.message, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, one.error.message);
    assert_int_equal(one.error.line, line);
    sp_arena_dispose(&one.arena);
}

static void a_line_sets_a_variable(void **state)
{
    (void)state;
    has("A=1\nB=2\n", "B", "2");
    has("\xEF\xBB\xBF"
        "A=1",
        "A", "1");
    has("  export A = x y \r\n", "A", "x y");
    has("A: yaml\n", "A", "yaml");
    has("A=\n", "A", "");
    has("A.b-c[0]=1\n", "A.b-c[0]", "1");
    has("A=1\nA=2\n", "A", "2");
    has("# A=1\n\n", "A", "(none)");
}

static void a_comment_ends_a_plain_value(void **state)
{
    (void)state;
    has("A=x # no\n", "A", "x");
    has("A=x#yes\n", "A", "x#yes");
    has("A=\"x\" # no\nB=y\n", "B", "y");
}

static void quotes_keep_lines_and_escapes(void **state)
{
    (void)state;
    has("A='$SET \\n it\\'s'\n", "A", "$SET \\n it's");
    has("A=\"a\nb\"\nB=1\n", "A", "a\nb");
    has("A=\"\\t\\\"\\\\\\$SET\\0101\\01\\c\"\n", "A", "\t\"\\$SETA\\1\\c");
    has("A=\\n\n", "A", "\\n");
}

static void variables_in_a_value_are_filled_in(void **state)
{
    (void)state;
    has("A=$SET\nB=\"${A}x\"\n", "B", "sx");
    has("SET=other\nB=$SET\n", "B", "s");
    has("B=${NOT:-d}\n", "B", "d");
}

static void a_name_alone_is_taken_over(void **state)
{
    (void)state;
    has("SET\nNOT\nB=1\n", "SET", "s");
    has("SET\nNOT\nB=1\n", "NOT", "(none)");
    has("SET", "SET", "s");
}

static void a_broken_file_is_refused_with_its_line(void **state)
{
    (void)state;
    refuses_file("A=1\nB B=1\n", 2, "has no space");
    refuses_file("A=1\n\n?=1\n", 3, "letters, digits");
    refuses_file("A='x\ny\n", 1, "never closed");
    refuses_file("A=x\nB=${\n", 2, "not ${NAME}");
}

static void a_file_that_doubles_is_refused(void **state)
{
    char text[2048] = "A=xxxxxxxxxxxxxxxx\n";
    (void)state;
    for (int i = 0; i < 60; i++)
        strcat(text, "A=$A$A\n");
    refuses_file(text, 20, "larger than");
}

static void variables_are_counted(void **state)
{
    static char text[SP_LIMIT_DOTENV_VARIABLES * 8 + 16];
    reading one;
    (void)state;
    size_t size = 0;
    for (unsigned i = 0; i < SP_LIMIT_DOTENV_VARIABLES; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "A%u=\n", i);
    assert_int_equal(run(&one, text, read_guarded), SP_OK);
    sp_arena_dispose(&one.arena);
    strcat(text, "B=\n");
    refuses_file(text, SP_LIMIT_DOTENV_VARIABLES + 1, "too many variables");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variable_has_its_value_or_is_blank),
        cmocka_unit_test(a_dollar_that_names_nothing_stays),
        cmocka_unit_test(operators_choose),
        cmocka_unit_test(what_compose_refuses_is_refused),
        cmocka_unit_test(a_line_sets_a_variable),
        cmocka_unit_test(a_comment_ends_a_plain_value),
        cmocka_unit_test(quotes_keep_lines_and_escapes),
        cmocka_unit_test(variables_in_a_value_are_filled_in),
        cmocka_unit_test(a_name_alone_is_taken_over),
        cmocka_unit_test(a_broken_file_is_refused_with_its_line),
        cmocka_unit_test(a_file_that_doubles_is_refused),
        cmocka_unit_test(variables_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
