/* "Did you mean …?": near misses are found, far ones are left alone. */
#include "base/suggest.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const sp_str names[] = {{"from", 4}, {"mount", 5}, {"shipped", 7}, {"shapes", 6}};

static void expect(sp_str name, sp_str wanted)
{
    sp_str found = sp_suggest(name, names, sizeof names / sizeof *names);
    assert_int_equal(found.size, wanted.size);
    assert_memory_equal(found.text, wanted.text, wanted.size);
}

static void finds_near_misses(void **state)
{
    (void)state;

    expect(SP_STR("shiped"), SP_STR("shipped"));
    expect(SP_STR("moutn"), SP_STR("mount"));
    expect(SP_STR("FORM"), SP_STR("from"));
}

static void leaves_other_words_alone(void **state)
{
    (void)state;

    expect(SP_STR("user"), SP_STR(""));
    expect(SP_STR("x"), SP_STR(""));
    expect(SP_STR(""), SP_STR(""));
    expect(SP_STR("a name that is far longer than any name anybody would give"), SP_STR(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_near_misses),
        cmocka_unit_test(leaves_other_words_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
