/* The table and math libraries, as policies see them. */
#include "machine.h"

static void joins_items(void **state)
{
    (void)state;
    PASSES("assert(table.concat({ 1, 2.5, 'x' }, ', ') == '1, 2.5, x' and table.concat({}) == '')\n"
           "assert(table.concat({ 'a', 'b', 'c' }, '', 2, 3) == 'bc' and table.concat({ 'a' }, 'x', 2) == '')\n");
    FAILS("table.concat({ 'a', {} })", "error", "invalid value (at index 2) in table for 'concat': a table");
    FAILS("table.concat({}, '', math.maxinteger - 1, math.maxinteger)", "error", "invalid value");
}

static void inserts_and_removes(void **state)
{
    (void)state;
    PASSES("local t = { 'a', 'c' } table.insert(t, 2, 'b') table.insert(t, 'd') table.insert(t, 1, '0')\n"
           "assert(table.concat(t) == '0abcd')\n"
           "assert(table.remove(t, 1) == '0' and table.remove(t) == 'd' and table.remove(t, 2) == 'b')\n"
           "assert(table.concat(t) == 'ac' and table.remove({}) == nil and table.remove(t, 3) == nil and #t == 2)\n");
    FAILS("table.insert({}, 5, 1)", "error", "position out of bounds");
    FAILS("table.remove({ 1 }, 5)", "error", "position out of bounds");
    FAILS("table.insert({}, 1, 2, 3)", "error", "wrong number of arguments");
}

static void packs_and_unpacks(void **state)
{
    (void)state;
    PASSES("local t = table.pack(1, nil, 3) assert(t.n == 3 and t[1] == 1 and t[2] == nil and t[3] == 3)\n"
           "assert(select('#', table.unpack({ 1, 2, 3 })) == 3 and select('#', table.unpack({}, 1, 2)) == 2)\n"
           "assert(table.unpack({ 1, 2 }, 2) == 2 and select('#', table.unpack({ 1 }, 2)) == 0)\n"
           "assert(select('#', table.unpack({}, 1, 4096)) == 4096)\n");
    FAILS("table.unpack({}, 1, 4097)", "error", "too many results to unpack");
    FAILS("table.unpack({}, math.mininteger, math.maxinteger)", "error", "too many results to unpack");
}

static void sorts_in_order(void **state)
{
    (void)state;
    PASSES("local t = { 3, 1, 2 } table.sort(t) assert(table.concat(t) == '123')\n"
           "table.sort(t, function(a, b) return a > b end) assert(table.concat(t) == '321')\n"
           "local w = { 'b', 'B', 'a', '\\xe9' } table.sort(w) assert(table.concat(w) == 'Bab\\xe9')\n"
           "for n = 0, 70 do local l = {} for i = 1, n do l[i] = i * 7919 % 101 end table.sort(l)\n"
           "  for i = 2, n do assert(l[i - 1] <= l[i]) end end\n");
}

static void keeps_equal_items_in_place(void **state)
{
    (void)state;
    PASSES("local t = {} for i = 1, 500 do t[i] = { k = i % 7, i = i } end\n"
           "table.sort(t, function(a, b) return a.k < b.k end)\n"
           "for i = 2, 500 do assert(t[i - 1].k < t[i].k or t[i - 1].i < t[i].i) end\n");
}

static void leaves_list_alone_when_comparison_raises(void **state)
{
    (void)state;
    PASSES("local t = { 3, 2, 1 }\n"
           "assert(not pcall(table.sort, t, function() error('no') end) and table.concat(t) == '321')\n"
           "assert(not pcall(table.sort, { 1, 'x' }))\n");
}

static void charges_for_moved_items(void **state)
{
    (void)state;
    FAILS("local t = {} for i = 1, 100000 do table.insert(t, 1, i) end", "limit:steps", "takes more than its");
}

static void has_only_exact_mathematics(void **state)
{
    (void)state;
    PASSES(
        "assert(math.abs(-1) == 1 and math.floor(1.5) == 1 and math.ceil(1.2) == 2 and math.max(1, 3, 2) == 3)\n"
        "assert(math.tointeger(3.0) == 3 and math.type(1) == 'integer' and math.ult(1, -1) and math.fmod(7, 3) == 1)\n"
        "for name in pairs({ random = 1, randomseed = 1, sin = 1, exp = 1, log = 1, sqrt = 1, pi = 1 }) do\n"
        "  assert(math[name] == nil, name) end\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_items),
        cmocka_unit_test(inserts_and_removes),
        cmocka_unit_test(packs_and_unpacks),
        cmocka_unit_test(sorts_in_order),
        cmocka_unit_test(keeps_equal_items_in_place),
        cmocka_unit_test(leaves_list_alone_when_comparison_raises),
        cmocka_unit_test(charges_for_moved_items),
        cmocka_unit_test(has_only_exact_mathematics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
