/* Growing text: the ceiling holds, and failing is sticky. */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void takes_exactly_its_ceiling(void **state)
{
    sp_buf buf;
    (void)state;
    sp_buf_init(&buf, sp_alloc_default(), 5);

    sp_buf_text(&buf, "12345");
    assert_false(buf.failed);
    sp_buf_byte(&buf, '6');

    assert_true(buf.failed);
    assert_string_equal(sp_buf_str(&buf).text, "12345");
    sp_buf_dispose(&buf);
}

static void stays_failed(void **state)
{
    sp_buf buf;
    (void)state;
    sp_buf_init(&buf, sp_alloc_default(), 3);

    sp_buf_text(&buf, "1234");
    sp_buf_text(&buf, "1");

    assert_true(buf.failed);
    assert_int_equal(buf.size, 0);
    sp_buf_dispose(&buf);
}

static void prints_at_any_length(void **state)
{
    sp_buf buf;
    (void)state;
    sp_buf_init(&buf, sp_alloc_default(), 100000);

    for (int i = 0; i < 1000; i++)
        sp_buf_print(&buf, "%03d,", i);

    assert_false(buf.failed);
    assert_int_equal(buf.size, 4000);
    assert_string_equal(buf.bytes + 3996, "999,");
    sp_buf_dispose(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_exactly_its_ceiling),
        cmocka_unit_test(stays_failed),
        cmocka_unit_test(prints_at_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
