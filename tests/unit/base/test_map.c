/* The persistent map: old versions stay as they were, whatever is set later. */
#include "base/map.h"

#include "unit/arena.h"

static void old_versions_stay_as_they_were(void **state)
{
    int one = 1, two = 2;
    (void)state;

    const sp_map *first = sp_map_set(&arena, NULL, SP_STR("A"), &one);
    const sp_map *second = sp_map_set(&arena, first, SP_STR("A"), &two);
    const sp_map *third = sp_map_set(&arena, second, SP_STR("B"), &one);

    assert_ptr_equal(sp_map_find(first, SP_STR("A")), &one);
    assert_ptr_equal(sp_map_find(second, SP_STR("A")), &two);
    assert_null(sp_map_find(second, SP_STR("B")));
    assert_ptr_equal(sp_map_find(third, SP_STR("B")), &one);
    assert_int_equal(sp_map_count(first), 1);
    assert_int_equal(sp_map_count(second), 1);
    assert_int_equal(sp_map_count(third), 2);
    assert_null(sp_map_find(NULL, SP_STR("A")));
}

static void holds_many_keys(void **state)
{
    enum { MANY = 20000 };
    static int values[MANY];
    const sp_map *map = NULL;
    (void)state;

    for (int i = 0; i < MANY; i++)
        map = sp_map_set(&arena, map, sp_arena_print(&arena, "KEY_%d", i), &values[i]);

    assert_int_equal(sp_map_count(map), MANY);
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(sp_map_find(map, sp_arena_print(&arena, "KEY_%d", i)), &values[i]);
    assert_null(sp_map_find(map, SP_STR("KEY_20000")));
}

static bool count_until_five(sp_str key, const void *value, void *payload)
{
    (void)key;
    (void)value;
    return ++*(int *)payload < 5;
}

static void visits_until_told_to_stop(void **state)
{
    int value = 0, visits = 0;
    const sp_map *map = NULL;
    (void)state;
    for (int i = 0; i < 100; i++)
        map = sp_map_set(&arena, map, sp_arena_print(&arena, "%d", i), &value);

    sp_map_each(map, count_until_five, &visits);

    assert_int_equal(visits, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(old_versions_stay_as_they_were),
        TEST(holds_many_keys),
        TEST(visits_until_told_to_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
