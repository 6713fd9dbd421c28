/* The string, utf8 and basic functions that policies have, as policies see them. */
#include "machine.h"

static void cuts_and_measures_text(void **state)
{
    (void)state;
    PASSES(
        "assert(('hello'):sub(2, -2) == 'ell' and ('hello'):sub(-3) == 'llo' and ('x'):sub(5) == '')\n"
        "assert(('hello'):sub(-100, 100) == 'hello' and ('hello'):sub(math.mininteger, math.maxinteger) == 'hello')\n"
        "assert(('hello'):len() == 5 and #'abc' == 3)\n"
        "assert(select('#', ('abc'):byte(1, -1)) == 3 and ('abc'):byte() == 97 and ('abc'):byte(10) == nil)\n"
        "assert(string.char(72, 105) == 'Hi' and string.char() == '')\n"
        "assert(('aBc'):upper() == 'ABC' and ('AbC'):lower() == 'abc' and ('abc'):reverse() == 'cba')\n");
}

static void repeats_text(void **state)
{
    (void)state;
    PASSES("assert(('ab'):rep(3) == 'ababab' and ('ab'):rep(3, ', ') == 'ab, ab, ab')\n"
           "assert(('x'):rep(0) == '' and ('x'):rep(-1) == '' and (''):rep(math.maxinteger) == '')\n"
           "assert(#('x'):rep(1048576) == 1048576)\n");
    FAILS("local s = ('x'):rep(1048577)", "limit:memory", "one string may not exceed 1048576 bytes");
}

static void formats_values(void **state)
{
    (void)state;
    PASSES("assert(('%d %5d|%-5d|%05d'):format(1, 2, 3, 4) == '1     2|3    |00004')\n"
           "assert(('%x %X %o %c'):format(255, 255, 8, 65) == 'ff FF 10 A')\n"
           "assert(('%.2f %g %e'):format(1.5, 0.1, 12345.678) == '1.50 0.1 1.234568e+04')\n"
           "assert(('%s %s %s %s'):format(nil, true, 1.5, 'x') == 'nil true 1.5 x')\n"
           "assert(('%5s|%-5s|%.2s|%5.1s'):format('ab', 'ab', 'abc', 'xyz') == '   ab|ab   |ab|    x')\n"
           "assert(('%q'):format('a\"b\\n\\0001') == '\"a\\\\\"b\\\\\\n\\\\0001\"')\n"
           "assert(('%q %q'):format(1, math.mininteger) == '1 0x8000000000000000')\n"
           "assert(('%d'):format('10') == '10' and ('%%'):format() == '%')\n"
           "assert(('%s'):format({}) == 'table' and ('%s'):format(assert) == 'function')\n");
}

static void formats_without_not_a_number_signs(void **state)
{
    (void)state;
    PASSES("assert(tostring(0/0) == 'nan' and tostring(-(0/0)) == 'nan' and ('%f'):format(0/0) == 'nan')");
}

static void refuses_wrong_formats(void **state)
{
    (void)state;
    FAILS("('%y'):format(1)", "error", "invalid conversion '%y' to 'format'");
    FAILS("('%100d'):format(1)", "error", "invalid conversion");
    FAILS("('%d'):format()", "error", "no value");
    FAILS("('%d'):format(1.5)", "error", "number has no integer representation");
    FAILS("('%5q'):format('x')", "error", "takes no flags");
    FAILS("('%p'):format({})", "denied", "'%p' is not available to policies");
    FAILS("('%'):format(1)", "error", "invalid conversion");
}

static void searches_and_replaces(void **state)
{
    (void)state;
    PASSES("assert(('a.b'):find('.', 1, true) == 2 and ('hello'):find('l+') == 3 and ('x'):find('', 2) == 2)\n"
           "assert(('x'):find('', 3) == nil and ('key=val'):match('(%w+)=(%w+)') == 'key')\n"
           "assert(('abc'):gsub('%w', '%0%0') == 'aabbcc' and select(2, ('abc'):gsub('', '-')) == 4)\n"
           "assert(('$name'):gsub('%$(%w+)', { name = 'x' }) == 'x')\n"
           "assert(('abc'):gsub('b', function() return false end) == 'abc')\n"
           "local n = 0 for w in ('one two'):gmatch('%a+') do n = n + #w end assert(n == 6)\n"
           "local p = {} for a, b in ('k=v,x=y'):gmatch('(%w)=(%w)') do p[#p + 1] = a .. b end\n"
           "assert(table.concat(p, ' ') == 'kv xy')\n");
    FAILS("('x'):gsub('x', '%2')", "error", "invalid capture index %2");
    FAILS("('x'):gsub('x', '%a')", "error", "invalid use of '%'");
    FAILS("('x'):gsub('x', function() return {} end)", "error", "invalid replacement value (a table)");
}

static void splits_and_trims(void **state)
{
    (void)state;
    PASSES("local p = ('a,b,,c'):split(',')\n"
           "assert(#p == 4 and p[1] == 'a' and p[3] == '' and p[4] == 'c')\n"
           "assert(#(''):split(',') == 1 and #('a::b'):split('::') == 2 and ('a.b'):split('.')[2] == 'b')\n"
           "assert(('  x y\\t\\n'):trim() == 'x y' and (''):trim() == '')\n");
    FAILS("('x'):split('')", "error", "a separator has at least one byte");
}

static void matches_globs(void **state)
{
    (void)state;
    PASSES("local s = 'libssl-dev'\n"
           "assert(s:is('*-dev') and s:is('nothing', 'lib*') and not s:is('lib') and s:is({ 'x', '*ssl*' }))\n"
           "assert(s:is('libssl?dev') and s:is('[k-m]ib*') and not s:is({}))\n");
    FAILS("('x'):is()", "error", "value expected");
    FAILS("('x'):is({ 1 })", "error", "list of globs expected");
}

static void compares_versions(void **state)
{
    (void)state;
    PASSES("assert(('3.9.1'):satisfies('>=3.9 <4') and not ('3.8'):satisfies('>=3.9'))");
    FAILS("('3.9'):satisfies('about 3')", "error", "is no range of versions");
}

static void converts_numbers(void **state)
{
    (void)state;
    PASSES("assert(tonumber('10') == 10 and tonumber(' 0x1F ') == 31 and tonumber('1e1') == 10.0)\n"
           "assert(tonumber('ff', 16) == 255 and tonumber('-zz', 36) == -1295 and tonumber('8', 8) == nil)\n"
           "assert(tonumber('') == nil and tonumber('1 2') == nil and tonumber({}) == nil and tonumber('0,5') == nil)\n"
           "assert(tostring(1) == '1' and tostring(1.0) == '1.0' and tostring(-0.0) == '-0.0')\n");
    FAILS("local x = '1' + 1", "error", "attempt to perform arithmetic on a string value");
}

static void counts_code_points(void **state)
{
    (void)state;
    PASSES("local s = 'a\\u{E9}\\u{20AC}\\u{10348}'\n"
           "assert(utf8.len(s) == 4 and utf8.char(97, 233, 8364, 66376) == s)\n"
           "assert(utf8.codepoint(s, 2) == 233 and select('#', utf8.codepoint(s, 1, -1)) == 4)\n"
           "local t = {} for p, c in utf8.codes(s) do t[#t + 1] = p .. ':' .. c end\n"
           "assert(table.concat(t, ' ') == '1:97 2:233 4:8364 7:66376')\n"
           "assert(utf8.offset(s, 3) == 4 and utf8.offset(s, -1) == 7 and utf8.offset(s, 0, 5) == 4)\n"
           "assert(utf8.offset(s, 5) == 11 and utf8.offset(s, 6) == nil and utf8.offset(s, math.mininteger) == nil)\n"
           "local n = 0 for _ in s:gmatch(utf8.charpattern) do n = n + 1 end assert(n == 4)\n"
           "assert(utf8.len('\\xff') == nil and select(2, utf8.len('ab\\xff')) == 3)\n");
    FAILS("utf8.char(0x110000)", "error", "value out of range");
    FAILS("utf8.codepoint('\\xed\\xa0\\x80')", "error", "invalid UTF-8 code");
}

static void walks_tables_in_order(void **state)
{
    (void)state;
    PASSES("local t = { b = 1, a = 2, [10] = 3, [2] = 4, [1.5] = 5, [true] = 6, [false] = 7, [{}] = 8 }\n"
           "local o = {} for k, v in pairs(t) do o[#o + 1] = tostring(k) .. '=' .. v end\n"
           "assert(table.concat(o, ' ') == '2=4 10=3 1.5=5 a=2 b=1 false=7 true=6', table.concat(o, ' '))\n"
           "local seen = {} for k in pairs({ 1, 2, 3 }) do seen[#seen + 1] = k end assert(#seen == 3)\n"
           "assert(isempty({}) and not isempty({ x = 1 }))\n");
}

static void walks_tables_that_change(void **state)
{
    (void)state;
    PASSES("local t = {} for i = 1, 100 do t['k' .. i] = i end\n"
           "local n = 0 for k in pairs(t) do n = n + 1 for i = 1, 100 do if 'k' .. i ~= k then t['k' .. i] = nil end "
           "end end\n"
           "assert(n == 1)\n"
           "for k in pairs({ a = 1 }) do k = nil end\n");
}

static void catches_errors(void **state)
{
    (void)state;
    PASSES("local ok, m = pcall(error, 'x') assert(not ok and m == 'x')\n"
           "local ok, m = pcall(error, { 1 }) assert(not ok and m[1] == 1)\n"
           "assert(select('#', pcall(function() return 1, 2, 3 end)) == 4)\n"
           "local ok, m = xpcall(function(a, b) assert(a == 1 and b == 2) error('y', 0) end, function(e) return e .. "
           "'!' end, 1, 2)\n"
           "assert(not ok and m == 'y!')\n"
           "assert(select(2, xpcall(function() return 5 end, error)) == 5)\n"
           "local ok, m = pcall(function() return os end) assert(not ok and m:find('not available'))\n");
}

static void names_unknown_globals(void **state)
{
    (void)state;
    FAILS("gruop({})", "error", "no global 'gruop'; did you mean 'group'?");
    FAILS("local x = quux", "error", "no global 'quux'; what a policy uses is given to check or made local");
    FAILS("local x = _ENV[1]", "error", "no global of type number");
    PASSES("mine = 1 assert(mine == 1)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_and_measures_text),   cmocka_unit_test(repeats_text),
        cmocka_unit_test(formats_values),           cmocka_unit_test(formats_without_not_a_number_signs),
        cmocka_unit_test(refuses_wrong_formats),    cmocka_unit_test(searches_and_replaces),
        cmocka_unit_test(splits_and_trims),         cmocka_unit_test(matches_globs),
        cmocka_unit_test(compares_versions),        cmocka_unit_test(converts_numbers),
        cmocka_unit_test(counts_code_points),       cmocka_unit_test(walks_tables_in_order),
        cmocka_unit_test(walks_tables_that_change), cmocka_unit_test(catches_errors),
        cmocka_unit_test(names_unknown_globals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
