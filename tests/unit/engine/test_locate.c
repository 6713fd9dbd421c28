/* Line hashes of findings: the ordinal counts every line of the file that has the same hash. */
#include "engine/locate.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "unit/report/sample.h"

#define LOREM "Lorem ipsum dolor sit amet.\n"

static void find_on_line(const char *path, uint32_t line)
{
    sp_result_finding *finding = sp_list_add(&results.arena, &results.findings);
    *finding = (sp_result_finding){.at = {.placed = line > 0, .path = sp_str_from(path), .start = {line, 1}}};
}

static void assert_hash(uint32_t index, const char *expected)
{
    if (!sp_str_is(results.findings.items[index].line_hash, expected))
        fail_msg("finding %u has the line hash '%.*s'", index, SP_STR_ARG(results.findings.items[index].line_hash));
}

static void counts_lines_that_no_finding_is_on(void **state)
{
    sp_str text = SP_STR(LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM);
    (void)state;
    find_on_line("a", 2);
    find_on_line("a", 2);
    find_on_line("a", 4);
    assert_int_equal(sp_locate_lines(&results, 0, SP_STR("a"), text), 3);
    assert_hash(0, "a7f2ff13bc495cf2:2");
    assert_hash(1, "a7f2ff13bc495cf2:2");
    assert_hash(2, "a7f2ff13bc495cf2:4");
}

static void without_a_place_it_is_the_first_line(void **state)
{
    (void)state;
    find_on_line("a", 0);
    find_on_line("a", 1);
    sp_locate_lines(&results, 0, SP_STR("a"), SP_STR(""));
    assert_hash(0, "c129715d7a2bc9a3:1");
    assert_hash(1, "c129715d7a2bc9a3:1");
}

static void passes_what_is_of_no_file(void **state)
{
    (void)state;
    find_on_line(".", 0);
    find_on_line("a", 1);
    find_on_line("b", 1);
    uint32_t next = sp_locate_lines(&results, 0, SP_STR("a"), SP_STR(" a\nb\n  \t\tc\n d"));
    assert_int_equal(next, 2);
    assert_hash(0, "");
    assert_hash(1, "271789c17abda88f:1");
    assert_hash(2, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(counts_lines_that_no_finding_is_on),
        CASE(without_a_place_it_is_the_first_line),
        CASE(passes_what_is_of_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
