/* Days of the calendar. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void takes_days_of_the_calendar(void **state)
{
    (void)state;
    static const char *const days[] = {"2026-11-25", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_true(sp_date_is_valid(sp_str_from(days[i])));
}

static void takes_nothing_else(void **state)
{
    (void)state;
    static const char *const others[] = {"",           "2026-11-31", "2023-02-29", "1900-02-29",  "2026-00-10",
                                         "2026-13-01", "2026-01-00", "0000-01-01", "2026-1-1",    "26-01-01",
                                         "2026/01/01", "2026-01-0x", "+026-01-01", "2026-01-011", " 2026-01-01"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(sp_date_is_valid(sp_str_from(others[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_days_of_the_calendar),
        cmocka_unit_test(takes_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
