/* Structs that cross the border: older hosts, newer hosts, hosts that forget to say a size. */
#include "engine/abi.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct known {
    size_t size;
    int32_t first, second;
} known;

typedef struct newer {
    known known;
    int32_t third, fourth;
} newer;

static void a_smaller_struct_leaves_the_rest_zero(void **state)
{
    known ours = {0, 1, 1}, given = {offsetof(known, second), 7, 8};
    (void)state;

    assert_int_equal(sp_abi_take(&ours, sizeof ours, &given), SP_OK);

    assert_int_equal(ours.size, sizeof ours);
    assert_int_equal(ours.first, 7);
    assert_int_equal(ours.second, 0);
}

static void a_larger_struct_must_end_in_zeros(void **state)
{
    known ours;
    newer given = {{sizeof given, 7, 8}, 0, 0};
    (void)state;

    assert_int_equal(sp_abi_take(&ours, sizeof ours, &given), SP_OK);
    assert_int_equal(ours.second, 8);
    given.fourth = 1;
    assert_int_equal(sp_abi_take(&ours, sizeof ours, &given), SP_E_VERSION);
}

static void null_is_all_zero(void **state)
{
    known ours = {0, 1, 1};
    (void)state;

    assert_int_equal(sp_abi_take(&ours, sizeof ours, NULL), SP_OK);

    assert_int_equal(ours.first, 0);
    assert_int_equal(ours.size, sizeof ours);
}

static void a_size_must_be_said(void **state)
{
    known ours = {0}, given = {0};
    (void)state;

    assert_int_equal(sp_abi_take(&ours, sizeof ours, &given), SP_E_USAGE);
    assert_int_equal(sp_abi_give(&given, &ours, sizeof ours), SP_E_USAGE);
}

static void gives_no_more_than_there_is_room_for(void **state)
{
    known ours = {sizeof ours, 7, 8}, out = {offsetof(known, second), 0, 5};
    (void)state;

    assert_int_equal(sp_abi_give(&out, &ours, sizeof ours), SP_OK);

    assert_int_equal(out.size, offsetof(known, second));
    assert_int_equal(out.first, 7);
    assert_int_equal(out.second, 5);
}

static void zeroes_what_it_does_not_know(void **state)
{
    known ours = {sizeof ours, 7, 8};
    newer out = {{sizeof out, 0, 0}, 9, 9};
    (void)state;

    assert_int_equal(sp_abi_give(&out, &ours, sizeof ours), SP_OK);

    assert_int_equal(out.known.size, sizeof out);
    assert_int_equal(out.known.second, 8);
    assert_int_equal(out.third, 0);
    assert_int_equal(out.fourth, 0);
}

static void an_error_is_handed_over_once(void **state)
{
    sp_error ours = {.size = sizeof ours, .message = "first"}, theirs;
    (void)state;
    SP_INIT(theirs);

    assert_int_equal(sp_abi_fail(&theirs, &ours, SP_E_PACK), SP_E_PACK);
    strcpy(ours.message, "second");
    assert_int_equal(sp_abi_fail(&theirs, &ours, SP_E_USAGE), SP_E_USAGE);

    assert_int_equal(theirs.status, SP_E_PACK);
    assert_string_equal(theirs.message, "first");
}

static void an_error_always_says_something(void **state)
{
    sp_error ours = {.size = sizeof ours}, theirs;
    (void)state;
    SP_INIT(theirs);

    sp_abi_fail(&theirs, &ours, SP_E_MEMORY);

    assert_string_equal(theirs.message, "out of memory");
    assert_int_equal(sp_abi_fail(NULL, &ours, SP_E_MEMORY), SP_E_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smaller_struct_leaves_the_rest_zero),
        cmocka_unit_test(a_larger_struct_must_end_in_zeros),
        cmocka_unit_test(null_is_all_zero),
        cmocka_unit_test(a_size_must_be_said),
        cmocka_unit_test(gives_no_more_than_there_is_room_for),
        cmocka_unit_test(zeroes_what_it_does_not_know),
        cmocka_unit_test(an_error_is_handed_over_once),
        cmocka_unit_test(an_error_always_says_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
