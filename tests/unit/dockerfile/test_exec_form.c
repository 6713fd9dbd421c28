/* The exec form: what is an array of strings, what is another array, and what is text. */
#include "unit/dockerfile/parsed.h"

typedef enum outcome { STRINGS, OTHER, TEXT } outcome;

static outcome read_as(sp_str array)
{
    const sp_document *document = parse(repeated(SP_STR("FROM a\nCMD "), array, 1, SP_STR("\n")));
    const sp_instruction *cmd = &document->instructions.items[1];
    if (has(document, SP_DIAGNOSTIC_ARRAY_OF_STRINGS))
        return OTHER;
    return cmd->form == SP_FORM_EXEC ? STRINGS : TEXT;
}

static void takes_strings_in_every_json_spelling(void **state)
{
    (void)state;
    assert_int_equal(read_as(SP_STR("[]")), STRINGS);
    assert_int_equal(read_as(SP_STR("[ \"a\" ,\t\"b\" ]")), STRINGS);
    assert_int_equal(read_as(SP_STR("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"]")), STRINGS);
    assert_int_equal(read_as(SP_STR("[\"\x7F\xFF\"]")), STRINGS);
}

static void takes_what_is_no_json_as_text(void **state)
{
    static const char *const texts[] = {
        "[",         "[\"a\"",        "[\"a\",]",   "[,\"a\"]",      "[\"a\"]]",     "[\"a\"] x",     "['a']",
        "[\"\\x\"]", "[\"\\u12g4\"]", "[\"a\tb\"]", "[\"a\" \"b\"]", "[1,]",         "[01]",          "[+1]",
        "[.5]",      "[1.]",          "[1e]",       "[-]",           "[tru]",        "[nulll]",       "[{]",
        "[{\"a\"}]", "[{\"a\":}]",    "[{a:1}]",    "[[\"a\"}]",     "[{\"a\":1,}]", "[\"a\",1e999]", "[[1e309]]",
        "[\"a",      "[\"a\\\"]",     "\"a\"",      "{\"a\":1}",     "[1}",          "[]]",           "[\"a\":1]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (read_as(sp_str_from(texts[i])) != TEXT)
            fail_msg("%s was taken as an array", texts[i]);
    }
}

static void refuses_arrays_of_anything_else(void **state)
{
    static const char *const texts[] = {
        "[1]",
        "[null]",
        "[\"a\",true]",
        "[false,\"a\"]",
        "[[]]",
        "[{}]",
        "[{\"a\":[1,{\"b\":\"c\"}]}, \"d\"]",
        "[-0]",
        "[-1.25e+3]",
        "[1e308]",
        "[0e999]",
        "[0.0e999]",
        "[[[\"a\"]]]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (read_as(sp_str_from(texts[i])) != OTHER)
            fail_msg("%s was not refused", texts[i]);
    }
}

static void knows_the_largest_number(void **state)
{
    (void)state;
    assert_int_equal(read_as(SP_STR("[1.7976931348623157e308]")), OTHER);
    assert_int_equal(read_as(SP_STR("[1.7976931348623158e308]")), OTHER);
    assert_int_equal(read_as(SP_STR("[1.7976931348623159e308]")), TEXT);
    assert_int_equal(read_as(SP_STR("[0.00017976931348623159e312]")), TEXT);
    assert_int_equal(read_as(SP_STR("[17976931348623157e292]")), OTHER);
    assert_int_equal(read_as(SP_STR("[1e-999999999999999999999]")), OTHER);
    assert_int_equal(read_as(SP_STR("[1e999999999999999999999]")), TEXT);
}

static void nests_as_deep_as_go_does(void **state)
{
    (void)state;
    sp_str open = repeated(SP_STR(""), SP_STR("["), 10000, SP_STR(""));
    sp_str deepest = repeated(open, SP_STR("]"), 10000, SP_STR(""));
    sp_str deeper = repeated(SP_STR("["), deepest, 1, SP_STR("]"));

    assert_int_equal(read_as(deepest), OTHER);
    assert_int_equal(read_as(deeper), TEXT);
}

static void decodes_strings(void **state)
{
    (void)state;
    const sp_document *document = parse(
        SP_STR("FROM a\nCMD [\"a\\tb\\\"\", \"\\u00e4\\uD83D\\uDE00\", \"\\ud800x\\udc00\", \"\\ud800\\u0041\"]\n"));
    const sp_words *words = &document->instructions.items[1].arguments;

    assert_int_equal(words->count, 4);
    assert_text(words->items[0].text, "a\tb\"");
    assert_text(words->items[1].text, "\xC3\xA4\xF0\x9F\x98\x80");
    assert_text(words->items[2].text, "\xEF\xBF\xBDx\xEF\xBF\xBD");
    assert_text(words->items[3].text, "\xEF\xBF\xBD"
                                      "A");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_strings_in_every_json_spelling),
        TEST(takes_what_is_no_json_as_text),
        TEST(refuses_arrays_of_anything_else),
        TEST(knows_the_largest_number),
        TEST(nests_as_deep_as_go_does),
        TEST(decodes_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
