/* UTF-8: what is valid, and what a wrong byte reads as. */
#include "source/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_decodes(sp_str text, uint32_t point, uint32_t size)
{
    uint32_t read;
    assert_int_equal(sp_utf8_decode(text.text, text.text + text.size, &read), point);
    assert_int_equal(read, size);
}

static void reads_the_ends_of_every_range(void **state)
{
    (void)state;
    assert_decodes(SP_STR("\x7F"), 0x7F, 1);
    assert_decodes(SP_STR("\xC2\x80"), 0x80, 2);
    assert_decodes(SP_STR("\xDF\xBF"), 0x7FF, 2);
    assert_decodes(SP_STR("\xE0\xA0\x80"), 0x800, 3);
    assert_decodes(SP_STR("\xED\x9F\xBF"), 0xD7FF, 3);
    assert_decodes(SP_STR("\xEF\xBF\xBD"), 0xFFFD, 3);
    assert_decodes(SP_STR("\xF0\x90\x80\x80"), 0x10000, 4);
    assert_decodes(SP_STR("\xF4\x8F\xBF\xBF"), 0x10FFFF, 4);
}

static void reads_a_wrong_byte_as_one_replacement(void **state)
{
    static const char *const wrong[] = {
        "\x80",
        "\xC1\xBF",
        "\xC2",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xE2\x82",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xC3(",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_decodes(sp_str_from(wrong[i]), SP_UTF8_REPLACEMENT, 1);
        assert_false(sp_utf8_is_valid(sp_str_from(wrong[i])));
    }
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x110000; point += 0x1D) {
        char bytes[4];
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        uint32_t size = sp_utf8_encode(point, bytes);
        assert_decodes((sp_str){bytes, size}, point, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_ends_of_every_range),
        cmocka_unit_test(reads_a_wrong_byte_as_one_replacement),
        cmocka_unit_test(writes_what_it_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
