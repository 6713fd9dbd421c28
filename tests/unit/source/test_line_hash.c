/* GitHub's line hashes, by values that its own implementations give. */
#include "source/line_hash.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { MOST = 16 };

static uint64_t hashes[MOST];
static uint32_t lines;

static void keep(void *payload, uint32_t line, uint64_t hash)
{
    (void)payload;
    assert_int_equal(line, lines + 1);
    assert_true(lines < MOST);
    hashes[lines++] = hash;
}

static void hash_lines(sp_str text)
{
    lines = 0;
    sp_line_hashes(text, keep, NULL);
}

static void an_empty_file_has_one_line(void **state)
{
    (void)state;
    hash_lines(SP_STR(""));
    assert_int_equal(lines, 1);
    assert_int_equal(hashes[0], 0xc129715d7a2bc9a3);
}

static void leaves_out_blanks(void **state)
{
    static const uint64_t expected[] = {0x271789c17abda88f, 0x54703d4cd895b18, 0x180aee12dab6264, 0xa23a3dc5e078b07b};
    (void)state;
    hash_lines(SP_STR(" a\nb\n  \t\tc\n d"));
    assert_int_equal(lines, 4);
    assert_memory_equal(hashes, expected, sizeof expected);
}

static void line_ends_of_windows_change_nothing(void **state)
{
    (void)state;
    hash_lines(SP_STR(" a\r\nb\r\n  \t\tc\r\n d"));
    assert_int_equal(lines, 4);
    assert_int_equal(hashes[3], 0xa23a3dc5e078b07b);
}

static void long_equal_lines_have_equal_hashes(void **state)
{
#define LOREM "Lorem ipsum dolor sit amet.\n"
    (void)state;
    hash_lines(SP_STR(LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM));
    assert_int_equal(lines, 11);
    assert_int_equal(hashes[0], 0xa7f2ff13bc495cf2);
    assert_int_equal(hashes[1], 0xa7f2ff13bc495cf2);
    assert_int_not_equal(hashes[9], hashes[0]);
}

static void a_character_beyond_the_first_plane_is_two_units(void **state)
{
    (void)state;
    hash_lines(SP_STR("\xf0\x9f\x90\xb3"));
    assert_int_equal(lines, 1);
    uint64_t expected = (0xD83Dull * 37 + 0xDC33) * 37 + 0xFFFF;
    for (int i = 0; i < 97; i++)
        expected *= 37;
    assert_int_equal(hashes[0], expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_has_one_line),
        cmocka_unit_test(leaves_out_blanks),
        cmocka_unit_test(line_ends_of_windows_change_nothing),
        cmocka_unit_test(long_equal_lines_have_equal_hashes),
        cmocka_unit_test(a_character_beyond_the_first_plane_is_two_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
