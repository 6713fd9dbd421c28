/* The pattern matcher: its rules, its budget, and agreement with the string library of stock Lua on random input. */
#include "machine.h"

#include "lua/pattern.h"

#include <lualib.h>

/* Compiles into memory of its own. */
static sp_pattern *compile(const char *text, const char **wrong)
{
    sp_pattern *pattern = malloc(sp_pattern_size(strlen(text)));
    *wrong = sp_pattern_compile(pattern, sp_str_from(text), false);
    return pattern;
}

static sp_pattern_result find(const char *text, const char *subject, uint64_t budget, sp_pattern_match *match)
{
    const char *wrong;
    sp_pattern *pattern = compile(text, &wrong);
    assert_null(wrong);
    sp_pattern_result result = sp_pattern_find(pattern, sp_str_from(subject), 0, &budget, match);
    free(pattern);
    return result;
}

static void expect_span(const char *text, const char *subject, size_t start, size_t end)
{
    sp_pattern_match match;
    assert_int_equal(find(text, subject, 100000, &match), SP_PATTERN_FOUND);
    assert_int_equal(match.start, start);
    assert_int_equal(match.end, end);
}

static void expect_wrong(const char *text, const char *message)
{
    const char *wrong;
    free(compile(text, &wrong));
    assert_non_null(wrong);
    assert_string_equal(wrong, message);
}

static void matches_classes_and_sets(void **state)
{
    (void)state;
    expect_span("%d+", "ab12c", 2, 4);
    expect_span("[%a_]+", "1 a_b", 2, 5);
    expect_span("[^a-c]", "abcd", 3, 4);
    expect_span("[]]", "a]", 1, 2);
    expect_span("[a-]", "-", 0, 1);
    expect_span("%u%l*", "foo Bar", 4, 7);
    expect_span("%.", "a.b", 1, 2);
}

static void matches_repeats(void **state)
{
    (void)state;
    expect_span("a*b", "aaab", 0, 4);
    expect_span("<.->", "<a><b>", 0, 3);
    expect_span("colou?r", "my color", 3, 8);
    expect_span("**", "a**", 0, 0);
}

static void matches_anchors_balance_frontier_and_back(void **state)
{
    (void)state;
    expect_span("^a", "aa", 0, 1);
    expect_span("a$", "aa", 1, 2);
    expect_span("%b()", "f(a(b)c)d", 1, 8);
    expect_span("%f[%w]%w+", "  foo", 2, 5);
    expect_span("(['\"]).-%1", "say \"it's\"!", 4, 10);
    sp_pattern_match match;
    assert_int_equal(find("^b", "ab", 100, &match), SP_PATTERN_NONE);
}

static void gives_captures_and_positions(void **state)
{
    (void)state;
    sp_pattern_match match;
    assert_int_equal(find("(a)()(b*)", "xabb", 100, &match), SP_PATTERN_FOUND);
    assert_int_equal(match.captures[0].start, 1);
    assert_int_equal(match.captures[0].size, 1);
    assert_int_equal(match.captures[1].start, 2);
    assert_int_equal(match.captures[1].size, SP_PATTERN_POSITION);
    assert_int_equal(match.captures[2].size, 2);
}

static void refuses_malformed_patterns(void **state)
{
    (void)state;
    expect_wrong("[a", "malformed pattern (missing ']')");
    expect_wrong("a%", "malformed pattern (ends with '%')");
    expect_wrong("%b(", "malformed pattern (missing arguments to '%b')");
    expect_wrong("%fa", "missing '[' after '%f' in pattern");
    expect_wrong("a)", "invalid pattern capture");
    expect_wrong("(a", "unfinished capture");
    expect_wrong("(a%1)", "invalid capture index in pattern");
    expect_wrong("%1", "invalid capture index in pattern");
}

static void bounds_items_and_captures(void **state)
{
    (void)state;
    char text[1024] = "";
    for (int i = 0; i < 33; i++)
        strcat(text, "(a)");
    expect_wrong(text, "too many captures");
    text[0] = '\0';
    for (int i = 0; i < 201; i++)
        strcat(text, "a?");
    expect_wrong(text, "pattern has more than 200 items");
    memset(text, 'a', 1000);
    text[1000] = '\0';
    expect_span(text, text, 0, 1000);
}

static void stops_when_the_budget_is_spent(void **state)
{
    (void)state;
    sp_pattern_match match;
    char text[256] = "^", subject[64];
    for (int i = 0; i < 30; i++)
        strcat(text, "a?");
    strcat(text, "b$");
    memset(subject, 'a', 40);
    subject[40] = '\0';
    assert_int_equal(find(text, subject, 1000000, &match), SP_PATTERN_SPENT);
}

static void searches_plain_text_in_linear_steps(void **state)
{
    (void)state;
    enum { SIZE = 200000 };
    char *subject = malloc(SIZE), *part = malloc(SIZE);
    memset(subject, 'a', SIZE);
    memset(part, 'a', SIZE);
    part[SIZE / 2] = 'b';
    uint64_t budget = 2 * SIZE;
    size_t found;
    assert_int_equal(sp_pattern_search((sp_str){subject, SIZE}, (sp_str){part, SIZE / 2 + 1}, 0, &budget, &found),
                     SP_PATTERN_NONE);
    assert_int_equal(sp_pattern_search((sp_str){subject, SIZE}, (sp_str){part, SIZE / 2}, 7, &budget, &found),
                     SP_PATTERN_FOUND);
    assert_int_equal(found, 7);
    subject[SIZE - 1] = 'b';
    assert_int_equal(sp_pattern_search((sp_str){subject, SIZE}, (sp_str){part + SIZE / 2 - 40, 41}, 0, &budget, &found),
                     SP_PATTERN_FOUND);
    assert_int_equal(found, SIZE - 41);
    free(subject);
    free(part);
}

/* Agreement with stock Lua */

/* Gives the results of every searching function as one text. */
static const char script[] =
    "local s, p, r = ...\n"
    "local function show(...)\n"
    "  local t = {}\n"
    "  for i = 1, select('#', ...) do t[i] = tostring((select(i, ...))) end\n"
    "  return table.concat(t, '|')\n"
    "end\n"
    "local out = { show(string.find(s, p)), show(string.find(s, p, 3)), show(string.find(s, p, -2)),\n"
    "  show(string.match(s, p)), show(string.find(s, p, 1, true)), show(string.gsub(s, p, '<%0>')),\n"
    "  show(string.gsub(s, p, r)), show(string.gsub(s, p, '.', 2)),\n"
    "  show(string.gsub(s, p, function(a) return a == 'a' and 'A' end)),\n"
    "  show(string.gsub(s, p, { a = 'x', b = false })) }\n"
    "for a, b in string.gmatch(s, p) do out[#out + 1] = show(a, b) end\n"
    "return table.concat(out, '\\n')\n";

static uint32_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 32);
}

static size_t random_pattern(uint64_t *seed, char *out)
{
    static const char *const pieces[] = {"a",    "b",     "1",    " ",      ".",      "%a", "%d", "%s", "%w",
                                         "%S",   "[ab]",  "[^a]", "[a-c1]", "[%d ]",  "%%", "%.", "()", "(a)",
                                         "(.-)", "(%w+)", "%b()", "%f[%w]", "%f[^a]", "%1", "$",  "^",  "-",
                                         "(",    ")",     "[]a]", "ab",     "]",      "*",  "%",  "[b", "\xff"};
    static const char *const suffixes[] = {"", "", "", "*", "+", "-", "?"};
    size_t size = 0;
    if (next_random(seed) % 6 == 0)
        out[size++] = '^';
    for (uint32_t count = next_random(seed) % 6; count > 0; count--) {
        uint32_t kinds = sizeof pieces / sizeof *pieces - (next_random(seed) % 8 != 0 ? 10 : 0);
        const char *piece = pieces[next_random(seed) % kinds];
        const char *suffix = suffixes[next_random(seed) % 7];
        memcpy(out + size, piece, strlen(piece));
        size += strlen(piece);
        memcpy(out + size, suffix, strlen(suffix));
        size += strlen(suffix);
    }
    if (next_random(seed) % 6 == 0)
        out[size++] = '$';
    return size;
}

static size_t random_subject(uint64_t *seed, char *out)
{
    static const char bytes[] = "aaabbc1 2()-%\0\xff.]^";
    size_t size = next_random(seed) % 14;
    for (size_t i = 0; i < size; i++)
        out[i] = bytes[next_random(seed) % (sizeof bytes - 1)];
    return size;
}

/* Runs the script; its result or its error is left on the stack. */
static bool run_script(lua_State *lua, sp_str subject, sp_str pattern, sp_str replacement)
{
    lua_settop(lua, 0);
    lua_pushlstring(lua, subject.text, subject.size);
    lua_pushlstring(lua, pattern.text, pattern.size);
    lua_pushlstring(lua, replacement.text, replacement.size);
    if (luaL_loadbufferx(lua, script, sizeof script - 1, "=script", "t") != LUA_OK)
        fail_msg("%s", lua_tostring(lua, -1));
    lua_insert(lua, 1);
    return lua_pcall(lua, 3, 1, 0) == LUA_OK;
}

static void agrees_with_stock_lua(void **state)
{
    (void)state;
    sp_vm vm;
    assert_true(sp_vm_open(&vm, sp_alloc_default()));
    lua_State *stock = luaL_newstate();
    luaL_openlibs(stock);
    uint64_t seed = 0x5DEECE66Dull;
    int agreed = 0, refused = 0;

    for (int i = 0; i < 30000; i++) {
        char pattern[128], subject[32];
        sp_str p = {pattern, random_pattern(&seed, pattern)}, s = {subject, random_subject(&seed, subject)};
        sp_str r = next_random(&seed) % 2 == 0 ? SP_STR("[%0%%]") : SP_STR("%1");
        sp_vm_reset(&vm, NULL, 10000000, 1 << 24);
        bool ours = run_script(vm.state, s, p, r), theirs = run_script(stock, s, p, r);
        if (!ours) {
            refused++; /* refused at once, where stock Lua may never get to the malformed part */
            continue;
        }
        agreed++;
        if (!theirs || strcmp(lua_tostring(stock, -1), lua_tostring(vm.state, -1)) != 0 ||
            lua_rawlen(stock, -1) != lua_rawlen(vm.state, -1))
            fail_msg("pattern '%.*s' on '%.*s':\n%s\nstock Lua:\n%s", SP_STR_ARG(p), SP_STR_ARG(s),
                     lua_tostring(vm.state, -1), lua_tostring(stock, -1));
    }

    assert_true(agreed > 20000);
    assert_true(refused < 10000);
    lua_close(stock);
    sp_vm_close(&vm);
}

/* What we refuse as malformed, stock Lua refuses too once its matcher gets there. */
static void refuses_only_what_stock_lua_would(void **state)
{
    (void)state;
    static const char *const texts[] = {"[a", "%",   "a%", "(a",  "a)", "%1",  "(a%1)",
                                        "%b", "%bx", "%f", "%fa", "[]", "[^]", "[%"};
    lua_State *stock = luaL_newstate();
    luaL_openlibs(stock);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *wrong;
        free(compile(texts[i], &wrong));
        assert_non_null(wrong);
        lua_getglobal(stock, "string");
        lua_getfield(stock, -1, "match");
        lua_pushliteral(stock, "aaaa");
        lua_pushstring(stock, texts[i]);
        assert_int_not_equal(lua_pcall(stock, 2, 1, 0), LUA_OK);
        lua_settop(stock, 0);
    }
    lua_close(stock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_classes_and_sets),
        cmocka_unit_test(matches_repeats),
        cmocka_unit_test(matches_anchors_balance_frontier_and_back),
        cmocka_unit_test(gives_captures_and_positions),
        cmocka_unit_test(refuses_malformed_patterns),
        cmocka_unit_test(bounds_items_and_captures),
        cmocka_unit_test(stops_when_the_budget_is_spent),
        cmocka_unit_test(searches_plain_text_in_linear_steps),
        cmocka_unit_test(agrees_with_stock_lua),
        cmocka_unit_test(refuses_only_what_stock_lua_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
