/* Fingerprints: final from day one, so these values never change. */
#include "result/fingerprint.h"

#include "base/guard.h"

#include "unit/arena.h"

static sp_result_finding sample(void)
{
    return (sp_result_finding){
        .policy = SP_STR("stages/named"),
        .at = {.placed = true, .path = SP_STR("a/Dockerfile")},
        .stage_key = SP_STR("build"),
        .subject = sp_fingerprint_digest(&arena, SP_STR("FROM golang AS build"), '\\'),
        .exact = sp_fingerprint_digest(&arena, SP_STR("build"), '\\'),
    };
}

static void is_what_it_was_on_the_first_day(void **state)
{
    (void)state;
    sp_result_finding finding = sample();

    assert_string_equal(sp_fingerprint_make(&arena, &finding, 0).text, "a83313f7151815126c921661bdd9730c");
    assert_string_equal(sp_fingerprint_make(&arena, &finding, 1).text, "224be29faff1d320bf386f05b99dff85");
}

static void parts_do_not_run_into_each_other(void **state)
{
    (void)state;
    sp_result_finding one = sample(), other = sample();
    one.policy = SP_STR("a/b");
    one.at.path = SP_STR("c");
    other.policy = SP_STR("a/bc");
    other.at.path = SP_STR("");

    assert_string_not_equal(sp_fingerprint_make(&arena, &one, 0).text, sp_fingerprint_make(&arena, &other, 0).text);
}

static void every_part_counts(void **state)
{
    (void)state;
    sp_str first = sp_fingerprint_make(&arena, &(sp_result_finding){0}, 0);
    sp_result_finding changed[5] = {
        {.policy = SP_STR("x")}, {.stage_key = SP_STR("x")}, {.subject = SP_STR("x")}, {.exact = SP_STR("x")}};
    changed[4].at.path = SP_STR("x");
    for (unsigned i = 0; i < 5; i++) {
        assert_string_not_equal(sp_fingerprint_make(&arena, &changed[i], 0).text, first.text);
        assert_int_not_equal(sp_fingerprint_compare(&changed[i], &(sp_result_finding){0}), 0);
    }
}

static void message_and_severity_do_not_count(void **state)
{
    (void)state;
    sp_result_finding one = sample(), other = sample();
    other.message = SP_STR("in other words");
    other.severity = SP_SEVERITY_ERROR;
    other.at.start.line = 12;

    assert_string_equal(sp_fingerprint_make(&arena, &one, 0).text, sp_fingerprint_make(&arena, &other, 0).text);
}

static void same_text(const char *one, const char *other, char escape)
{
    sp_str a = sp_fingerprint_digest(&arena, sp_str_from(one), escape);
    sp_str b = sp_fingerprint_digest(&arena, sp_str_from(other), escape);
    if (!sp_str_equal(a, b))
        fail_msg("'%s' and '%s'", one, other);
}

static void other_text(const char *one, const char *other, char escape)
{
    sp_str a = sp_fingerprint_digest(&arena, sp_str_from(one), escape);
    sp_str b = sp_fingerprint_digest(&arena, sp_str_from(other), escape);
    if (sp_str_equal(a, b))
        fail_msg("'%s' and '%s'", one, other);
}

static void wrapping_and_indenting_change_nothing(void **state)
{
    (void)state;
    same_text("RUN a  b", "  RUN\ta \r\n b ", '\\');
    same_text("RUN a b", "RUN a \\\n    b", '\\');
    same_text("RUN a b", "RUN a \\  \r\n\\\nb\\\n", '\\');
    same_text("RUN a b", "RUN a `\n b", '`');
}

static void other_words_are_other_words(void **state)
{
    (void)state;
    other_text("RUN a b", "RUN ab", '\\');
    other_text("RUN a\\b", "RUN a b", '\\');
    other_text("RUN a `\n b", "RUN a b", '\\');
    other_text("RUN a\\ b", "RUN a b", '\\');
    other_text("", "x", '\\');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(is_what_it_was_on_the_first_day),
        TEST(parts_do_not_run_into_each_other),
        TEST(every_part_counts),
        TEST(message_and_severity_do_not_count),
        TEST(wrapping_and_indenting_change_nothing),
        TEST(other_words_are_other_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
