/* SHA-256: the standard's own examples, in one piece and in many. */
#include "base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void hash_in_pieces(const char *text, size_t size, size_t piece, char hex[65])
{
    sp_sha256 hash;
    unsigned char digest[SP_SHA256_SIZE];
    sp_sha256_init(&hash);
    for (size_t i = 0; i < size; i += piece)
        sp_sha256_add(&hash, (sp_str){text + i, size - i < piece ? size - i : piece});
    sp_sha256_finish(&hash, digest);
    for (unsigned i = 0; i < SP_SHA256_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static void digests_the_examples_of_the_standard(void **state)
{
    static const char *const examples[][2] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char hex[65];
        hash_in_pieces(examples[i][0], strlen(examples[i][0]), 64, hex);
        assert_string_equal(hex, examples[i][1]);
    }
}

static void pieces_do_not_matter(void **state)
{
    static char text[1000000];
    char hex[65];
    (void)state;
    memset(text, 'a', sizeof text);

    hash_in_pieces(text, sizeof text, 997, hex);

    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_the_examples_of_the_standard),
        cmocka_unit_test(pieces_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
