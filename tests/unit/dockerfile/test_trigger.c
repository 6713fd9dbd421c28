/* ONBUILD triggers: what is kept, and what it is when it fires. */
#include "unit/dockerfile/parsed.h"

static const sp_instruction *fire(const sp_document *document, sp_str text, sp_diagnostics *diagnostics)
{
    return sp_document_parse_trigger(document, text, (sp_span){5, 9}, diagnostics);
}

static void is_judged_when_it_fires(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nONBUILD FOO x\nONBUILD COPY a\n"));
    sp_diagnostics diagnostics = {0};
    assert_int_equal(document->diagnostics.count, 0);

    const sp_instruction *foo = fire(document, SP_STR("FOO x"), &diagnostics);
    const sp_instruction *copy = fire(document, SP_STR("COPY a"), &diagnostics);

    assert_true(foo->broken && copy->broken);
    assert_int_equal(diagnostics.count, 2);
    assert_int_equal(diagnostics.items[0].id, SP_DIAGNOSTIC_UNKNOWN_INSTRUCTION);
    assert_int_equal(diagnostics.items[1].id, SP_DIAGNOSTIC_ARGUMENT_COUNT);
}

static void stands_where_it_fires(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\n"));
    sp_diagnostics diagnostics = {0};

    const sp_instruction *copy = fire(document, SP_STR("COPY --from=b <<E \\\n /c\nx\nE\n"), &diagnostics);

    assert_int_equal(diagnostics.count, 0);
    assert_text(copy->heredocs.items[0].content, "x\n");
    const sp_span spans[] = {copy->span,
                             copy->keyword.span,
                             copy->flags.items[0].span,
                             copy->arguments.items[1].span,
                             copy->heredocs.items[0].body,
                             copy->as.copy.from->value.span};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        assert_int_equal(spans[i].start, 5);
        assert_int_equal(spans[i].end, 9);
    }
}

static void is_split_with_a_backslash_whatever_the_file_says(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("# escape=`\nFROM a\nONBUILD ENV A=x\\ B=y\n"));
    const sp_instruction *onbuild = &document->instructions.items[1];
    sp_diagnostics diagnostics = {0};
    assert_int_equal(onbuild->as.onbuild.instruction->as.pairs.count, 2);

    const sp_instruction *env = fire(document, sp_document_trigger_text(document, onbuild), &diagnostics);

    assert_int_equal(env->as.pairs.count, 1);
    assert_text(env->as.pairs.items[0].value.text, "x\\ B=y");
}

static void keeps_its_heredocs(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nonbuild  RUN <<A <<B\n1\nA\n2\nB\n"));

    assert_text(sp_document_trigger_text(document, &document->instructions.items[1]), "RUN <<A <<B\n1\nA\n2\nB");
}

static void is_one_instruction(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\n"));
    sp_diagnostics diagnostics = {0};

    assert_null(fire(document, SP_STR(""), &diagnostics));
    assert_null(fire(document, SP_STR("# only\n"), &diagnostics));
    assert_null(fire(document, SP_STR("RUN a\nRUN b"), &diagnostics));
    assert_int_equal(diagnostics.count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(is_judged_when_it_fires),
        TEST(stands_where_it_fires),
        TEST(is_split_with_a_backslash_whatever_the_file_says),
        TEST(keeps_its_heredocs),
        TEST(is_one_instruction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
