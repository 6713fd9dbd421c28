/* each, group, set, and what %s makes of lists. */
#include "judge.h"

static const char file[] = "FROM a AS one\nRUN x\nRUN y\nFROM b AS two\nCOPY . /\n";

static void walks_lists(void **state)
{
    (void)state;
    expect_fine(file, "local names = {}\n"
                      "for stage in each(build.stages) do names[#names + 1] = stage.name end\n"
                      "eq(table.concat(names, ','), 'one,two')\n"
                      "local sum = 0\n"
                      "for n in each({ 1, 2, 3 }) do sum = sum + n end\n"
                      "eq(sum, 6)\n"
                      "for _ in each({}) do error('never') end\n"
                      "for i, stage in ipairs(build.stages) do eq(stage.index, i - 1) end\n");
}

static void refuses_what_is_no_list(void **state)
{
    (void)state;
    expect_fine(file, "raises('list expected, got nil', each, nil)\n"
                      "raises('list expected, got stage', each, build.stages[1])\n"
                      "raises('list expected, got string', each, 'x')\n"
                      "raises('list expected', each)\n"
                      "raises('list expected', each, set({}))\n"
                      "raises('list expected', group, 1, 'x')\n"
                      "raises('field name or function expected', group, {})\n"
                      "raises('field name or function expected', group, {}, 1)\n"
                      "raises('list expected', set, nil)\n"
                      "raises('item 1 of the list is a stage, not a text', set, build.stages)\n");
}

static void groups_by_field(void **state)
{
    (void)state;
    expect_fine(file, "local groups = group(build.instructions, 'kind')\n"
                      "eq(#groups, 3)\n"
                      "eq(groups[1].key, 'FROM')\n"
                      "eq(groups[2].key, 'RUN')\n"
                      "eq(#groups[2], 2)\n"
                      "eq(groups[3].key, 'COPY')\n"
                      "eq(#group(build.instructions, 'stage'), 2)\n"
                      "eq(group(build.instructions, 'stage')[2].key, build.stages[2])\n"
                      "raises(\"instruction has no 'knd'; did you mean 'kind'?\", group, build.instructions, 'knd')\n"
                      "raises('has no fields', group, { 1 }, 'kind')\n");
}

static void groups_by_function(void **state)
{
    (void)state;
    expect_fine(file, "local groups = group({ 1, 2, 3, 4, 5 }, function(n) if n < 5 then return n % 2 end end)\n"
                      "eq(#groups, 2)\n"
                      "eq(groups[1].key, 1)\n"
                      "eq(tostring(groups[1]), '1, 3')\n"
                      "eq(tostring(groups), '1, 3, 2, 4')\n"
                      "eq(#group({ 1 }, function() return 0 / 0 end), 0)\n"
                      "raises('boom', group, { 1 }, function() error('boom') end)\n"
                      "local function deep() return group({ 1 }, deep) end\n"
                      "raises('calls through library functions', deep)\n");
}

static void answers_for_sets(void **state)
{
    (void)state;
    expect_fine("FROM scratch\nARG X\nENV A=one B=$X\n",
                "local pairs = build.stages[1].instructions[3].pairs\n"
                "local names = set({ 'one', 'two' })\n"
                "eq(names:has('one'), true)\n"
                "eq(names:has('three'), false)\n"
                "eq(names:has({ 'three', 'two' }), true)\n"
                "eq(names:has({}), false)\n"
                "eq(names:has(pairs[1]), true)\n"
                "eq(names:has(pairs[2]), false)\n"
                "eq(set(pairs):has('one'), true)\n"
                "eq(set({}):has('one'), false)\n"
                "raises('set expected', names.has, {}, 'x')\n"
                "raises('list expected', names.has, names, nil)\n"
                "raises(\"set has no 'hsa'\", function() return names.hsa end)\n");
}

static void joins_texts(void **state)
{
    (void)state;
    expect_fine(file, "eq(tostring(build.stages), 'one, two')\n"
                      "eq(('%s'):format(build.stages), 'one, two')\n"
                      "eq(tostring(build.targets[1].environment), '')\n"
                      "local list = build.stages\n"
                      "list[3] = list\n"
                      "eq(#tostring(list) < 200, true)\n"
                      "eq(type(tostring(build.ignore)), 'string')\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_lists),      cmocka_unit_test(refuses_what_is_no_list),
        cmocka_unit_test(groups_by_field),  cmocka_unit_test(groups_by_function),
        cmocka_unit_test(answers_for_sets), cmocka_unit_test(joins_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
