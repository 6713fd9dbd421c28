/* The dump of BuildKit's parser, case by case; tests/conformance/sexp.py compares files with what BuildKit prints. */
#include "base/guard.h"
#include "report/parsed.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct dumping {
    sp_arena arena;
    sp_buf out;
    sp_str text;
} dumping;

static sp_status dump(void *payload)
{
    dumping *file = payload;
    sp_parsed parsed = {.document = sp_document_parse(&file->arena, SP_STR("Dockerfile"), file->text)};
    sp_parsed_sexp(&parsed, &file->out);
    return SP_OK;
}

static void expect_dump(sp_str text, const char *wanted)
{
    dumping file = {.text = text};
    sp_arena_init(&file.arena, sp_alloc_default());
    sp_buf_init(&file.out, sp_alloc_default(), 1u << 20);
    assert_int_equal(sp_guard(&file.arena, dump, &file), SP_OK);
    assert_string_equal(sp_buf_str(&file.out).text, wanted);
    sp_buf_dispose(&file.out);
    sp_arena_dispose(&file.arena);
}

typedef struct dump_case {
    sp_str text;
    const char *dump;
} dump_case;

#define CASE(text, dump)                                                                                               \
    {                                                                                                                  \
        {text, sizeof(text) - 1}, dump                                                                                 \
    }

static void expect_all(const dump_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_dump(cases[i].text, cases[i].dump);
}

static void writes_arguments_by_the_shape_of_the_instruction(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("FROM go AS build", "(from \"go\" \"AS\" \"build\")\n"),
        CASE("COPY a  b\t/c", "(copy \"a\" \"b\" \"/c\")\n"),
        CASE("COPY [\"a b\", \"/c\"]", "(copy \"a b\" \"/c\")\n"),
        CASE("FROM [\"a\"]", "(from \"[\\\"a\\\"]\")\n"),
        CASE("CMD echo  a", "(cmd \"echo  a\")\n"),
        CASE("CMD [\"echo\",\"a\"]", "(cmd \"echo\" \"a\")\n"),
        CASE("CMD [ ]", "(cmd)\n"),
        CASE("CMD [\"a\"", "(cmd \"[\\\"a\\\"\")\n"),
        CASE("VOLUME [\" /a \"]", "(volume \" /a \")\n"),
        CASE("VOLUME", "(volume)\n"),
        CASE("RUN", "(run)\n"),
        CASE("WORKDIR /a b", "(workdir \"/a b\")\n"),
        CASE("ARG a b=\"1 2\" c", "(arg \"a\" \"b=\\\"1 2\\\"\" \"c\")\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void writes_pairs_as_three_texts(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("ENV a=1 b='2 3'", "(env \"a\" \"1\" \"=\" \"b\" \"'2 3'\" \"=\")\n"),
        CASE("LABEL a b  c", "(label \"a\" \"b  c\" \"\")\n"),
        CASE("ENV a=", "(env \"a\" \"\" \"=\")\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void writes_flags_without_their_quotes(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("COPY --link --chown='a b' x y", "(copy [\"--link\" \"--chown=a b\"] \"x\" \"y\")\n"),
        CASE("COPY --from= x y", "(copy [\"--from=\"] \"x\" \"y\")\n"),
        CASE("RUN -- --a", "(run \"--a\")\n"),
        CASE("FOO --bar=1 x", "(foo [\"--bar=1\"] \"\")\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void keeps_the_type_of_a_healthcheck(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("HEALTHCHECK None", "(healthcheck \"None\")\n"),
        CASE("HEALTHCHECK --retries=2 cmd [\"a\"]", "(healthcheck [\"--retries=2\"] \"cmd\" \"a\")\n"),
        CASE("HEALTHCHECK", "(healthcheck)\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void nests_what_onbuild_holds(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("ONBUILD COPY --link a b", "(onbuild (copy [\"--link\"] \"a\" \"b\"))\n"),
        CASE("ONBUILD", "(onbuild)\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void leaves_out_bodies_comments_and_directives(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("# escape=`\n# b\nRUN a `\n# c\n  b\n", "(run \"a   b\")\n"),
        CASE("COPY <<a <<-b /d\nx\na\n\tb\n", "(copy \"<<a\" \"<<-b\" \"/d\")\n"),
        CASE("", ""),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void writes_names_in_lower_case(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("FrOm a", "(from \"a\")\n"),
        CASE("F\xC3\x96\xE1\xBA\x9E x", "(f\xC3\xB6\xC3\x9F \"\")\n"), /* FÖẞ */
        CASE("A\xFF x", "(a\xEF\xBF\xBD \"\")\n"),
        CASE("\\\n", "(\"\")\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

static void quotes_what_cannot_be_printed(void **state)
{
    (void)state;
    static const dump_case cases[] = {
        CASE("RUN a\tb\"\\c", "(run \"a\\tb\\\"\\\\c\")\n"),
        CASE("RUN a\x01\x7F\a", "(run \"a\\x01\\x7f\\a\")\n"),
        CASE("RUN \xC3\xA9\xFF\xE2\x82", "(run \"\xC3\xA9\\xff\\xe2\\x82\")\n"),
        CASE("RUN a\xC2\xA0z\xEF\xBF\xBD", "(run \"a\\u00a0z\xEF\xBF\xBD\")\n"),
        CASE("RUN \xF3\xA0\x80\x81\xF0\x9F\x98\x80", "(run \"\\U000e0001\xF0\x9F\x98\x80\")\n"),
        CASE("CMD [\"\\u0000\"]", "(cmd \"\\x00\")\n"),
    };
    expect_all(cases, sizeof cases / sizeof *cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_arguments_by_the_shape_of_the_instruction),
        cmocka_unit_test(writes_pairs_as_three_texts),
        cmocka_unit_test(writes_flags_without_their_quotes),
        cmocka_unit_test(keeps_the_type_of_a_healthcheck),
        cmocka_unit_test(nests_what_onbuild_holds),
        cmocka_unit_test(leaves_out_bodies_comments_and_directives),
        cmocka_unit_test(writes_names_in_lower_case),
        cmocka_unit_test(quotes_what_cannot_be_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
