/* Values that BuildKit checks when it runs an instruction: what passes, and what does not. */
#include "graph/check.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void all(bool (*check)(sp_str), bool expected, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        if (check(sp_str_from(*texts)) != expected)
            fail_msg("'%s' is %s", *texts, expected ? "refused" : "accepted");
    }
}

#define ACCEPTS(check, ...) all(check, true, (const char *const[]){__VA_ARGS__, NULL})
#define REFUSES(check, ...) all(check, false, (const char *const[]){__VA_ARGS__, NULL})

static void reads_stage_names_as_contexts(void **state)
{
    (void)state;
    ACCEPTS(sp_check__is_context_name, "a", "a.b", "a_b", "a__b", "a-b", "a---b", "a1.b-c_d");
    REFUSES(sp_check__is_context_name, "a.", "a-", "a_", "a..b", "a___b", "a._b", "a-.b");
}

static void reads_modes(void **state)
{
    (void)state;
    ACCEPTS(sp_check__is_mode, "0", "755", "7777", "0000755", "u+x", "+x", "a=r,u+w", "u=rwXst", "go=u", "u+x-w", "=",
            "-rwxr-xr-x");
    REFUSES(sp_check__is_mode, "8", "10000", "99", "0o7", "u", "u+z", "u+x,", ",u+x", "ux", "+x g");
}

static void tells_numeric_owners_from_names(void **state)
{
    (void)state;
    ACCEPTS(sp_check__is_numeric_owner, "0", "1000:1000", "root", "root:0", ":5", "5:", ":", "-1", "2147483647");
    REFUSES(sp_check__is_numeric_owner, "me", "1000:me", "Root", "2147483648", "1.5");
}

static void reads_ports(void **state)
{
    (void)state;
    ACCEPTS(sp_check__is_port, "0", "80", "+80", "0080", "65535", "80/tcp", "80/UDP", "80/", "80-90", "80-80/sctp",
            "1:2", ":2", "127.0.0.1:1:2", "[::1]:1:2", "1-3:80", "1-3:4-6", "::1:1:2", "1::2:1:2",
            "::ffff:1.2.3.4:1:2");
    REFUSES(sp_check__is_port, "", "a", "-1", "65536", "80/x", "90-80", "80-", "-80", "/tcp", "1:", "x:2", "1-3:4-5",
            "1.2.3:1:2", "1.2.3.256:1:2", "01.2.3.4:1:2", "[::1:1:2", "1:2:3:4:5:6:7:8:9:1:2", "80 81", "1::2::3:1:2");
}

static void reads_signals(void **state)
{
    (void)state;
    ACCEPTS(sp_check__is_signal, "1", "-1", "+15", "999", "TERM", "SIGTERM", "sigterm", "RTMIN", "SIGRTMIN+1",
            "rtmin+15", "RTMAX-14", "RTMAX");
    REFUSES(sp_check__is_signal, "", "0", "SIG", "NOPE", "SIGSIGTERM", "RTMIN+0", "RTMIN+16", "RTMIN+01", "RTMAX-15",
            "RTMAX+1", "RTMIN1", "9 ");
}

static void reads_sizes(void **state)
{
    (void)state;
    ACCEPTS(sp_check__is_size, "0", "100", "1.5k", "10m", "10MB", "10MiB", "1 g", "5b", ".5t", "1p");
    REFUSES(sp_check__is_size, "", "m", "1x", "1kbb", "1mbi", "-1", "1 2k k", "1.2.3k", "10bb");
}

static void bounds_numbers_to_32_bits(void **state)
{
    (void)state;
    assert_true(sp_check__is_number(SP_STR("4294967295"), 10));
    assert_false(sp_check__is_number(SP_STR("4294967296"), 10));
    assert_true(sp_check__is_number(SP_STR("37777777777"), 8));
    assert_false(sp_check__is_number(SP_STR("8"), 8));
    assert_false(sp_check__is_number(SP_STR(""), 8));
    assert_false(sp_check__is_number(SP_STR("+1"), 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_stage_names_as_contexts),
        cmocka_unit_test(reads_modes),
        cmocka_unit_test(tells_numeric_owners_from_names),
        cmocka_unit_test(reads_ports),
        cmocka_unit_test(reads_signals),
        cmocka_unit_test(reads_sizes),
        cmocka_unit_test(bounds_numbers_to_32_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
