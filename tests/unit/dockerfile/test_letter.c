/* Characters of variable names, at the ends of ranges. */
#include "dockerfile/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void letters_are_of_every_alphabet(void **state)
{
    static const uint32_t letters[] = {'a',   'Z',    0xAA,   0xB5,   0xE9,    0x3A9,
                                       0x5D0, 0x4E00, 0x9FFF, 0xAC00, 0x1D400, 0x323AF};
    static const uint32_t others[] = {'_',  '0',   '@',    '[',    '`',    '{',     0x80,     0xA0,      0xD7,
                                      0xF7, 0x300, 0x2028, 0x20AC, 0xFFFD, 0x323B0, 0x110000, UINT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        assert_true(sp_is_letter(letters[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(sp_is_letter(others[i]));
}

static void digits_are_decimal_ones_of_every_script(void **state)
{
    (void)state;
    assert_true(sp_is_digit('0') && sp_is_digit('9') && sp_is_digit(0x660) && sp_is_digit(0x669));
    assert_true(sp_is_digit(0x1FBF9));
    assert_false(sp_is_digit(0x66A) || sp_is_digit(0xB2) || sp_is_digit(0x2160) || sp_is_digit(UINT32_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_of_every_alphabet),
        cmocka_unit_test(digits_are_decimal_ones_of_every_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
