/* The lines of a Lua file that have code. */
#include "lua/policy.h"
#include "lua/runtime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void note(void *payload, uint32_t line)
{
    bool *lines = payload;
    assert_true(line < 1000);
    lines[line] = true;
}

/* The numbers of the lines with code, each followed by a blank. */
static void expect_lines(const char *text, const char *expected)
{
    bool lines[1000] = {0};
    char found[4096] = "";
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    sp_runtime *runtime = sp_runtime_new(sp_alloc_default());
    assert_int_equal(sp_policy_lines(runtime, &arena, SP_STR("x.lua"), sp_str_from(text), note, lines), SP_OK);
    sp_runtime_free(runtime);
    sp_arena_dispose(&arena);
    for (size_t i = 0, size = 0; i < sizeof lines; i++)
        if (lines[i])
            size += (size_t)snprintf(found + size, sizeof found - size, "%zu ", i);
    assert_string_equal(found, expected);
}

static void leaves_out_the_file_itself(void **state)
{
    (void)state;
    expect_lines("local a = 1\nreturn {\n  check = 2,\n}\n", "");
}

static void counts_lines_of_functions(void **state)
{
    (void)state;
    expect_lines("return {\n"
                 "  check = function(build, report)\n"
                 "    -- a comment\n"
                 "    local inner = function(x)\n"
                 "      return x\n"
                 "    end\n"
                 "    if build then\n"
                 "      report(inner(1))\n"
                 "    else\n"
                 "      report(2)\n"
                 "    end\n"
                 "  end,\n"
                 "}\n",
                 "5 6 7 8 10 ");
}

/* More than 127 lines between two instructions, and more than 128 instructions. */
static void counts_far_lines(void **state)
{
    (void)state;
    char text[4096] = "return function(x)\nx(1)\n";
    for (int i = 0; i < 200; i++)
        strcat(text, "\n");
    strcat(text, "x(2)\nx(3) ");
    for (int i = 0; i < 100; i++)
        strcat(text, "x(4) ");
    strcat(text, "\nx(5)\nend\n");
    expect_lines(text, "2 203 204 205 ");
}

static void refuses_what_does_not_compile(void **state)
{
    (void)state;
    bool lines[1000];
    sp_arena arena;
    sp_arena_init(&arena, sp_alloc_default());
    sp_runtime *runtime = sp_runtime_new(sp_alloc_default());
    assert_int_equal(sp_policy_lines(runtime, &arena, SP_STR("x.lua"), SP_STR("return ("), note, lines), SP_E_PACK);
    sp_runtime_free(runtime);
    sp_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_out_the_file_itself),
        cmocka_unit_test(counts_lines_of_functions),
        cmocka_unit_test(counts_far_lines),
        cmocka_unit_test(refuses_what_does_not_compile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
